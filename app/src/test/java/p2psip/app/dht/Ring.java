package p2psip.app.dht;

import module java.base;
import com.google.gson.JsonObject;
import p2psip.app.crypto.*;
import p2psip.app.dht.Dht.*;
import p2psip.app.lookup.*;
import p2psip.std.*;

/// Many nodes in virtual time on a network that delays and loses; one seed is one run.
///
/// It stands in for the transport: a message is heard by whom it is meant for, or by nobody, what
/// is to be confirmed is resent a few times, and of a neighbour that is silent for as long as the
/// node says, and for [#DEATH] more, it is said that it is out of reach.
final class Ring {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration FAR = Duration.ofMillis(250);
    static final Duration DEATH = Duration.ofMillis(2200), LOOK = Duration.ofMillis(250);

    private record Flight(Instant at, long order, Peer from, Output.Send send) {}

    private record Watch(Peer watcher, Peer watched) {}

    private record Alarm(Instant at, long order, Peer peer) {}

    final RandomGenerator random;
    final Map<Peer, Machine<Input, Output>> nodes = new LinkedHashMap<>();
    final Map<Long, Answer> answers = new LinkedHashMap<>();
    final Map<Long, Optional<Peer>> sought = new LinkedHashMap<>();
    final List<String> remarks = new ArrayList<>();
    final Set<Peer> departed = new LinkedHashSet<>();
    Predicate<Peer> cut = _ -> false;
    /// What is sent to these takes longer by [#FAR].
    final Set<Peer> far = new LinkedHashSet<>();
    double loss;
    long sent, bytes, longest;
    Instant now = START;
    Duration skew = Duration.ZERO;
    private final PriorityQueue<Flight> air = new PriorityQueue<>(
            Comparator.comparing(Flight::at).thenComparing(Flight::order));
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(
            Comparator.comparing(Alarm::at).thenComparing(Alarm::order));
    private final Map<Peer, Instant> due = new HashMap<>();
    private final Map<Peer, Output.Neighbours> watched = new LinkedHashMap<>();
    private final Map<Watch, Instant> silent = new HashMap<>();
    private Instant look = START;
    private long order, ids;

