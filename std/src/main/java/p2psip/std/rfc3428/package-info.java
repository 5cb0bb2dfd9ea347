/// MESSAGE: instant messages, each a SIP request of its own.
///
/// [Messages] is an extension of a [p2psip.std.rfc3261.ua.UserAgent], which is told
/// [Messages.Command]s and tells [Messages.Event]s; [Pending] keeps texts to the same URI apart
/// (§8).
///
/// ```java
/// var agent = new UserAgent(profile, List.of(new Messages()), random);
/// var command = new Messages.Command.Say(1, "sip:bob@biloxi.com", "Watson, come here.");
/// ```
///
/// Left out: `im:` URIs (§5), message relays and Expires (§7).
///
//= rfc3428#1-1 todo what RFC 2779 asks about privacy is not there: texts are not encrypted
//= rfc3428#4-3 exception a text is never part of a dialog here
//= rfc3428#4-7..8 exception no text has Expires: it is good whenever it comes
//= rfc3428#5.* exception only SIP URIs are addresses here, so no im: URI has to be resolved
//= rfc3428#7-4 exception this is no message relay
//= rfc3428#7-6..9 exception Expires is not looked at: a message is shown as soon as it comes
//= rfc3428#8-1 exception the transport is the user's choice, and a text is small
//= rfc3428#8-4 exception no MESSAGE is sent inside a dialog
//= rfc3428#11-1 exception end-to-end security in bodies is S/MIME's, which is not there
//= rfc3428#11.3.* exception there is no S/MIME
//= rfc3428#11.4.* exception no text is signed, and no Date is judged without a signature
package p2psip.std.rfc3428;
