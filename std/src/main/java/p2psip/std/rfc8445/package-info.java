/// ICE: two who are behind routers find a pair of addresses by which they reach each other, by
/// trying all that there are.
///
/// Read [Agent] first: what an agent is told and what it asks for. Then [Candidate] with
/// [CandidateType] and [LocalCandidates] (which addresses there are, and what each is worth),
/// [Pair] (one of ours and one of the peer's, and how far its check is), [Checklist] (the pairs of
/// a stream: which is checked next, what a success means, which one is nominated) and [Checker] (a
/// check goes out, an answer comes). [FullAgent] holds them together with [Session], what they have
/// in common, and [Checklists], all of them. [Request] is the other side: the peer's checks.
/// [Consent] asks, afterwards, whether the peer still wants what it gets.
///
/// Beside it stand [LiteAgent], for those whom everybody reaches, [Gathering], which asks STUN
/// servers, and SDP: [SdpSection] writes, [SdpReading] reads, a line of both is an [SdpCandidate].
///
/// | section | file |
/// |---|---|
/// | RFC 8445 5.1.1, RFC 8421 | [HostAddresses], [Gathering] |
/// | 5.1.2, 5.1.3, 5.2 | [CandidateType], [LocalCandidates] |
/// | 5.3 | [Credentials], [Description] |
/// | 6.1.1, 9, 11, 12 | [FullAgent], [LiteAgent] |
/// | 6.1.2, 6.1.4, 7.2.5.3, 8.1, 8.3; RFC 8838, RFC 8863 | [Checklist], [Pair] |
/// | 7.1, 7.2 | [Checker], [Check], [Signature] |
/// | 7.3 | [Request], [Checklist] |
/// | 14 | [Pacer], [Checker] |
/// | 16 | [IceAttributes] |
/// | RFC 7675 | [Consent] |
/// | RFC 8839 | [SdpCandidate], [SdpSection], [SdpReading], [Description] |
///
/// ```java
/// var alice = new FullAgent(true, Settings.DEFAULT, pacer, dice);
/// alice.handle(new Input.Stream(1, 1), now);          // Described: for the peer
/// alice.handle(new Input.Host(1, 1, addresses), now); // Local: for the peer
/// alice.handle(new Input.Remote(1, bob), now);
/// alice.handle(new Input.RemoteCandidate(1, candidate), now);   // Send: a check, on a socket
/// alice.handle(new Input.Received(base, from, datagram), now);
/// alice.path(1, 1, now);                              // where data go, as soon as there is a way
/// ```
///
/// When is a pair nominated? RFC 8445 §8.1.1 leaves it to the controlling agent, and allows one
/// pair only. Here it is the first valid one that is direct, at once: who calls waits for the first
/// word, and checks are sent in the order of what pairs are worth, so the first to work is seldom
/// far from the best. A pair over a relay is held back for [Settings#patience], 100 ms, while
/// a direct one may still work. Whoever wants a better path later restarts; data go on meanwhile.
/// So the answer needs two round trips and a tick of Ta, and data may go after one of them, as
/// each valid pair may be used.
///
/// A check that nominates and is lost is not lost for long: the peer's own checks of the
/// pair, which come while ours is in progress, begin it anew (7.3.1.4).
///
/// What is proved by nobody changes nothing. A peer that is known may tell [Checklist#REMOTE]
/// candidates and be learned of from [Checklist#LEARNED] more addresses; there are as many pairs as
/// [Settings#pairs], and so many ordinary checks in a session. Triggered checks are one for one
/// of the peer's own, at the pace of Ta. [Agent#records] has what became of the last
/// [Session#RECORDS] pairs, for people who ask why.
///
/// One agent for each session and peer. If a request was sent to several who answer (a fork), each
/// has an agent of its own; those on one socket are told apart by [Agent#addressee] and
/// [Agent#awaits].
///
/// Left out (each sentence stands in `left-out.txt`): candidates over TCP, names as candidates
/// (handed out to whoever resolves them), marks of quality of service.
package p2psip.std.rfc8445;