    Ring(long seed, double loss) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.loss = loss;
    }

    /// A ring of this many, joined one after the other, and at rest.
    static Ring of(int nodes, long seed, double loss) {
        var ring = new Ring(seed, loss);
        for (int i = 0; i < nodes; i++) {
            ring.join();
            ring.run(Duration.ofMillis(100));
        }
        ring.run(Duration.ofSeconds(10));
        return ring;
    }

    /// A node that knows one of those who are there.
    Peer join() { return join(nodes.isEmpty() ? List.of() : List.of(any())); }

    Peer join(List<Peer> known) {
        var peer = peer();
        add(peer, new RingNode(peer, random, () -> now.plus(skew), Ring::verify));
        tell(peer, new Input.Join(known));
        return peer;
    }

    void add(Peer peer, Machine<Input, Output> node) {
        nodes.put(peer, node);
        schedule(peer);
    }

    Peer peer() {
        var id = new byte[NodeId.BYTES];
        random.nextBytes(id);
        int n = (int) ids++;
        var address = InetAddress.ofLiteral(
                "10." + (n >> 16 & 255) + "." + (n >> 8 & 255) + "." + (n & 255));
        return new Peer(NodeId.parse(ByteBuffer.wrap(id)), new InetSocketAddress(address, 5062));
    }

    Peer any() { return List.copyOf(nodes.keySet()).get(random.nextInt(nodes.size())); }

    List<Peer> peers() { return List.copyOf(nodes.keySet()); }

    RingNode node(Peer peer) { return (RingNode) nodes.get(peer); }

    /// As `kill -9` does it.
    void kill(Peer peer) { nodes.remove(peer); }

    /// As when the power fails: what they have just sent is lost with them.
    void powerFails(Collection<Peer> peers) {
        peers.forEach(this::kill);
        air.removeIf(flight -> peers.contains(flight.from));
    }

    /// Of the living, the one nearest to a point.
    Peer nearest(NodeId point) { return nearest(point, 1).getFirst(); }

    /// Of the living, the nearest to a point, the nearest of them first.
    List<Peer> nearest(NodeId point, int count) {
        return nodes.keySet().stream()
                .sorted(Comparator.comparing(peer -> peer.id().distance(point)))
                .limit(count).toList();
    }

    /// The living in ring order.
    List<Peer> inOrder() {
        return nodes.keySet().stream().sorted(Comparator.comparing(Peer::id)).toList();
    }

    void tell(Peer peer, Input input) {
        carryOut(peer, nodes.get(peer).handle(input, now));
    }

    long put(Peer at, SignedRecord record) { return ask(at, new Query.Put(record)); }

    long get(Peer at, String key) { return ask(at, new Query.Get(key)); }

    private long ask(Peer at, Query.OfRecords query) {
        tell(at, new Input.Ask(++ids, query));
        return ids;
    }

    /// Puts a record, waits for the end of it, and answers what it was.
    Answer putNow(Peer at, SignedRecord record) { return await(put(at, record)); }

    List<SignedRecord> getNow(Peer at, String key) {
        return await(get(at, key)) instanceof Answer.Found(var records) ? records
                : List.of();
    }

    Answer await(long id) { return await(List.of(id)).getFirst(); }

    /// Waits for the answers to several requests.
    List<Answer> await(List<Long> ids) {
        return await(ids, Duration.ofSeconds(20));
    }

    private List<Answer> await(List<Long> ids, Duration patience) {
        var end = now.plus(patience);
        while (!answers.keySet().containsAll(ids) && now.isBefore(end)) run(Duration.ofMillis(50));
        return ids.stream().map(id -> answers.getOrDefault(
                id, new Answer.Failed(Answer.Why.SILENCE, "nothing said"))).toList();
    }

    /// Waits for the answer to a request and stays in the very step in which it is told.
    Answer awaitStep(long id) {
        var patience = now.plusSeconds(20);
        while (!answers.containsKey(id) && step(patience));
        return await(List.of(id), Duration.ZERO).getFirst();
    }

    void run(Duration span) {
        var end = now.plus(span);
        while (step(end));
        now = end;
    }

    /// The next thing happens, if one is due by then.
    private boolean step(Instant end) {
        var flight = air.peek();
        var alarm = alarms.peek();
        boolean fly = flight != null && (alarm == null || !alarm.at.isBefore(flight.at));
        var at = fly ? flight.at : alarm == null ? Instant.MAX : alarm.at;
        if (!look.isAfter(at) && !look.isAfter(end)) {
            if (look.isAfter(now)) now = look;
            look();
            return true;
        }
        if (at.isAfter(end)) return false;
        if (at.isAfter(now)) now = at;
        if (fly) deliver(air.poll());
        else ring(alarms.poll());
        return true;
    }

    private void look() {
        look = look.plus(LOOK);
        watched.keySet().retainAll(nodes.keySet());
        for (var watcher : List.copyOf(watched.keySet()))
            for (var peer : watched.get(watcher).peers())
                if (nodes.containsKey(watcher)) look(new Watch(watcher, peer));
    }

    private void look(Watch watch) {
        var patience = DEATH.plus(watched.get(watch.watcher).silence());
        if (reaches(watch.watcher, watch.watched)) silent.remove(watch);
        else if (!silent.computeIfAbsent(watch, _ -> now).plus(patience).isAfter(now)) {
            silent.remove(watch);
            tell(watch.watcher, new Input.Unreachable(watch.watched));
        }
    }

    private boolean reaches(Peer from, Peer to) {
        return nodes.containsKey(to) && cut.test(to) == cut.test(from);
    }

    private void deliver(Flight flight) {
        var to = flight.send.to();
        if (!reaches(flight.from, to)) return;
        carryOut(to, nodes.get(to).handle(
                new Input.Received(flight.from, flight.send.payload()), now));
    }

    private void ring(Alarm alarm) {
        if (!alarm.at.equals(due.get(alarm.peer)) || !nodes.containsKey(alarm.peer)) return;
        due.remove(alarm.peer);
        carryOut(alarm.peer, nodes.get(alarm.peer).wake(now));
    }

    private void schedule(Peer peer) {
        var at = nodes.get(peer).deadline();
        if (at.equals(due.get(peer)) || at.equals(Instant.MAX)) return;
        due.put(peer, at);
        alarms.add(new Alarm(at, order++, peer));
    }

    private void carryOut(Peer peer, List<Output> outputs) {
        said(peer, outputs);
        if (departed.contains(peer)) nodes.remove(peer);
        else schedule(peer);
    }

    private void said(Peer peer, List<Output> outputs) {
        for (var output : outputs) {
            switch (output) {
                case Output.Send send -> send(peer, send);
                case Output.Told(long id, var answer) -> answers.put(id, answer);
                case Output.Remark(var text) -> remarks.add(text);
                case Output.Keep(_, var then) -> said(peer, then);
                case Output.Neighbours about -> watched.put(peer, about);
                case Output.Sought(long id, var root) -> sought.put(id, root);
                case Output.Left _ -> departed.add(peer);
            }
        }
    }

    private void send(Peer from, Output.Send send) {
        sent++;
        bytes += send.payload().size();
        longest = Math.max(longest, send.payload().size());
        var flight = Duration.ofMillis(10 + random.nextInt(30));
        for (int tries = send.confirmed() ? 5 : 1; random.nextDouble() < loss; tries--) {
            if (tries == 1) return;
            flight = flight.plusMillis(500);
        }
        if (far.contains(send.to())) flight = flight.plus(FAR);
        air.add(new Flight(now.plus(flight), order++, from, send));
    }

    // records: signing and checking are slow, so each is done once for all runs

    private static final Map<String, SignedRecord> SIGNED = new ConcurrentHashMap<>();
    private static final Map<String, SignedRecord> CHECKED = new ConcurrentHashMap<>();
    private static final Map<String, Identity> OWNERS = new ConcurrentHashMap<>();

    static SignedRecord record(String owner, String key, long sequence, Duration lifetime) {
        return SIGNED.computeIfAbsent(owner + key + sequence + lifetime, _ -> {
            var record = SignedRecord.sign(owner(owner), key,
                    new SignedRecord.Other("test", new JsonObject()), sequence, START, lifetime);
            CHECKED.put(record.text(), record);
            return record;
        });
    }

    static String key(int i) { return "sip:user" + i + "@example.com"; }

    static SignedRecord record(String key) { return record("alice", key, 1, Duration.ofHours(1)); }

    /// A record of nearly the greatest size.
    static SignedRecord large(String owner, String key) {
        return SIGNED.computeIfAbsent("large" + owner + key, _ -> {
            var json = new JsonObject();
            json.addProperty("padding", "x".repeat(2600));
            return SignedRecord.sign(owner(owner), key, new SignedRecord.Other("test", json), 1,
                    START, Duration.ofHours(1));
        });
    }

    static SignedRecord tombstone(String owner, String key, long sequence) {
        return SIGNED.computeIfAbsent(owner + key + sequence,
                _ -> SignedRecord.sign(owner(owner), key,
                new SignedRecord.Removed(), sequence, START, Duration.ofHours(2)));
    }

    static Identity owner(String name) {
        return OWNERS.computeIfAbsent(name, _ -> Identity.generate(
                name, RandomGeneratorFactory.of("L64X128MixRandom").create(name.hashCode())));
    }

    static SignedRecord.Verdict verify(String text, Instant wall) {
        var known = CHECKED.get(text);
        if (known != null && !known.expired(wall)) return new SignedRecord.Verdict.Valid(known);
        var verdict = SignedRecord.verify(text, wall);
        if (verdict instanceof SignedRecord.Verdict.Valid(var record)) CHECKED.put(text, record);
        return verdict;
    }

    static Bytes garbage(RandomGenerator random, int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }
}
