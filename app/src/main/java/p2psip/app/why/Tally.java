package p2psip.app.why;

import module java.base;
import p2psip.std.Bytes;

/// Counts the packets of RTP that have come from one side: how many, when, and how many are missing
/// by their numbers, how evenly they come.
public final class Tally {
    private static final int HEADER = 12, NUMBERS = 1 << 16;

    /// A larger step is no loss: another source has begun.
    private static final int LEAP = 3_000;

    private long packets, lost;
    private int expected = -1;
    private Instant first = Instant.MAX, last = Instant.MIN;
    private final Jitter jitter = new Jitter();

    /// One has come; what is no RTP counts as a packet and has no number.
    public void heard(Bytes packet, Instant now) {
        if (packets++ == 0) first = now;
        last = now;
        if (packet.size() < HEADER || (packet.at(0) & 0xc0) != 0x80) return;
        int number = (packet.at(2) & 0xff) << 8 | packet.at(3) & 0xff;
        int ahead = number - expected & NUMBERS - 1;
        if (expected >= 0 && ahead < LEAP) lost += ahead;
        if (expected >= 0 && ahead >= LEAP && ahead <= NUMBERS - LEAP) jitter.restart();
        //  one that comes late was counted as lost
        boolean late = expected >= 0 && ahead > NUMBERS - LEAP;
        if (late && lost > 0) lost--;
        if (!late) expected = number + 1 & NUMBERS - 1;
        if (!late) jitter.heard(packet.buffer().getInt(4), now);
    }

    long packets() { return packets; }

    /// @param who     for people
    /// @param awaited since when there should be some
    public OfCall.Heard fact(OfCall.Hop from, String who, Instant awaited) {
        return new OfCall.Heard(from, who, packets, lost, awaited, packets == 0 ? awaited : first,
                packets == 0 ? awaited : last, jitter.mean());
    }
}
