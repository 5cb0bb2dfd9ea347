package p2psip.app.p2p;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc9000.Acknowledgements;
import p2psip.std.rfc9002.RoundTrips;

/// The confirmed payloads of one session that are on their way: each is sent again until all its
/// pieces are acknowledged, and given up after [#PATIENCE], though the peer may live: that it is
/// dead is found out by [Course].
///
/// ```
///  piece, carry, carry, carry ----x-------->
///        <-------------- have (the carries) --    lost: sent again at once
///  piece ---------------------------------x>
///        |-- a round trip, and a little --|       nothing came behind it: sent again to be sure
/// ```
final class Confirming {
    /// How often an unacknowledged payload is sent again at least, and before it is known how long
    /// a round trip takes. A peer further away than that hears twice, which does no harm.
    static final Duration AGAIN = Duration.ofMillis(300);

    /// How long an acknowledgement is waited for: twenty attempts.
    static final Duration PATIENCE = Duration.ofSeconds(6);

    /// Confirmed payloads that may wait for their acknowledgement.
    static final int MAX_WAITING = 256;

    /// Carries that are remembered because a payload waits that was sent before them.
    private static final int MAX_LATER = 4_096;

    /// By how many datagrams one may be overtaken.
    private static final int OVERTAKEN = 3;

    /// One payload on its way.
    private static final class Waiting {
        final List<Frame.Piece> pieces;
        final Bytes payload;
        final Instant until;
        Instant again, sent;
        int have, times;
        long sequence;

        Waiting(Bytes payload, List<Frame.Piece> pieces, Instant now) {
            this.payload = payload;
            this.pieces = pieces;
            this.until = now.plus(PATIENCE);
        }

        List<Frame.Piece> missing() {
            return pieces.stream().filter(piece -> (have & 1 << piece.index()) == 0).toList();
        }
    }

    private final SequencedMap<Integer, Waiting> waiting = new LinkedHashMap<>();
    private final RoundTrips trips = new RoundTrips(Acknowledgements.MAX_DELAY);
    /// The datagrams of carries that were sent behind a payload that waits, by their numbers.
    private final SequencedMap<Long, Long> later = new LinkedHashMap<>();
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
    ///
    /// @param sequence of the datagram that carries the first of them
    List<Frame.Piece> add(Bytes payload, long sequence, Instant now) {
        if (waiting.size() == MAX_WAITING || !waiting.isEmpty()
                && next - waiting.firstEntry().getKey() >= Window.SIZE) return List.of();
        var pieces = Frame.pieces(payload, true, next);
        var w = new Waiting(payload, pieces, now);
        waiting.put(next++, w);
        sent(w, sequence + pieces.size() - 1, now);
        return pieces;
    }

    private void sent(Waiting w, long sequence, Instant now) {
        w.sequence = sequence;
        w.sent = now;
        w.again = now.plus(patience(w.times));
    }

    /// The next is sent after a round trip or what it may take, then after twice as long.
    private Duration patience(int times) {
        if (trips.since().isEmpty()) return AGAIN;
        long probe = trips.probeTimeout().toNanos() << Math.min(times, MAX_DOUBLED);
        return probe < AGAIN.toNanos() ? Duration.ofNanos(probe) : AGAIN;
    }

    private static final int MAX_DOUBLED = 10;

    /// A carry goes out behind what waits.
    void carried(long number, long sequence) {
        if (waiting.isEmpty()) return;
        later.putLast(number, sequence);
        if (later.size() > MAX_LATER) later.pollFirstEntry();
    }

    void acknowledged(Frame.Ack ack, Instant now) {
        var w = waiting.get(ack.number());
        if (w == null) return;
        w.have |= ack.pieces();
        // one that was sent twice does not say which of both has got there
        if (w.times == 0) trips.sample(Duration.between(w.sent, now), Duration.ZERO, now);
        if (w.have != Inbox.all(w.pieces.size())) return;
        waiting.remove(ack.number());
        if (w.times == 0) overtaken(w.sequence, now);
        if (waiting.isEmpty()) later.clear();
    }

    /// The peer has this carry. It acknowledges a payload at once, and a carry never before one.
    void has(long carry, Instant now) {
        var sequence = later.get(carry);
        if (sequence != null) overtaken(sequence, now);
    }

    /// What was sent before a datagram that has got there, and was not acknowledged, is lost.
    private void overtaken(long sequence, Instant now) {
        for (var w : waiting.values()) {
            if (w.sequence >= sequence) continue;
            var lost = sequence - w.sequence >= OVERTAKEN ? now : w.sent.plus(trips.lossDelay());
            if (lost.isBefore(w.again)) w.again = lost;
        }
    }

    /// Whether one has waited long enough.
    boolean isOver(Instant now) {
        return waiting.values().stream().anyMatch(w -> !w.until.isAfter(now));
    }

    /// What is to be sent again.
    ///
    /// @param sequence of the datagram that carries the first of them
    List<Frame.Piece> due(long sequence, Instant now) {
        var due = new ArrayList<Frame.Piece>();
        for (var w : waiting.values()) {
            if (w.again.isAfter(now)) continue;
            due.addAll(w.missing());
            w.times++;
            sent(w, sequence + due.size() - 1, now);
        }
        return due;
    }
}
