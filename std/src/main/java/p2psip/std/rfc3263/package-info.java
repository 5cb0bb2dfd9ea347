/// Finding SIP servers: from a URI to a transport, a port and addresses.
///
/// A domain says in the DNS by which transports it likes to be called (NAPTR), which hosts do that
/// and who takes which share (SRV), and where they are (A, AAAA). [Locator] is what a
/// [p2psip.std.rfc3261.Stack] asks; each question is a `Lookup`:
///
/// ```
/// sip:bob@example.com
///   NAPTR example.com            the transport, if neither URI nor number says it   §4.1
///   SRV   _sip._tcp.example.com  host names and ports, by priority and weight        §4.2
///   A, AAAA server1.example.com  addresses of every family that we have              RFC 7984
/// ```
///
/// | section | where |
/// |---|---|
/// | 4.1 transport, 4.2 port and address, 5 responses | `Lookup` |
/// | 4.1 names of transports in the DNS | `Services` |
/// | 4.3, 4.4 order of servers (RFC 2782) | `Servers` |
/// | 4.3 the next one after a failure | [Candidates] |
/// | 7 what would be a bid-down | `Secured` |
/// | RFC 7984, RFC 6724: order of addresses | `Destinations` |
///
/// The next server is tried by a user agent and by a proxy, with [Candidates]; what the DNS has
/// said is kept by [p2psip.std.rfc1035.Resolver].
///
/// What is left out stands, with its reason, in `left-out.txt` beside this file.
package p2psip.std.rfc3263;
