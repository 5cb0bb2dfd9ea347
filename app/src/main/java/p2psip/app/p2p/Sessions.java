package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.std.*;
import p2psip.std.rfc2396.HostName;

/// Messages between nodes over UDP: each peer has proved by its key that its id is its own, and
/// nobody else can read, change, repeat or invent what it says.
///
/// A session with a peer is made when there is something to say to it, by one handshake, and is
/// used by both from then on. A peer that was started anew does not know its sessions, says so, and
/// gets a new one, over which goes again what was not yet confirmed.
public final class Sessions implements Machine<Sessions.Input, Sessions.Output> {

    public sealed interface Input {

        /// A datagram came in.
        record Received(InetSocketAddress remote, Bytes datagram) implements Input {}

        /// Say something to a peer; at most [#MAX_PAYLOAD] bytes.
        ///
        /// @param confirmed say it again until it has arrived or the peer is [Output.Unreachable]
        record Send(Peer to, Bytes payload, boolean confirmed) implements Input {}

        /// Make a session with whoever is there, if there is none yet: [Output.Met] or
        /// [Output.NotMet] follows.
        record Meet(InetSocketAddress address) implements Input {}

        /// Say goodbye to all.
        record Leave() implements Input {}
    }

    public sealed interface Output {

        /// @param frame what is sealed in the datagram, for trace; empty if nothing is
        record Transmit(InetSocketAddress remote, Bytes datagram, Bytes frame) implements Output {
            Transmit(InetSocketAddress remote, Bytes datagram) {
                this(remote, datagram, Bytes.EMPTY);
            }
        }

        /// A peer has said something; that it is this peer is proved.
        record Delivered(Peer from, Bytes payload) implements Output {}

        /// There is a new session with this peer, whoever called.
        ///
        /// @param at where its datagrams come from, which [Input.Meet] may have asked for
        record Met(Peer peer, InetSocketAddress at) implements Output {}

        record NotMet(InetSocketAddress at, String why) implements Output {}

        /// A confirmed message or a handshake was not answered; what waited for it is dropped.
        record Unreachable(Peer peer) implements Output {}

        /// The peer has said goodbye.
        record Gone(Peer peer) implements Output {}

        /// Something refused or dropped, for trace.
        record Remark(String text) implements Output {}
    }

    /// The largest payload.
    public static final int MAX_PAYLOAD = Session.MAX_PAYLOAD;

    /// Sessions at a time; one more ends the one that has been silent longest.
    static final int MAX_SESSIONS = 4096;

    /// Sessions whose caller has not yet shown to have the key; one more ends the oldest.
    static final int MAX_UNPROVEN = 256;

    /// Handshakes this node may have begun at a time; who would be called then is unreachable.
    static final int MAX_CALLS = 256;

    /// How old a session must be before somebody (perhaps not the peer) who says that it is not
    /// known has the peer called again.
    static final Duration FRESH = Duration.ofSeconds(1);

    private final Identity self;
    private final InetSocketAddress address;
    private final RandomGenerator random;
    private final Cookies cookies;
    private final Machines<Long, Handshaking> calls = new Machines<>(MAX_CALLS);
    private final Map<Handshaking.Target, Long> callOf = new LinkedHashMap<>();
    private final Machines<Long, Session> sessions = new Machines<>(MAX_SESSIONS);
    private final Map<NodeId, List<Long>> sessionsOf = new LinkedHashMap<>();   // newest last
    private final Map<Long, Long> byTheirs = new LinkedHashMap<>();
    private final Answered answered = new Answered();
    private final Outbox<Output> out = new Outbox<>();

    /// @param address where other nodes reach this one
    public Sessions(Identity self, InetSocketAddress address, RandomGenerator random) {
        this.self = self;
        this.address = address;
        this.random = random;
        this.cookies = new Cookies(random);
    }

    public Peer self() { return new Peer(self.id(), address); }

