/// The servers of SIP: a registrar, which learns where users are (§10.3), and a stateful proxy,
/// which finds them (§16).
///
/// Reading order: [Registrar] with `RegisterUpdate` (all of a REGISTER or nothing); [Proxy], which
/// has a [Branch] for each copy of a request, and a `ResponseContext` for what they share. Both
/// ask a [LocationService] and know by [Domains] which addresses are theirs; [Guard] decides who
/// may do what.
///
/// | section | where |
/// |---|---|
/// | 10.3 registrar | [Registrar], `RegisterUpdate`, `Bindings`, [Binding] |
/// | 16.3 may it pass | `ProxyValidation`, `LoopDetection` (RFC 5393), [Guard] |
/// | 16.4, 16.6 step 6 routes | `RouteInformation`, `RecordRoute` |
/// | 16.5 targets | [Domains], [Destination], `TargetSet` |
/// | 16.6 the copies | `RequestForwarding`, [Branch] |
/// | 16.7 to 16.10 answers, Timer C, CANCEL | [Branch], `ResponseContext`, `BestResponse` |
///
/// The proxy is always stateful, follows no redirection itself, and lets RFC 6026 decide about
/// stray responses. What is left out of these sections stands below.
//= rfc3261#8.3.* todo sipd is a proxy and a registrar; a redirect server answers in its place
//= rfc3261#10.3-2 exception this registrar takes what it is sent and redirects nobody
//= rfc3261#10.3-11 exception without a list of users anybody may register, whatever From says
//= rfc3261#16.1-5..6 exception this proxy is always stateful
//= rfc3261#16.1-8..9 exception this proxy is always stateful
//= rfc3261#16.5-5..6 exception a canonical address is one user or none, never ambiguous
//= rfc3261#16.5-10..13 exception the location service is asked once, when the request comes
//= rfc3261#16.6-23..24 todo Record-Route for a SIPS URI waits for a TLS transport
//= rfc3261#16.6-25 todo Record-Route after TLS waits for a TLS transport
//= rfc3261#16.6-26 exception no Record-Route value is rewritten: each side gets its own
//= rfc3261#16.6-27 exception what has to be remembered stands in the user part
//= rfc3261#16.6-29 exception this proxy keeps no state of dialogs
//= rfc3261#16.6-32 exception a permission for other documents
//= rfc3261#16.6-34..37 exception no local policy sends requests through a set of other proxies
//= rfc3261#16.6-38..39 exception no local policy sends requests to one next hop proxy
//= rfc3261#16.6-40 todo a SIPS URI waits for a TLS transport
//= rfc3261#16.6-45..47 exception no local policy sends requests to an address whatever their route
//= rfc3261#16.6-50 todo a SIPS URI waits for a TLS transport
//= rfc3261#16.7-1 exception RFC 6026 has it otherwise: a response without a transaction is dropped
//= rfc3261#16.7-7..9 exception a 3xx goes back to the caller, the proxy does not recurse
//= rfc3261#16.7-10..12 exception only SIP URIs are targets, so nothing else is tried after a 416
//= rfc3261#16.7-18 exception these steps gather challenges, which no 1xx or 2xx has, or rewrite
//= rfc3261#16.7-35 exception each side gets a Record-Route value of its own, none is rewritten
//= rfc3261#16.7-36..37 todo Record-Route values across TLS wait for a TLS transport
//= rfc3261#16.7-38..40 exception no Record-Route value is rewritten: each side gets its own
//= rfc3261#16.7-41 exception no feature here changes responses
//= rfc3261#16.7-46 exception by RFC 6026 it is discarded without a server transaction
//= rfc3261#16.10-1 exception no CANCEL is sent without one of the reasons below
//= rfc3261#16.10-3 exception Expires of an INVITE is for the user agent: Timer C ends what rings
//= rfc3261#16.11.* exception this proxy is always stateful
//= rfc5393#5.3.3-6 exception too little Max-Breadth makes the proxy fork in turn, so no 440
//= rfc5393#5.3.4.* exception the user agent sets no Max-Breadth: the first proxy does
package p2psip.std.rfc3261.server;
