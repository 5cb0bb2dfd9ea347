package p2psip.std.rfc3261;

import module java.base;

/// The three durations that all timers of the transactions are made of, and what is made of them.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-17.1.1.1 RFC 3261 §17.1.1.1
public final class TimerValues {
    /// An estimate of the round trip: the first gap between retransmissions.
    public static final Duration T1 = Duration.ofMillis(500);
    /// The longest gap between retransmissions of a request other than INVITE, or a refusal.
    public static final Duration T2 = Duration.ofSeconds(4);
    /// How long a message may stay in the network.
    public static final Duration T4 = Duration.ofSeconds(5);
    /// As long as seven requests take whose gaps double each time.
    public static final Duration T1_X64 = T1.multipliedBy(64);

    private TimerValues() {}

    /// What follows a gap: twice as much, but never more than T2.
    public static Duration backOff(Duration gap) {
        return Collections.min(List.of(gap.plus(gap), T2));
    }
}
