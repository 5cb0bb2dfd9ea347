/// Outbound: a phone behind a NAT is called by the flows that it has opened itself.
///
/// | section | who needs it | file |
/// |---|---|---|
/// | 4.1 its name, 4.2 its ways | the user agent | [Outbound], [Instance], [Flows], [Way] |
/// | 4.4 when a flow is tried, 4.5 made again | the user agent | [KeepAlive], [Recovery] |
/// | 5.2 flow tokens | the proxy | [FlowTokens]; [WayBack] for phones that know nothing of it |
/// | 5.3.1 nobody is at the end of a flow | who is in a call | [Lifeline] |
/// | 7 one flow of an instance at a time | registrar and proxy | [FlowNote], [OneFlow] |
///
/// Both rooms of SIP stand on it: [p2psip.std.rfc3261.ua.Registration] registers by each way, and
/// [p2psip.std.rfc3261.server] has the tokens in Record-Route and goes by them (§5.3). What it adds
/// to servers as an extension, at the edge (§5.1) and at the registrar (§6), is in
/// [p2psip.std.rfc5626.server]; keep-alives of connections, asked and answered, are in
/// [p2psip.std.rfc3261]. STUN is the business of who has the sockets.
package p2psip.std.rfc5626;
