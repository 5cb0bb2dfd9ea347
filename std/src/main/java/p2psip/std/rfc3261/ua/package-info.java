/// The user agent of SIP: it calls and is called, registers, asks and answers (§8 to §15); what
/// other RFCs add is plugged in.
///
/// Reading order: [Usage] is what lives in a dialog or beside one, [Extension] what an RFC adds,
/// [UserAgent] leads from the peer and the program to the usages and back. Then the usages of this
/// RFC: `InviteUsage` with its two ends `Caller` and `Callee`, [Registration], [LoneRequest]. What
/// they need not know is beside them: [Dialog] and `Dialogs`, and `Uac`, which follows one request
/// to its final response.
///
/// | section | file |
/// |---|---|
/// | 8.1 UAC | `Uac`, `Requests`, `RedirectionSet`, and [Self] for what the local side adds |
/// | 8.2 UAS | `Inspection`, `Demultiplexer`, `Recent` (merged requests, CANCEL) |
/// | 9 CANCEL | `Uac`, `Recent`, `Callee` |
/// | 10.2 REGISTER | [Registration] |
/// | 11 OPTIONS | [LoneRequest] asks, [Self] answers |
/// | 12 dialogs | [Dialog], `Dialogs` (who shares one, RFC 5057), `RouteSet`, `SequenceNumbers` |
/// | 13.2 calling | `Caller`, `Forks` |
/// | 13.3 being called | `Callee` |
/// | 14 changing a session | `Caller`, `Callee`, `InviteUsage` (whose turn it is) |
/// | 15 BYE | `InviteUsage`, `CallState` |
/// | 22 passwords | `Passwords` |
///
/// Adding a method takes an extension and the usage that it begins; no file of this room changes:
///
/// ```java
/// record Ping(Self self) implements Usage {
///     public String name() { return "ping"; }
///     public boolean terminated() { return true; }
///     public List<Output> handle(Input input, Instant now) {
///         return input instanceof Input.Received(var id, var request, _, _)
///                 ? List.of(new Output.Respond(id, self.reply(request, 200))) : List.of();
///     }
/// }
/// record Pings() implements Extension {
///     public List<String> methods() { return List.of("PING"); }
///     public Usage begin(Request ping, Optional<Dialog> in, long number, Self self) {
///         return new Ping(self);
///     }
/// }
/// var agent = new UserAgent(profile, List.of(new Pings()), random);
/// ```
///
/// What is left out of these sections stands below.
//= rfc3261#8.1.1.2-3 todo SIPS URIs are understood, and reached when TLS is there
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
