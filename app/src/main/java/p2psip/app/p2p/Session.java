package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.Peer;
import p2psip.std.*;

/// What two nodes say to each other after their handshake: sealed payloads, unconfirmed or
/// confirmed, in pieces where they are large.
///
/// Confirmed payloads are sent again every [#AGAIN] until each piece is acknowledged; one that is
/// not within [#PATIENCE] means that the peer is gone, or within twice as long if the peer was
/// heard meanwhile. Each payload is delivered once, in no particular order.
final class Session implements Machine<Session.Input, Session.Output> {

    sealed interface Input {

        /// A datagram came in from `remote` for this session.
        record Received(InetSocketAddress remote, Packet.Data data) implements Input {}
        record Send(Bytes payload, boolean confirmed) implements Input {}

        /// Say [Frame.Here].
        record Prove() implements Input {}

        /// Say [Frame.Bye] and end.
        record Leave() implements Input {}
    }

    sealed interface Output {

        /// @param frame what is sealed in the datagram
        record Transmit(InetSocketAddress remote, Bytes datagram, Bytes frame) implements Output {}
        record Delivered(Bytes payload) implements Output {}

        /// The first sealed packet came: the caller is there and has the key.
        record Proven() implements Output {}

        /// A confirmed payload was not acknowledged.
        record Unanswered() implements Output {}

        /// The peer said goodbye.
        record Gone() implements Output {}
        record Refused(String why) implements Output {}
    }

    /// How often an unacknowledged payload is sent again. A peer further away than that hears
    /// twice, which does no harm.
    static final Duration AGAIN = Duration.ofMillis(300);

    /// How long an acknowledgement is waited for: ten attempts, all of which a network that loses
    /// a fifth of all datagrams loses once in 25,000 times. A peer that is heard lives, and gets
    /// ten more.
    static final Duration PATIENCE = Duration.ofSeconds(3);

    /// How long a session without a word from the peer is kept.
    static final Duration IDLE = Duration.ofMinutes(5);

    /// How long an answered call may wait for the caller's first sealed packet.
    static final Duration UNPROVEN = Duration.ofSeconds(5);

    /// How long keys are used; then a new session is made when there is something to say.
    static final Duration LIFETIME = Duration.ofHours(1);

    /// Confirmed payloads that may wait for their acknowledgement.
    static final int MAX_WAITING = 256;

    /// The largest payload.
    static final int MAX_PAYLOAD = Frame.MAX_PIECES * Frame.PIECE;

    /// A confirmed payload on its way.
    private static final class Waiting {
        final List<Frame.Piece> pieces;
        final Bytes payload;
        Instant until;
        Instant again;
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
    }

    private enum State { UNPROVEN, PROVEN, ENDED }

    private enum Timer { END }

    private final Peer peer;
    private final long theirs;
    private final Seal sealing, opening;
    private final Instant born;
    private final Window seen = new Window();
    private final Inbox confirmed = new Inbox(), unconfirmed = new Inbox();
    private final SequencedMap<Integer, Waiting> waiting = new LinkedHashMap<>();
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Outbox<Output> out = new Outbox<>();
    private InetSocketAddress remote;
    private Instant heard;
    private State state;
    private long sequence;
    private int nextConfirmed, nextUnconfirmed;

    /// @param theirs the peer's number for this session
    /// @param remote where the handshake's datagrams came from
    /// @param proven whether the peer has shown already that it has the key
    Session(Peer peer, long theirs, InetSocketAddress remote, Seal sealing, Seal opening,
            boolean proven, Instant now) {
        this.peer = peer;
        this.theirs = theirs;
        this.remote = remote;
        this.sealing = sealing;
        this.opening = opening;
        this.born = this.heard = now;
        enter(proven ? State.PROVEN : State.UNPROVEN);
    }

    Peer peer() { return peer; }

    long theirs() { return theirs; }

    InetSocketAddress remote() { return remote; }

    Instant born() { return born; }

    Instant heard() { return heard; }

    boolean olderThan(Duration age, Instant now) { return born.plus(age).isBefore(now); }

    /// Whether something new may be sent through it.
    boolean usable(Instant now) {
        return state == State.PROVEN && now.isBefore(born.plus(LIFETIME));
    }

    /// The confirmed payloads not yet acknowledged, oldest first.
    List<Bytes> unacknowledged() { return waiting.values().stream().map(w -> w.payload).toList(); }

    @Override public boolean terminated() { return state == State.ENDED; }

    @Override public Instant deadline() {
        if (state == State.ENDED) return Instant.MAX;
        var first = timers.deadline();
        for (var w : waiting.values()) first = earlier(first, earlier(w.again, w.until));
        return earlier(first, earlier(confirmed.deadline(), unconfirmed.deadline()));
    }

