/// RTP carries media in numbered, timed packets; RTCP tells all participants how they arrive.
///
/// A packet says who made it (SSRC), which it is (sequence number) and when its media was sampled
/// (timestamp). At intervals each participant reports what it has sent and how it receives the
/// others, the more rarely the more they are, so that all reports together stay within a twentieth
/// of the bandwidth.
///
/// Reading order, and where each section is:
///
/// | section | file |
/// |---|---|
/// | 5.1 data packet, 5.3.1 extension | [RtpPacket], [SequenceNumber] |
/// | 6.1 compound packets, A.2 checks | [CompoundPacket] |
/// | 6.4 - 6.7 SR, RR, SDES, BYE, APP | [RtcpPacket], [ReportBlock], [NtpTimestamp] |
/// | A.1 sequence, A.3 loss, A.8 jitter | `Source` |
/// | 6.2, 6.3.1, A.7 the interval | `Interval`, [ControlShare], `Ledger` |
/// | 6.3.2 - 6.3.7 reconsideration, forward and reverse | [ReportTiming], [Schedule] |
/// | 6.2.1, 6.3.5 who is there | `Members` |
/// | 6.3.9 what else a participant says of itself | `Introduction` |
/// | 8.2 collisions and loops | `Conflicts`, `Source` |
/// | 6.3 all together | [Session], `Outgoing`, `Reports` |
/// | 7 mixers and translators | [RtpMixer], [Translator], [Addendum] |
///
/// An example that `SessionTest` runs:
/// ```java
/// var session = new Session(new Parameters(Set.of(0, 101), 160_000, 8000, "alice@host"), random);
/// session.handle(new Join(), now);
/// session.handle(new Send(true, 0, 0, payload), now);      // SendRtp[datagram]
/// session.handle(new RtpReceived(datagram, from), now);    // Deliver[packet], from the second on
/// session.wake(session.deadline());                        // SendRtcp[datagram]: SR and CNAME
/// session.handle(new Leave("hung up"), now);               // SendRtcp[datagram]: BYE
/// ```
///
/// What comes fifty times a second has a way of its own, [Session#receive], that makes nothing new.
/// Other RFCs are packages of their own on two seams: when RTCP goes out ([ReportTiming]:
/// std.rfc4585), and who else has something to say in reports ([Addendum]: std.rfc3611).
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file):
/// translators that change what they pass on (7.2), encryption (9: SRTP does that), layered
/// encodings, sampling of members (6.2.1).
package p2psip.std.rfc3550;
