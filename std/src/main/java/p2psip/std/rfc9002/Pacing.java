package p2psip.std.rfc9002;

import module java.base;

/// Spreads what is sent over a round trip, so that no queue on the way has to take it all at once.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9002#section-7.7 RFC 9002 §7.7
final class Pacing {
    /// How much faster than the window in a round trip, so that the window is what limits.
    private static final double FASTER = 1.25;

    private static final double SECOND = 1e9;

    /// Nothing that waits so long for one datagram is said to be late.
    private static final Duration UNNOTICED = Duration.ofMillis(1);

    /// How many seconds of it a burst may be, or how many datagrams: timers and acknowledgements
    /// are no finer, and who talks waits for it.
    private static final double BURST = 0.004;
    private static final double LEAST = 4;

    private final double burst, least;
    private double free;
    private Instant at = Instant.MIN;
    private long most = Long.MAX_VALUE;

    /// @param datagram the size of the largest that every path carries
    Pacing(int datagram) {
        //= rfc9002#7.7-3 no burst is larger than the initial window
        this.burst = NewReno.initial(datagram);
        this.least = Math.min(LEAST * datagram, burst);
        this.free = burst;
    }

    /// No more than so many bytes a second, whatever the window is.
    void limit(long rate) { most = rate; }

    /// When so many bytes may be sent: where they are more than a burst, when a whole one may, and
    /// what follows waits for the longer.
    Instant next(int size, long window, Duration trip, Instant now) {
        double rate = rate(window, trip);
        refill(rate, now);
        double wanted = Math.min(size, full(rate));
        return free >= wanted ? now : now.plusNanos((long) Math.ceil((wanted - free) / rate));
    }

    /// The size up to which a datagram does not hold up what others say: it leaves in
    /// [#UNNOTICED].
    long most(long window, Duration trip) {
        return (long) (rate(window, trip) * UNNOTICED.toNanos());
    }

    //= rfc9002#7.7-1 pace: by the window and the round trip
    private double rate(long window, Duration trip) {
        double nanos = Math.max(1, trip.toNanos());
        return Math.min(FASTER * window / nanos, most / SECOND);
    }

    /// How large a burst may be.
    private double full(double rate) { return Math.clamp(BURST * SECOND * rate, least, burst); }

    private void refill(double rate, Instant now) {
        double full = full(rate);
        if (!at.equals(Instant.MIN) && free < full)
            free = Math.min(full, free + Duration.between(at, now).toNanos() * rate);
        at = now;
    }

    void sent(int size) {
        if (!at.equals(Instant.MIN)) free -= size;
    }
}
