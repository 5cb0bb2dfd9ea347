package p2psip.std.rfc9002;

import module java.base;

/// How long what is sent waits in a queue on the way: what round trips take now beyond the least
/// that they took lately. A file that keeps this small leaves the queue to those who talk.
///
/// ```
///  |<--- base: the least of one or two periods --->|<- queued ->|
///  |<---- now: the least of the last few round trips ---------->|<- jitter ...
///                                                  |<---- TARGET ---->|
///                                                               |room>|
/// ```
///
/// A queue that is never empty would be taken for a part of the path when the period is over in
/// which it was; so it is emptied for a moment then ([#drains]).
///
/// @spec https://www.rfc-editor.org/rfc/rfc6817#section-2.4 RFC 6817 §2.4
final class Queueing {
    /// How long it may wait: a conversation does not notice that, and a path's jitter does not hide
    /// it.
    static final Duration TARGET = Duration.ofMillis(12);

    /// A round trip is forgotten after one of them, or two.
    static final Duration PERIOD = Duration.ofSeconds(30);

    /// The least of so many round trips counts, for jitter and late answers only add to them.
    static final int FEW = 6;

    /// How long less is sent so that a queue empties, in round trips: one until it is, one until
    /// that is measured.
    private static final int DRAINED = 2;

    private final long[] last = new long[FEW];
    private int samples;
    private long before, least, lately;
    private Instant end, drained;

    Queueing() { renew(); }

    /// The path may be another now.
    void renew() {
        samples = 0;
        before = least = Long.MAX_VALUE;
        end = drained = Instant.MIN;
    }

    /// A round trip took so long, without what the peer has waited with its answer.
    void sample(Duration took, Instant now) {
        if (!end.isAfter(now)) begin(took, now);
        long nanos = Math.max(1, took.toNanos());
        last[samples++ % FEW] = nanos;
        lately = last[0];
        for (int i = 1; i < Math.min(samples, FEW); i++) lately = Math.min(lately, last[i]);
        least = Math.min(least, nanos);
        if (!drained.isAfter(now)) drained = Instant.MIN;
    }

    private void begin(Duration took, Instant now) {
        boolean neverEmpty = before < least && least - before > TARGET.toNanos() / 4;
        if (neverEmpty) drained = now.plus(took.multipliedBy(DRAINED));
        before = least;
        least = Long.MAX_VALUE;
        end = now.plus(PERIOD);
    }

    /// Whether less is to be sent for a moment.
    boolean drains() { return !drained.equals(Instant.MIN); }

    /// Which part of the [#TARGET] is left: 1 where nothing waits; less than 0 where too much does.
    double room() {
        return samples == 0 ? 1
                : 1 - (double) (lately - Math.min(before, least)) / TARGET.toNanos();
    }

    /// Which part of what is on its way waits beyond the [#TARGET].
    double excess() {
        return samples == 0 ? 0 : Math.max(0, -room() * TARGET.toNanos() / lately);
    }
}
