/// Loops of proxies: a request that comes back unchanged is stopped, before it forks once more and
/// each of its copies does.
///
/// [LoopDetection] is what a proxy does (§4), who asks it before all forwarding:
/// [p2psip.std.rfc3261.server.Proxy]. Max-Breadth, which bounds what a request may fork into at once
/// (§5), is counted there too, where the branches are.
package p2psip.std.rfc5393;
