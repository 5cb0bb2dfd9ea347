/// SIP: the protocol that sets up, changes and ends calls.
///
/// Reading order: [Message] (§7), [Via] and [CSeq] (§20); then the four transactions (§17) and the
/// transaction layer; [Core] is what stands above them: a UA, a proxy, a registrar.
///
/// # Layers (§5)
/// | layer | section | files |
/// |---|---|---|
/// | syntax | 7, 20, 25 | [Message], [Header], [Validator] |
/// | transport | 18, RFC 3581, 3263 | `TransportLayer`, `Connection`, `Framing`, [ServerLocation] |
/// | transactions | 17, RFC 6026, 4320 | `InviteClientTransaction`, 3 more, `TransactionLayer` |
/// | transaction user | 8 to 16 | [Core] and all who implement it |
///
/// [Stack] joins them.
///
/// # The user agent (§8 to §15)
/// [UserAgent] finds the `Leg` that a message belongs to: a `Call`, a `Registration` (§10.2) or a
/// `LoneRequest` (§11.1). What they are made of:
///
/// | section | file |
/// |---|---|
/// | 8.1 UAC | `ClientRequest`, `Redirection`, and `Local` for what the local side adds |
/// | 8.2 UAS | `Inspection`, `Recent` (merged requests, and what a CANCEL means) |
/// | 9 CANCEL | `ClientRequest`, `Recent`, `Callee` |
/// | 12 dialogs | `Dialog`, `RouteSet` |
/// | 13.2 calling | `Caller`, `Forks` (early dialogs), `Acks` |
/// | 13.3 being called | `Callee`, `ServerInvite` |
/// | 14 changing a session | `Caller`, `Callee`, `Modification` (whose turn it is) |
/// | 15 BYE | `Call` |
///
/// # Registrar and proxy (§10.3, §16)
/// | section | where |
/// |---|---|
/// | §10.3 registrar | [Registrar], `RegisterUpdate`, `Bindings`; [LocationService] is told |
/// | §16.3 may it pass | `ProxyValidation`, `LoopDetection` (RFC 5393), [Guard] |
/// | §16.4, §16.6 step 6 routes | `RouteInformation`, `RecordRoute` |
/// | §16.5 targets | [Home], [Destination], `TargetSet` |
/// | §16.6 the copies | `RequestForwarding`, `Branch` |
/// | §16.7 to §16.10 answers, Timer C, CANCEL | `ResponseContext`, `BestResponse` |
///
/// A [Proxy] is always stateful, follows no redirection itself, and lets RFC 6026 decide about
/// stray responses. It listens by UDP and TCP; what the RFC says of TLS waits for a TLS transport.
//= rfc3261#7.1-2 exception other URIs than SIP and SIPS lead nowhere from here: 416
//= rfc3261#7.1-3 exception no URI is translated into one of another scheme
//= rfc3261#7.4.1-3..4 exception no multipart body is made or read
//= rfc3261#8.1.1.2-3 todo SIPS URIs are understood, and reached with the issue on secure transports
//= rfc3261#8.1.1.3-1 exception this user agent does not hide who it is
//= rfc3261#8.1.1.4-5 exception a Call-ID is random enough without a host
//= rfc3261#8.1.1.9-1 exception no extension of responses is supported
//= rfc3261#8.1.1.9-3 exception no extension is insisted on
//= rfc3261#8.1.1.9-4 exception no extension of proxies is insisted on
//= rfc3261#8.1.1.9-5 exception neither Require nor Proxy-Require is ever sent
//= rfc3261#8.1.2-4 exception there is no policy of other destinations than those of RFC 3263
//= rfc3261#8.1.2-5 exception there is no policy of other destinations than those of RFC 3263
//= rfc3261#8.1.3.5-2 todo after a 413 the request is not tried with a shorter body
//= rfc3261#8.1.3.5-3 todo after a 415 the request is not tried with another body
//= rfc3261#8.1.3.5-4 exception who was called by another URI than SIP was called by the program
//= rfc3261#8.1.3.5-5 exception no request has extensions that could be left out after a 420
//= rfc3261#8.2.2.1-1 exception no policy looks at To
//= rfc3261#8.2.2.1-3 exception nothing is rejected for what is in To
//= rfc3261#8.2.3-4 exception a body may be in any language, and Accept-Language says so
//= rfc3261#8.2.4.* exception no extension is applied to a response
//= rfc3261#8.2.7.* exception this user agent server has transactions
//= rfc3261#8.3.* todo sipd is a proxy and a registrar; a redirect server answers in its place
//= rfc3261#10.2.4-2 exception there is one binding, so nothing to combine
//= rfc3261#10.2.5-1 exception no clock is set by a registrar
//= rfc3261#10.2.6-2 exception no contact is heard at the multicast address
//= rfc3261#10.3-2 exception this registrar takes what it is sent and redirects nobody
//= rfc3261#10.3-11 exception without a list of users anybody may register, whatever From says
//= rfc3261#11-3 exception the program asks what a peer can do before it calls, not within a call
//= rfc3261#11.1-1 exception an OPTIONS makes no dialog, so nobody needs its Contact
//= rfc3261#11.2-4 exception there is no other way to reach the user than the one that was used
//= rfc3261#11.2-5 exception nothing is worth a warning that the status does not say
//= rfc3261#12.1-1 exception dialogs that extensions make belong to the packages of these
//= rfc3261#12.1.1-5 exception behind a NAT the Contact is local; the node beside is global
//= rfc3261#13.2.1-4 exception without Accept the default holds, SDP, and that is what we take
//= rfc3261#13.2.1-5 exception an invitation lasts until the program hangs up
//= rfc3261#13.2.1-6 exception no INVITE of ours has Expires
//= rfc3261#13.2.1-7 exception the program has nothing to add to an INVITE but the session
//= rfc3261#13.3.1-2 exception an invitation to a session that one is in already rings, too
//= rfc3261#13.3.1-3 exception an invitation to a session that one is in already rings, too
//= rfc3261#13.3.1.3-2 exception a phone cannot know that nobody else will answer either
//= rfc3261#14-1 exception re-INVITE and BYE are a user's wish; no multicast session is joined
//= rfc3261#14-2 exception re-INVITE and BYE are a user's wish; no multicast session is joined
//= rfc3261#14.1-3 exception nothing alerts by Alert-Info, neither at first nor later
//= rfc3261#14.1-8 exception the program has no other request within a dialog to send
//= rfc3261#14.2-3 exception each description is applied, changed or not, which comes to the same
//= rfc3261#14.2-8 exception nothing alerts by Alert-Info, neither at first nor later
//= rfc3261#17.1.1.2-10..11 exception T1 is what TimerValues says; nothing estimates round trips
//= rfc3261#17.1.1.3-7 exception a reason, not a rule: the ACK for a refusal has no body here
//= rfc3261#17.1.1.3-9 exception an ACK for a 415 has no body either
//= rfc3261#18-4 todo TLS comes with the issue on secure transports
//= rfc3261#18.1.1-5 exception nothing here sends SIP to a multicast group
//= rfc3261#18.1.1-7 exception sent-by is an address: a node has no name in the DNS
//= rfc3261#18.1.1-13 exception nothing here sends SIP to a multicast group
//= rfc3261#18.1.1-10 exception what is handed out are addresses, and at these we listen
//= rfc3261#18.1.1-12 exception sent-by is an address, and there we listen
//= rfc3261#18.2.1-1 exception what is handed out are addresses, and at these we listen
//= rfc3261#18.2.1-2 exception the port is the user's choice
//= rfc3261#18.2.2-4 todo a response tries one other connection, not the servers of RFC 3263
//= rfc3261#18.2.2-6 exception no response goes to a multicast group
//= rfc3261#18.2.2-8 todo the hosts do not report ICMP errors yet
//= rfc3261#18.4-1 todo the hosts do not report ICMP errors yet
//= rfc3261#18.4-2 exception the hosts report no ICMP errors, so these are ignored
//= rfc6026#8.3-1 exception this is the sentence that RFC 6026 takes out
//= rfc3581#3-5 todo keeping a NAT binding open is the work of RFC 5626
//= rfc3581#3-6..8 exception the lifetime of a binding is not measured
//= rfc3581#7-1 todo who wants to hide port and address needs TLS, which is not there yet
//= rfc3263#5-1 todo TLS comes with the issue on secure transports
//= rfc3263#4.1-5 todo names are looked up as hosts only: A and AAAA
//= rfc3263#4.1-6..7 todo names are looked up as hosts only, not as SIPS services
//= rfc3263#4.1-8 todo names are looked up as hosts only, not as services
//= rfc3263#4.1-16..17 todo no SRV records are asked for
//= rfc3263#4.1-9..13 exception this is for those who fill the DNS
//= rfc3263#4.1-14..15 todo sips and certificates come with TLS
//= rfc3263#4.4.* exception there is no stateless proxy here
//= rfc3263#7.* todo no NAPTR records are asked for, so none are remembered or compared
//= rfc3263#9.* exception this is for those who register services with IANA
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
//= rfc3261#22.1-6..7 exception nobody is accepted as anonymous, and nobody logs in as that
//= rfc3261#22.1-12 todo the phone does not show the realm: it has one login for all
//= rfc3261#22.2-6 exception nobody logs in as anonymous
//= rfc3261#22.3-6 exception nobody logs in as anonymous
//= rfc3261#22.3-12 exception Digest has realms, and it is the only scheme
//= rfc3261#22.3-17 exception of several challenges of one realm the topmost is answered
//= rfc3261#26.2.1-1..2 todo TLS is not there; when it is, without these suites: JDKs disable them
//= rfc3261#26.2.1-3 todo other suites come with TLS
//= rfc3261#26.2.2.* todo TLS for SIPS comes with the issue on secure transports
//= rfc3261#26.3.1-1..6 todo TLS comes with the issue on secure transports
//= rfc3261#26.3.1-7 exception lower-layer security is the business of the operating system
//= rfc3261#26.3.1-8..9 todo TLS comes with the issue on secure transports
//= rfc3261#26.3.1-12..14 exception there is no S/MIME
//= rfc3261#26.3.2-1 exception this calls the sections below examples
//= rfc3261#26.3.2.1-1..5 todo registering over TLS waits for a TLS transport
//= rfc3261#26.3.2.1-7 todo there is no site certificate to compare a realm with before TLS
//= rfc3261#26.3.2.1-8 exception a phone has one login, which it shows to any realm
//= rfc3261#26.3.2.1-10 todo a TLS connection to be left open waits for a TLS transport
//= rfc3261#26.3.2.2-2 todo a TLS connection to be reused waits for a TLS transport
//= rfc3261#26.3.2.2-5..11 todo TLS between domains comes with the issue on secure transports
//= rfc3261#26.3.2.3-1..2 todo a direct TLS connection waits for a TLS transport
//= rfc3261#26.3.2.3-4 exception an example of S/MIME, of which there is none
//= rfc3261#26.3.2.4-1 exception where a server stands is its operator's choice
//= rfc3261#26.3.2.4-2 exception a challenge is sent in a transaction, whose number has a limit
//= rfc3261#26.4.2-1 exception there is no S/MIME
//= rfc3261#26.4.4.* todo the scheme of To is not compared before there is TLS for SIPS
//= rfc3261#26.5-1 todo who may reach a user cannot be chosen per user yet
//= rfc3261#26.5-2 exception To is what the caller has dialled: hiding it is not offered
//= rfc5393#5.3.3-6 exception too little Max-Breadth makes the proxy fork in turn, so no 440
//= rfc5393#5.3.4.* exception the user agent sets no Max-Breadth: the first proxy does
//= rfc3261#19.1.1-3 exception no gateway here: a telephone number is a user like any other
//= rfc3261#19.1.1-5 exception a password is a part of its own
//= rfc3261#19.1.1-6 exception a node has no name in the DNS, so its URIs have addresses
//= rfc3261#19.1.1-10..11 exception a user is never taken for a telephone number
//= rfc3261#19.1.2-4 exception no URI made here has header fields
//= rfc3261#19.1.6-1 exception no tel URL is made into a SIP URI
//= rfc3261#20.3-1 exception what is said to people is in English, whatever they would accept
//= rfc3261#20.4-1 exception no Alert-Info is played
//= rfc3261#20.5-2 exception the Allow of others is not read
//= rfc3261#20.6-1 exception no 2xx says Authentication-Info
//= rfc3261#20.9-1 exception no Call-Info is shown
//= rfc3261#20.12-1 exception no encoding is decoded: a body with one is refused with 415
//= rfc3261#20.12-2..4 exception no encoding is applied to a body
//= rfc3261#20.18-1..2 exception no Error-Info is looked at
//= rfc3261#20.20-1 exception this user agent does not hide who it is
//= rfc3261#20.25-1 exception calls are not filtered by Organization
//= rfc3261#20.26-1 exception no decision depends on Priority
//= rfc3261#20.26-2 exception no request of ours has a Priority
//= rfc3261#20.31-1..2 exception no Reply-To is sent or used
//= rfc3261#20.32-3 exception no request of ours has a Require
//= rfc3261#20.35-1 exception no response of ours has a Server
//= rfc3261#20.43-1 exception no Warning is acted upon, whatever its code
//= rfc3261#21.1.2-1 exception a 180 is told to the program, which makes no sound of it
//= rfc3261#21.1.3-1 exception the proxy does not tell callers of other destinations
//= rfc3261#21.1.4-1..2 exception no call is queued
//= rfc3261#21.3.1-1..2 exception nothing here answers 300
//= rfc3261#21.3.2-2 exception the address book is the user's, and no redirection changes it
//= rfc3261#21.3.3-2 exception no URI of a redirection is kept
//= rfc3261#21.3.3-4 exception no URI of a redirection is kept
//= rfc3261#21.3.4-2 exception nothing here answers 305
//= rfc3261#21.4.11-2 exception the limit of a body is not temporary
//= rfc3261#21.4.16-1..2 exception nothing here answers 421
//= rfc3261#21.4.18-1 exception nobody says here when to call again
//= rfc3261#21.4.18-2..3 todo the program cannot give the reason phrase of a refusal yet
//= rfc3261#21.4.22-1 exception nothing here answers 484
//= rfc3261#21.4.23-1..2 exception nothing here answers 485
//= rfc3261#21.4.24-1 exception nobody says here when to call again
//= rfc3261#21.4.24-2 exception a phone does not know of the callee's other phones
//= rfc3261#21.4.26-1 exception a 488 has no body
//= rfc3261#21.4.28-1 exception nothing here is encrypted by S/MIME
//= rfc3261#21.5.4-4 todo a server that has said 503 is asked again by the next request
//= rfc3261#21.5.4-5 exception whoever is told 503 is told so
//= rfc3261#21.6.1-1 exception nobody says here when to call again
//= rfc3261#21.6.2-1 exception nobody says here when to call again
//= rfc3261#21.6.4-1..2 exception nothing here answers 606
//= rfc3261#23.* exception S/MIME is left out: what links carry is encrypted by the overlay
//= rfc3261#27.1-1..2 exception this is for those who register option tags
//= rfc3261#27.3-1 exception this is for those who register header field names
package p2psip.std.rfc3261;
