/// The command `p2psip`, and the node that it runs when no verb is given.
///
/// [Main] finds the verbs ([Verb]) and runs one of them, or a [Node]. A node is four machines and
/// what passes between them: `Startup`, which asks what must be known before a port is opened; a
/// registrar and proxy for the phones beside it; the registrar's memory on disk; and `Directory`,
/// the overlay as a location service, where `Whereabouts` turns registrations into signed records
/// and looks others up. `NodeAccess` says who may do what, `NodeAddresses` what others are told.
/// [DemoVerb] shows all of it in one call.
///
/// Left to later issues: encrypted links between nodes, so SIP between nodes is plain SIP to the
/// address in the verified record; certificates (`ca`).
package p2psip.app.p2psip;
