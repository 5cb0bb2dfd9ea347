package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.Dht;
import p2psip.app.host.*;
import p2psip.app.trace.Trace;
import p2psip.app.why.*;
import p2psip.std.*;
import p2psip.std.rfc2396.HostName;

/// Whom a node meets at its overlay socket and in the group: it looks for others, asks them whether
/// they are super-nodes, and brings and takes what is said in sessions.
final class Meetings {

    /// What others have said or done.
    sealed interface Output {

        /// A message of the ring.
        record Heard(Peer from, Bytes message) implements Output {}

        /// It wants to be told whether this is a super-node, and of which others it knows.
        record Asked(Peer from) implements Output {}

        /// It was asked and says whether it is a super-node.
        record Told(Peer from, Payload.Tell tell) implements Output {}

        /// Somebody in the group says that this is a super-node, and there is time to ask it.
        record Hinted(Peer peer) implements Output {}

        /// It does not answer, or has said goodbye.
        record Lost(Peer peer) implements Output {}

        /// Something about a Link.
        record OfLinks(Links.Input what) implements Output {}
    }

    /// Peers that were asked whether they are super-nodes and may tell; the oldest is forgotten.
    static final int MAX_ASKED = 64;

    /// Places where nobody was found, said once each; the oldest may be said again.
    static final int MAX_MISSED = 64;

    /// So many may be asked at a time before hints to others are ignored, which anyone can give.
    static final int MAX_HINTED = 16;

    private final Id ours;
    private final Sockets sockets;
    private final Optional<InetSocketAddress> group;
    private final Journal journal;
    private final Sessions sessions;
    private final StreamPaths streams;
    private boolean needsStreams;
    private final Discovery discovery;
    private final SequencedSet<NodeId> asked = new LinkedHashSet<>();
    private final Set<InetSocketAddress> tried = new LinkedHashSet<>();
    private final SequencedSet<String> missed = new LinkedHashSet<>();
    private final Clocks clocks;
    private Set<NodeId> watched = Set.of();
    private final Outbox<Output> out;

    /// @param ours    whose part and child the effects have
    /// @param socket  where the overlay's socket is
    /// @param address where others reach it
    /// @param out     for the rest of the overlay
    Meetings(Id ours, Identity identity, OverlayConfig config, InetSocketAddress socket,
            InetSocketAddress address, Journal journal, Outbox<Output> out,
            RandomGenerator random, InstantSource wall) {
        this.ours = ours;
        this.sockets = new Sockets(socket);
        this.group = config.group();
        this.journal = journal;
        this.out = out;
        this.clocks = new Clocks(wall);
        this.sessions = new Sessions(identity, address, random);
        this.streams = new StreamPaths(ours, identity, journal);
        this.discovery = new Discovery(sessions.self(), config.bootstrap(), random);
    }

    Peer self() { return sessions.self(); }

    /// The sessions that are used, one for each peer.
    List<Session> sessions(Instant now) { return sessions.living(now); }

    /// From where a peer's datagrams come, if straight from there.
    Optional<InetSocketAddress> seen(NodeId peer, Instant now) {
        return sessions.path(peer, now).flatMap(path -> path instanceof Path.Direct(var at)
                ? Optional.of(at) : Optional.empty());
    }

    Sockets sockets() { return sockets; }

    /// How much is remembered of others, by the kind of memory.
    Map<String, Integer> sizes() {
        return Map.of("overlay", sessions.size(), "asked", asked.size(), "tried", tried.size(),
                "streams", streams.size());
    }

    /// Whether it was a stream by which this node met somebody last: then no datagram reaches it,
    /// and it can serve nobody.
    boolean needsStreams() { return needsStreams; }

    /// Whether somebody who was asked may still answer.
    boolean hopes() { return !asked.isEmpty(); }

    Instant deadline() {
        return Timers.earliest(discovery.deadline(), sessions.deadline(), streams.deadline());
    }

    void wake(Instant now) {
        fromSessions(sessions.wake(now), now);
        fromDiscovery(discovery.wake(now), now);
        streams.wake(sessions::uses, now);
    }

