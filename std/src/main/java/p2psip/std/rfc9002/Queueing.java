package p2psip.std.rfc9002;

import module java.base;

/// How long what is sent waits in a queue on the way: what round trips take now beyond the least
/// that they took lately. A file that keeps this small leaves the queue to those who talk.
///
/// ```
///  |<--- base: the least that was seen lately ---->|<- queued ->|
///  |<---- now: the least of the last few round trips ---------->|<- jitter ...
///                                                  |<---- TARGET ---->|
///                                                               |room>|
/// ```
///
/// Whoever comes later takes what waits already for a part of the path, and would push aside who
/// was there before (the latecomer's advantage of LEDBAT): so where the queue was not seen empty
/// for a while, less is sent for a moment ([#drains]), and what is seen then is the path. Another
/// who does the same sees it empty as well, has his next moment at the same time, and then it is
/// empty for both.
///
/// If it does not become empty by that, others fill it, or the path has become longer.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6817#section-2.4 RFC 6817 §2.4
final class Queueing {
    /// How long it may wait: a conversation does not notice that, and a path's jitter does not hide
    /// it.
    static final Duration TARGET = Duration.ofMillis(12);

    /// What is so near to the least is no queue.
    private static final Duration NEAR = TARGET.dividedBy(4);

    /// How long it may not have been empty until it is emptied.
    static final Duration PERIOD = Duration.ofSeconds(10);

    /// The least of so many round trips counts, for jitter and late answers only add to them.
    static final int FEW = 6;

    /// How long less is sent so that a queue empties, in round trips: one until it is, one until
    /// that is measured.
    private static final int DRAINED = 2;

    /// There is none.
    private static final long NONE = Long.MAX_VALUE;

    private final long[] last = new long[FEW];
    private int samples;
    private long least, lately, found;
    /// The least before others filled it.
    private long bottom;
    private Instant empty, drained;

    Queueing() { renew(); }

    /// The path may be another now.
    void renew() {
        samples = 0;
        least = bottom = NONE;
        empty = drained = Instant.MIN;
    }

    /// A round trip took so long, without what the peer has waited with its answer.
    void sample(Duration took, Instant now) {
        long nanos = Math.max(1, took.toNanos());
        last[samples++ % FEW] = nanos;
        lately = last[0];
        for (int i = 1; i < Math.min(samples, FEW); i++) lately = Math.min(lately, last[i]);
        if (drains()) drained(nanos, now);
        if (isNear(nanos, bottom)) bottom = NONE;
        if (isNear(nanos, least) && !crowded()) empty = now;
        least = Math.min(least, nanos);
        if (drains() || now.isBefore(empty.plus(PERIOD))) return;
        found = NONE;
        drained = now.plus(took.multipliedBy(DRAINED));
    }

    private static boolean isNear(long nanos, long least) {
        return nanos - least <= NEAR.toNanos();
    }

    /// Less is sent: once that is over the least that was seen meanwhile is the path.
    private void drained(long nanos, Instant now) {
        found = Math.min(found, nanos);
        if (drained.isAfter(now)) return;
        bottom = found - least > TARGET.toNanos() ? Math.min(bottom, least) : NONE;
        least = found;
        empty = now;
        drained = Instant.MIN;
    }

    /// Whether less is to be sent for a moment.
    boolean drains() { return !drained.equals(Instant.MIN); }

    /// Whether nothing waits, of nobody.
    boolean isEmpty() { return samples > 0 && !crowded() && isNear(lately, least); }

    /// Whether it did not become empty though less was sent.
    boolean crowded() { return bottom != NONE; }

    /// Which part of the [#TARGET] is left: 1 where nothing waits; less than 0 where too much does.
    double room() {
        return samples == 0 ? 1 : 1 - (double) (lately - least) / TARGET.toNanos();
    }

    /// Which part of what is on its way waits beyond the [#TARGET].
    double excess() {
        return samples == 0 ? 0 : Math.max(0, -room() * TARGET.toNanos() / lately);
    }
}
