/// The user agent of SIP: it calls and is called, registers, asks and answers (§8 to §15); what
/// other RFCs add is plugged in.
///
/// Reading order: [Usage] is what lives in a dialog or beside one, [Extension] what an RFC adds (an
/// [Ability] is as much of it as others are told), [UserAgent] leads from the peer and the program
/// to the usages and back. Then the usages of this RFC: `InviteUsage` with its two ends `Caller`
/// and `Callee`, [Registration], [LoneRequest]. What they need not know is beside them: [Dialog]
/// and `Dialogs`, and `Uac`, which follows one request to its final response.
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
/// | 14 changing a session | `Caller`, `Callee`, `InviteUsage` (whose turn it is), `Updates` |
/// | 15 BYE | `InviteUsage`, `CallState` |
/// | 22 passwords | `Passwords` |
///
/// What changes how calls themselves go has its hooks in `Caller`, `Callee` and `InviteUsage`, and
/// what can be told apart from them in a package of its own: [p2psip.std.rfc3262] (provisional
/// responses that are acknowledged), [p2psip.std.rfc3311] (UPDATE), [p2psip.std.rfc4028] (session
/// timers). [CallRules] says which of it a user agent does. RFC 6141 is obeyed where re-INVITEs are
/// answered, and where a target is refreshed.
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
/// What is left out of these sections stands in `left-out.txt` beside this file.
package p2psip.std.rfc3261.ua;