    /// Lets others in by streams, at the socket's address and port.
    void listen(Id id) { streams.listen(sockets.first(), id); }

    /// Something of a stream.
    void stream(Event event, Instant now) {
        switch (event) {
            case Event.Connected connected -> streams.connected(connected).ifPresent(path ->
                    tell(new Sessions.Input.Opened(streams.at(path).orElseThrow(), path), now));
            case Event.Accepted accepted -> streams.accepted(accepted, now);
            case Event.Received received -> streams.received(received, (path, packet) ->
                    tell(new Sessions.Input.ReceivedBy(path, packet), now));
            case Event.Closed(var id, var why, _) -> {
                var at = streams.ended(id.number());
                at.ifPresent(place -> journal.remark(
                        "no stream to " + HostName.text(place) + ": " + why));
                streams.closed(id.number()).ifPresent(path ->
                        tell(new Sessions.Input.Ended(path), now));
            }
            default -> { }
        }
    }

    /// A datagram came to the group.
    void heard(InetSocketAddress remote, Bytes datagram, Instant now) {
        try {
            tell(new Discovery.Input.Heard(remote, Packet.parse(datagram)), now);
        } catch (SyntaxException e) {
            journal.remark("refused from " + HostName.text(remote) + ", to the group: "
                    + e.getMessage());
        }
    }

    void tell(Discovery.Input input, Instant now) {
        fromDiscovery(discovery.handle(input, now), now);
    }

    void tell(Sessions.Input input, Instant now) {
        fromSessions(sessions.handle(input, now), now);
    }

    /// Others reach this node there from now on. In the group it says what it said: who hears that
    /// is of its own network.
    void stand(InetSocketAddress address, Instant now) {
        tell(new Sessions.Input.Stand(address), now);
    }

    /// It matters of these peers whether they live: [Output.Lost] follows when one does not. Only
    /// they are believed to be no super-nodes any more without being asked.
    ///
    /// @param silence for how long one says nothing before it is asked
    void watch(Collection<Peer> peers, Duration silence, Instant now) {
        watched = peers.stream().map(Peer::id).collect(Collectors.toUnmodifiableSet());
        tell(new Sessions.Input.Watch(watched, silence), now);
    }

    /// Says something to a peer.
    void say(Peer to, Payload payload, boolean confirmed, Instant now) {
        switch (payload) {
            case Payload.Ring(var message) ->
                    journal.message(true, "DHT", sockets.first(), to, Dht.summary(message));
            case Payload.Ask _, Payload.Tell _, Payload.OfLink _ ->
                    journal.message(true, "P2P", sockets.first(), to, payload.toString());
        }
        tell(new Sessions.Input.Send(to, payload.encode(), confirmed), now);
    }

    /// Asks a peer whether it is a super-node.
    void ask(Peer to, Instant now) {
        asked.addLast(to.id());
        if (asked.size() > MAX_ASKED) asked.removeFirst();
        say(to, new Payload.Ask(clocks.wall()), true, now);
    }

    private void compare(Peer from, Instant clock) {
        clocks.heard(from, clock).ifPresent(line -> {
            journal.remark(line);
            journal.notice(line);
        });
        clocks.turned(from).ifPresent(journal::fact);
    }

