package p2psip.app.p2p;

import module java.base;
import p2psip.std.Bytes;

/// Puts the payloads of one session together again, each of them once.
final class Inbox {

    /// Payloads that may be incomplete at a time; one more drops the oldest.
    static final int MAX_INCOMPLETE = 16;

    /// How long the missing pieces of a payload are waited for.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final class Parts {
        final Instant until;
        final Bytes[] pieces;
        int have;

        Parts(Instant until, int count) {
            this.until = until;
            this.pieces = new Bytes[count];
        }
    }

    private final SequencedMap<Integer, Parts> incomplete = new LinkedHashMap<>();   // oldest first
    private final Window complete = new Window();

    /// Takes in a piece; answers the payload if this was the last one missing.
    Optional<Bytes> accept(Frame.Piece piece, Instant now) {
        if (complete.seen(piece.number())) return Optional.empty();
        if (piece.count() == 1) {
            complete.mark(piece.number());
            return Optional.of(piece.bytes());
        }
        if (incomplete.size() == MAX_INCOMPLETE && !incomplete.containsKey(piece.number()))
            incomplete.pollFirstEntry();
        var parts = incomplete.computeIfAbsent(piece.number(),
                _ -> new Parts(now.plus(PATIENCE), piece.count()));
        if (parts.pieces.length != piece.count()) return Optional.empty();
        parts.pieces[piece.index()] = piece.bytes();
        parts.have |= 1 << piece.index();
        if (parts.have != all(piece.count())) return Optional.empty();
        incomplete.remove(piece.number());
        complete.mark(piece.number());
        var whole = new ByteArrayOutputStream();
        for (var part : parts.pieces) whole.writeBytes(part.toArray());
        return Optional.of(Bytes.wrap(whole.toByteArray()));
    }

    /// Which pieces of this payload have arrived, a bit for each.
    int have(Frame.Piece piece) {
        var parts = incomplete.get(piece.number());
        return parts != null ? parts.have
                : complete.seen(piece.number()) ? all(piece.count()) : 0;
    }

    /// Forgets what has waited too long.
    void expire(Instant now) {
        incomplete.values().removeIf(parts -> !parts.until.isAfter(now));
    }

    Instant deadline() {
        return incomplete.isEmpty() ? Instant.MAX : incomplete.values().iterator().next().until;
    }

    static int all(int count) { return -1 >>> Integer.SIZE - count; }
}
