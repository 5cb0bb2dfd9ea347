package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.std.*;

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

        /// A packet came in by a stream.
        record ReceivedBy(Path.Stream stream, Bytes packet) implements Input {}

        /// There is a stream to where [Output.Unheard] was said of.
        record Opened(InetSocketAddress at, Path.Stream stream) implements Input {}

        /// A stream has ended.
        record Ended(Path.Stream stream) implements Input {}

        /// Make a session with a peer, if there is none yet, by whichever of these ways is the
        /// first that leads there, straight or by relays: [Output.Met] or [Output.Unreachable]
        /// follows.
        record Reach(Peer to, List<InetSocketAddress> places, List<Peer> relays)
                implements Input {}

        /// Have a session with a peer that can be sent to, and keep it open.
        record Warm(Peer peer) implements Input {}

        /// It matters of these peers whether they live, and of no others: [Output.Unreachable]
        /// follows when one with which there is a session does not.
        ///
        /// @param silence for how long one says nothing before it is asked
        record Watch(Set<NodeId> peers, Duration silence) implements Input {}

        /// Something for the session with a peer, if there is one.
        record Tell(NodeId peer, Session.Input what) implements Input {}

        /// Say something to a peer; at most [#MAX_PAYLOAD] bytes.
        ///
        /// @param confirmed say it again until it has arrived or the peer is [Output.Unreachable]
        record Send(Peer to, Bytes payload, boolean confirmed) implements Input {}

        /// Make a session with whoever is there, if there is none yet: [Output.Met] or
        /// [Output.NotMet] follows.
        ///
        /// @param id whom to meet, and nobody else; anybody if it is empty
        record Meet(InetSocketAddress address, Optional<NodeId> id) implements Input {
            Meet(InetSocketAddress address) { this(address, Optional.empty()); }
        }

        /// Others reach this node at another address from now on: those with whom it has sessions
        /// hear so, by a new one with each.
        record Stand(InetSocketAddress address) implements Input {}

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

        /// The same by a stream.
        record TransmitBy(Path.Stream stream, Bytes packet, Bytes frame) implements Output {}

        /// Somebody may be there who is not heard: perhaps a stream gets there.
        record Unheard(InetSocketAddress at) implements Output {}

        /// A peer has said something; that it is this peer is proved.
        record Delivered(Peer from, Bytes key, Bytes payload) implements Output {}

        /// There is a new session with this peer, whoever called.
        ///
        /// @param key its public key
        /// @param at  how its datagrams come, for which [Input.Meet] may have asked
        record Met(Peer peer, Bytes key, Path at) implements Output {}

        /// The peer is reached by another path from now on.
        record Moved(Peer peer, Path to) implements Output {}

        /// A moment of a conversation with this peer.
        record Moment(Peer from, Bytes key, int channel, Bytes bytes) implements Output {}

        /// Something about streams with this peer.
        record OfStreams(Peer from, Bytes key, Frame.OfStreams frame) implements Output {}

        /// A relay did not hand on to this peer.
        record NotHanded(Path.Via path, Frame.Refusal why) implements Output {}

        record NotMet(InetSocketAddress at, String why) implements Output {}

        /// A handshake with a node was in vain by this way.
        ///
        /// @param imposter whether somebody else was there
        record NotReached(Path by, String why, boolean imposter) implements Output {}

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

    /// Peers of which it is remembered that they are in the own network.
    static final int MAX_NEAR = 256;

    /// Ways that are tried at a time to reach one peer.
    static final int MAX_WAYS = 16;

    /// How old a session must be before somebody (perhaps not the peer) who says that it is not
    /// known has the peer called again.
    static final Duration FRESH = Duration.ofSeconds(1);

    private final Identity self;
    private final RandomGenerator random;
    private final Cookies cookies;
    private final Machines<Long, Handshaking> calls = new Machines<>(MAX_CALLS);
    private final Map<Handshaking.Target, Long> callOf = new LinkedHashMap<>();
    private final Machines<Long, Session> sessions = new Machines<>(MAX_SESSIONS);
    private final Map<NodeId, List<Long>> sessionsOf = new LinkedHashMap<>();   // newest last
    private final Map<Long, Long> byTheirs = new LinkedHashMap<>();

    /// The streams that this node has opened, by where to.
    private final Map<InetSocketAddress, Path.Stream> streams = new LinkedHashMap<>();
    private final Answered answered = new Answered();
    private final Relaying relaying;
    private final Outbox<Output> out = new Outbox<>();
    /// Peers of the own network, which say that they are outside: there only their router would
    /// have to send back what came from inside.
    private final SequencedMap<NodeId, InetSocketAddress> near = new LinkedHashMap<>();
    private final Set<NodeId> watched = new LinkedHashSet<>();
    private Duration missed = Course.WORDLESS;
    private InetSocketAddress address;

    /// @param address where other nodes reach this one
    public Sessions(Identity self, InetSocketAddress address, RandomGenerator random) {
        this(self, address, true, random);
    }

    /// @param relays whether it hands on for others
    public Sessions(Identity self, InetSocketAddress address, boolean relays,
            RandomGenerator random) {
        this.relaying = new Relaying(relays);
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
                + answered.size() + relaying.size() + streams.size() + near.size() + watched.size();
    }

    @Override public Instant deadline() {
        var a = calls.deadline();
        var b = sessions.deadline();
        return a.isBefore(b) ? a : b;
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Received(var remote, var datagram) ->
                    received(new Path.Direct(remote), datagram, now);
            case Input.ReceivedBy(var stream, var packet) -> received(stream, packet, now);
            case Input.Opened(var at, var stream) -> opened(at, stream, now);
            case Input.Ended(var stream) -> ended(stream, now);
            case Input.Reach reach -> reach(reach, now);
            case Input.Warm(var peer) -> warm(peer, now);
            case Input.Watch(var peers, var silence) -> {
                missed = silence;
                watch(peers, now);
            }
            case Input.Tell(var peer, var what) ->
                    newest(peer, now).ifPresent(number -> tell(number, what, now));
            case Input.Send(var to, var payload, var confirmed) ->
                    send(to, new Handshaking.Queued(payload, confirmed), now);
            case Input.Meet(var at, var id) -> meet(at, id, now);
            case Input.Stand(var other) -> stand(other, now);
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

    private void received(Path remote, Bytes datagram, Instant now) {
        try {
            Packet.check(datagram);
            switch (Packet.parse(datagram)) {
                case Packet.Data data when isAnothers(remote, data) ->
                        out.add(remark("another's session", remote));
                case Packet.Data data when sessions.contains(data.session()) ->
                        tell(data.session(), new Session.Input.Received(remote, data), now);
                case Packet.Data data ->
                        transmit(remote, new Packet.Unknown(data.session()).encode(), now);
                case Packet.Hello(var caller, var ephemeral) -> transmit(remote, new Packet.Cookie(
                        caller, cookies.bake(remote, caller, ephemeral, now)).encode(), now);
                case Packet.Cookie cookie -> answer(cookie.caller(), remote, cookie, now);
                case Packet.Init init -> init(remote, init, now);
                case Packet.Accept accept -> answer(accept.caller(), remote, accept, now);
                case Packet.Unknown(var theirs) -> unknown(remote, theirs, now);
                case Packet.Discover _, Packet.Found _ ->
                        out.add(remark("discovery outside of the group", remote));
            }
        } catch (SyntaxException e) {
            out.add(new Output.Remark("refused from " + remote + ": " + e.getMessage()));
        }
    }

    private void transmit(Path to, Bytes datagram, Instant now) {
        transmit(to, datagram, Bytes.EMPTY, now);
    }

    /// By a relay it goes sealed once more; one relay is all that there may be on a way.
    private void transmit(Path to, Bytes datagram, Bytes frame, Instant now) {
        //= rfc9000#14.2-2 nothing is larger than the smallest maximum where nothing was tried
        if (datagram.size() > most(to)) return;
        switch (to) {
            case Path.Direct(var at) -> out.add(new Output.Transmit(at, datagram, frame));
            case Path.Stream stream -> out.add(new Output.TransmitBy(stream, datagram, frame));
            case Path.Via(var relay, var peer) -> straight(relay, now).ifPresent(number ->
                    tell(number, new Session.Input.Say(new Frame.HandOn(peer, datagram)), now));
        }
    }

    /// What goes by a path, which may have become another since it was cut for it.
    private static int most(Path to) {
        return switch (to) {
            case Path.Direct _ -> Packet.LARGEST;
            case Path.Stream _ -> Packet.MAX_BYTES;
            case Path.Via _ -> Packet.MAX_INNER;
        };
    }

    /// The session with somebody who is reached without a relay.
    private Optional<Long> straight(NodeId peer, Instant now) {
        return newest(peer, now).filter(n -> !(session(n).path() instanceof Path.Via));
    }

    private void send(Peer to, Handshaking.Queued queued, Instant now) {
        var session = newest(to.id(), now);
        if (session.isPresent())
            tell(session.get(),
                    new Session.Input.Send(queued.payload(), queued.confirmed()), now);
        else if (!callable(to.address()))
            out.add(new Output.Unreachable(to));
        else noticed(target(to), now).ifPresentOrElse(call -> {
            if (!call.queue(queued)) out.add(new Output.Remark("too much waits for " + to));
        }, () -> out.add(new Output.Unreachable(to)));
    }

    private void reach(Input.Reach reach, Instant now) {
        var to = reach.to();
        var known = newest(to.id(), now);
        if (known.isPresent()) {
            met(session(known.get()));
            return;
        }
        for (var relay : reach.relays())
            if (!relay.id().equals(to.id()) && straight(relay.id(), now).isEmpty()) noticed(
                    new Handshaking.Target(new Path.Direct(relay.address()),
                            Optional.of(relay.id())), now);
        var paths = Stream.concat(
                reach.places().stream().filter(Sessions::callable).map(Path.Direct::new),
                reach.relays().stream().map(relay -> new Path.Via(relay.id(), to.id())));
        boolean begun = paths.limit(MAX_WAYS).map(path -> call(
                new Handshaking.Target(path, Optional.of(to.id())), now).isPresent())
                .reduce(false, Boolean::logicalOr);
        if (!begun) out.add(new Output.Unreachable(to));
    }

    private void stand(InetSocketAddress other, Instant now) {
        if (address.equals(other)) return;
        address = other;
        for (var session : living(now))
            call(new Handshaking.Target(session.path(), Optional.of(session.peer().id())), now)
                    .ifPresent(Handshaking::isAgain);
    }

    /// How a peer is called: at the address that it says, or nearer.
    private Handshaking.Target target(Peer to) {
        return new Handshaking.Target(new Path.Direct(
                near.getOrDefault(to.id(), to.address())), Optional.of(to.id()));
    }

    private void remember(NodeId id, InetSocketAddress said, Path path) {
        near.remove(id);
        if (!(path instanceof Path.Direct(var seen)) || !Net.isPrivate(seen.getAddress())
                || Net.isPrivate(said.getAddress())) return;
        near.putLast(id, seen);
        if (near.size() > MAX_NEAR) near.pollFirstEntry();
    }

    private void watch(Set<NodeId> peers, Instant now) {
        var before = List.copyOf(watched);
        watched.clear();
        watched.addAll(peers);
        Stream.concat(before.stream(), peers.stream()).distinct().forEach(id -> watch(id, now));
    }

    /// It is the session by which the peer is spoken to that is watched, and none that came before.
    private void watch(NodeId peer, Instant now) {
        var spoken = watched.contains(peer) ? newest(peer, now) : Optional.<Long>empty();
        for (var number : List.copyOf(sessionsOf.getOrDefault(peer, List.of()))) {
            tell(number, new Session.Input.Missed(missed), now);
            tell(number, new Session.Input.Await(
                    Course.Wait.LIFE, spoken.filter(number::equals).isPresent()), now);
        }
    }

    private void warm(Peer peer, Instant now) {
        newest(peer.id(), now).ifPresentOrElse(
                number -> tell(number, new Session.Input.Keep(true), now),
                () -> noticed(new Handshaking.Target(new Path.Direct(peer.address()),
                        Optional.of(peer.id())), now).ifPresent(Handshaking::keep));
    }

    private void meet(InetSocketAddress place, Optional<NodeId> id, Instant now) {
        var at = new Path.Direct(place);
        var known = sessions.keys().stream().map(this::session)
                .filter(session -> session.usable(now) && (session.path().equals(at)
                        || session.path().equals(streams.get(place)))
                        && id.stream().allMatch(session.peer().id()::equals)).findFirst();
        if (known.isPresent()) met(known.get());
        else noticed(new Handshaking.Target(at, id), now).ifPresentOrElse(Handshaking::meet,
                () -> out.add(new Output.NotMet(place, "too many calls")));
    }

    /// The session to speak to a peer by: the newest that is proven, and not too old; one without
    /// a relay if there is one.
    private Optional<Long> newest(NodeId peer, Instant now) {
        var usable = sessionsOf.getOrDefault(peer, List.of()).reversed().stream()
                .filter(number -> session(number).usable(now)).toList();
        return usable.stream().min(Comparator.comparing(n -> session(n).path().rank()));
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
            out.add(new Output.Remark("too many calls to call " + target.path()));
            return Optional.empty();
        }
        callOf.put(target, call.number());
        calls.tell(call.number(), c -> c.wake(now), (_, c, outputs) -> said(c, outputs, now));
        return Optional.of(call);
    }

    /// The same, to somebody who may be reached by a stream as well.
    private Optional<Handshaking> noticed(Handshaking.Target target, Instant now) {
        boolean fresh = !callOf.containsKey(target);
        var call = call(target, now);
        if (fresh) call.ifPresent(c -> calls.tell(c.number(), each -> {
            each.notices(now);
            return List.<Handshaking.Output>of();
        }, (_, each, outputs) -> said(each, outputs, now)));
        return call;
    }

    private void answer(long caller, Path remote, Packet answer, Instant now) {
        if (calls.get(caller).filter(call -> call.target().path().equals(remote)).isPresent())
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
                        transmit(target.path(), datagram, now);
                case Handshaking.Output.Unheard() -> unheard(target, now);
                case Handshaking.Output.Refused(var why) ->
                        out.add(remark(why, target.path()));
                case Handshaking.Output.Failed(var why) -> failed(call, why, now);
                case Handshaking.Output.Answered(var said, var owner, var theirs, var secrets) ->
                        met(call, said, owner, theirs, secrets, now);
            }
    }

    private void met(Handshaking call, Peer said, Bytes owner, long theirs,
            Handshake.Secrets secrets, Instant now) {
        var path = call.target().path();
        var peer = new Peer(said.id(), reach(said.address(), path));
        remember(said.id(), said.address(), path);
        var older = List.copyOf(sessionsOf.getOrDefault(peer.id(), List.of()));
        add(call.number(), new Session(peer, owner, theirs, path, secrets.caller(),
                secrets.callee(), true, random, now));
        met(session(call.number()));
        if (watched.contains(peer.id())) watch(peer.id(), now);
        // Said in any case: the first word proves the caller.
        tell(call.number(), new Session.Input.Say(new Frame.Here()), now);
        if (call.keeps()) tell(call.number(), new Session.Input.Keep(true), now);
        if (call.again()) older.forEach(number -> retell(number, now));
        call.queue().forEach(queued -> send(peer, queued, now));
        drop(call.target(), now);
        if (path instanceof Path.Stream) streams.forEach((at, stream) -> {
            var alone = callOf.get(place(at));
            if (stream.equals(path) && alone != null) {
                callOf.remove(place(at));
                calls.remove(alone);
            }
        });
        relayed(peer.id(), now);
    }

    private static Handshaking.Target place(InetSocketAddress at) {
        return new Handshaking.Target(new Path.Direct(at), Optional.empty());
    }

    // Streams.

    /// By a stream that is there already, or by a new one.
    private void unheard(Handshaking.Target target, Instant now) {
        if (!(target.path() instanceof Path.Direct(var at))) return;
        var there = streams.get(at);
        if (there == null) out.add(new Output.Unheard(at));
        else opened(at, there, now);
    }

    /// Whoever is called at that address is called by the stream, too: if he is who has proven to
    /// be there.
    private void opened(InetSocketAddress at, Path.Stream stream, Instant now) {
        streams.put(at, stream);
        for (var target : List.copyOf(callOf.keySet())) {
            if (!target.path().equals(new Path.Direct(at))) continue;
            if (target.id().filter(id -> !id.equals(stream.peer())).isPresent())
                out.add(remark("somebody else is there, not " + target.id().get(), stream));
            else if (newest(stream.peer(), now).isEmpty())
                call(new Handshaking.Target(stream, Optional.of(stream.peer())), now);
        }
    }

    /// What goes by it is over, unless there is another way.
    private void ended(Path.Stream stream, Instant now) {
        streams.values().remove(stream);
        var target = new Handshaking.Target(stream, Optional.of(stream.peer()));
        var number = callOf.remove(target);
        if (number != null) {
            var call = calls.get(number).orElseThrow();
            calls.remove(number);
            failed(call, "the stream has ended", now);
        }
        for (var each : sessionsOf.getOrDefault(stream.peer(), List.of()).stream()
                .filter(n -> session(n).path().equals(stream)).toList()) {
            var session = session(each);
            forget(each, session);
            if (newest(stream.peer(), now).isEmpty())
                out.add(new Output.Unreachable(session.peer()));
        }
    }

    /// Whether a session goes by a stream.
    boolean uses(Path.Stream stream) {
        return sessionsOf.getOrDefault(stream.peer(), List.of()).stream()
                .anyMatch(n -> session(n).path().equals(stream))
                || callOf.containsKey(
                        new Handshaking.Target(stream, Optional.of(stream.peer())));
    }

    /// A stream is one peer's, who has proven to be there, and carries his sessions alone.
    private boolean isAnothers(Path from, Packet.Data data) {
        return from instanceof Path.Stream stream && sessions.contains(data.session())
                && !session(data.session()).peer().id().equals(stream.peer());
    }

    /// Who was called by several ways has answered by one: the others are given up.
    private void drop(Handshaking.Target answered, Instant now) {
        for (var target : List.copyOf(callOf.keySet()))
            if (target.id().isPresent() && target.id().equals(answered.id())) {
                long number = callOf.remove(target);
                var queue = calls.get(number).map(Handshaking::queue).orElse(List.of());
                calls.remove(number);
                var session = newest(target.id().get(), now);
                session.ifPresent(s -> queue.forEach(queued ->
                        send(session(s).peer(), queued, now)));
            }
    }

    /// There is a session with a relay now: what waits to be handed on by it goes at once.
    private void relayed(NodeId relay, Instant now) {
        for (var entry : List.copyOf(callOf.entrySet()))
            if (entry.getKey().path() instanceof Path.Via(var by, _) && by.equals(relay))
                calls.tell(entry.getValue(), call -> call.hurry(now),
                        (_, call, outputs) -> said(call, outputs, now));
    }

    /// Nobody answered, but perhaps the peer has called meanwhile, or may yet by another way.
    private void failed(Handshaking call, String why, Instant now) {
        var target = call.target();
        if (call.meets() && target.path() instanceof Path.Direct(var at))
            out.add(new Output.NotMet(at, why));
        if (target.id().isEmpty()) return;
        var id = target.id().get();
        out.add(new Output.NotReached(
                target.path(), why, why.startsWith(Handshaking.SOMEBODY_ELSE)));
        near.remove(id);
        var session = newest(id, now);
        var other = callOf.keySet().stream().filter(t -> t.id().equals(target.id())).findFirst();
        if (session.isPresent()) call.queue().forEach(queued ->
                send(session(session.get()).peer(), queued, now));
        else if (other.isPresent()) call.queue().forEach(queued ->
                calls.get(callOf.get(other.get())).orElseThrow().queue(queued));
        else out.add(new Output.Unreachable(new Peer(id, target.path() instanceof
                        Path.Direct(var at) ? at : NOWHERE)));
    }

    /// Of a peer that was called by relays alone no address is known.
    static final InetSocketAddress NOWHERE =
            new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0);

    /// Somebody says that our peer does not know its session: call it, and believe what it proves.
    private void unknown(Path remote, long theirs, Instant now) {
        var number = byTheirs.get(theirs);
        if (number == null || !session(number).path().equals(remote)) {
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

    private void init(Path remote, Packet.Init init, Instant now) {
        var again = answered.to(init);
        if (again.isPresent())
            transmit(remote, again.get(), now);
        else if (!cookies.tastes(init.cookie(), remote, init.caller(), init.ephemeral(), now))
            out.add(remark("stale or forged cookie", remote));
        else if (!Handshake.genuine(init))
            out.add(remark("forged call", remote));
        else if (remote instanceof Path.Stream stream
                && !stream.peer().equals(NodeId.of(init.owner())))
            out.add(remark("a call of another", remote));
        else accept(remote, init, now);
    }

    private void accept(Path remote, Packet.Init init, Instant now) {
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
        remember(peer.id(), init.address(), remote);
        add(number, new Session(peer, init.owner(), init.caller(), remote, secrets.get().callee(),
                secrets.get().caller(), false, random, now));
        answered.add(number, init, accept);
        transmit(remote, accept.encode(), now);
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
                case Session.Output.Transmit(var path, var datagram, var frame) ->
                        transmit(path, datagram, frame, now);
                case Session.Output.Said(var frame) -> said(number, session, frame, now);
                case Session.Output.Moved(var to) ->
                        out.add(new Output.Moved(session.peer(), to));
                case Session.Output.Delivered(var payload) ->
                        out.add(new Output.Delivered(
                                session.peer(), session.owner(), payload));
                case Session.Output.Proven _ -> {
                    answered.proven(number);
                    met(session);
                    if (watched.contains(session.peer().id())) watch(session.peer().id(), now);
                    relayed(session.peer().id(), now);
                }
                case Session.Output.Unanswered _ when newest(session.peer().id(), now).isPresent()
                        -> session.unacknowledged().forEach(payload ->
                        send(session.peer(), new Handshaking.Queued(payload, true), now));
                case Session.Output.Unanswered _ -> out.add(new Output.Unreachable(session.peer()));
                case Session.Output.Gone _ when sessionsOf.containsKey(session.peer().id()) -> { }
                case Session.Output.Gone _ -> out.add(new Output.Gone(session.peer()));
                case Session.Output.Ageing _ -> renew(number, session, now);
                case Session.Output.Refused(var why) ->
                        out.add(remark(why, session.path()));
            }
    }

    /// A session that is in use is followed by another before its keys are used up.
    private void renew(long number, Session session, Instant now) {
        var id = session.peer().id();
        if (!sessionsOf.getOrDefault(id, List.of()).getLast().equals(number)) return;
        call(new Handshaking.Target(session.path(), Optional.of(id)), now);
    }

    /// What a relay is to do, or has done, and what is for the application.
    private void said(long number, Session session, Frame frame, Instant now) {
        var peer = session.peer();
        switch (frame) {
            case Frame.HandOn(var to, var datagram) ->
                    handOn(number, peer.id(), to, datagram, now);
            case Frame.Handed(var from, var datagram) when session.path().rank() < 2 ->
                    received(new Path.Via(peer.id(), from), datagram, now);
            case Frame.Handed _ -> out.add(remark("handed on twice", session.path()));
            case Frame.NotHanded(var to, var why) ->
                    notHanded(new Path.Via(peer.id(), to), why, now);
            case Frame.Moment(int channel, var bytes) ->
                    out.add(new Output.Moment(peer, session.owner(), channel, bytes));
            case Frame.OfStreams streams ->
                    out.add(new Output.OfStreams(peer, session.owner(), streams));
            case Frame.Piece _, Frame.Ack _, Frame.Bye _, Frame.Here _, Frame.Challenge _,
                    Frame.Response _ -> throw new IllegalStateException("the session's: " + frame);
        }
    }

    /// Who is called by that relay alone is out of reach.
    private void notHanded(Path.Via path, Frame.Refusal why, Instant now) {
        out.add(new Output.NotHanded(path, why));
        var target = new Handshaking.Target(path, Optional.of(path.peer()));
        var number = callOf.remove(target);
        if (number == null) return;
        var call = calls.get(number).orElseThrow();
        calls.remove(number);
        failed(call, "not handed on: " + why, now);
    }

    /// For others this node hands on what nobody but the two can read.
    private void handOn(long asked, NodeId from, NodeId to, Bytes datagram, Instant now) {
        var there = straight(to, now);
        var refusal = there.isEmpty() || to.equals(from)
                ? Optional.of(Frame.Refusal.NO_SESSION)
                : relaying.refuses(from, datagram.size(), now);
        if (refusal.isPresent()) tell(asked,
                new Session.Input.Say(new Frame.NotHanded(to, refusal.get())), now);
        else tell(there.get(), new Session.Input.Say(new Frame.Handed(from, datagram)), now);
    }

    private void met(Session session) {
        out.add(new Output.Met(session.peer(), session.owner(), session.path()));
    }

    /// By which path a peer is reached, if there is a session.
    Optional<Path> path(NodeId peer, Instant now) {
        return newest(peer, now).map(number -> session(number).path());
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

    /// Also where it says an address of IPv4 and this node has none.
    private InetSocketAddress reach(InetSocketAddress said, Path path) {
        if (!(path instanceof Path.Direct(var seen))) return said;
        boolean foreign = address.getAddress() instanceof Inet6Address
                && seen.getAddress() instanceof Inet6Address
                && said.getAddress() instanceof Inet4Address;
        return foreign ? seen : reach(said, seen);
    }

    private static Output remark(String what, Path from) {
        return new Output.Remark(what + " from " + from);
    }
}
