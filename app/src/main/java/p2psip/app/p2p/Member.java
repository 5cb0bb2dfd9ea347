package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.Identity;
import p2psip.app.crypto.NodeId;
import p2psip.app.crypto.Peer;
import p2psip.app.dht.Client;
import p2psip.app.dht.Dht;
import p2psip.app.dht.RingNode;
import p2psip.app.host.Effect;
import p2psip.app.host.Event;
import p2psip.app.p2p.Overlay.Input;
import p2psip.app.p2p.Overlay.Output;
import p2psip.app.trace.Trace;
import p2psip.std.Bytes;
import p2psip.std.Machine;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc8489.BindingServer;

/// A node whose overlay socket is open: its sessions, its search for others, and its place on the
/// ring or the super-node that stands there for it. What one part says to another passes here.
final class Member implements Machine<Input, Output> {

    /// How long a super-node looks for others before it is ready as a ring of one.
    static final Duration ALONE = Duration.ofMillis(1500);

    /// Peers that were asked whether they are super-nodes and may tell; the oldest is forgotten.
    static final int MAX_ASKED = 64;

    /// So many may be asked at a time before hints to others are ignored, which anyone can give.
    static final int MAX_HINTED = 16;

    /// A super-node with so many neighbours follows only one of as many hints to others.
    static final int MANY = 8;

    private static final BindingServer STUN = new BindingServer("p2psip", false);

    private enum State { SEEKING, READY, LEAVING, LEFT }

    private final Overlay.Config config;
    private final InetSocketAddress socket;
    private final RandomGenerator random;
    private final InstantSource wall;
    private final Sessions overlay;
    private final Discovery discovery;
    private final Attachment attachment;
    private final SequencedSet<NodeId> asked = new LinkedHashSet<>();
    private final Set<InetSocketAddress> tried = new LinkedHashSet<>();
    private final Map<Long, Dht.Input> requests = new LinkedHashMap<>();
    private final Kept kept = new Kept();
    private List<Output> out = new ArrayList<>();
    private Machine<Dht.Input, Dht.Output> ring;
    private List<Peer> neighbours = List.of();
    private State state = State.SEEKING;
    private boolean serving;
    private Instant alone = Instant.MAX;

    Member(Identity identity, Overlay.Config config, InetSocketAddress socket,
            InetSocketAddress address, RandomGenerator random, InstantSource wall) {
        this.config = config;
        this.socket = socket;
        this.random = random;
        this.wall = wall;
        this.overlay = new Sessions(identity, address, random);
        this.discovery = new Discovery(overlay.self(), config.bootstrap(), random);
        this.attachment = new Attachment(random);
        this.ring = new Client(random, wall);
    }

    /// How much is remembered of others, by the kind of memory.
    SortedMap<String, Integer> sizes() {
        var sizes = new TreeMap<>(Map.of("overlay", overlay.size(), "asked", asked.size(),
                "tried", tried.size(), "requests", requests.size(), "kept", kept.size()));
        if (ring instanceof RingNode node)
            node.sizes().forEach((name, size) -> sizes.put("ring." + name, size));
        return sizes;
    }

    @Override public boolean terminated() { return state == State.LEFT; }

    @Override public Instant deadline() {
        if (state == State.LEFT) return Instant.MAX;
        return Stream.of(overlay.deadline(), discovery.deadline(), attachment.deadline(),
                ring.deadline(), alone).min(Comparator.naturalOrder()).orElseThrow();
    }

    List<Output> begin(Instant now) {
        config.group().ifPresent(group -> act(new Effect.JoinGroup(Overlay.JOIN, group)));
        if (config.superNode()) {
            alone = now.plus(ALONE);
            serve(now);
            discovery(new Discovery.Input.Seek(true), now);
        } else {
            attachment(new Attachment.Input.Begin(), now);
        }
        return take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        if (state == State.LEFT) return List.of();
        switch (input) {
            case Input.Start _ -> { }
            case Input.Happened(var event) -> happened(event, now);
            case Input.Put(var id, var record) -> request(id, new Dht.Input.Put(id, record), now);
            case Input.Get(var id, var key) -> request(id, new Dht.Input.Get(id, key), now);
            case Input.Remove(var id, var tombstone) ->
                    request(id, new Dht.Input.Remove(id, tombstone), now);
            case Input.Leave _ when state == State.LEAVING -> { }
            case Input.Leave _ -> {
                state = State.LEAVING;
                ring(new Dht.Input.Leave(), now);
            }
        }
        return take();
    }

    @Override public List<Output> wake(Instant now) {
        if (state == State.LEFT) return List.of();
        overlay.wake(now).forEach(output -> said(output, now));
        attachment.wake(now).forEach(output -> said(output, now));
        discovery.wake(now).forEach(output -> said(output, now));
        ring(ring.wake(now), now);
        if (!alone.isAfter(now)) ready();
        return take();
    }