    /// Unproven it ends soon; else with silence, or when its keys have been used long enough (a
    /// little later than the last use by either side). It enters PROVEN with each word of the peer.
    private void enter(State next) {
        state = next;
        switch (next) {
            case UNPROVEN -> timers.set(Timer.END, born.plus(UNPROVEN));
            case PROVEN -> timers.set(Timer.END,
                    earlier(heard.plus(IDLE), born.plus(LIFETIME).plus(IDLE)));
            case ENDED -> timers.clear();
        }
    }

    @Override public List<Output> handle(Input input, Instant now) {
        if (state == State.ENDED) return List.of();
        switch (input) {
            case Input.Received(var from, var data) -> received(from, data, now);
            case Input.Send(var payload, var confirmed) -> send(payload, confirmed, now);
            case Input.Prove _ -> transmit(new Frame.Here());
            case Input.Leave _ -> {
                transmit(new Frame.Bye());
                enter(State.ENDED);
            }
        }
        return out.take();
    }

    @Override public List<Output> wake(Instant now) {
        if (state == State.ENDED || deadline().isAfter(now)) return List.of();
        confirmed.expire(now);
        unconfirmed.expire(now);
        for (var w : waiting.values()) if (!w.until.isAfter(now)) w.spare(heard);
        if (!timers.fired(now).isEmpty()
                || waiting.values().stream().anyMatch(w -> !w.until.isAfter(now))) {
            if (!waiting.isEmpty()) out.add(new Output.Unanswered());
            enter(State.ENDED);
            return out.take();
        }
        for (var w : waiting.values()) {
            if (w.again.isAfter(now)) continue;
            w.again = now.plus(AGAIN);
            transmit(w);
        }
        return out.take();
    }

    private void send(Bytes payload, boolean confirmed, Instant now) {
        var pieces = cut(payload, confirmed, confirmed ? nextConfirmed++ : nextUnconfirmed++);
        int number = pieces.getFirst().number();
        // The receiver tells apart only the last Window.SIZE numbers.
        if (confirmed && (waiting.size() == MAX_WAITING
                || !waiting.isEmpty() && number - waiting.firstEntry().getKey() >= Window.SIZE)) {
            out.add(new Output.Refused("too much waits for acknowledgement"));
            return;
        }
        if (confirmed) waiting.put(number, new Waiting(payload, pieces, now));
        pieces.forEach(this::transmit);
    }

    private void received(InetSocketAddress from, Packet.Data data, Instant now) {
        if (seen.seen(data.sequence())) out.add(new Output.Refused("replayed datagram"));
        else opening.open(data.sequence(), Packet.header(data.session(), data.sequence()),
                data.sealed()).ifPresentOrElse(frame -> {
                    seen.mark(data.sequence());
                    remote = from;
                    opened(frame, now);
                }, () -> out.add(new Output.Refused("forged datagram")));
    }

    private void opened(Bytes frame, Instant now) {
        heard = now;
        if (state == State.UNPROVEN) out.add(new Output.Proven());
        enter(State.PROVEN);
        try {
            understood(Frame.parse(frame), now);
        } catch (SyntaxException e) {
            out.add(new Output.Refused(e.getMessage()));
        }
    }

    private void understood(Frame frame, Instant now) {
        switch (frame) {
            case Frame.Piece piece -> {
                var inbox = piece.confirmed() ? confirmed : unconfirmed;
                var payload = inbox.accept(piece, now);
                if (piece.confirmed())
                    transmit(new Frame.Ack(piece.number(), inbox.have(piece)));
                payload.ifPresent(whole -> out.add(new Output.Delivered(whole)));
            }
            case Frame.Ack(var number, var pieces) -> {
                var w = waiting.get(number);
                if (w == null) return;
                w.have |= pieces;
                if (w.have == Inbox.all(w.pieces.size())) waiting.remove(number);
            }
            case Frame.Bye _ -> {
                out.add(new Output.Gone());
                enter(State.ENDED);
            }
            case Frame.Here _ -> { }
        }
    }

    private static List<Frame.Piece> cut(Bytes payload, boolean confirmed, int number) {
        if (payload.size() > MAX_PAYLOAD)
            throw new IllegalArgumentException(payload.size() + " bytes of " + MAX_PAYLOAD);
        int count = Math.max(1, Math.ceilDiv(payload.size(), Frame.PIECE));
        return IntStream.range(0, count).mapToObj(i -> new Frame.Piece(confirmed, number, i, count,
                payload.slice(i * Frame.PIECE, Math.min(payload.size(), (i + 1) * Frame.PIECE))))
                .toList();
    }

    private void transmit(Waiting w) {
        for (var piece : w.pieces) if ((w.have & 1 << piece.index()) == 0) transmit(piece);
    }

    private void transmit(Frame frame) {
        long number = sequence++;
        var plain = frame.encode();
        var sealed = sealing.seal(number, Packet.header(theirs, number), plain);
        out.add(new Output.Transmit(remote, new Packet.Data(theirs, number, sealed).encode(),
                Bytes.wrap(plain)));
    }

    private static Instant earlier(Instant a, Instant b) { return a.isBefore(b) ? a : b; }
}
