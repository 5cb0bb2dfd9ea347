/// Outbound: a phone behind a NAT is called by the flows that it has opened itself.
///
/// Here is what a user agent has to know ([Outbound], [Instance], §4.1), when it tries a flow
/// ([KeepAlive], §4.4) and when it makes one again ([Recovery], §4.5); the proxy at the edge
/// ([OutboundEdgeProxy], §5.1) and the registrar ([OutboundRegistrar], §6). What else there is of
/// this RFC stands where it patches others: the registrations themselves (§4.2) in
/// [p2psip.std.rfc3261.ua.Registration]; flow tokens in Record-Route and the way by them (§5.2,
/// §5.3), and one flow of an instance at a time (§7), in [p2psip.std.rfc3261.server]; keep-alives
/// of connections, asked and answered, in [p2psip.std.rfc3261]. STUN is the business of who has
/// the sockets.
package p2psip.std.rfc5626;
