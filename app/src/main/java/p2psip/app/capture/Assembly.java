package p2psip.app.capture;

import module java.base;
import p2psip.std.Bytes;

/// Puts one direction of a TCP connection together again, segment by segment, whatever comes twice
/// or too early.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9293#section-3.4 RFC 9293 §3.4
public final class Assembly {
    /// How much is kept of what came too early; what is more is as good as lost.
    private static final int EARLY = 1 << 20;

    private final SortedMap<Long, Bytes> early = new TreeMap<>();
    private OptionalInt first = OptionalInt.empty();
    private long taken;
    private int waiting;

    /// The bytes that can be read now that this segment is here: none before those it follows.
    public Bytes take(Packet segment) {
        int begins = segment.seq() + ((segment.flags() & Packet.SYN) != 0 ? 1 : 0);
        if (first.isEmpty()) first = OptionalInt.of(begins);
        long at = taken + (begins - (first.getAsInt() + (int) taken));
        if (!segment.payload().isEmpty() && waiting + segment.payload().size() <= EARLY) {
            early.merge(at, segment.payload(), (a, b) -> a.size() >= b.size() ? a : b);
            waiting += segment.payload().size();
        }
        return next();
    }

    private Bytes next() {
        var out = new ByteArrayOutputStream();
        while (!early.isEmpty() && early.firstKey() <= taken) {
            long at = early.firstKey();
            var bytes = early.remove(at);
            if (at + bytes.size() <= taken) continue;
            out.writeBytes(bytes.slice((int) (taken - at), bytes.size()).toArray());
            taken = at + bytes.size();
        }
        if (early.isEmpty()) waiting = 0;
        return Bytes.wrap(out.toByteArray());
    }

    /// Whether something is missing between what was read and what is here.
    public boolean gap() { return !early.isEmpty(); }
}
