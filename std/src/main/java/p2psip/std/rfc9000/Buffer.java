package p2psip.std.rfc9000;

import module java.base;
import p2psip.std.Bytes;

/// The part of a stream of bytes that is kept: it grows at the end and is dropped at the beginning.
final class Buffer {
    /// What it begins with.
    private static final int FIRST = 4_096;

    private final int most;
    private byte[] ring = new byte[0];
    private long begin, end;

    /// @param most bytes at a time
    Buffer(int most) { this.most = most; }

    /// Where in the stream its first byte is.
    long begin() { return begin; }

    /// Where it ends.
    long end() { return end; }

    int size() { return (int) (end - begin); }

    int room() { return most - size(); }

    void add(Bytes bytes) {
        if (size() + bytes.size() > ring.length) grow(size() + bytes.size());
        int at = (int) (end % Math.max(1, ring.length));
        int first = Math.min(bytes.size(), ring.length - at);
        bytes.copy(0, first, ring, at);
        bytes.copy(first, bytes.size(), ring, 0);
        end += bytes.size();
    }

    private void grow(int size) {
        int length = Math.max(FIRST, ring.length);
        while (length < size) length *= 2;
        var larger = new byte[length];
        for (long at = begin; at < end; ) {
            int from = (int) (at % ring.length), to = (int) (at % length);
            int run = (int) Math.min(end - at, Math.min(ring.length - from, length - to));
            System.arraycopy(ring, from, larger, to, run);
            at += run;
        }
        ring = larger;
    }

    Bytes slice(long from, int size) {
        if (size == 0) return Bytes.EMPTY;
        var bytes = new byte[size];
        int at = (int) (from % ring.length), first = Math.min(size, ring.length - at);
        System.arraycopy(ring, at, bytes, 0, first);
        System.arraycopy(ring, 0, bytes, first, size - first);
        return Bytes.wrap(bytes);
    }

    /// Drops what comes before.
    void drop(long before) {
        begin = Math.max(begin, before);
        if (begin == end && ring.length > FIRST) ring = new byte[0];
    }

    void clear() { drop(end); }
}
