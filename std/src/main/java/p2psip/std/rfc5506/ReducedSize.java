package p2psip.std.rfc5506;

import module java.base;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc4585.*;

/// Feedback alone in a datagram, without report and CNAME: small, where both sides have agreed on
/// it and nothing on the way seems to mind.
///
/// Whoever sends it says when its effect is seen ([#confirmed]); where none is seen time after
/// time, feedback goes out with reports again.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5506#section-4 RFC 5506 §4
public final class ReducedSize implements EarlyForm {
    public static final Attribute ATTRIBUTE = Attribute.flag("rtcp-rsize");

    /// What is larger goes out with a report, of which it is the larger part anyhow.
    static final int LARGE = 128;
    /// So long an effect may take.
    static final Duration PATIENCE = Duration.ofSeconds(2);
    /// After so many without effect it has failed.
    static final int FAILURES = 5;

    private boolean reported;
    private boolean failed;
    private int failures;
    private final Deque<Instant> unconfirmed = new ArrayDeque<>();

    //= rfc5506#4-2 for extra packets, where a regular one would not have been sent
    @Override public ReportTiming.Turn form(List<RtcpPacket> packets, Instant now) {
        judge(now);
        int size = packets.stream().mapToInt(RtcpPacket::size).sum();
        //= rfc5506#4-4 not until one compound packet has been sent
        if (!reported
                //= rfc5506#4.2.1-4 if the verification fails only compound packets are transmitted
                || failed
                //= rfc5506#4.2.2-2 what is large goes out as a compound packet
                || size > LARGE
                //= rfc5506#4.2.1-2 one at least whose delivery can be detected
                || packets.stream().noneMatch(p -> Feedback.parse(p).isPresent()))
            return ReportTiming.Turn.MINIMAL;
        if (unconfirmed.size() < FAILURES) unconfirmed.addLast(now);
        //= rfc5506#4-5,6 an early or immediate feedback message may be sent so
        return ReportTiming.Turn.ALONE;
    }

    //= rfc5506#4.2.1-1 verification of delivery is recommended
    //= rfc5506#4.2.1-3 to detect consistent failure of delivery: so many without any effect
    private void judge(Instant now) {
        while (!unconfirmed.isEmpty() && unconfirmed.getFirst().plus(PATIENCE).isBefore(now)) {
            unconfirmed.removeFirst();
            if (++failures >= FAILURES) failed = true;
        }
    }

    //= rfc5506#4.2.3-1 all regular RTCP is full compound
    @Override public void reported() { reported = true; }

    /// An effect has been seen: the packet that was missed has come again, a whole picture has
    /// come.
    public void confirmed() {
        unconfirmed.clear();
        failures = 0;
    }

    /// Whether it is not used any more.
    public boolean failed() { return failed; }

    /// The lines of an offer's medium that has feedback.
    //= rfc5506#5-2 an offer that wishes it includes the attribute
    public static List<Attribute> offer(Media medium) {
        //= rfc5506#4-3 only in sessions that operate in AVPF or SAVPF
        //= rfc5506#4.1-2 not with the profiles RTP/AVP and RTP/SAVP
        return FeedbackCapability.profiled(medium.proto()) ? List.of(ATTRIBUTE) : List.of();
    }

    /// The lines of an answer's medium.
    //= rfc5506#5-3 if it is in the offer the answerer includes it as well
    public static List<Attribute> answer(Media answer, Media offered) {
        return offered.has(ATTRIBUTE.name()) ? offer(answer) : List.of();
    }

    /// Whether it may be used, by what both sides have said.
    public static boolean agreed(Media local, Media remote) {
        return local.has(ATTRIBUTE.name()) && remote.has(ATTRIBUTE.name())
                && FeedbackCapability.profiled(local.proto());
    }
}
