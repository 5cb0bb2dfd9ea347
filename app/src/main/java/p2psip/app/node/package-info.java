/// The P2P-SIP node: a registrar and proxy for the phones beside it, and the overlay, or whoever
/// else keeps records, as its location service.
///
/// [Node] is four machines and what passes between them: `Startup`, which asks what must be known
/// before a port is opened; the SIP stack with registrar and proxy ([p2psip.app.sip]); the
/// registrar's memory on disk ([p2psip.app.sipd.BindingStore]); and `OverlayLocations`, a lookup
/// ([p2psip.app.lookup]) as a location service, where a `Publisher` for each address turns its
/// bindings into signed records. [LookupChoice] names the lookups there are. `NodeAccess` says who
/// may do what, `NodeAddresses` what others are told. A running node is asked by [Question]s, by
/// which [p2psip.app.web] asks for others; `CallList`, `PinDesk` and `RecordDesk` know the answers.
/// `Health` notices when nobody answers any more.
/// `Witness` and `Border` write down what passes, for who asks later why a call has failed
/// ([p2psip.app.why]).
/// [RunningNode] has a node live on this computer, [Demonstration] has two of them and two phones
/// make a call, and [Rehearsal] has three flooded with calls to nobody.
///
/// Left for later: encrypted links between nodes, so SIP between nodes is plain SIP to the address
/// in the verified record; certificates (`ca`).
package p2psip.app.node;
