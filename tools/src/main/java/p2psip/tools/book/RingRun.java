package p2psip.tools.book;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.*;
import p2psip.app.dht.Dht.*;
import p2psip.app.lookup.*;

/// Sixteen nodes of a ring in virtual time, on a wire that needs 10 ms, and one record on it.
///
/// It stands in for the transport: what is sent to somebody who lives is heard, and of a neighbour
/// who does not live it is said that he is out of reach.
final class RingRun {
    static final String KEY = "sip:bob@example.com";
    private static final int SIZE = 16;

    /// By which chance the nodes have their numbers: no two stand so close that a drawing of them
    /// cannot be read, and some have no copy of the record.
    private static final long SEED = 29_442;

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration WIRE = Duration.ofMillis(10), DEATH = Duration.ofMillis(4200);

    private record Flight(Instant at, long order, Peer to, Input input) {}

    private final SequencedMap<Peer, RingNode> nodes = new LinkedHashMap<>();
    private final PriorityQueue<Flight> air = new PriorityQueue<>(
            Comparator.comparing(Flight::at).thenComparing(Flight::order));
    private final SplittableRandom random = new SplittableRandom(SEED);
    private List<Peer> names = List.of();
    private Instant now = BEGIN;
    private long order;

    /// A ring that is whole, with bob's record stored from one of its nodes.
    static RingRun whole() {
        var run = new RingRun();
        for (int i = 0; i < SIZE; i++) {
            run.join(i);
            run.pass(Duration.ofMillis(500));
        }
        run.pass(Duration.ofSeconds(20));
        var owner = Identity.generate("bob", new SplittableRandom(1));
        var contact = new Contact(owner.key(), List.of(new Contact.Address("sip:bob@10.0.0.2")));
        var record = SignedRecord.sign(owner, KEY, contact, 1, BEGIN, Duration.ofHours(1));
        run.tell(run.living().getFirst(), new Input.Ask(1, new Query.Put(record)));
        run.pass(Duration.ofSeconds(2));
        run.names = run.living();
        return run;
    }

    /// All that have ever been, clockwise from the beginning of all numbers.
    List<Peer> names() { return names; }

    String name(Peer peer) { return "N" + (names.indexOf(peer) + 1); }

    private void join(int i) {
        var id = new byte[NodeId.BYTES];
        random.nextBytes(id);
        var address = InetAddress.ofLiteral("10.0.0." + (i + 1));
        var peer = new Peer(NodeId.parse(ByteBuffer.wrap(id)),
                new InetSocketAddress(address, 5062));
        var known = nodes.isEmpty() ? List.<Peer>of() : List.of(nodes.firstEntry().getKey());
        nodes.put(peer, new RingNode(peer, random.split(), () -> now));
        tell(peer, new Input.Join(known));
    }

    /// Those who live, clockwise from the beginning of all numbers.
    List<Peer> living() {
        return nodes.keySet().stream().sorted(Comparator.comparing(Peer::id)).toList();
    }

    /// The living node that is nearest to a point: its root.
    Peer root(NodeId point) {
        return nodes.keySet().stream().min(Comparator.comparing(
                peer -> peer.id().distance(point))).orElseThrow();
    }

    boolean holds(Peer peer) { return nodes.containsKey(peer) && nodes.get(peer).holds(KEY); }

    List<Peer> leaves(Peer peer) { return nodes.get(peer).leaves(); }

    /// The root of a point, and its leaf set.
    Set<Peer> near(NodeId point) {
        var root = root(point);
        return Stream.concat(Stream.of(root), leaves(root).stream()).collect(Collectors.toSet());
    }

    /// Of those without a copy the one whose questions for both points go the longest way.
    Peer asker() {
        var point = NodeId.of(KEY);
        return living().stream().filter(peer -> !holds(peer)).max(Comparator.comparing(peer ->
                way(peer, point).size() + way(peer, point.opposite()).size())).orElseThrow();
    }

    /// The nodes that a question for a point passes, from one to the root.
    List<Peer> way(Peer from, NodeId point) {
        return Stream.iterate(Optional.of(from), Optional::isPresent,
                at -> nodes.get(at.orElseThrow()).next(point)).flatMap(Optional::stream).toList();
    }

    /// As when the power fails.
    void kill(Peer peer) {
        nodes.remove(peer);
        nodes.forEach((other, node) -> {
            if (node.leaves().contains(peer)) later(DEATH, other, new Input.Unreachable(peer));
        });
    }

    private void later(Duration delay, Peer to, Input input) {
        air.add(new Flight(now.plus(delay), order++, to, input));
    }

    /// The root of the record's point dies, and two on each side of it, all at once.
    void killRoot() {
        var living = living();
        int at = living.indexOf(root(NodeId.of(KEY)));
        for (int i = -2; i <= 2; i++) kill(living.get(Math.floorMod(at + i, living.size())));
    }

    void pass(Duration span) {
        var end = now.plus(span);
        for (var next = next(); !next.isAfter(end); next = next()) {
            if (next.isAfter(now)) now = next;
            var flight = air.peek();
            if (flight != null && !flight.at.isAfter(now)) {
                air.poll();
                if (nodes.containsKey(flight.to)) tell(flight.to, flight.input);
            } else for (var peer : List.copyOf(nodes.keySet()))
                if (!nodes.get(peer).deadline().isAfter(now))
                    carryOut(peer, nodes.get(peer).wake(now));
        }
        now = end;
    }

    private Instant next() {
        var first = nodes.values().stream().map(RingNode::deadline)
                .min(Comparator.naturalOrder()).orElse(Instant.MAX);
        return air.isEmpty() || air.peek().at.isAfter(first) ? first : air.peek().at;
    }

    private void tell(Peer peer, Input input) {
        carryOut(peer, nodes.get(peer).handle(input, now));
    }

    private void carryOut(Peer peer, List<Output> outputs) {
        for (var output : outputs)
            switch (output) {
                case Output.Send(var to, var payload, _) ->
                        later(WIRE, to, new Input.Received(peer, payload));
                case Output.Keep(_, var then) -> carryOut(peer, then);
                case Output.Told _, Output.Sought _, Output.Neighbours _, Output.Remark _,
                        Output.Left _ -> { }
            }
    }
}
