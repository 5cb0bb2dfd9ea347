package p2psip.std.rfc3261;

import module java.base;

/// The three durations that all timers of the transactions are made of.
///
/// @param t1 an estimate of the round trip: the first gap between retransmissions
/// @param t2 the longest gap between retransmissions of a request other than INVITE, or a refusal
/// @param t4 how long a message may stay in the network
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-17.1.1.1 RFC 3261 §17.1.1.1
public record TimerValues(Duration t1, Duration t2, Duration t4) {
    public static final TimerValues DEFAULT =
            new TimerValues(Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofSeconds(5));

    /// 64*T1: as long as seven requests take whose gaps double each time.
    public Duration t1x64() { return Duration.ofNanos(64 * t1.toNanos()); }

    /// What follows a gap: twice as much, but never more than T2.
    public Duration backOff(Duration gap) { return Collections.min(List.of(gap.plus(gap), t2)); }
}
