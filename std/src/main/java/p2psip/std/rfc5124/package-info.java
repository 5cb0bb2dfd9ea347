/// SAVPF: feedback and protection together, as browsers have it.
///
/// Two profiles, one that lets feedback go out early and one that protects packets, do not touch
/// each other; what there is to say is which go together in a session, which to offer and to
/// choose, and that protected packets are larger.
///
/// [RtpProfile] is all of it; it makes the [p2psip.std.rfc3550.ReportTiming] of a session.
///
/// An example that `RtpProfileTest` runs:
/// ```java
/// RtpProfile.of("UDP/TLS/RTP/SAVPF");     // Optional[SAVPF]
/// RtpProfile.SAVPF.timing(share, Settings.CALL, EarlyForm.MINIMAL, random);
/// ```
///
/// Left out (each sentence, with its reason, stands in `left-out.txt` beside this file): RTSP and
/// announcements.
package p2psip.std.rfc5124;
