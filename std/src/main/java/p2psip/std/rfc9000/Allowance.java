package p2psip.std.rfc9000;

import module java.base;

/// How many bytes this end allows its peer to send, on one stream or on all together: as many as
/// were consumed, and a window more.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9000#section-4.2 RFC 9000 §4.2
public final class Allowance {
    private final long window;
    private long limit, taken, consumed;

    /// @param window how many bytes may come that are not consumed
    public Allowance(long window) { this.window = this.limit = window; }

    /// More bytes of the peer count; false if they are more than it was allowed.
    public boolean take(long bytes) {
        if (bytes > limit - taken) return false;
        taken += bytes;
        return true;
    }

    /// So many more are out of the way.
    public void consume(long bytes) { consumed += bytes; }

    /// Bytes that have come and are not consumed.
    public long waiting() { return taken - consumed; }

    /// What is now allowed, if it is worth saying: half of what may be free is free again. It is
    /// said in time for a peer that has used the other half on the way, and seldom.
    public OptionalLong raise() {
        long now = consumed + window;
        if (now - limit < Math.max(1, (window - waiting()) / 2)) return OptionalLong.empty();
        //= rfc9000#4.2-2 without waiting for the peer to say that it is blocked
        limit = now;
        return OptionalLong.of(limit);
    }

    /// What is allowed, as it was said last.
    public long limit() { return limit; }
}
