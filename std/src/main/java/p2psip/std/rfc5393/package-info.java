/// Loops of proxies: a request that comes back unchanged is stopped, before it forks once more and
/// each of its copies does.
///
/// [LoopDetection] is what [p2psip.std.rfc3261.server.Proxy] asks before all forwarding (§4), and
/// [Breadth] counts what a request may fork into at once (§5).
package p2psip.std.rfc5393;
