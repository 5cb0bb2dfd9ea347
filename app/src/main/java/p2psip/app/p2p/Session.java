package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.std.*;

/// What two nodes say to each other after their handshake: sealed payloads, unconfirmed or
/// confirmed, in pieces where they are large; moments of sound; and what a relay is to hand on.
///
/// Confirmed payloads are sent again, as [Confirming] says, until each piece is acknowledged; the
/// session ends when one is not within [Confirming#PATIENCE], and sooner if the peer is dead
/// ([Course]). Each payload is delivered once, in no particular order.
final class Session implements Machine<Session.Input, Session.Output> {

    sealed interface Input {

        /// A datagram came in by this path for this session.
        record Received(Path from, Packet.Data data) implements Input {}
        record Send(Bytes payload, boolean confirmed) implements Input {}

        /// Say this once, at once: of [Frame.HandOn], [Frame.Handed], [Frame.NotHanded],
        /// [Frame.Moment], [Frame.Here], [Frame.OfStreams].
        record Say(Frame frame) implements Input {}

        /// Go by this path, which is known to lead to the peer.
        record Use(Path path) implements Input {}

        /// These are other ways to it.
        record Ways(List<Path> others) implements Input {}

        /// Whether something of the peer is waited for, other than what the session knows itself.
        record Await(Course.Wait what, boolean now) implements Input {}

        /// So long the peer may be silent where only its life is waited for.
        record Missed(Duration silence) implements Input {}

        /// Whether the path is to be kept open where nothing is said.
        record Keep(boolean open) implements Input {}

        /// Say [Frame.Bye] and end.
        record Leave() implements Input {}
    }

    sealed interface Output {

        /// @param frame what is sealed in the datagram
        record Transmit(Path to, Bytes datagram, Bytes frame) implements Output {}
        record Delivered(Bytes payload) implements Output {}

        /// Something of which a relay knows, or the application: of the kinds of [Input.Say].
        record Said(Frame frame) implements Output {}

        /// The first sealed packet came: the caller is there and has the key.
        record Proven() implements Output {}

        /// The peer is reached by this path from now on.
        record Moved(Path to) implements Output {}

        /// A confirmed payload was not acknowledged, or the peer is dead.
        record Unanswered() implements Output {}

        /// The peer said goodbye.
        record Gone() implements Output {}

        /// It is in use, and a newer one is wanted soon.
        record Ageing() implements Output {}
        record Refused(String why) implements Output {}
    }

    /// How long a session without a word from the peer is kept.
    static final Duration IDLE = Duration.ofMinutes(5);

    /// How often something is said on a path that is to be kept open, at least.
    static final Duration KEEP = Duration.ofSeconds(20);

    /// How long an answered call may wait for the caller's first sealed packet.
    static final Duration UNPROVEN = Duration.ofSeconds(5);

    /// How long keys are used, and for how many datagrams; then a new session is made when there
    /// is something to say.
    static final Duration LIFETIME = Duration.ofHours(1);
    static final long NUMBERS = 1 << 20;

    /// How long before, and how many datagrams, a newer one is made while it is in use, so that
    /// nothing has to wait for it: by who has called; a minute later by the other, if he has not.
    static final Duration AGEING = Duration.ofMinutes(5);
    static final long LAST_NUMBERS = 1 << 16;

    /// How recently something must have been heard for it to be in use.
    static final Duration USE = Duration.ofMinutes(1);

    /// The largest payload.
    static final int MAX_PAYLOAD = Frame.MAX_PIECES * Frame.PIECE;

    private enum State { UNPROVEN, PROVEN, ENDED }

    private enum Timer { END, KEEP, AGEING }

    private final Peer peer;
    private final Bytes owner;
    private final long theirs;
    private final Seal sealing, opening;
    private final Instant born;
    private final Window seen = new Window();
    private final Inbox confirmed = new Inbox(), unconfirmed = new Inbox();
    private final Confirming confirming = new Confirming();
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Outbox<Output> out = new Outbox<>();
    private final Course course;
    private Instant heard;
    private State state;
    private boolean keeps;
    private long sequence, highest = -1;
    private long sent, received;
    private int nextUnconfirmed;

    /// @param owner  the peer's public key
    /// @param theirs the peer's number for this session
    /// @param path   where the handshake's datagrams came from
    /// @param proven whether the peer has shown already that it has the key
    Session(Peer peer, Bytes owner, long theirs, Path path, Seal sealing, Seal opening,
            boolean proven, RandomGenerator random, Instant now) {
        this.peer = peer;
        this.owner = owner;
        this.theirs = theirs;
        this.course = new Course(path, random, now);
        this.sealing = sealing;
        this.opening = opening;
        this.born = this.heard = now;
        timers.set(Timer.AGEING, born.plus(LIFETIME).minus(AGEING)
                .plus(proven ? Duration.ZERO : Duration.ofMinutes(1)));
        enter(proven ? State.PROVEN : State.UNPROVEN);
    }

    Peer peer() { return peer; }

    Bytes owner() { return owner; }

    long theirs() { return theirs; }

    Path path() { return course.current(); }

    Instant born() { return born; }

    Instant heard() { return heard; }

    /// Bytes of the datagrams that it has sent, and of those of the peer that it has opened.
    long sent() { return sent; }

    long received() { return received; }

    /// How long the last question along a way took to be answered, if one was.
    Optional<Duration> roundTrip() { return course.roundTrip(); }

    boolean olderThan(Duration age, Instant now) { return born.plus(age).isBefore(now); }

    /// Whether something new may be sent through it.
    boolean usable(Instant now) {
        return state == State.PROVEN && now.isBefore(born.plus(LIFETIME)) && sequence < NUMBERS;
    }

