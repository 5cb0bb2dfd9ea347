/// A port of the router's for a node at home: who is asked for it, in which language, and what the
/// node does until it is given back.
///
/// Read `PortMapper` first; the languages are [p2psip.std.rfc6887], [p2psip.std.rfc6886] and
/// `Upnp`, which finds the router's description (`Ssdp`), reads it (`Xml`), and speaks to the
/// service in it (`Wan`) by one request and answer at a time (`Http`).
///
/// # What somebody in the own network can do, and what not
///
/// - Who is not the router is not heard: datagrams are taken from its address alone, streams go
///   there, and a description that leads elsewhere is not fetched.
/// - Who sends by the router's address without seeing what is sent to it can do nothing by PCP, for
///   he does not know the nonce. By NAT-PMP and UPnP he can tell an outside address that is none,
///   if he is faster than PCP: then others do not reach this node there, as they did not before.
///   What is said in sessions with it he can neither read nor change.
/// - Who sends without end, or XML with entities, is cut off: each answer has its limit.
/// - Who has the router's place (by ARP) can do what a router can: lose all.
package p2psip.app.portmap;
