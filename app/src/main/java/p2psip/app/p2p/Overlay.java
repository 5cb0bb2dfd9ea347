package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.*;
import p2psip.app.host.*;
import p2psip.app.lookup.*;
import p2psip.app.portmap.PortMapper;
import p2psip.app.trace.Dissector;
import p2psip.app.why.*;
import p2psip.std.*;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc8489.BindingServer;

/// A node's part in the overlay, where records lie on a ring of super-nodes: it finds the others,
/// is a super-node or has one serve it, and puts and gets records.
///
/// A super-node is on the ring. An ordinary node asks a super-node to do everything for it, and
/// goes to another when that dies; when it finds none at all it becomes a super-node, so that two
/// nodes started with no options find each other, and resigns when it has [#MANY] neighbours: then
/// a record has copies enough without it. What was asked before that is asked again then.
public final class Overlay implements Lookup {

    /// The group of the project's ancestor.
    public static final InetSocketAddress GROUP =
            new InetSocketAddress(InetAddress.ofLiteral("224.0.1.2"), 5062);

    /// How long a super-node looks for others before it is ready as a ring of one.
    static final Duration ALONE = Duration.ofMillis(1500);

    /// A super-node with so many neighbours follows only one of as many hints to others.
    static final int MANY = 8;

    /// Addresses of its own that a node tells the other ends of its Links.
    static final int MAX_OWN = 8;

    /// How often an ordinary node puts off being a super-node because somebody may still answer.
    static final int HOPES = 3;

    /// Takes apart what nodes say to each other, for who shows a conversation.
    public static final Dissector DISSECTOR = new OverlayParts();

    /// The numbers of its ids from which on they are of the one that asks the router.
    private static final long MAPPER = 1L << 40;

    private static final BindingServer STUN = new BindingServer("p2psip", false);

    private enum State { CLOSED, SEEKING, READY, LEAVING, LEFT }

    private enum Timer { ALONE }

    /// Its socket, its group, what it loads; it resolves, and stores, under numbers from 0.
    private final Id bind, join, load, listen;
    private final Identity identity;
    private final OverlayConfig config;
    private final RandomGenerator random;
    private final InstantSource wall;
    private final Outbox<Output> out = new Outbox<>();
    private final Outbox<Meetings.Output> met = new Outbox<>();
    private final Journal journal = new Journal(out);
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Attachment attachment;
    private final Map<Long, Dht.Input.Ask> asked = new LinkedHashMap<>();
    private final Kept kept;
    private final Pings pings = new Pings(out);
    private final PortMapper mapper;
    private final Links links;
    private final Mirrors mirrors;
    private final Outbox<Links.Event> linked;
    /// From where others see this node's datagrams come, by who says so.
    private final SequencedMap<NodeId, Vantage.Seen> seen = new LinkedHashMap<>();
    /// There are none before the socket is open.
    private Optional<Meetings> meetings = Optional.empty();
    private Machine<Dht.Input, Dht.Output> ring;
    private List<Peer> neighbours = List.of();
    private State state = State.CLOSED;
    /// By whom this node was invited while it ran; until one of them has answered, an ordinary node
    /// is served by nobody else.
    private Optional<Invitation> invited = Optional.empty();
    private boolean awaiting, departed;

    /// @param child    which of the node's lookups it is
    /// @param identity the node's own
    /// @param random   chance, from the edge
    /// @param wall     the time of day, by which records expire
    /// @param linked what its Links tell; the node takes it after each step
    public Overlay(int child, Identity identity, OverlayConfig config, RandomGenerator random,
            InstantSource wall, Outbox<Links.Event> linked) {
        this.linked = linked;
        this.bind = new Id(Id.Part.LOOKUP, child, 0);
        this.join = bind.with(-1);
        this.load = bind.with(-2);
        this.listen = bind.with(-3);
        this.kept = new Kept(bind);
        this.identity = identity;
        this.config = config;
        this.random = random;
        this.wall = wall;
        this.attachment = new Attachment(random);
        this.links = new Links(random);
        this.mirrors = new Mirrors(bind, config.stun(), journal, random);
        this.mapper = new PortMapper(bind.with(MAPPER), random);
        this.ring = new Client(random, wall);
    }

    /// As others know it, when its socket is open.
    public Optional<Peer> self() { return meetings.map(Meetings::self); }