    private void happened(Event event, Instant now) {
        switch (event) {
            case Event.Datagram(var id, _, var remote, var bytes) when id.equals(Overlay.JOIN) ->
                    heard(remote, bytes, now);
            case Event.Datagram(_, _, var remote, var bytes) when Packet.looksLike(bytes) ->
                    overlay(new Sessions.Input.Received(remote, bytes), now);
            // RFC 7983: another first byte, another protocol
            case Event.Datagram(_, _, var remote, var bytes) -> STUN.answer(bytes, remote)
                    .ifPresent(answer -> act(new Effect.Datagram(socket, remote, answer)));
            case Event.Resolved(var id, var addresses) ->
                    discovery(new Discovery.Input.Resolved(id.number(), addresses), now);
            case Event.NotBound(_, var wanted, var why) ->
                    remark("no multicast: cannot join " + wanted + ": " + why);
            // The first question may have been asked before the answers could be heard.
            case Event.Bound _ when state == State.SEEKING ->
                    discovery(new Discovery.Input.Seek(true), now);
            case Event.Loaded(_, var values) ->
                    ring(new Dht.Input.Restore(Kept.fromDisk(values)), now);
            case Event.Stored(var id) -> kept.done(id).forEach(output -> said(output, now));
            case Event.NotStored(var id, var why) -> {
                remark("the disk refuses: " + why);
                kept.done(id).forEach(output -> {
                    if (output instanceof Dht.Output.Done(var request))
                        answer(request, new Output.Failed(request, why));
                });
            }
            case Event.Bound _, Event.Identified _, Event.NotIdentified _, Event.Accepted _,
                    Event.Connected _, Event.Received _, Event.Closed _, Event.Heard _,
                    Event.Command _ -> { }
        }
    }

    private void heard(InetSocketAddress remote, Bytes bytes, Instant now) {
        try {
            discovery(new Discovery.Input.Heard(remote, Packet.parse(bytes)), now);
        } catch (SyntaxException e) {
            remark("refused from " + HostName.text(remote) + ", to the group: " + e.getMessage());
        }
    }

    private void request(long id, Dht.Input request, Instant now) {
        requests.put(id, request);
        ring(request, now);
    }

    // What the parts say.

    private void overlay(Sessions.Input input, Instant now) {
        overlay.handle(input, now).forEach(output -> said(output, now));
    }

    private void said(Sessions.Output output, Instant now) {
        switch (output) {
            case Sessions.Output.Transmit(var remote, var datagram, var frame) -> {
                if (!frame.isEmpty())
                    act(new Effect.Note(new Trace.What.Sealed(datagram, frame)));
                act(new Effect.Datagram(socket, remote, datagram));
            }
            case Sessions.Output.Delivered(var from, var payload) -> delivered(from, payload, now);
            case Sessions.Output.Met(var peer, var at) -> {
                if (tried.remove(at)) ask(peer, now);
            }
            case Sessions.Output.NotMet(var at, var why) -> {
                tried.remove(at);
                remark("no super-node at " + HostName.text(at) + ": " + why);
            }
            case Sessions.Output.Unreachable(var peer) -> lost(peer, now);
            case Sessions.Output.Gone(var peer) -> lost(peer, now);
            case Sessions.Output.Remark(var text) -> remark(text);
        }
    }

    private void delivered(Peer from, Bytes bytes, Instant now) {
        try {
            switch (Payload.parse(bytes)) {
                case Payload.Ring(var message) -> {
                    note(false, from, "DHT", Dht.summary(message));
                    ring(new Dht.Input.Received(from, message), now);
                }
                case Payload.Ask _ -> tell(from, new Payload.Tell(serving, others(from)), now);
                case Payload.Tell tell when asked.remove(from.id()) -> told(from, tell, now);
                case Payload.Tell _ -> remark("told without being asked by " + from);
            }
        } catch (SyntaxException e) {
            remark("refused from " + from + ": " + e.getMessage());
        }
    }

    private void told(Peer from, Payload.Tell tell, Instant now) {
        note(false, from, "P2P", tell.toString());
        if (!serving) attachment(new Attachment.Input.Told(from, new Payload.Tell(
                tell.superNode(), tell.superNodes().stream()
                .filter(peer -> !peer.id().equals(overlay.self().id())).toList())), now);
        else if (tell.superNode() && !neighbours.contains(from))
            ring(new Dht.Input.Join(List.of(from)), now);
    }

    /// Super-nodes to tell somebody of.
    private List<Peer> others(Peer asker) {
        return (serving ? neighbours : attachment.known()).stream()
                .filter(peer -> !peer.id().equals(asker.id())).limit(Payload.MAX_PEERS).toList();
    }

    private void lost(Peer peer, Instant now) {
        asked.remove(peer.id());
        remark("out of reach: " + peer);
        if (serving) ring(new Dht.Input.Unreachable(peer), now);
        else attachment(new Attachment.Input.Unreachable(peer), now);
    }

    private void discovery(Discovery.Input input, Instant now) {
        discovery.handle(input, now).forEach(output -> said(output, now));
    }

