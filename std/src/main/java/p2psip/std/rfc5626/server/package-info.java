/// What outbound adds to the servers: to the proxy at the edge ([OutboundEdgeProxy], §5.1), and to
/// the registrar ([OutboundRegistrar], §6).
package p2psip.std.rfc5626.server;
