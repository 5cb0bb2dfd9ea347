/// Extended reports: how a stream is received, in more detail than the reports of RTCP have.
///
/// Which packets were lost one by one, how delays vary, whether losses come in bursts, and what
/// people would say of such a call; and times that go to and fro, so that who only listens learns
/// how far away the others are. A description says which of them its side would like (`rtcp-xr`).
///
/// Reading order, and where each section is:
///
/// | section | file |
/// |---|---|
/// | 2, 3 packet and blocks | [ExtendedReport], `XrCodec` |
/// | 4.1, 4.2 which packets have come | `SequenceRuns`, [ReceptionMeter] |
/// | 4.4, 4.5 times to and fro | [ExtendedReports] |
/// | 4.7 a call | [VoipMetrics], `BurstCounter`, [CallQuality] |
/// | 5 what is agreed on | [XrCapability] |
///
/// An example that `ExtendedReportsTest` runs:
/// ```java
/// var reports = new ExtendedReports(agreed, () -> List.of(meter.metrics(...)));
/// var session = new Session(parameters, timing, reports, random);
/// reports.roundTrip(ssrc);                // once the other side has answered
/// ```
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): receipt
/// times are read and not made; signal and echo are not measured.
package p2psip.std.rfc3611;