    /// The newest session with each peer that has proven its key.
    List<Session> living(Instant now) {
        return sessionsOf.keySet().stream().flatMap(peer -> newest(peer, now).stream())
                .map(this::session).toList();
    }

    /// How much is remembered: sessions, calls and what belongs to them.
    public int size() {
        return sessions.size() + calls.size() + callOf.size() + sessionsOf.size() + byTheirs.size()
                + answered.size();
    }

    @Override public Instant deadline() {
        var a = calls.deadline();
        var b = sessions.deadline();
        return a.isBefore(b) ? a : b;
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Received(var remote, var datagram) -> received(remote, datagram, now);
            case Input.Send(var to, var payload, var confirmed) ->
                    send(to, new Handshaking.Queued(payload, confirmed), now);
            case Input.Meet(var at) -> meet(at, now);
            case Input.Leave _ -> sessions.keys().forEach(number ->
                    tell(number, new Session.Input.Leave(), now));
        }
        return out.take();
    }

    @Override public List<Output> wake(Instant now) {
        calls.wake(now, call -> call.wake(now), (_, call, outputs) -> said(call, outputs, now));
        sessions.wake(now, session -> session.wake(now),
                (number, session, outputs) -> said(number, session, outputs, now));
        return out.take();
    }

    private void received(InetSocketAddress remote, Bytes datagram, Instant now) {
        try {
            switch (Packet.parse(datagram)) {
                case Packet.Data data when sessions.contains(data.session()) ->
                        tell(data.session(), new Session.Input.Received(remote, data), now);
                case Packet.Data data -> out.add(new Output.Transmit(remote,
                        new Packet.Unknown(data.session()).encode()));
                case Packet.Hello(var caller, var ephemeral) -> out.add(new Output.Transmit(remote,
                        new Packet.Cookie(caller,
                                cookies.bake(remote, caller, ephemeral, now)).encode()));
                case Packet.Cookie cookie -> answer(cookie.caller(), remote, cookie, now);
                case Packet.Init init -> init(remote, init, now);
                case Packet.Accept accept -> answer(accept.caller(), remote, accept, now);
                case Packet.Unknown(var theirs) -> unknown(remote, theirs, now);
                case Packet.Discover _, Packet.Found _ ->
                        out.add(remark("discovery outside of the group", remote));
            }
        } catch (SyntaxException e) {
            out.add(new Output.Remark("refused from " + HostName.text(remote) + ": "
                    + e.getMessage()));
        }
    }

    private void send(Peer to, Handshaking.Queued queued, Instant now) {
        var session = newest(to.id(), now);
        if (session.isPresent())
            tell(session.get(),
                    new Session.Input.Send(queued.payload(), queued.confirmed()), now);
        else if (!callable(to.address()))
            out.add(new Output.Unreachable(to));
        else call(new Handshaking.Target(to.address(), Optional.of(to.id())), now)
                .ifPresentOrElse(call -> {
                    if (!call.queue(queued))
                        out.add(new Output.Remark("too much waits for " + to));
                }, () -> out.add(new Output.Unreachable(to)));
    }

    private void meet(InetSocketAddress at, Instant now) {
        var known = sessions.keys().stream().map(this::session)
                .filter(session -> session.usable(now) && session.remote().equals(at)).findFirst();
        if (known.isPresent()) out.add(new Output.Met(known.get().peer(), at));
        else if (call(new Handshaking.Target(at, Optional.empty()), now).isEmpty())
            out.add(new Output.NotMet(at, "too many calls"));
    }

    /// The session to speak to a peer by: the newest that is proven, and not too old.
    private Optional<Long> newest(NodeId peer, Instant now) {
        return sessionsOf.getOrDefault(peer, List.of()).reversed().stream()
                .filter(number -> session(number).usable(now)).findFirst();
    }

    /// No place that a lie in a message might send us to: a group, or nowhere.
    private static boolean callable(InetSocketAddress address) {
        var ip = address.getAddress();
        return address.getPort() != 0 && !ip.isMulticastAddress() && !ip.isAnyLocalAddress();
    }

    // The side of the caller.

    /// The call that is under way, or a new one; none if there are too many.
    private Optional<Handshaking> call(Handshaking.Target target, Instant now) {
        if (callOf.containsKey(target)) return calls.get(callOf.get(target));
        var call = new Handshaking(target, self, address, number(), random, now);
        if (!calls.add(call.number(), call)) {
            out.add(new Output.Remark("too many calls to call "
                    + HostName.text(target.address())));
            return Optional.empty();
        }
        callOf.put(target, call.number());
        calls.tell(call.number(), c -> c.wake(now), (_, c, outputs) -> said(c, outputs, now));
        return Optional.of(call);
    }

    private void answer(long caller, InetSocketAddress remote, Packet answer, Instant now) {
        if (calls.get(caller).filter(call -> call.target().address().equals(remote)).isPresent())
            calls.tell(caller, call -> call.handle(answer, now),
                    (_, call, outputs) -> said(call, outputs, now));
        else out.add(remark("answer to no call", remote));
    }

    private void said(Handshaking call, List<Handshaking.Output> outputs, Instant now) {
        var target = call.target();
        if (call.terminated()) callOf.remove(target);
        for (var output : outputs)
            switch (output) {
                case Handshaking.Output.Transmit(var datagram) ->
                        out.add(new Output.Transmit(target.address(), datagram));
                case Handshaking.Output.Refused(var why) ->
                        out.add(remark(why, target.address()));
                case Handshaking.Output.Failed(var why) -> target.id()
                        .map(id -> new Peer(id, target.address()))
                        .ifPresentOrElse(peer -> failed(call, peer, now), () ->
                                out.add(new Output.NotMet(target.address(), why)));
                case Handshaking.Output.Answered(var said, var theirs, var secrets) ->
                        met(call, said, theirs, secrets, now);
            }
    }

    private void met(Handshaking call, Peer said, long theirs, Handshake.Secrets secrets,
            Instant now) {
        var remote = call.target().address();
        var peer = new Peer(said.id(), reach(said.address(), remote));
        var older = List.copyOf(sessionsOf.getOrDefault(peer.id(), List.of()));
        add(call.number(), new Session(peer, theirs, remote, secrets.caller(), secrets.callee(),
                true, now));
        out.add(new Output.Met(peer, remote));
        // Said in any case: the first word proves the caller.
        tell(call.number(), new Session.Input.Prove(), now);
        if (call.again()) older.forEach(number -> retell(number, now));
        call.queue().forEach(queued -> send(peer, queued, now));
    }

    /// Nobody answered, but perhaps the peer has called meanwhile.
    private void failed(Handshaking call, Peer peer, Instant now) {
        if (newest(peer.id(), now).isEmpty()) out.add(new Output.Unreachable(peer));
        else call.queue().forEach(queued -> send(peer, queued, now));
    }

    /// Somebody says that our peer does not know its session: call it, and believe what it proves.
    private void unknown(InetSocketAddress remote, long theirs, Instant now) {
        var number = byTheirs.get(theirs);
        if (number == null || !session(number).remote().equals(remote)) {
            out.add(remark("unknown session that is not ours", remote));
            return;
        }
        if (!session(number).olderThan(FRESH, now)) return;
        var target = new Handshaking.Target(remote, Optional.of(session(number).peer().id()));
        call(target, now).ifPresent(Handshaking::isAgain);
    }

    /// Ends a session; what is not yet acknowledged goes by a newer one.
    private void retell(long number, Instant now) {
        var session = session(number);
        forget(number, session);
        session.unacknowledged().forEach(payload ->
                send(session.peer(), new Handshaking.Queued(payload, true), now));
    }

    // The side of the one called.

    private void init(InetSocketAddress remote, Packet.Init init, Instant now) {
        var again = answered.to(init);
        if (again.isPresent())
            out.add(new Output.Transmit(remote, again.get()));
        else if (!cookies.tastes(init.cookie(), remote, init.caller(), init.ephemeral(), now))
            out.add(remark("stale or forged cookie", remote));
        else if (!Handshake.genuine(init))
            out.add(remark("forged call", remote));
        else accept(remote, init, now);
    }

    private void accept(InetSocketAddress remote, Packet.Init init, Instant now) {
        long number = number();
        var ephemeral = KeyPairs.generate("X25519", random);
        var accept = Handshake.accept(self, init, number, ephemeral, address);
        var secrets = Handshake.agree(ephemeral, init.ephemeral(), init, accept);
        if (secrets.isEmpty()) {
            out.add(remark("weak key", remote));
            return;
        }
        if (answered.unproven() == MAX_UNPROVEN)
            forget(answered.oldest(), session(answered.oldest()));
        var peer = new Peer(NodeId.of(init.owner()), reach(init.address(), remote));
        add(number, new Session(peer, init.caller(), remote, secrets.get().callee(),
                secrets.get().caller(), false, now));
        answered.add(number, init, accept);
        out.add(new Output.Transmit(remote, accept.encode()));
    }

    // Sessions.

    private void tell(long number, Session.Input input, Instant now) {
        sessions.tell(number, session -> session.handle(input, now),
                (_, session, outputs) -> said(number, session, outputs, now));
    }

    private void said(long number, Session session, List<Session.Output> outputs, Instant now) {
        if (session.terminated()) forget(number, session);
        for (var output : outputs)
            switch (output) {
                case Session.Output.Transmit(var remote, var datagram, var frame) ->
                        out.add(new Output.Transmit(remote, datagram, frame));
                case Session.Output.Delivered(var payload) ->
                        out.add(new Output.Delivered(session.peer(), payload));
                case Session.Output.Proven _ -> {
                    answered.proven(number);
                    out.add(new Output.Met(session.peer(), session.remote()));
                }
                case Session.Output.Unanswered _ when newest(session.peer().id(), now).isPresent()
                        -> session.unacknowledged().forEach(payload ->
                        send(session.peer(), new Handshaking.Queued(payload, true), now));
                case Session.Output.Unanswered _ -> out.add(new Output.Unreachable(session.peer()));
                case Session.Output.Gone _ when sessionsOf.containsKey(session.peer().id()) -> { }
                case Session.Output.Gone _ -> out.add(new Output.Gone(session.peer()));
                case Session.Output.Refused(var why) ->
                        out.add(remark(why, session.remote()));
            }
    }

    private Session session(long number) { return sessions.get(number).orElseThrow(); }

    private void add(long number, Session session) {
        if (sessions.full()) {
            var silent = sessions.keys().stream()
                    .min(Comparator.comparing(n -> session(n).heard())).orElseThrow();
            out.add(new Output.Remark("too many sessions: that with " + session(silent).peer()
                    + " is ended"));
            forget(silent, session(silent));
        }
        sessions.add(number, session);
        sessionsOf.computeIfAbsent(session.peer().id(), _ -> new ArrayList<>()).add(number);
        byTheirs.put(session.theirs(), number);
    }

    private void forget(long number, Session session) {
        sessions.remove(number);
        sessionsOf.computeIfPresent(session.peer().id(),
                (_, numbers) -> numbers.remove(number) && numbers.isEmpty() ? null : numbers);
        byTheirs.remove(session.theirs(), number);
        answered.forget(number);
    }

    /// A number for a session that is not in use and that nobody can guess.
    private long number() {
        long number = random.nextLong();
        return sessions.contains(number) || calls.contains(number) ? number() : number;
    }

    /// Where a peer is reached: where it says, unless only it can mean that.
    static InetSocketAddress reach(InetSocketAddress said, InetSocketAddress seen) {
        var ip = said.getAddress();
        boolean own = ip.isLoopbackAddress() && !seen.getAddress().isLoopbackAddress();
        return own || !callable(said) ? seen : said;
    }

    private static Output remark(String what, InetSocketAddress from) {
        return new Output.Remark(what + " from " + HostName.text(from));
    }
}
