package p2psip.std.rfc3611;

/// Tells bursts of loss from gaps between them, packet by packet in the order of their numbers.
///
/// A burst begins and ends with a packet that was lost or discarded and has fewer than `Gmin`
/// received in a row; a single loss is none.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3611#section-4.7.2 RFC 3611 §4.7.2
final class BurstCounter {
    //= rfc3611#4.7.2-1 a Gmin value of 16
    static final int GMIN = 16;

    private long packets, lost, discarded;
    private long bursts, burstPackets, burstBad;

    /// The last losses that are near each other: how many, the first and the last of them.
    private long bad, first, last;

    /// Losses in a row, and the number behind the last one.
    private long runs, behind = -1;

    BurstCounter copy() {
        var copy = new BurstCounter();
        copy.packets = packets;
        copy.lost = lost;
        copy.discarded = discarded;
        copy.bursts = bursts;
        copy.burstPackets = burstPackets;
        copy.burstBad = burstBad;
        copy.bad = bad;
        copy.first = first;
        copy.last = last;
        copy.runs = runs;
        copy.behind = behind;
        return copy;
    }

    void received() { packets++; }

    void lost() {
        lost++;
        bad();
    }

    void discarded() {
        discarded++;
        bad();
    }

    private void bad() {
        if (bad > 0 && packets - last - 1 >= GMIN) close();
        if (bad++ == 0) first = packets;
        last = packets;
        if (behind != packets) runs++;
        behind = ++packets;
    }

    /// What was near each other is a burst if it is more than one.
    void close() {
        if (bad > 1) {
            bursts++;
            burstPackets += last - first + 1;
            burstBad += bad;
        }
        bad = 0;
    }

    //= rfc3611#4.7.1-1 set to zero if no packets have been received
    int lossRate() { return rate(lost, packets); }

    int discardRate() { return rate(discarded, packets); }

    //= rfc3611#4.7.2-2,3 both densities are populated, and zero if no packets have been received
    int burstDensity() { return rate(burstBad, burstPackets); }

    int gapDensity() { return rate(lost + discarded - burstBad, packets - burstPackets); }

    /// In 256ths, as far as eight bits go.
    private static int rate(long part, long all) {
        return all == 0 ? 0 : (int) Math.min(255, part * 256 / all);
    }

    /// How many times as long runs of losses are as those of chance would be: the `BurstR` of
    /// G.107, which knows no Gmin.
    double ratio() {
        if (runs == 0) return 1;
        double share = (double) (lost + discarded) / packets;
        return Math.max(1, (double) (lost + discarded) / runs * (1 - share));
    }

    /// In packets; the algorithm of Appendix A.2 reckons both by the number of bursts.
    //= rfc3611#4.7.2-5 with no burst periods the duration is zero
    double burst() { return bursts == 0 ? 0 : (double) burstPackets / bursts; }

    //= rfc3611#4.7.2-7 and with no gap periods theirs
    double gap() { return (double) (packets - burstPackets) / Math.max(1, bursts); }
}
