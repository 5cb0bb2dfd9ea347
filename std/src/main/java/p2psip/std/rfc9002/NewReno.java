package p2psip.std.rfc9002;

import module java.base;

/// How many bytes may be on their way: more with each acknowledgement, half as many with each loss,
/// and fewer also where they wait in a queue: it grows the slower the more of it is taken, and what
/// is too much there is taken back, but for a share where it is others who fill it.
///
/// ```
///  slow start -- lost --> recovery -- one sent since is acknowledged --> congestion avoidance
///       ^                     ^                                                |     |
///       |                     +------------------------ lost ------------------+     |
///       +----------------------------- persistent congestion ------------------------+
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc9002#section-7.3 RFC 9002 §7.3
public final class NewReno {
    /// No window is larger, whatever the path would bear.
    public static final long MAX_WINDOW = 4 << 20;

    /// By how much of what was acknowledged it grows when nothing is known of the path: twice as
    /// much in a round trip would fill a queue as long as that before the first sign of it is back.
    private static final double UNKNOWN = 0.5;

    /// So much of what waits beyond the target is taken back in a round trip: what was in the one
    /// before does not show yet.
    private static final double BACK = 0.5;

    /// Which part of it is used while a queue empties.
    private static final double DRAINING = 0.25;

    /// How many datagrams more it takes in a round trip while others fill the queue: where they do
    /// what NewReno does they have more than this one, and not all.
    private static final double SHARE = 0.5;

    private int datagram;
    private final Queueing queue;
    private double window, threshold = Double.POSITIVE_INFINITY, formerWindow, formerThreshold;
    /// What it takes though it is too much that waits.
    private double share, formerShare;
    private Instant recovering = Instant.MIN;

    /// @param datagram the size of the largest
    /// @param queue    where what was sent waits
    NewReno(int datagram, Queueing queue) {
        this.datagram = datagram;
        this.queue = queue;
        this.window = initial(datagram);
    }

    /// With how many bytes a path begins.
    static long initial(int datagram) {
        //= rfc9002#7.2-1 ten datagrams, and no more than 14,720 bytes
        return Math.min(10L * datagram, Math.max(14_720, 2L * datagram));
    }

    private long minimum() {
        //= rfc9002#7.2-4 two datagrams
        return 2L * datagram;
    }

    public long window() {
        return (long) (queue.drains() ? Math.max(DRAINING * window, minimum()) : window);
    }

    /// The size of the largest is another from now on: half of the window at most.
    void datagram(int size) {
        //= rfc9002#7.2-2 a new size: what a path begins with is recalculated while it stands there
        boolean fresh = window == initial(datagram);
        datagram = size;
        if (fresh) window = initial(size);
    }

    boolean slowStart() { return window < threshold; }

    /// A packet was acknowledged.
    void acknowledged(int size, Instant sent, boolean idle) {
        if (!reduces(sent)) return;
        //= rfc9002#7.8-1 who does not use the window gets no larger one
        if (idle || queue.drains()) return;
        double room = queue.room();
        if (queue.isEmpty()) share = 0;
        else if (room < 0 || queue.crowded()) share += SHARE * one(size);
        //= rfc9002#7-1 controller: another that never sends more than this one, and yields sooner
        window += room >= 0 ? room * more(size) : -BACK * queue.excess() * size;
        window = Math.min(Math.max(window, Math.max(share, minimum())), MAX_WINDOW);
        if (room < 0) threshold = Math.min(threshold, window);
    }

    private double more(int size) {
        if (Double.isInfinite(threshold)) return UNKNOWN * size;
        return slowStart() ? size : one(size);
    }

    private double one(int size) {
        //= rfc9002#7.3.3-1 one datagram more for each window
        return size * (datagram / window);
    }

    /// A packet was lost, or a sign of congestion has come.
    ///
    /// @param sent when the packet was sent: one that was before recovery began says nothing new
    void congested(Instant sent, Instant now) {
        if (!reduces(sent)) return;
        formerWindow = window;
        formerThreshold = threshold;
        formerShare = share;
        //= rfc9002#7.3.1-1 slow start ends with the first loss
        recovering = now;
        //= rfc9002#7.3.2-1,2 the threshold is half of the window, and the window the threshold
        //= rfc9002#7.3.2-3 recovery period: at once
        threshold = window / 2;
        window = Math.max(threshold, minimum());
        share /= 2;
    }

    /// Whether the loss of a packet makes it smaller.
    ///
    /// @param sent when the packet was sent
    boolean reduces(Instant sent) { return sent.isAfter(recovering); }

    /// All that made it smaller last was not lost.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc4015#section-3 RFC 4015 §3
    void restore() {
        if (formerWindow <= window) return;
        window = formerWindow;
        threshold = formerThreshold;
        share = formerShare;
    }

    /// Nothing came through for long.
    void collapse() {
        //= rfc9002#7.6.2-5 congestion window: back to the least
        window = minimum();
        recovering = Instant.MIN;
        formerWindow = share = 0;
    }
}
