/// Feedback: a receiver says at once what it misses, not when its next report is due.
///
/// Messages name lost packets (NACK) or pictures that cannot be shown (PLI, SLI, RPSI). Between two
/// they go out immediately; among many each waits by chance, and who hears another say the same
/// keeps silent. For each early packet a regular one is left out, so that RTCP as a whole takes no
/// more bandwidth than before.
///
/// Reading order, and where each section is:
///
/// | section | file |
/// |---|---|
/// | 6 messages | [Feedback] |
/// | 3.4, 3.5 when they go out | [FeedbackTiming], [EarlyForm] |
/// | 4.2 what both sides have agreed on | [FeedbackCapability] |
/// | 4.3 bandwidth | [RtcpBandwidth] |
///
/// An example that `FeedbackTimingTest` runs:
/// ```java
/// var session = new Session(parameters, new FeedbackTiming(share, Settings.CALL, random),
///         Addendum.NONE, random);
/// session.handle(new Tell(GenericNack.of(me, them, List.of(5)).packet()), now);
/// // SendRtcp: a report, the CNAME, the message
/// ```
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): what is
/// done about messages, which is the business of whoever sends pictures.
package p2psip.std.rfc4585;