    private void said(Discovery.Output output, Instant now) {
        switch (output) {
            case Discovery.Output.Say(var packet) -> config.group().ifPresent(group ->
                    act(new Effect.Datagram(socket, group, packet.encode())));
            case Discovery.Output.Resolve(var id, var name) ->
                    act(new Effect.Resolve(Overlay.BIND.with(id), name));
            case Discovery.Output.Try(var address) -> {
                tried.add(address);
                overlay(new Sessions.Input.Meet(address), now);
            }
            case Discovery.Output.Found _ when asked.size() >= MAX_HINTED -> { }
            case Discovery.Output.Found(var peer) when !serving ->
                    attachment(new Attachment.Input.Candidate(peer), now);
            case Discovery.Output.Found(var peer) -> {
                boolean known = neighbours.stream().anyMatch(n -> n.id().equals(peer.id()));
                if (!known && (neighbours.size() < MANY || random.nextInt(MANY) == 0))
                    ask(peer, now);
            }
        }
    }

    private void attachment(Attachment.Input input, Instant now) {
        attachment.handle(input, now).forEach(output -> said(output, now));
    }

    private void said(Attachment.Output output, Instant now) {
        switch (output) {
            case Attachment.Output.Ask(var to) -> ask(to, now);
            case Attachment.Output.Seek(var seek) -> {
                if (seek) remark("looking for a super-node");
                discovery(new Discovery.Input.Seek(seek), now);
            }
            case Attachment.Output.Attached(var superNodes) -> {
                remark("served by " + superNodes.getFirst());
                ring(new Dht.Input.Join(superNodes), now);
                ready();
            }
            case Attachment.Output.Promote _ -> {
                remark("no super-node far and wide: becoming one");
                serve(now);
                ready();
            }
        }
    }

    private void ring(Dht.Input input, Instant now) {
        ring(ring.handle(input, now), now);
    }

    /// What is to be on disk first is stored; the messages that tell others of it wait.
    private void ring(List<Dht.Output> outputs, Instant now) {
        if (outputs.isEmpty() || !(outputs.getFirst() instanceof Dht.Output.Keep(var changes))) {
            outputs.forEach(output -> said(output, now));
            return;
        }
        act(new Effect.Store(kept.hold(outputs), Kept.onDisk(changes)));
        outputs.stream().skip(1).filter(output -> !Kept.waits(output))
                .forEach(output -> said(output, now));
    }

    private void said(Dht.Output output, Instant now) {
        switch (output) {
            case Dht.Output.Send(var to, var payload, var confirmed) -> {
                note(true, to, "DHT", Dht.summary(payload));
                overlay(new Sessions.Input.Send(to, new Payload.Ring(payload).encode(), confirmed),
                        now);
            }
            case Dht.Output.Done(var id) -> answer(id, new Output.Done(id));
            case Dht.Output.Found(var id, var records) ->
                    answer(id, new Output.Found(id, records));
            case Dht.Output.Failed(var id, var why) -> answer(id, new Output.Failed(id, why));
            case Dht.Output.Neighbours(var peers) -> {
                if (peers.isEmpty() != neighbours.isEmpty())
                    discovery(new Discovery.Input.Seek(peers.isEmpty()), now);
                neighbours = peers;
                if (!peers.isEmpty()) ready();
            }
            case Dht.Output.Remark(var text) -> remark(text);
            case Dht.Output.Keep _ -> throw new IllegalStateException("comes first in its list");
            case Dht.Output.Left _ -> {
                overlay(new Sessions.Input.Leave(), now);
                state = State.LEFT;
                out.add(new Output.Left());
            }
        }
    }

    // What comes of it.

    /// Takes a place on the ring, at first alone; what was requested is requested there again.
    private void serve(Instant now) {
        serving = true;
        ring = new RingNode(overlay.self(), random, wall);
        act(new Effect.Load(Overlay.LOAD, Kept.PREFIX));
        ring(new Dht.Input.Join(List.of()), now);
        List.copyOf(requests.values()).forEach(request -> ring(request, now));
        discovery(new Discovery.Input.Serve(), now);
    }

    private void ready() {
        alone = Instant.MAX;
        if (state != State.SEEKING) return;
        state = State.READY;
        out.add(new Output.Ready(overlay.self(), serving));
    }

    private void answer(long id, Output answer) {
        if (requests.remove(id) != null) out.add(answer);
    }

    private void ask(Peer to, Instant now) {
        asked.addLast(to.id());
        if (asked.size() > MAX_ASKED) asked.removeFirst();
        tell(to, new Payload.Ask(), now);
    }

    private void tell(Peer to, Payload payload, Instant now) {
        note(true, to, "P2P", payload.toString());
        overlay(new Sessions.Input.Send(to, payload.encode(), true), now);
    }

    private void note(boolean sent, Peer peer, String protocol, String summary) {
        act(new Effect.Note(new Trace.What.Message(
                sent, protocol, socket, peer.address(), summary, peer.toString())));
    }

    private void remark(String text) {
        act(new Effect.Note(new Trace.What.Remark(text, "")));
    }

    private void act(Effect effect) { out.add(new Output.Do(effect)); }

    private List<Output> take() {
        var said = out;
        out = new ArrayList<>();
        return said;
    }
}
