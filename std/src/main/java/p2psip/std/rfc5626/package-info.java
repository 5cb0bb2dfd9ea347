/// Outbound: a phone behind a NAT is called by the flows that it has opened itself.
///
/// Here is the proxy at the edge ([OutboundEdgeProxy], §5.1) and the registrar
/// ([OutboundRegistrar], §6). What else there is of this RFC stands where it patches others: flow
/// tokens in Record-Route and the way by them (§5.2, §5.3), and one flow of an instance at a time
/// (§7), in [p2psip.std.rfc3261.server]; the answer to keep-alives in [p2psip.std.rfc3261]. The
/// user agent's part (§4) is to come.
package p2psip.std.rfc5626;
