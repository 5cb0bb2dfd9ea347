package p2psip.std.rfc3550;

import module java.base;

/// How long to wait between RTCP packets, so that all of them together stay within a small part of
/// the session's bandwidth.
///
/// @param bandwidth for RTCP of all participants, in octets a second
/// @param minimum below which the interval does not go; halved before the first packet
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.3.1 RFC 3550 §6.3.1
record Interval(double bandwidth, Duration minimum) {
    //= rfc3550#6.2-12,21 no less than five seconds; this and the constants below are fixed
    static final Duration MINIMUM = Duration.ofSeconds(5);

    //= rfc3550#6.2-9,11 all participants use a twentieth of the bandwidth for RTCP
    private static final double RTCP_FRACTION = 0.05;

    //= rfc3550#6.2-10,15 a quarter for senders: 1.25 %, and 3.75 % for others
    private static final double SENDER_FRACTION = 0.25;

    /// Reconsideration makes intervals longer on average; this takes it back.
    private static final double COMPENSATION = Math.E - 1.5;

    /// @param bitsPerSecond the session's bandwidth
    static Interval of(long bitsPerSecond) {
        return new Interval(bitsPerSecond / 8.0 * RTCP_FRACTION, MINIMUM);
    }

    /// The interval without chance, which timeouts are counted in.
    ///
    /// @param averageSize of compound packets, in octets with UDP and IP headers
    Duration deterministic(
            int members, int senders, boolean weSent, double averageSize, boolean initial) {
        double n = members;
        double share = bandwidth;
        //= rfc3550#6.3.1¶2 where senders are few they share a quarter and the others the rest
        if (senders <= members * SENDER_FRACTION) {
            share *= weSent ? SENDER_FRACTION : 1 - SENDER_FRACTION;
            n = weSent ? senders : members - senders;
        }
        //= rfc3550#6.2-1 the rate is scaled down as the number grows, by a longer interval
        //= rfc3550#6.3.1-1 the average interval scales with the group size
        //= rfc3550#6-9 no mechanism for two alone: it scales to larger numbers
        double seconds = averageSize * n / share;
        //= rfc3550#6.2-18,19,20 a lower bound of the interval, half of it before the first packet
        double least = minimum.toMillis() / 1000.0 / (initial ? 2 : 1);
        return seconds(Math.max(seconds, least));
    }

    /// The interval as it is used, between half and one and a half times as long, less than the
    /// mean to make up for reconsideration.
    Duration random(int members, int senders, boolean weSent, double averageSize, boolean initial,
            RandomGenerator random) {
        var mean = deterministic(members, senders, weSent, averageSize, initial);
        //= rfc3550#6.3.1¶5 a random number between 0.5 and 1.5 times the calculated one
        //= rfc3550#6.3-3 the interval is randomized for two participants as for many
        return seconds(mean.toNanos() / 1e9 * (random.nextDouble() + 0.5) / COMPENSATION);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (Math.min(seconds, 86_400) * 1e9));
    }
}
