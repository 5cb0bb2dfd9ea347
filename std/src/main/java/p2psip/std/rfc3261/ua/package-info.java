/// The user agent of SIP: it calls and is called, registers, asks and answers (§8 to §15).
///
/// Reading order: [UserAgent] finds the `Leg` that a message belongs to: a `Call`, a
/// `Registration` (§10.2) or a `LoneRequest` (§11.1). `Dialog` is what two of them share; then
/// `Caller` and `Callee`, the two ends of a call.
///
/// | section | file |
/// |---|---|
/// | 8.1 UAC | `ClientRequest`, `Redirection`, and `Self` for what the local side adds |
/// | 8.2 UAS | `Inspection`, `Recent` (merged requests, and what a CANCEL means) |
/// | 9 CANCEL | `ClientRequest`, `Recent`, `Callee` |
/// | 12 dialogs | `Dialog`, `RouteSet` |
/// | 13.2 calling | `Caller`, `Forks` (early dialogs), `Acks` |
/// | 13.3 being called | `Callee`, `ServerInvite` |
/// | 14 changing a session | `Caller`, `Callee`, `Modification` (whose turn it is) |
/// | 15 BYE | `Call` |
///
/// What is left out of these sections stands below.
//= rfc3261#8.1.1.2-3 todo SIPS URIs are understood, and reached with the issue on secure transports
//= rfc3261#8.1.1.3-1 exception this user agent does not hide who it is
//= rfc3261#8.1.1.4-5 exception a Call-ID is random enough without a host
//= rfc3261#8.1.1.9-1 exception no extension of responses is supported
//= rfc3261#8.1.1.9-3 exception no extension is insisted on
//= rfc3261#8.1.1.9-4 exception no extension of proxies is insisted on
//= rfc3261#8.1.1.9-5 exception neither Require nor Proxy-Require is ever sent
//= rfc3261#8.1.2-4 exception there is no policy of other destinations than those of RFC 3263
//= rfc3261#8.1.2-5 exception there is no policy of other destinations than those of RFC 3263
//= rfc3261#8.1.3.5-2 todo after a 413 the request is not tried with a shorter body
//= rfc3261#8.1.3.5-3 todo after a 415 the request is not tried with another body
//= rfc3261#8.1.3.5-4 exception who was called by another URI than SIP was called by the program
//= rfc3261#8.1.3.5-5 exception no request has extensions that could be left out after a 420
//= rfc3261#8.2.2.1-1 exception no policy looks at To
//= rfc3261#8.2.2.1-3 exception nothing is rejected for what is in To
//= rfc3261#8.2.3-4 exception a body may be in any language, and Accept-Language says so
//= rfc3261#8.2.4.* exception no extension is applied to a response
//= rfc3261#8.2.7.* exception this user agent server has transactions
//= rfc3261#10.2.4-2 exception there is one binding, so nothing to combine
//= rfc3261#10.2.5-1 exception no clock is set by a registrar
//= rfc3261#10.2.6-2 exception no contact is heard at the multicast address
//= rfc3261#11-3 exception the program asks what a peer can do before it calls, not within a call
//= rfc3261#11.1-1 exception an OPTIONS makes no dialog, so nobody needs its Contact
//= rfc3261#11.2-4 exception there is no other way to reach the user than the one that was used
//= rfc3261#11.2-5 exception nothing is worth a warning that the status does not say
//= rfc3261#12.1-1 exception dialogs that extensions make belong to the packages of these
//= rfc3261#12.1.1-5 exception behind a NAT the Contact is local; the node beside is global
//= rfc3261#13.2.1-4 exception without Accept the default holds, SDP, and that is what we take
//= rfc3261#13.2.1-5 exception an invitation lasts until the program hangs up
//= rfc3261#13.2.1-6 exception no INVITE of ours has Expires
//= rfc3261#13.2.1-7 exception the program has nothing to add to an INVITE but the session
//= rfc3261#13.3.1-2 exception an invitation to a session that one is in already rings, too
//= rfc3261#13.3.1-3 exception an invitation to a session that one is in already rings, too
//= rfc3261#13.3.1.3-2 exception a phone cannot know that nobody else will answer either
//= rfc3261#14-1 exception re-INVITE and BYE are a user's wish; no multicast session is joined
//= rfc3261#14-2 exception re-INVITE and BYE are a user's wish; no multicast session is joined
//= rfc3261#14.1-3 exception nothing alerts by Alert-Info, neither at first nor later
//= rfc3261#14.1-8 exception the program has no other request within a dialog to send
//= rfc3261#14.2-3 exception each description is applied, changed or not, which comes to the same
//= rfc3261#14.2-8 exception nothing alerts by Alert-Info, neither at first nor later
//= rfc3261#22.1-6..7 exception nobody is accepted as anonymous, and nobody logs in as that
//= rfc3261#22.1-12 todo the phone does not show the realm: it has one login for all
//= rfc3261#22.2-6 exception nobody logs in as anonymous
//= rfc3261#22.3-6 exception nobody logs in as anonymous
//= rfc3261#22.3-12 exception Digest has realms, and it is the only scheme
//= rfc3261#22.3-17 exception of several challenges of one realm the topmost is answered
package p2psip.std.rfc3261.ua;
