package p2psip.std.rfc8656;

import module java.base;

/// What an allocation may still relay: so much a second, and what it has not used for a second.
final class Flood {
    private final long bytes, packets;
    private long freeBytes, freePackets, last;

    Flood(Limits limits, Instant now) {
        this.bytes = limits.bytes();
        this.packets = limits.packets();
        this.freeBytes = bytes;
        this.freePackets = packets;
        this.last = millis(now);
    }

    /// Whether a datagram of this size may be relayed, which is then counted.
    boolean passes(int size, Instant now) {
        long at = millis(now), since = Math.min(1_000, at - last);
        if (since > 0) {
            last = at;
            freeBytes = Math.min(bytes, freeBytes + bytes * since / 1_000);
            freePackets = Math.min(packets, freePackets + packets * since / 1_000);
        }
        if (freeBytes < size || freePackets < 1) return false;
        freeBytes -= size;
        freePackets--;
        return true;
    }

    private static long millis(Instant now) {
        return now.getEpochSecond() * 1_000 + now.getNano() / 1_000_000;
    }
}
