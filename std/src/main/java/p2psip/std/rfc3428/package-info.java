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
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): `im:` URIs
/// (§5), message relays and Expires (§7).
package p2psip.std.rfc3428;