    private void fromSessions(List<Sessions.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Sessions.Output.Transmit(var remote, var datagram, var frame) -> {
                if (!frame.isEmpty()) journal.note(new Trace.What.Sealed(datagram, frame));
                journal.act(new Effect.Datagram(sockets.to(remote), remote, datagram));
            }
            case Sessions.Output.TransmitBy(var stream, var packet, var frame) -> {
                if (!frame.isEmpty()) journal.note(new Trace.What.Sealed(packet, frame));
                streams.write(stream, packet);
            }
            case Sessions.Output.Unheard(var at) -> streams.open(at, now);
            case Sessions.Output.Delivered(var from, var key, var payload) ->
                    delivered(from, key, payload);
            case Sessions.Output.Met(var peer, var key, var at) -> {
                links(new Links.Input.Met(peer, key, at));
                missed.remove(at.toString());
                var place = switch (at) {
                    case Path.Direct(var there) -> Optional.of(there);
                    case Path.Stream stream -> streams.at(stream);
                    case Path.Via _ -> Optional.<InetSocketAddress>empty();
                };
                if (!(at instanceof Path.Via)) needsStreams = at instanceof Path.Stream;
                if (place.filter(tried::remove).isPresent()) ask(peer, now);
            }
            case Sessions.Output.NotMet(var at, var why) -> {
                tried.remove(at);
                missed(HostName.text(at), false, why);
            }
            case Sessions.Output.NotReached(var path, var why, boolean imposter) ->
                    journal.fact(new OfWay.NotMet("" + path, why, imposter));
            case Sessions.Output.Unreachable(var peer) -> lost(peer, "out of reach: ");
            case Sessions.Output.Gone(var peer) -> lost(peer, "has left: ");
            case Sessions.Output.Moved(var peer, var to) -> {
                journal.remark("reached by " + to + " now: " + peer);
                links(new Links.Input.Moved(peer, to));
            }
            case Sessions.Output.Moment(_, var key, int channel, var bytes) ->
                    links(new Links.Input.Moment(key, channel, bytes));
            case Sessions.Output.OfStreams(var from, var key, var frame) ->
                    links(new Links.Input.OfStreams(from, key, frame));
            case Sessions.Output.NotHanded(var path, var why) -> {
                journal.remark("not handed on to " + path + ": " + why);
                if (why == Frame.Refusal.QUOTA) links(new Links.Input.Slower(path.peer()));
                journal.fact(new OfWay.NotHanded("" + path, "" + why));
            }
            case Sessions.Output.Remark(var text) -> journal.remark(text);
        }
    }

    private void links(Links.Input what) { out.add(new Output.OfLinks(what)); }

    private void delivered(Peer from, Bytes key, Bytes bytes) {
        try {
            switch (Payload.parse(bytes)) {
                case Payload.Ring(var message) -> {
                    journal.message(false, "DHT", sockets.first(), from, Dht.summary(message));
                    out.add(new Output.Heard(from, message));
                }
                case Payload.Ask(var clock) -> {
                    compare(from, clock);
                    out.add(new Output.Asked(from));
                }
                case Payload.Tell tell
                        when asked.remove(from.id()) || isFarewell(from, tell) -> {
                    compare(from, tell.clock());
                    journal.message(false, "P2P", sockets.first(), from, tell.toString());
                    out.add(new Output.Told(from, tell));
                }
                case Payload.OfLink payload ->
                        links(new Links.Input.Heard(from, key, payload));
                case Payload.Tell _ -> journal.remark("told without being asked by " + from);
            }
        } catch (SyntaxException e) {
            journal.remark("refused from " + from + ": " + e.getMessage());
        }
    }

    private boolean isFarewell(Peer from, Payload.Tell tell) {
        return !tell.superNode() && watched.contains(from.id());
    }

    /// The user has named the place, and is told the first time.
    private void missed(String place, boolean nameless, String why) {
        journal.fact(new OfNode.Missed(place, nameless, why));
        var line = "no super-node at " + place + ": " + why;
        if (missed.add(place)) journal.notice(line);
        else journal.remark(line);
        if (missed.size() > MAX_MISSED) missed.removeFirst();
    }

    private void lost(Peer peer, String how) {
        asked.remove(peer.id());
        journal.remark(how + peer);
        out.add(new Output.Lost(peer));
    }

    private void fromDiscovery(List<Discovery.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Discovery.Output.Say(var packet) -> group.ifPresent(to ->
                    journal.act(new Effect.Datagram(sockets.to(to), to, packet.encode())));
            case Discovery.Output.Resolve(var id, var name) ->
                    journal.act(new Effect.Resolve(ours.with(id), name));
            case Discovery.Output.Try(var address, var id) -> {
                tried.add(address);
                tell(new Sessions.Input.Meet(address, id), now);
            }
            case Discovery.Output.Nowhere(var place) ->
                    missed(place.toString(), true, "the name has no address");
            case Discovery.Output.Found(var peer) -> {
                if (asked.size() < MAX_HINTED) out.add(new Output.Hinted(peer));
            }
        }
    }
}
