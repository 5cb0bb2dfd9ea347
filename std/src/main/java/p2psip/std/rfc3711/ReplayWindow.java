package p2psip.std.rfc3711;

import module java.base;

/// Which packets of a stream have been there, and which index is the highest.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3711#section-3.3.2 RFC 3711 §3.3.2
final class ReplayWindow {
    /// How far behind the highest one a packet may be.
    //= rfc3711#3.3.2-2 a window of at least 64
    static final int SIZE = 1024;
    private static final long SEQUENCES = 1 << 16;

    private final int spare;
    private final long mask;
    private final long[] seen = new long[SIZE / 64];
    private boolean begun;
    private long highest;

    /// @param bits how long an index is, at most 48
    ReplayWindow(int bits) {
        spare = 64 - bits;
        mask = (1L << bits) - 1;
    }

    /// Says of a stream that is under way which packet was the last.
    void begin(long index) {
        begun = true;
        highest = index & mask;
    }

    /// The index of an RTP packet, by its sequence number.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3711#appendix-A RFC 3711 §A
    long estimate(int sequence) {
        //= rfc4568#6.4-3 the ROC is zero when an SSRC commences sending
        //= rfc3711#3.3.1-3 at the beginning the ROC is zero, for sender and receiver
        //= rfc3711#3.3.1-5 and s_l is the sequence number of the first packet
        if (!begun) return sequence;
        long last = highest & SEQUENCES - 1, roc = highest >>> 16;
        if (last < SEQUENCES / 2) {
            if (sequence - last > SEQUENCES / 2) roc--;
        } else if (last - SEQUENCES / 2 > sequence) {
            //= rfc3711#3.3.1-2 the ROC is incremented each time SEQ wraps
            roc++;
        }
        return roc << 16 & mask | sequence;
    }

    /// Whether a packet may be taken: ahead of all others, or not too old and never seen.
    //= rfc3711#3.3.2-3 ahead of the window, or inside it and not received yet
    boolean fresh(long index) {
        if (!begun) return true;
        long ahead = ahead(index);
        return ahead > 0 || ahead > -SIZE && (seen[word(index)] & bit(index)) == 0;
    }

    /// Takes note of a packet that is genuine.
    void take(long index) {
        long ahead = begun ? ahead(index) : SIZE;
        if (ahead > 0) {
            if (ahead >= SIZE) Arrays.fill(seen, 0);
            else for (long i = index - ahead + 1; i < index; i++) seen[word(i)] &= ~bit(i);
            //= rfc3711#3.3.1-6 only a packet ahead of all others moves s_l, and with it the ROC
            highest = index;
            begun = true;
        }
        //= rfc3711#3.3.2-4 the list is updated after the packet has proven genuine
        seen[word(index)] |= bit(index);
    }

    /// By how much it is ahead of the highest; counting goes on behind the last index.
    private long ahead(long index) { return index - highest << spare >> spare; }

    private static int word(long index) { return (int) (index >>> 6) & SIZE / 64 - 1; }

    private static long bit(long index) { return 1L << index; }
}