    @Override public Optional<InetSocketAddress> address() { return self().map(Peer::address); }

    @Override public List<Neighbour> neighbours(Instant now) {
        return meetings.stream().flatMap(m -> m.sessions(now).stream())
                .map(session -> new Neighbour(session.peer(), role(session.peer().id()),
                        relay(session.path()), links.has(session.peer().id()), session.born(),
                        session.heard(), roundTrip(session), session.sent(), session.received()))
                .toList();
    }

    /// The ring asks its neighbours all the time; others are asked only where they are silent.
    private Optional<Duration> roundTrip(Session session) {
        return onRing().flatMap(node -> node.roundTrip(session.peer().id()))
                .or(session::roundTrip);
    }

    /// This node of the ring, if it is one.
    private Optional<RingNode> onRing() {
        return ring instanceof RingNode node ? Optional.of(node) : Optional.empty();
    }

    /// How this node sees the ring, if it is on it.
    public Optional<RingView> view() { return onRing().map(RingNode::view); }

    @Override public List<SignedRecord> records() {
        return onRing().map(RingNode::held).orElse(List.of());
    }

    private static Optional<NodeId> relay(Path path) {
        return switch (path) {
            case Path.Direct _, Path.Stream _ -> Optional.empty();
            case Path.Via(var relay, _) -> Optional.of(relay);
        };
    }

    private Neighbour.Role role(NodeId id) {
        var serving = attachment.known();
        if (neighbours.stream().anyMatch(peer -> peer.id().equals(id)))
            return Neighbour.Role.NEIGHBOUR;
        if (ring instanceof RingNode node)
            return node.knows(id) ? Neighbour.Role.SUPER_NODE : Neighbour.Role.ORDINARY;
        return serving.stream().noneMatch(peer -> peer.id().equals(id)) ? Neighbour.Role.ORDINARY
                : serving.getFirst().id().equals(id) ? Neighbour.Role.SERVES
                : Neighbour.Role.SUPER_NODE;
    }

    /// A super-node can be sent to; to others those hand on that serve them.
    @Override public List<Peer> relays() {
        return superNode() ? List.of()
                : attachment.known().stream().limit(Contact.MAX_RELAYS).toList();
    }

    /// Where the node with a key is reached without a relay, if there is a session with it.
    public Optional<InetSocketAddress> straight(Bytes key, Instant now) {
        return meetings.flatMap(m -> m.seen(NodeId.of(key), now));
    }

    /// The node asks for something to be done by a Link; what is told is in its box.
    public List<Output> link(Links.Command command, Instant now) {
        if (meetings.isPresent() || !(command instanceof Links.Command.Say say))
            links(new Links.Input.Asked(command), now);
        else linked.add(new Links.Event.Down(say.key()));
        if (command instanceof Links.Command.Await(_, boolean on) && on) warm(now);
        if (meetings.isPresent()) settle(now);
        return out.take();
    }

    /// In a conversation this node has a session with each of those that its records name as its
    /// relays.
    private void warm(Instant now) {
        for (var relay : relays()) meetings().tell(new Sessions.Input.Warm(relay), now);
    }

    /// What to give to somebody who is to join this ring: this node, if it serves others, and
    /// super-nodes that it knows, those first that can be reached from everywhere.
    ///
    /// @return empty while there are none
    public Optional<Invitation> invitation() {
        return Invitation.to(Stream.concat(self().filter(_ -> superNode()).stream(),
                superNode() ? neighbours.stream() : attachment.known().stream()).toList());
    }

    /// The node's user was invited to another ring, or to this one once more.
    public List<Output> join(Invitation invitation, Instant now) {
        if (invited.filter(invitation::equals).isPresent()) return List.of();
        invited = Optional.of(invitation);
        if (meetings.isPresent()) accept(invitation, now);
        settle(now);
        return out.take();
    }

    private void accept(Invitation invitation, Instant now) {
        awaiting = true;
        meetings().tell(new Discovery.Input.Invited(invitation.places()), now);
        if (!superNode()) attachment(new Attachment.Input.Begin(), now);
    }

    /// Whether this node waits for those who invited it, and somebody is none of them.
    private boolean isStranger(NodeId id) {
        return awaiting && invited.stream().flatMap(i -> i.superNodes().stream())
                .noneMatch(peer -> peer.id().equals(id));
    }

