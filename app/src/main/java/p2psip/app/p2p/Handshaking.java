package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.std.*;

/// The caller's side of a handshake: hello, cookie, who I am, who you are.
final class Handshaking implements Machine<Packet, Handshaking.Output> {

    sealed interface Output {
        record Transmit(Bytes datagram) implements Output {}

        /// The one called has proved who it is.
        ///
        /// @param owner  its public key
        /// @param theirs its number for the session
        record Answered(Peer peer, Bytes owner, long theirs, Handshake.Secrets secrets)
                implements Output {}

        /// Nothing has come back yet: perhaps datagrams do not pass.
        record Unheard() implements Output {}

        record Failed(String why) implements Output {}
        record Refused(String why) implements Output {}
    }

    private enum State { CALLING, PROVING, ENDED }

    private enum Timer { SAY, UNHEARD, PATIENCE }

    /// How long an answer is waited for: ten attempts, all of which a network that loses a fifth of
    /// all datagrams loses once in 25,000 times.
    static final Duration PATIENCE = Duration.ofSeconds(3);

    /// How long datagrams are tried alone before a stream is tried beside them.
    static final Duration ALONE = Duration.ofSeconds(1);

    /// Who is called: by which way, and the node expected there; whoever it is if none is given.
    record Target(Path path, Optional<NodeId> id) {}

    /// What is to be sent when the session is there.
    record Queued(Bytes payload, boolean confirmed) {}

    /// Payloads that wait for a session.
    static final int MAX_QUEUED = 64;

    /// So it begins to say why, where another than the one that was called has answered.
    static final String SOMEBODY_ELSE = "somebody else is there: ";

    private final Target target;
    private final Identity self;
    private final InetSocketAddress address;
    private final long number;
    private final KeyPair ephemeral;
    private final List<Queued> queue = new ArrayList<>();
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private State state;
    private boolean again, keeps, meets;
    private Packet last;

    /// @param address where this node says that it is reached
    /// @param number  this node's number for the session
    Handshaking(Target target, Identity self, InetSocketAddress address, long number,
            RandomGenerator random, Instant now) {
        this.target = target;
        this.self = self;
        this.address = address;
        this.number = number;
        this.ephemeral = KeyPairs.generate("X25519", random);
        this.last = new Packet.Hello(number, Handshake.raw(ephemeral));
        timers.set(Timer.PATIENCE, now.plus(PATIENCE));
        enter(State.CALLING, now);
    }

    Target target() { return target; }

    long number() { return number; }

    List<Queued> queue() { return queue; }

    /// Whether there was room.
    boolean queue(Queued queued) { return queue.size() < MAX_QUEUED && queue.add(queued); }

    /// The peer seems to have lost the sessions it had with this node.
    void isAgain() { again = true; }

    boolean again() { return again; }

    /// The session is to be kept open where nothing is said.
    void keep() { keeps = true; }

    boolean keeps() { return keeps; }

    /// Says so ([Output.Unheard]) when nothing has come back for a while.
    void notices(Instant now) {
        if (state == State.CALLING) timers.set(Timer.UNHEARD, now.plus(ALONE));
    }

    /// Somebody wants to hear whether it fails, and why.
    void meet() { meets = true; }

    boolean meets() { return meets; }

    /// Says it again at once: the way has opened.
    List<Output> hurry(Instant now) {
        if (state != State.ENDED) timers.set(Timer.SAY, now);
        return wake(now);
    }

    @Override public boolean terminated() { return state == State.ENDED; }

    @Override public Instant deadline() { return timers.deadline(); }

    /// The patience is one for all of it.
    private void enter(State next, Instant now) {
        state = next;
        switch (next) {
            case CALLING, PROVING -> timers.set(Timer.SAY, now);
            case ENDED -> timers.clear();
        }
    }

    @Override public List<Output> wake(Instant now) {
        var fired = timers.fired(now);
        if (fired.isEmpty()) return List.of();
        if (fired.contains(Timer.PATIENCE)) return end(new Output.Failed("no answer"), now);
        var said = new ArrayList<Output>();
        if (fired.contains(Timer.UNHEARD)) said.add(new Output.Unheard());
        if (fired.contains(Timer.SAY)) {
            timers.set(Timer.SAY, now.plus(Confirming.AGAIN));
            said.add(new Output.Transmit(last.encode()));
        }
        return said;
    }

    @Override public List<Output> handle(Packet packet, Instant now) {
        return switch (packet) {
            case Packet.Cookie(_, var cookie) when state == State.CALLING -> {
                timers.stop(Timer.UNHEARD);
                last = Handshake.init(self, number, ephemeral, cookie, address);
                enter(State.PROVING, now);
                yield wake(now);
            }
            case Packet.Accept accept when state == State.PROVING -> accepted(accept, now);
            // A packet of the handshake that came too late or twice.
            case Packet.Cookie _, Packet.Accept _, Packet.Data _, Packet.Hello _, Packet.Init _,
                    Packet.Unknown _, Packet.Discover _, Packet.Found _ -> List.of();
        };
    }

    private List<Output> accepted(Packet.Accept accept, Instant now) {
        var init = (Packet.Init) last;
        if (!Handshake.genuine(init, accept))
            return List.of(new Output.Refused("forged answer to a call"));
        var id = NodeId.of(accept.owner());
        if (target.id.filter(wanted -> !wanted.equals(id)).isPresent())
            return end(new Output.Failed(SOMEBODY_ELSE + id + ", not "
                    + target.id.orElseThrow()), now);
        if (id.equals(self.id())) return end(new Output.Failed("that is this node itself"), now);
        return Handshake.agree(ephemeral, accept.ephemeral(), init, accept)
                .map(secrets -> end(new Output.Answered(new Peer(id, accept.address()),
                        accept.owner(), accept.callee(), secrets), now))
                .orElseGet(() -> end(new Output.Failed("weak key"), now));
    }

    private List<Output> end(Output last, Instant now) {
        enter(State.ENDED, now);
        return List.of(last);
    }
}
