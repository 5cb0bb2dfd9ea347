package p2psip.std.rfc9002;

import module java.base;

/// How many bytes may be on their way: more with each acknowledgement, half as many with each loss.
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

    private int datagram;
    private long window, threshold = Long.MAX_VALUE, counted;
    private Instant recovering = Instant.MIN;

    /// @param datagram the size of the largest
    NewReno(int datagram) {
        this.datagram = datagram;
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

    public long window() { return window; }

    /// The size of the largest is another from now on.
    void datagram(int size) {
        if (size == datagram) return;
        //= rfc9002#7.2-2 a new size: what a path begins with is recalculated while it stands there
        boolean fresh = window == initial(datagram);
        datagram = size;
        if (fresh) window = initial(size);
        window = Math.max(window, minimum());
    }

    boolean slowStart() { return window < threshold; }

    /// A packet was acknowledged.
    void acknowledged(int size, Instant sent, boolean idle) {
        if (!sent.isAfter(recovering)) return;
        //= rfc9002#7.8-1 who does not use the window gets no larger one
        if (idle) return;
        if (slowStart()) window += size;
        else {
            counted += size;
            //= rfc9002#7.3.3-1 one datagram more for each window
            if (counted < window) return;
            counted -= window;
            window += datagram;
        }
        window = Math.min(window, MAX_WINDOW);
    }

    /// A packet was lost, or a sign of congestion has come.
    ///
    /// @param sent when the packet was sent: one that was before recovery began says nothing new
    void congested(Instant sent, Instant now) {
        if (!sent.isAfter(recovering)) return;
        //= rfc9002#7.3.1-1 slow start ends with the first loss
        recovering = now;
        //= rfc9002#7.3.2-1,2 the threshold is half of the window, and the window the threshold
        //= rfc9002#7.3.2-3 recovery period: at once
        threshold = window / 2;
        window = Math.max(threshold, minimum());
        counted = 0;
    }

    /// Nothing came through for long.
    void collapse() {
        //= rfc9002#7.6.2-5 congestion window: back to the least
        window = minimum();
        recovering = Instant.MIN;
        counted = 0;
    }
}