    /// The confirmed payloads not yet acknowledged, oldest first.
    List<Bytes> unacknowledged() { return confirming.payloads(); }

    @Override public boolean terminated() { return state == State.ENDED; }

    @Override public Instant deadline() {
        if (state == State.ENDED) return Instant.MAX;
        return Timers.earliest(timers.deadline(), confirming.deadline(), course.deadline(),
                confirmed.deadline(), unconfirmed.deadline());
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
            case Input.Say(var frame) -> {
                transmit(frame, now);
                if (frame instanceof Frame.Carry carry) {
                    confirming.carried(carry.number(), sequence - 1);
                    course.waits(Course.Wait.WORD, true, now);
                }
            }
            case Input.Use(var path) -> course.use(path, now);
            case Input.Ways(var others) -> course.others(others);
            case Input.Await(var what, boolean awaited) -> course.waits(what, awaited, now);
            case Input.Missed(var silence) -> course.missed(silence, now);
            case Input.Keep(boolean open) -> {
                keeps = open;
                keep(now);
            }
            case Input.Leave _ -> {
                transmit(new Frame.Bye(), now);
                enter(State.ENDED);
            }
        }
        return out.take();
    }

    @Override public List<Output> wake(Instant now) {
        if (state == State.ENDED || deadline().isAfter(now)) return List.of();
        confirmed.expire(now);
        unconfirmed.expire(now);
        var fired = timers.fired(now);
        boolean dead = course.isDead(now);
        if (fired.contains(Timer.END) || confirming.isOver(now) || dead) {
            if (!confirming.isEmpty() || dead) out.add(new Output.Unanswered());
            enter(State.ENDED);
            return out.take();
        }
        if (fired.contains(Timer.KEEP)) transmit(new Frame.Here(), now);
        if (fired.contains(Timer.AGEING) && now.isBefore(heard.plus(USE)))
            out.add(new Output.Ageing());
        for (var question : course.due(now)) ask(question, now);
        for (var piece : confirming.due(sequence, now)) transmit(piece, now);
        return out.take();
    }

    private void keep(Instant now) {
        if (keeps) timers.set(Timer.KEEP, now.plus(KEEP));
        else timers.stop(Timer.KEEP);
    }

    private void send(Bytes payload, boolean confirmed, Instant now) {
        var pieces = confirmed ? confirming.add(payload, sequence, now)
                : Frame.pieces(payload, false, nextUnconfirmed++);
        if (pieces.isEmpty())
            out.add(new Output.Refused("too much waits for acknowledgement"));
        for (var piece : pieces) transmit(piece, now);
        owed(now);
    }

    private void received(Path from, Packet.Data data, Instant now) {
        if (seen.seen(data.sequence())) out.add(new Output.Refused("replayed datagram"));
        else opening.open(data.sequence(), Packet.header(data.session(), data.sequence()),
                data.sealed()).ifPresentOrElse(frame -> {
                    seen.mark(data.sequence());
                    received += Packet.DATA_HEADER + data.sealed().size();
                    boolean newest = data.sequence() > highest;
                    highest = Math.max(highest, data.sequence());
                    course.heard(from, newest, now).ifPresent(question -> ask(question, now));
                    opened(from, frame, now);
                }, () -> out.add(new Output.Refused("forged datagram")));
    }

    private void opened(Path from, Bytes frame, Instant now) {
        heard = now;
        if (state == State.UNPROVEN) out.add(new Output.Proven());
        enter(State.PROVEN);
        try {
            understood(from, Frame.parse(frame), now);
        } catch (SyntaxException e) {
            out.add(new Output.Refused(e.getMessage()));
        }
    }

    private void understood(Path from, Frame frame, Instant now) {
        switch (frame) {
            case Frame.Piece piece -> {
                var inbox = piece.confirmed() ? confirmed : unconfirmed;
                var payload = inbox.accept(piece, now);
                if (piece.confirmed())
                    transmit(new Frame.Ack(piece.number(), inbox.have(piece)), now);
                payload.ifPresent(whole -> out.add(new Output.Delivered(whole)));
            }
            case Frame.Ack ack -> {
                confirming.acknowledged(ack, now);
                owed(now);
            }
            case Frame.Bye _ -> {
                out.add(new Output.Gone());
                enter(State.ENDED);
            }
            // By the way that it came: it shows that this one leads here.
            case Frame.Challenge(long number) -> transmit(from, new Frame.Response(number), now);
            case Frame.Response response -> {
                if (course.answered(response, now)) out.add(new Output.Moved(course.current()));
            }
            case Frame.Here _ -> { }
            case Frame.OfStreams _ -> {
                if (frame instanceof Frame.Have have) {
                    confirming.has(have.ranges().getFirst().last(), now);
                    owed(now);
                }
                out.add(new Output.Said(frame));
            }
            case Frame.HandOn _, Frame.Handed _, Frame.NotHanded _, Frame.Moment _ ->
                    out.add(new Output.Said(frame));
        }
    }

    private void owed(Instant now) {
        course.waits(Course.Wait.WORD, !confirming.isEmpty(), now);
    }

    private void ask(Course.Question question, Instant now) {
        transmit(question.path(), question.challenge(), now);
    }

    private void transmit(Frame frame, Instant now) { transmit(course.current(), frame, now); }

    private void transmit(Path to, Frame frame, Instant now) {
        long number = sequence++;
        if (number == NUMBERS - LAST_NUMBERS) out.add(new Output.Ageing());
        var plain = frame.encode();
        var datagram = sealing.seal(number, Packet.header(theirs, number), plain);
        sent += datagram.size();
        out.add(new Output.Transmit(to, datagram, Bytes.wrap(plain)));
        if (keeps) keep(now);
    }

    private static Instant earlier(Instant a, Instant b) { return a.isBefore(b) ? a : b; }
}