    /// Whether it is on the ring, and serves ordinary nodes.
    public boolean superNode() { return ring instanceof RingNode; }

    /// What a datagram of the overlay is, as far as who has no key can tell: `Hello`, `Data` ...
    ///
    /// @return empty if it does not begin as those of the overlay do
    /// @throws SyntaxException if it does, but is none that could be sent
    public static Optional<String> kind(Bytes datagram) {
        if (!Packet.looksLike(datagram)) return Optional.empty();
        Packet.check(datagram);
        var packet = Packet.parse(datagram);
        if (packet instanceof Packet.Data data && data.sealed().size() <= Seal.TAG)
            throw new SyntaxException("nothing is sealed");
        return Optional.of(packet.getClass().getSimpleName());
    }

    @Override public SortedMap<String, Integer> sizes() {
        var sizes = new TreeMap<>(Map.of("requests", asked.size(), "kept", kept.size(),
                "pings", pings.size(), "links", links.size(), "contacts", links.known(),
                "mapped", (int) mapper.external().stream().count()));
        meetings.ifPresent(m -> sizes.putAll(m.sizes()));
        if (ring instanceof RingNode node)
            node.sizes().forEach((name, size) -> sizes.put("ring." + name, size));
        return sizes;
    }

    private Meetings meetings() { return meetings.orElseThrow(); }

    @Override public boolean terminated() { return state == State.LEFT; }

    @Override public Instant deadline() {
        return switch (state) {
            case CLOSED, LEFT -> Instant.MAX;
            case SEEKING, READY, LEAVING -> Timers.earliest(meetings().deadline(),
                    attachment.deadline(), ring.deadline(), pings.deadline(), links.deadline(),
                    mirrors.deadline(), mapper.deadline(), timers.deadline());
        };
    }

