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
/// | 6.2, 6.3.1, A.7 the interval | `Interval` |
/// | 6.3.2 - 6.3.7 reconsideration, forward and reverse | `Schedule` |
/// | 6.2.1, 6.3.5 who is there | `Members` |
/// | 8.2 collisions and loops | `Conflicts`, `Source` |
/// | 6.3 all together | [Session], `Outgoing`, `Reports` |
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
/// Left out: mixers and translators (7), encryption (9: SRTP does that), layered encodings,
/// sampling of members (6.2.1), SDES items but CNAME, which are read and kept but not sent.
//= rfc3550#1.* exception introduction
//= rfc3550#2.* exception scenarios of use
//= rfc3550#4.* exception about clocks in general: time is handed in
//= rfc3550#5.1-2 exception padding is read but not made: nothing here needs it
//= rfc3550#5.1-4 exception for those who write profiles
//= rfc3550#5.1-5 exception for those who write profiles: rfc3551 has the table
//= rfc3550#5.1-16 exception an explanation
//= rfc3550#5.1-18 exception an explanation
//= rfc3550#5.3-1..3 exception for those who write profiles
//= rfc3550#5.3-4 exception for those who write payload formats
//= rfc3550#5.3-5 exception for those who write profiles
//= rfc3550#5.3-6 exception for those who write a new version
//= rfc3550#5.3.1-2 exception no header extension is sent
//= rfc3550#6-2..3 exception an explanation
//= rfc3550#6-4 exception streams are not synchronized with each other
//= rfc3550#6-5 exception an explanation
//= rfc3550#6-6..7 exception no session control by RTCP: SIP does that
//= rfc3550#6-9 exception for designers of applications
//= rfc3550#6-10 exception senders and receivers are treated as section 6.3 says
//= rfc3550#6.1-5 exception an explanation
//= rfc3550#6.1-7..8 exception no encryption here: SRTP does that
//= rfc3550#6.1-13 exception CNAME is the only item sent
//= rfc3550#6.1-19 exception this is no mixer
//= rfc3550#6.1-20 exception the number of blocks is limited, so that a packet never exceeds the MTU
//= rfc3550#6.1-21 exception packets are not segmented
//= rfc3550#6.1-23 exception registrations with IANA
//= rfc3550#6.2-13..14 exception RTCP has a fraction of the bandwidth, not a parameter of its own
//= rfc3550#6.2-22..24 exception the minimum is not reduced
//= rfc3550#6.2-26 exception the minimum is not reduced
//= rfc3550#6.2-31 exception a remark about the algorithm
//= rfc3550#6.2.1-3 exception entries are kept after a BYE, as the next sentence wants
//= rfc3550#6.2.1-8 exception sessions are small: sources beyond a limit are ignored
//= rfc3550#6.2.1-9..10 exception members are not sampled
//= rfc3550#6.3-1..2 exception an introduction to what is implemented here
//= rfc3550#6.3.1-2..3 exception RTCP has a fraction of the bandwidth, not two parameters
//= rfc3550#6.3.2-1 exception a permission: the timer is the machine's deadline
//= rfc3550#6.3.7-2 exception who leaves waits for its BYE, or is dropped by its owner
//= rfc3550#6.3.7-4 exception with few members BYE goes out at once
//= rfc3550#6.3.9.* exception CNAME is the only item sent
//= rfc3550#6.4-5 exception an introduction
//= rfc3550#6.4.1-2 exception no encryption here, so no padding is made
//= rfc3550#6.4.1-5..6 exception an explanation
//= rfc3550#6.4.1-7..8 exception there is a wall clock: it is handed in
//= rfc3550#6.4.1-9 exception streams are not synchronized with each other
//= rfc3550#6.4.1-20 exception an explanation
//= rfc3550#6.4.3.* exception for those who write profiles: extensions are kept as bytes
//= rfc3550#6.4.4.* exception advice for monitors
//= rfc3550#6.5-3..4 exception for those who write profiles
//= rfc3550#6.5.2.* exception NAME is read and kept, not sent
//= rfc3550#6.5.4.* exception PHONE is read and kept, not sent
//= rfc3550#6.5.5.* exception LOC is read and kept, not sent
//= rfc3550#6.5.6.* exception TOOL is read and kept, not sent
//= rfc3550#6.5.7.* exception NOTE is read and kept, not sent
//= rfc3550#6.5.8.* exception PRIV is read and kept, not sent
//= rfc3550#6.6-1 exception a reference to rules that are implemented
//= rfc3550#6.6-2..3 exception this is no mixer
//= rfc3550#6.7-2..3 exception no APP packets are sent
//= rfc3550#6.7-4 exception the data of an APP packet is kept as bytes
//= rfc3550#7.* exception this is neither translator nor mixer
//= rfc3550#8-1 exception the identifier is random, not an address
//= rfc3550#8.2-4 exception an explanation
//= rfc3550#8.2-5 exception an explanation of what translators may do wrong
//= rfc3550#8.2-6..7 exception an explanation
//= rfc3550#8.2-8 exception a telephone that moves keeps its SSRC
//= rfc3550#8.2-9 exception a remark about what need not be
//= rfc3550#8.2-10 exception different CNAMEs of one SSRC are not looked for: the newest is told
//= rfc3550#8.2-13 exception a permission that is not used
//= rfc3550#8.2-14 exception an explanation
//= rfc3550#8.2-19 exception contributors have no address here
//= rfc3550#8.2-24 exception this is neither mixer nor translator
//= rfc3550#8.2-25 exception an explanation
//= rfc3550#8.3.* exception no layered encodings
//= rfc3550#9.* exception no encryption here: SRTP does that
//= rfc3550#10.* exception congestion control is left out: G.711 has one rate
//= rfc3550#12.1.* exception registrations with IANA, and why the codes are what they are
//= rfc3550#12.2.* exception registrations with IANA
//= rfc3550#13.* exception for those who write profiles
//= rfc3550#14.* exception security considerations that ask nothing of an implementation
//= rfc3550#15.* exception registrations with IANA
//= rfc3550#16.* exception intellectual property
//= rfc3550#A-1 exception a remark about the algorithms
//= rfc3550#A.1-2 exception no encryption here: SRTP does that
//= rfc3550#A.1-6 exception extensions are let pass, as RFC 3551 §2 wants
//= rfc3550#A.1-8 exception lengths of payloads are the application's to know
//= rfc3550#A.1-11 exception sources on probation wait for the same time-out as others
//= rfc3550#A.1-14 exception media is wanted before the first RTCP packet
//= rfc3550#A.1-15 exception nothing more is known about payloads
//= rfc3550#A.1-16 exception a table of few entries is fast enough
//= rfc3550#A.6.* exception chance is handed in
//= rfc3550#A.7-1 exception of an example; here every CSRC and every SSRC of a BYE is processed
//= rfc3550#B.* exception what has changed since RFC 1889
//= rfc3550#3.* exception definitions; a Session has one stream, so one SSRC
//= rfc3550#5.1-12..13 exception the clock is that of the format, in the profile (rfc3551): 8,000 Hz
//= rfc3550#5.1-15 exception sound is sent in the order in which it was sampled
//= rfc3550#5.1-17 exception stored sound is sent like sound just sampled: one clock for both
//= rfc3550#5.1-21 exception a phone keeps its address as long as a call lasts
//= rfc3550#5.2.* exception a phone has audio only, and a Session for each call
//= rfc3550#6.2-2..7 exception the session bandwidth is fixed: G.711 both ways, as all have it
//= rfc3550#6.2-17 exception there are no unidirectional links here
//= rfc3550#6.2.1-6 exception an explanation of the next sentence
//= rfc3550#6.5.1-3 exception a participant has one session
//= rfc3550#6.5.1-4 exception nobody is to be located by the CNAME: the name is not for strangers
//= rfc3550#6.5.1-6..14 exception nor is user@host sent: a random name is (RFC 7022)
//= rfc3550#8.2-26..27 exception own packets that come back are ignored; the call goes on
//= rfc3550#8.2-29 exception sending is not stopped, so it is not attempted again
//= rfc3550#11-2..3 exception no single port is taken as a parameter: pairs are made even and next
//= rfc3550#11-5 exception a permission: each side has its own pair
//= rfc3550#11-8..10 exception neither layered encodings nor multicast
//= rfc3550#11-11..15 exception RTP goes over UDP, a packet in each datagram
package p2psip.std.rfc3550;
