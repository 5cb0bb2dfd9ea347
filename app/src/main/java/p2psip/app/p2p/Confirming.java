package p2psip.app.p2p;

import module java.base;
import p2psip.std.*;

/// The confirmed payloads of one session that are on their way: each is sent again every
/// [#AGAIN] until all its pieces are acknowledged, and given up after [#PATIENCE], or
/// twice that if the peer was heard meanwhile.
final class Confirming {
    /// How often an unacknowledged payload is sent again. A peer further away than that hears
    /// twice, which does no harm.
    static final Duration AGAIN = Duration.ofMillis(300);

    /// How long an acknowledgement is waited for: ten attempts, all of which a network that loses
    /// a fifth of all datagrams loses once in 25,000 times. A peer that is heard lives, and gets
    /// ten more.
    static final Duration PATIENCE = Duration.ofSeconds(3);

    /// Confirmed payloads that may wait for their acknowledgement.
    static final int MAX_WAITING = 256;

    /// One payload on its way.
    private static final class Waiting {
        final List<Frame.Piece> pieces;
        final Bytes payload;
        Instant until, again;
        boolean spared;
        int have;

        Waiting(Bytes payload, List<Frame.Piece> pieces, Instant now) {
            this.payload = payload;
            this.pieces = pieces;
            this.until = now.plus(PATIENCE);
            this.again = now.plus(AGAIN);
        }

        /// Waits longer, once, for a peer that was heard after it was sent.
        void spare(Instant heard) {
            if (spared || !heard.isAfter(until.minus(PATIENCE))) return;
            spared = true;
            until = until.plus(PATIENCE);
        }

        Stream<Frame.Piece> missing() {
            return pieces.stream().filter(piece -> (have & 1 << piece.index()) == 0);
        }
    }

    private final SequencedMap<Integer, Waiting> waiting = new LinkedHashMap<>();
    private int next;

    boolean isEmpty() { return waiting.isEmpty(); }

    /// The payloads not yet acknowledged, oldest first.
    List<Bytes> payloads() { return waiting.values().stream().map(w -> w.payload).toList(); }

    Instant deadline() {
        var first = Instant.MAX;
        for (var w : waiting.values()) first = Timers.earliest(first, w.again, w.until);
        return first;
    }

    /// The pieces of one more; none if too much waits: the receiver tells apart only the last
    /// [Window#SIZE] numbers.
    List<Frame.Piece> add(Bytes payload, Instant now) {
        if (waiting.size() == MAX_WAITING || !waiting.isEmpty()
                && next - waiting.firstEntry().getKey() >= Window.SIZE) return List.of();
        var pieces = Frame.pieces(payload, true, next);
        waiting.put(next++, new Waiting(payload, pieces, now));
        return pieces;
    }

    void acknowledged(Frame.Ack ack) {
        var w = waiting.get(ack.number());
        if (w == null) return;
        w.have |= ack.pieces();
        if (w.have == Inbox.all(w.pieces.size())) waiting.remove(ack.number());
    }

    /// Whether one has waited long enough for a peer that was last heard then.
    boolean isOver(Instant heard, Instant now) {
        for (var w : waiting.values()) if (!w.until.isAfter(now)) w.spare(heard);
        return waiting.values().stream().anyMatch(w -> !w.until.isAfter(now));
    }

    /// What is to be sent again.
    List<Frame.Piece> due(Instant now) {
        var due = new ArrayList<Frame.Piece>();
        for (var w : waiting.values()) {
            if (w.again.isAfter(now)) continue;
            w.again = now.plus(AGAIN);
            w.missing().forEach(due::add);
        }
        return due;
    }
}