    private void enter(State next, Instant now) {
        state = next;
        timers.clear();
        switch (next) {
            case SEEKING -> {
                if (config.superNode()) timers.set(Timer.ALONE, now.plus(ALONE));
            }
            case READY -> out.add(new Output.Ready());
            case LEFT -> out.add(new Output.Left());
            case CLOSED, LEAVING -> { }
        }
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Start _ -> journal.act(new Effect.Bind(bind, config.bind(), true));
            case Input.Happened(var event) -> {
                if (state != State.LEFT) happened(event, now);
            }
            case Input.Ask(long id, Query.OfRecords query) ->
                    ask(new Dht.Input.Ask(id, query), now);
            case Input.Ask(long id, Query.Ping(var record)) -> ping(id, record, now);
            case Input.Ask(long id, Query.Reach(var peer)) -> reach(id, Optional.of(peer), now);
            case Input.Ask(long id, Query.Watch _) -> out.add(new Output.Told(id, UNWATCHED));
            case Input.Drop _ -> { }
            case Input.Leave _ -> leave(now);
        }
        settle(now);
        return out.take();
    }

    @Override public List<Output> wake(Instant now) {
        if (deadline().isAfter(now)) return List.of();
        if (isDue(meetings().deadline(), now)) meetings().wake(now);
        settle(now);
        if (isDue(attachment.deadline(), now)) fromAttachment(attachment.wake(now), now);
        if (isDue(ring.deadline(), now)) fromRing(ring.wake(now), now);
        if (isDue(pings.deadline(), now)) pings.wake(now);
        if (isDue(mirrors.deadline(), now)) mirrors.wake(meetings().sockets().first(), now);
        if (isDue(links.deadline(), now)) fromLinks(links.wake(now), now);
        if (isDue(mapper.deadline(), now)) fromMapper(mapper.wake(now), now);
        if (!timers.fired(now).isEmpty()) ready(now);
        settle(now);
        return out.take();
    }

    private static boolean isDue(Instant deadline, Instant now) { return !deadline.isAfter(now); }

    private void ask(Dht.Input.Ask ask, Instant now) {
        switch (state) {
            case CLOSED, LEFT -> out.add(new Output.Told(ask.id(),
                    new Answer.Failed(Answer.Why.NOT_READY, "not in the overlay")));
            case SEEKING, READY, LEAVING -> {
                asked.put(ask.id(), ask);
                ring(ask, now);
            }
        }
    }

    private void ping(long id, SignedRecord record, Instant now) {
        reach(id, record.value() instanceof Contact contact ? contact.peer()
                : Optional.empty(), now);
    }

    private void reach(long id, Optional<Peer> there, Instant now) {
        if (there.isEmpty() || meetings.isEmpty() || state == State.LEFT)
            out.add(new Output.Told(id,
                    new Answer.Failed(Answer.Why.NOT_READY, "not in the overlay")));
        else if (pings.add(there.get().id(), id, now)) meetings().ask(there.get(), now);
    }

    private void leave(Instant now) {
        switch (state) {
            case CLOSED -> enter(State.LEFT, now);
            case SEEKING, READY -> {
                enter(State.LEAVING, now);
                fromMapper(mapper.handle(new PortMapper.Input.Leave(), now), now);
                ring(new Dht.Input.Leave(), now);
            }
            case LEAVING, LEFT -> { }
        }
    }

    private void ready(Instant now) { if (state == State.SEEKING) enter(State.READY, now); }

    // What the host says

    private void happened(Event event, Instant now) {
        switch (event) {
            case Event mapping when mapper.isMine(event.id()) -> fromMapper(
                    mapper.handle(new PortMapper.Input.Happened(mapping), now), now);
            case Event.Bound(var id, var local) when id.equals(bind) -> open(local, now);
            case Event.Bound(var id, _) when id.equals(listen) -> { }
            case Event.NotBound(var id, var wanted, var why) when id.equals(listen) ->
                    journal.remark("nobody can come by a stream: cannot listen at " + wanted + ": "
                            + why);
            case Event.Accepted _, Event.Connected _, Event.Received _, Event.Closed _ ->
                    meetings().stream(event, now);
            case Event.NotBound(var id, var wanted, var why) when id.equals(join) ->
                    journal.remark("no multicast: cannot join " + wanted + ": " + why);
            case Event.NotBound(var id, var wanted, var why) when id.number() > 0 ->
                    journal.remark("not at " + HostName.text(wanted) + ": " + why);
            case Event.NotBound(_, var wanted, _)
                    when config.otherPort() && wanted.getPort() != 0 ->
                    journal.act(new Effect.Bind(bind,
                            new InetSocketAddress(wanted.getAddress(), 0), true));
            case Event.NotBound(_, var wanted, var why) ->
                    out.add(new Output.NotReady("overlay port " + HostName.text(wanted), why));
            case Event.Bound(var id, var local) when id.number() > 0 ->
                    meetings().sockets().opened(local);
            // The first question may have been asked before the answers could be heard.
            case Event.Bound _ -> {
                if (state == State.SEEKING) meetings().tell(new Discovery.Input.Seek(true), now);
            }
            case Event.Datagram(var id, _, var remote, var bytes) when id.equals(join) ->
                    meetings().heard(remote, bytes, now);
            case Event.Datagram(_, _, var remote, var bytes) when Packet.looksLike(bytes) ->
                    meetings().tell(new Sessions.Input.Received(remote, bytes), now);
            case Event.Datagram(_, _, var remote, var bytes)
                    when mirrors.heard(remote, bytes, meetings().sockets().first(), now) ->
                    stands(now);
            // RFC 7983: another first byte, another protocol
            case Event.Datagram(_, _, var remote, var bytes) ->
                    links.search(bytes).ifPresentOrElse(
                            search -> links(new Links.Input.Stun(search, remote, bytes), now),
                            () -> stun(bytes, remote));
            case Event.Resolved resolved
                    when mirrors.resolved(resolved, meetings().sockets().first(), now) -> { }
            case Event.Resolved(var id, var addresses) ->
                    meetings().tell(new Discovery.Input.Resolved(id.number(), addresses), now);
            case Event.Loaded(_, var values) ->
                    ring(new Dht.Input.Restore(Kept.fromDisk(values)), now);
            case Event.Stored(var id) -> fromRing(kept.done(id), now);
            case Event.NotStored(var id, var why) -> {
                journal.remark("the disk refuses: " + why);
                fromRing(kept.done(id).stream().<Dht.Output>mapMulti((output, failed) -> {
                    if (output instanceof Dht.Output.Told(long asker, _))
                        failed.accept(new Dht.Output.Told(
                                asker, new Answer.Failed(Answer.Why.FULL, why)));
                }).toList(), now);
            }
            case Event.Identified _, Event.NotIdentified _, Event.Routers _, Event.Heard _,
                    Event.OfAssociation _, Event.OfWeb _,
                    Event.Answered _, Event.Unreachable _, Event.Command _ -> { }
        }
    }

    /// Who asks from which address he is seen is told.
    private void stun(Bytes asked, InetSocketAddress remote) {
        STUN.answer(asked, remote).ifPresent(answer -> {
            var local = meetings().sockets().to(remote);
            journal.stun(false, local, remote);
            journal.stun(true, local, remote);
            journal.act(new Effect.Datagram(local, remote, answer));
        });
    }

    /// The overlay's socket is open.
    private void open(InetSocketAddress socket, Instant now) {
        meetings = Optional.of(new Meetings(
                bind, identity, config, socket, reachedAt(socket), journal, met, random, wall));
        enter(State.SEEKING, now);
        mirrors.open(now);
        mirrors.wake(socket, now);
        var beside = meetings().sockets().wanted(config.addresses());
        for (int i = 0; i < beside.size(); i++)
            journal.act(new Effect.Bind(bind.with(1 + i), beside.get(i), true));
        invited.ifPresent(invitation -> meetings().tell(
                new Discovery.Input.Invited(invitation.places()), now));
        stands(now);
        config.group().ifPresent(group -> journal.act(new Effect.JoinGroup(join, group)));
        if (config.mapPort()) fromMapper(
                mapper.handle(new PortMapper.Input.Start(socket.getPort()), now), now);
        if (config.superNode()) {
            serve(now);
            meetings().tell(new Discovery.Input.Seek(true), now);
        } else {
            attachment(new Attachment.Input.Begin(), now);
        }
    }

    /// Where others reach this node: at the socket's address, or if that is everywhere at the first
    /// of the host's that is good for other hosts too.
    private InetSocketAddress reachedAt(InetSocketAddress socket) {
        if (!socket.getAddress().isAnyLocalAddress()) return socket;
        return new InetSocketAddress(config.addresses().stream()
                .filter(ip -> !ip.isLoopbackAddress()).findFirst()
                .orElse(InetAddress.getLoopbackAddress()), socket.getPort());
    }

    // The router

    private void fromMapper(List<PortMapper.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case PortMapper.Output.Do(var effect) -> journal.act(effect);
            case PortMapper.Output.Mapped(var external, var by) -> {
                journal.notice("others reach this node at " + HostName.text(external)
                        + ": its router lets them in (" + by + ")");
                stand(external, now);
            }
            case PortMapper.Output.Lost _ -> {
                journal.notice("the router lets others in no more");
                stand(reachedAt(meetings().sockets().first()), now);
            }
            case PortMapper.Output.Left _ -> {
                if (departed) depart(now);
            }
            case PortMapper.Output.Remark(var text) -> journal.remark(text);
        }
    }

    /// Others reach this node elsewhere: those with whom it speaks hear so, and what it has put on
    /// the ring says so. On the ring it takes its place once more.
    private void stand(InetSocketAddress address, Instant now) {
        meetings().stand(address, now);
        stands(now);
        if (superNode()) {
            var others = neighbours;
            serve(now);
            ring(new Dht.Input.Join(others), now);
        }
        out.add(new Output.Moved());
    }

    // What others say

    private void settle(Instant now) {
        for (var heard = met.take(); !heard.isEmpty(); heard = met.take())
            for (var output : heard) fromMeetings(output, now);
    }

    private void fromMeetings(Meetings.Output output, Instant now) {
        switch (output) {
            case Meetings.Output.Heard(var from, var message) ->
                    ring(new Dht.Input.Received(from, message), now);
            case Meetings.Output.Asked(var from) -> tell(from, now);
            case Meetings.Output.Told(var from, var tell) -> {
                pings.settle(from.id(), new Answer.Done());
                told(from, tell, now);
            }
            case Meetings.Output.Hinted(var peer) -> hinted(peer, now);
            case Meetings.Output.OfLinks(var what) -> links(what, now);
            case Meetings.Output.Lost(var peer) -> {
                journal.fact(new OfNode.Lost(
                        "" + peer.id(), role(peer.id()) != Neighbour.Role.ORDINARY));
                pings.settle(peer.id(),
                        new Answer.Failed(Answer.Why.SILENCE, peer + " does not answer"));
                links(new Links.Input.Lost(peer), now);
                if (superNode()) ring(new Dht.Input.Unreachable(peer), now);
                else attachment(new Attachment.Input.Unreachable(peer), now);
            }
        }
    }

    /// Tells a peer what this node is.
    private void tell(Peer to, Instant now) {
        meetings().say(to, new Payload.Tell(superNode(), others(to), wall.instant(),
                meetings().seen(to.id(), now)), true, now);
    }

    /// Super-nodes to tell somebody of.
    private List<Peer> others(Peer asker) {
        return (superNode() ? neighbours : attachment.known()).stream()
                .filter(peer -> !peer.id().equals(asker.id())).limit(Payload.MAX_PEERS).toList();
    }

    private void told(Peer from, Payload.Tell tell, Instant now) {
        tell.seen().ifPresent(at -> {
            seen.putLast(from.id(), new Vantage.Seen(from.address(), at));
            if (seen.size() > Payload.MAX_PEERS) seen.pollFirstEntry();
            stands(now);
        });
        if (isStranger(from.id())) {
            journal.remark("has not invited this node: " + from);
            return;
        }
        awaiting = false;
        if (!superNode()) attachment(new Attachment.Input.Told(from, new Payload.Tell(
                tell.superNode(), tell.superNodes().stream()
                .filter(peer -> !peer.id().equals(identity.id())).toList(), tell.clock(),
                tell.seen())), now);
        else if (tell.superNode() && !neighbours.contains(from))
            ring(new Dht.Input.Join(List.of(from)), now);
    }

    private void hinted(Peer peer, Instant now) {
        if (!superNode()) {
            attachment(new Attachment.Input.Candidate(peer), now);
            return;
        }
        boolean known = neighbours.stream().anyMatch(n -> n.id().equals(peer.id()));
        if (!known && (neighbours.size() < MANY || random.nextInt(MANY) == 0))
            meetings().ask(peer, now);
    }

    // Links

    /// Links are told from where this node speaks.
    private void stands(Instant now) {
        int port = meetings().sockets().first().getPort();
        var bound = meetings().sockets().first().getAddress();
        var own = bound.isAnyLocalAddress() || config.addresses().contains(bound)
                ? config.addresses() : List.of(bound);
        var outside = own.stream().filter(ip -> !ip.isLoopbackAddress()).toList();
        links(new Links.Input.Stands(new Vantage(
                (outside.isEmpty() ? own : outside).stream().limit(MAX_OWN)
                        .map(ip -> new InetSocketAddress(ip, port)).toList(),
                Stream.of(mapper.external().stream().map(at -> new Vantage.Seen(at, at)),
                        mirrors.seen().stream(), seen.values().stream())
                        .<Vantage.Seen>flatMap(each -> each).toList())), now);
    }

    private void links(Links.Input input, Instant now) { fromLinks(links.handle(input, now), now); }

    private void fromLinks(List<Links.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Links.Output.Ask(var what) -> meetings.ifPresent(m -> m.tell(what, now));
            case Links.Output.Told(var event) -> linked.add(event);
            case Links.Output.Datagram(var to, var datagram) -> meetings.ifPresent(m ->
                    journal.act(new Effect.Datagram(m.sockets().to(to), to, datagram)));
            case Links.Output.Remark(var text) -> journal.remark(text);
            case Links.Output.Seen(var fact) -> journal.fact(fact);
        }
    }

    // Who serves this node, if it does not serve others

    private void attachment(Attachment.Input input, Instant now) {
        fromAttachment(attachment.handle(input, now), now);
    }

    private void fromAttachment(List<Attachment.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Attachment.Output.Ask(var to) -> meetings().ask(to, now);
            case Attachment.Output.Seek(var seek) -> {
                if (seek) {
                    stands(OfNode.Place.SEEKING, List.of());
                    meetings().watch(List.of(), Course.WORDLESS, now);
                }
                if (seek) journal.notice(state == State.SEEKING ? "looking for other nodes ..."
                        : "no super-node answers any more: looking for another");
                meetings().tell(new Discovery.Input.Seek(seek), now);
            }
            case Attachment.Output.Attached(var superNodes) -> {
                journal.remark("served by " + superNodes.getFirst());
                meetings().watch(List.of(superNodes.getFirst()), Course.WORDLESS, now);
                stands(OfNode.Place.SERVED, superNodes);
                ring(new Dht.Input.Join(superNodes), now);
                ready(now);
                out.add(new Output.Moved());
            }
            case Attachment.Output.Lonely(int times) -> {
                boolean hopes = times <= HOPES && meetings().hopes();
                if (hopes || meetings().needsStreams()) journal.remark("still hoping");
                else promote(now);
            }
            case Attachment.Output.Served _ -> {
                if (neighbours.size() >= MANY) ring(new Dht.Input.Leave(), now);
            }
        }
    }

    private void stands(OfNode.Place place, List<Peer> others) {
        journal.fact(new OfNode.Ring(place, others.stream().map(peer -> "" + peer.id()).toList()));
    }

    /// Who is a neighbour no more, and has not said goodbye.
    private void missed(List<Peer> left, Instant now) {
        var known = meetings().sessions(now).stream().map(s -> s.peer().id()).toList();
        neighbours.stream().map(Peer::id).filter(known::contains)
                .filter(id -> left.stream().noneMatch(peer -> peer.id().equals(id)))
                .forEach(id -> journal.fact(new OfNode.Lost("" + id, true)));
    }

    private void promote(Instant now) {
        stands(OfNode.Place.ALONE, List.of());
        journal.notice("found nobody: this node is a super-node now, alone until others come");
        serve(now);
        attachment(new Attachment.Input.Promoted(), now);
        ready(now);
    }

    /// Off the ring again, where there are enough: what was asked is asked of one of them.
    private void resign(Instant now) {
        journal.notice("there are super-nodes enough: this node is none any more");
        var others = neighbours;
        var served = meetings().sessions(now).stream().map(Session::peer)
                .filter(peer -> role(peer.id()) == Neighbour.Role.ORDINARY).toList();
        neighbours = List.of();
        ring = new Client(random, wall);
        meetings().tell(new Discovery.Input.Serve(false), now);
        attachment(new Attachment.Input.Resigned(others), now);
        served.forEach(peer -> tell(peer, now));
        List.copyOf(asked.values()).forEach(ask -> ring(ask, now));
    }

    /// Takes a place on the ring, at first alone; what was asked is asked there again.
    private void serve(Instant now) {
        ring = new RingNode(meetings().self(), random, wall);
        journal.act(new Effect.Load(load, Kept.PREFIX));
        ring(new Dht.Input.Join(List.of()), now);
        List.copyOf(asked.values()).forEach(ask -> ring(ask, now));
        meetings().tell(new Discovery.Input.Serve(true), now);
        meetings().listen(listen);
    }

    private void depart(Instant now) {
        if (state == State.LEFT) return;
        meetings().tell(new Sessions.Input.Leave(), now);
        enter(State.LEFT, now);
    }

    // The ring

    private void ring(Dht.Input input, Instant now) { fromRing(ring.handle(input, now), now); }

    private void fromRing(List<Dht.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Dht.Output.Send(var to, var payload, boolean confirmed) ->
                    meetings().say(to, new Payload.Ring(payload), confirmed, now);
            case Dht.Output.Told(long id, var answer) -> {
                if (asked.remove(id) != null) out.add(new Output.Told(id, answer));
            }
            case Dht.Output.Keep(var changes, var then) -> journal.act(
                    new Effect.Store(kept.hold(then), Kept.onDisk(changes)));
            case Dht.Output.Neighbours(var peers, var silence) -> {
                if (peers.isEmpty() != neighbours.isEmpty())
                    meetings().tell(new Discovery.Input.Seek(peers.isEmpty()), now);
                if (peers.size() < neighbours.size()) missed(peers, now);
                neighbours = peers;
                meetings().watch(peers, silence, now);
                stands(OfNode.Place.BESIDE, peers);
                if (!peers.isEmpty()) ready(now);
            }
            case Dht.Output.Remark(var text) -> journal.remark(text);
            case Dht.Output.Sought _ -> { }   // nobody asks by this node
            case Dht.Output.Left _ when state != State.LEAVING -> resign(now);
            case Dht.Output.Left _ -> {
                departed = true;
                if (!config.mapPort() || mapper.terminated()) depart(now);
            }
        }
    }
}
