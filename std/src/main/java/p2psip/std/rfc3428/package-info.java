/// MESSAGE: instant messages, each a SIP request of its own.
///
/// [InstantMessage] is all of it: how to send one, what one says, how to answer. The request itself
/// is made and answered by [p2psip.std.rfc3261.UserAgent], which has `MESSAGE` among its extensions.
///
/// ```java
/// var command = InstantMessage.send(1, "sip:bob@biloxi.com", "Watson, come here.");
/// ```
///
/// Left out: `im:` URIs (§5), message relays and Expires (§7).
///
//= rfc3428#5.* exception only SIP URIs are addresses here, so no im: URI has to be resolved
//= rfc3428#7-4 exception this is no message relay
//= rfc3428#7-6..7 exception Expires is not looked at: a message is shown as soon as it comes
package p2psip.std.rfc3428;
