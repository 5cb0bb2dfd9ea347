/// SIP: the protocol that sets up, changes and ends calls.
///
/// Reading order: [Message] (§7), [Via] and [CSeq] (§20); then the four transactions, each beside
/// its figure (§17), [InviteClientTransaction] first, and `TransactionLayer`, which owns them; then
/// [Core], which is what stands above: a user agent, a proxy, a registrar; and [Stack], which joins
/// all of it to one machine that takes datagrams and answers datagrams.
///
/// | layer (§5) | section | files |
/// |---|---|---|
/// | syntax | 7, 19, 20, 25 | [Message], [Header], `Parser`, `Printer`, [Validator], [Grammar] |
/// | transport | 18, 3581 | [Transport], `TransportLayer`, `ReplyPath`, `Connection`, `Framing` |
/// | where to | RFC 3263 | `ServerLocation`, [Target], [Candidates] |
/// | transactions | 17, RFC 6026, 4320 | [InviteClientTransaction] and its three siblings |
/// | transaction user | 8 to 16 | [Core]; [Cancel] (§9.1) for all of them |
///
/// Two rooms stand on this ground and do not know each other:
/// - [p2psip.std.rfc3261.ua]: the user agent, which calls, answers and registers (§8 to §15);
/// - [p2psip.std.rfc3261.server]: registrar and proxy (§10.3, §16).
///
/// RFCs that patch these sections are cited where they do: 3581 (rport), 6026 (the Accepted state),
/// 4320, 5393 (loops). SIP is spoken over UDP and TCP; what the RFC says of TLS waits for it. What
/// is left out of the sections of this room stands below.
//= rfc3261#7.1-2 exception other URIs than SIP and SIPS lead nowhere from here: 416
//= rfc3261#7.1-3 exception no URI is translated into one of another scheme
//= rfc3261#7.4.1-3..4 exception no multipart body is made or read
//= rfc3261#17.1.1.2-10..11 exception T1 is what TimerValues says; nothing estimates round trips
//= rfc3261#17.1.1.3-7 exception a reason, not a rule: the ACK for a refusal has no body here
//= rfc3261#17.1.1.3-9 exception an ACK for a 415 has no body either
//= rfc3261#18-4 todo TLS waits for a TLS transport
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
//= rfc3263#5-1 todo TLS waits for a TLS transport
//= rfc3263#4.1-5 todo names are looked up as hosts only: A and AAAA
//= rfc3263#4.1-6..7 todo names are looked up as hosts only, not as SIPS services
//= rfc3263#4.1-8 todo names are looked up as hosts only, not as services
//= rfc3263#4.1-16..17 todo no SRV records are asked for
//= rfc3263#4.1-9..13 exception this is for those who fill the DNS
//= rfc3263#4.1-14..15 todo sips and certificates come with TLS
//= rfc3263#4.4.* exception there is no stateless proxy here
//= rfc3263#7.* todo no NAPTR records are asked for, so none are remembered or compared
//= rfc3263#9.* exception this is for those who register services with IANA
//= rfc3261#26.2.1-1..2 todo TLS is not there; when it is, without these suites: JDKs disable them
//= rfc3261#26.2.1-3 todo other suites come with TLS
//= rfc3261#26.2.2.* todo TLS for SIPS waits for a TLS transport
//= rfc3261#26.3.1-1..6 todo TLS waits for a TLS transport
//= rfc3261#26.3.1-7 exception lower-layer security is the business of the operating system
//= rfc3261#26.3.1-8..9 todo TLS waits for a TLS transport
//= rfc3261#26.3.1-12..14 exception there is no S/MIME
//= rfc3261#26.3.2-1 exception this calls the sections below examples
//= rfc3261#26.3.2.1-1..5 todo registering over TLS waits for a TLS transport
//= rfc3261#26.3.2.1-7 todo there is no site certificate to compare a realm with before TLS
//= rfc3261#26.3.2.1-8 exception a phone has one login, which it shows to any realm
//= rfc3261#26.3.2.1-10 todo a TLS connection to be left open waits for a TLS transport
//= rfc3261#26.3.2.2-2 todo a TLS connection to be reused waits for a TLS transport
//= rfc3261#26.3.2.2-5..11 todo TLS between domains waits for a TLS transport
//= rfc3261#26.3.2.3-1..2 todo a direct TLS connection waits for a TLS transport
//= rfc3261#26.3.2.3-4 exception an example of S/MIME, of which there is none
//= rfc3261#26.3.2.4-1 exception where a server stands is its operator's choice
//= rfc3261#26.3.2.4-2 exception a challenge is sent in a transaction, whose number has a limit
//= rfc3261#26.4.2-1 exception there is no S/MIME
//= rfc3261#26.4.4.* todo the scheme of To is not compared before there is TLS for SIPS
//= rfc3261#26.5-1 todo who may reach a user cannot be chosen per user yet
//= rfc3261#26.5-2 exception To is what the caller has dialled: hiding it is not offered
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
