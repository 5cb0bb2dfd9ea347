package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.Peer;
import p2psip.std.Bytes;
import p2psip.std.Machine;

/// What two nodes say to each other after their handshake: sealed payloads, unconfirmed or
/// confirmed, in pieces where they are large.
///
/// Confirmed payloads are sent again every [#AGAIN] until each piece is acknowledged; one that is
/// not within [#PATIENCE] means that the peer is gone. Each payload is delivered once, in no
/// particular order.
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
    /// a fifth of all datagrams loses once in 25,000 times.
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
        final Instant until;
        Instant again;
        int have;

        Waiting(Bytes payload, List<Frame.Piece> pieces, Instant now) {
            this.payload = payload;
            this.pieces = pieces;
            this.until = now.plus(PATIENCE);
            this.again = now.plus(AGAIN);
        }
    }

    private final Peer peer;
    private final long theirs;
    private final Seal sealing, opening;
    private final Instant born;
    private final Window seen = new Window();
    private final Inbox confirmed = new Inbox(), unconfirmed = new Inbox();
    private final SequencedMap<Integer, Waiting> waiting = new LinkedHashMap<>();
    private InetSocketAddress remote;
    private Instant heard;
    private long sequence;
    private int nextConfirmed, nextUnconfirmed;
    private boolean proven, ended;

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
        this.proven = proven;
        this.born = this.heard = now;
    }

    Peer peer() { return peer; }

    long theirs() { return theirs; }

    InetSocketAddress remote() { return remote; }

    Instant heard() { return heard; }

    boolean olderThan(Duration age, Instant now) { return born.plus(age).isBefore(now); }

    /// Whether something new may be sent through it.
    boolean usable(Instant now) {
        return proven && !ended && now.isBefore(born.plus(LIFETIME));
    }

    /// The confirmed payloads not yet acknowledged, oldest first.
    List<Bytes> unacknowledged() { return waiting.values().stream().map(w -> w.payload).toList(); }

    @Override public boolean terminated() { return ended; }

    @Override public Instant deadline() {
        if (ended) return Instant.MAX;
        var first = end();
        for (var w : waiting.values()) first = earlier(first, earlier(w.again, w.until));
        return earlier(first, earlier(confirmed.deadline(), unconfirmed.deadline()));
    }

    /// Unproven it ends soon; else with silence, or when its keys have been used long enough (a
    /// little later than the last use by either side).
    private Instant end() {
        return !proven ? born.plus(UNPROVEN)
                : earlier(heard.plus(IDLE), born.plus(LIFETIME).plus(IDLE));
    }

    @Override public List<Output> handle(Input input, Instant now) {
        if (ended) return List.of();
        return switch (input) {
            case Input.Received(var from, var data) -> received(from, data, now);
            case Input.Send(var payload, var confirmed) -> send(payload, confirmed, now);
            case Input.Prove _ -> List.of(transmit(new Frame.Here()));
            case Input.Leave _ -> {
                ended = true;
                yield List.of(transmit(new Frame.Bye()));
            }
        };
    }

    @Override public List<Output> wake(Instant now) {
        if (ended || deadline().isAfter(now)) return List.of();
        confirmed.expire(now);
        unconfirmed.expire(now);
        if (!end().isAfter(now)) ended = true;
        var out = new ArrayList<Output>();
        for (var w : waiting.values()) {
            if (ended || !w.until.isAfter(now)) {
                ended = true;
                return List.of(new Output.Unanswered());
            }
            if (w.again.isAfter(now)) continue;
            w.again = now.plus(AGAIN);
            transmit(w, out);
        }
        return out;
    }

    private List<Output> send(Bytes payload, boolean confirmed, Instant now) {
        var pieces = cut(payload, confirmed, confirmed ? nextConfirmed++ : nextUnconfirmed++);
        if (!confirmed) return pieces.stream().map(this::transmit).toList();
        int number = pieces.getFirst().number();
        // The receiver tells apart only the last Window.SIZE numbers.
        if (waiting.size() == MAX_WAITING
                || !waiting.isEmpty() && number - waiting.firstEntry().getKey() >= Window.SIZE)
            return List.of(new Output.Refused("too much waits for acknowledgement"));
        var w = new Waiting(payload, pieces, now);
        waiting.put(number, w);
        var out = new ArrayList<Output>();
        transmit(w, out);
        return out;
    }

    private List<Output> received(InetSocketAddress from, Packet.Data data, Instant now) {
        if (seen.seen(data.sequence())) return List.of(new Output.Refused("replayed datagram"));
        var opened = opening.open(data.sequence(), Packet.header(data.session(), data.sequence()),
                data.sealed());
        if (opened.isEmpty()) return List.of(new Output.Refused("forged datagram"));
        seen.mark(data.sequence());
        heard = now;
        remote = from;
        var out = new ArrayList<Output>();
        if (!proven) {
            proven = true;
            out.add(new Output.Proven());
        }
        try {
            understood(Frame.parse(opened.get()), now, out);
        } catch (SyntaxException e) {
            out.add(new Output.Refused(e.getMessage()));
        }
        return out;
    }

    private void understood(Frame frame, Instant now, List<Output> out) {
        switch (frame) {
            case Frame.Piece piece -> {
                var inbox = piece.confirmed() ? confirmed : unconfirmed;
                var payload = inbox.accept(piece, now);
                if (piece.confirmed())
                    out.add(transmit(new Frame.Ack(piece.number(), inbox.have(piece))));
                payload.ifPresent(whole -> out.add(new Output.Delivered(whole)));
            }
            case Frame.Ack(var number, var pieces) -> {
                var w = waiting.get(number);
                if (w == null) return;
                w.have |= pieces;
                if (w.have == Inbox.all(w.pieces.size())) waiting.remove(number);
            }
            case Frame.Bye _ -> {
                ended = true;
                out.add(new Output.Gone());
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

    private void transmit(Waiting w, List<Output> out) {
        for (var piece : w.pieces)
            if ((w.have & 1 << piece.index()) == 0) out.add(transmit(piece));
    }

    private Output transmit(Frame frame) {
        long number = sequence++;
        var plain = frame.encode();
        var sealed = sealing.seal(number, Packet.header(theirs, number), plain);
        return new Output.Transmit(remote, new Packet.Data(theirs, number, sealed).encode(),
                Bytes.wrap(plain));
    }

    private static Instant earlier(Instant a, Instant b) { return a.isBefore(b) ? a : b; }
}
