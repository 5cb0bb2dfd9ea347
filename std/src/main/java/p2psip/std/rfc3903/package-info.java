/// PUBLISH: somebody says how he is to a server, which tells those who watch him.
///
/// [Publications] is an extension of a [p2psip.std.rfc3261.ua.UserAgent]. [Publisher] (§4, §5)
/// keeps what the program says of itself at somebody else; `Publication` (§6) keeps here what
/// others say of themselves, under names that change with each answer (`Store`, §8.3), and tells
/// the program.
///
/// ```java
/// var command = new Publisher.Command.Publish(1, "sip:alice@atlanta.com", "presence",
///         new Content(Presence.TYPE, presence.encode()), Duration.ofHours(1));
/// ```
///
/// What is left out stands in `left-out.txt` beside this file: TLS from phone to phone (§14).
package p2psip.std.rfc3903;
