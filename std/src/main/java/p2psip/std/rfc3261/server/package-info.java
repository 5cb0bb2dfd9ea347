/// The servers of SIP: a registrar, which learns where users are (§10.3), a stateful proxy, which
/// finds them (§16), and a redirect server, which says where they are (§8.3).
///
/// Reading order: [Registrar] with `RegisterUpdate` (all of a REGISTER or nothing); [Proxy], which
/// has a [Branch] for each copy of a request, and a `ResponseContext` for what they share. Both
/// ask a [LocationService] and know by [Domains] which addresses are theirs; [Guard] decides who
/// may do what.
///
/// | section | where |
/// |---|---|
/// | 8.3 redirect server | [RedirectServer] |
/// | 10.3 registrar | [Registrar], `RegisterUpdate`, `Bindings`, [Binding] |
/// | 16.3 may it pass | `Admission`, [Guard]; RFC 5393 for loops |
/// | 16.4, 16.6 step 6 routes | `RouteInformation`, `RecordRoute` |
/// | 16.5 targets | [Domains], [Destination], `TargetSet` |
/// | 16.6 the copies | `RequestForwarding`, [Branch] |
/// | 16.7 to 16.10 answers, Timer C, CANCEL | [Branch], `ResponseContext`, `BestResponse` |
/// | 16.7 step 4 following a 3xx | `Recursion` |
///
/// What other RFCs add comes by [RegistrarExtension] and [ProxyExtension]. On the way from one to
/// the other things are only data: what the registrar's part notes with a [Binding] is part of each
/// [Destination] that the proxy's part sees.
///
/// [Proxy] is always stateful, and lets RFC 6026 decide about stray responses; [StatelessProxy]
/// never is (§16.11). What is left out of these sections stands in `left-out.txt` beside this file.
package p2psip.std.rfc3261.server;
