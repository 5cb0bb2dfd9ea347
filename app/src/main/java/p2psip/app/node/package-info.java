/// The P2P-SIP node: a registrar and proxy for the phones beside it, and the overlay as its
/// location service.
///
/// [Node] is four machines and what passes between them: `Startup`, which asks what must be known
/// before a port is opened; the SIP stack with registrar and proxy ([p2psip.app.sip]); the
/// registrar's memory on disk ([p2psip.app.sipd.BindingStore]); and `OverlayLocations`, the overlay
/// as a location service, where `Publisher` turns registrations into signed records. `NodeAccess`
/// says who may do what, `NodeAddresses` what others are told. [RunningNode] has a node live on
/// this computer, and [Demonstration] has two of them and two phones make a call.
///
/// Left for later: encrypted links between nodes, so SIP between nodes is plain SIP to the address
/// in the verified record; certificates (`ca`).
package p2psip.app.node;
