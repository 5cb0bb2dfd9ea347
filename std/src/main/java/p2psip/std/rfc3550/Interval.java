package p2psip.std.rfc3550;

import module java.base;

/// How long to wait between RTCP packets, so that all of them together stay within a small part of
/// the session's bandwidth.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.3.1 RFC 3550 §6.3.1
record Interval(ControlShare share) {
    /// Below this the interval does not go; half of it before the first packet.
    //= rfc3550#6.2-12,21 no less than five seconds; this and the constants below are fixed
    static final Duration MINIMUM = Duration.ofSeconds(5);

    /// Reconsideration makes intervals longer on average; this takes it back.
    private static final double COMPENSATION = Math.E - 1.5;

    /// As good as for ever: what waits for bandwidth where there is none.
    static final Duration NEVER = Duration.ofDays(36_500);

    /// @param bandwidth of the session, in bits a second
    Interval(long bandwidth) { this(ControlShare.of(bandwidth)); }

    /// The interval without chance, which timeouts are counted in.
    ///
    /// @param averageSize of compound packets, in octets with UDP and IP headers
    Duration deterministic(
            int members, int senders, boolean weSent, double averageSize, boolean initial) {
        return deterministic(members, senders, weSent, averageSize,
                initial ? MINIMUM.dividedBy(2) : MINIMUM);
    }

    /// @param least below which it does not go
    Duration deterministic(
            int members, int senders, boolean weSent, double averageSize, Duration least) {
        double n = members;
        double octets = share.all() / 8;
        //= rfc3550#6.3.1¶2 where senders are few they share a quarter and the others the rest
        //= rfc3550#6.3.1-2 or what the two separate parameters, S and R, say
        if (senders <= members * share.fraction()) {
            octets = (weSent ? share.senders() : share.receivers()) / 8;
            n = weSent ? senders : members - senders;
        }
        //= rfc3550#6.2-1 the rate is scaled down as the number grows, by a longer interval
        //= rfc3550#6.3.1-1 the average interval scales with the group size
        //= rfc3550#6-9 no mechanism for two alone: it scales to larger numbers
        double seconds = averageSize * n / octets;
        return seconds(Math.max(seconds, least.toNanos() / 1e9));
    }

    /// The interval as it is used, between half and one and a half times as long, less than the
    /// mean to make up for reconsideration.
    Duration random(int members, int senders, boolean weSent, double averageSize, boolean initial,
            RandomGenerator random) {
        return random(deterministic(members, senders, weSent, averageSize, initial), random);
    }

    static Duration random(Duration mean, RandomGenerator random) {
        //= rfc3550#6.3.1¶5 a random number between 0.5 and 1.5 times the calculated one
        //= rfc3550#6.3-3 the interval is randomized for two participants as for many
        return seconds(mean.toNanos() / 1e9 * (random.nextDouble() + 0.5) / COMPENSATION);
    }

    private static Duration seconds(double seconds) {
        // zero octets for nobody are no number, and nothing to wait for
        return Double.isNaN(seconds) || seconds > NEVER.toSeconds() ? NEVER
                : Duration.ofNanos((long) (seconds * 1e9));
    }
}
