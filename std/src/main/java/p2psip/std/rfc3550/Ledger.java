package p2psip.std.rfc3550;

import module java.base;

/// What all have sent in the last ten minutes, as far as it has been heard.
///
/// Intervals by chance make a twentieth of the bandwidth on average, in one half of all times a
/// little more. Who sees that so much has been sent already waits a little: then it is a twentieth
/// at most.
final class Ledger {
    private static final int SLOT = 10;
    private static final int SLOTS = 61;
    static final int SPAN = SLOT * (SLOTS - 1);

    /// Some may send at the same time.
    private static final double FULL = 0.98;

    private final long[] octets = new long[SLOTS];
    /// The slot of now, counted from the epoch.
    private long slot = Long.MIN_VALUE;
    private long sum;

    void add(int size, Instant now) {
        advance(now);
        octets[place(slot)] += size;
        sum += size;
    }

    /// Whether so much more would be more than there is bandwidth for.
    boolean full(double more, ControlShare share, Instant now) {
        advance(now);
        return sum + more > FULL * SPAN * share.all() / 8;
    }

    private void advance(Instant now) {
        long next = Math.floorDiv(now.getEpochSecond(), SLOT);
        for (long i = Math.max(slot + 1, next - SLOTS + 1); i <= next; i++) {
            sum -= octets[place(i)];
            octets[place(i)] = 0;
        }
        slot = Math.max(slot, next);
    }

    private static int place(long slot) { return Math.floorMod(slot, SLOTS); }
}
