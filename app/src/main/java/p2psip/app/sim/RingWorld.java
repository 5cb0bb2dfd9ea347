package p2psip.app.sim;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.*;
import p2psip.app.dht.Dht.*;
import p2psip.app.lookup.*;
import p2psip.app.trace.Trace;

/// A ring in virtual time to which somebody does things: the same seed, and the same done at the
/// same times, is the same ring. The nodes are those of the telephone, below them is a model of
/// its transport.
final class RingWorld implements RingHost.Owner {
    /// Where the overlay of each is.
    private static final int PORT = 5063;

    private final long seed;
    private final RandomGenerator random;
    private final RingHost host;
    private final Consumer<Trace> tap;
    private final SequencedMap<NodeId, RingMember> members = new LinkedHashMap<>();
    private final Map<NodeId, Identity> identities = new HashMap<>();
    private final Map<Long, Answer> answers = new LinkedHashMap<>();
    private long sent;
    private int births;

    /// @param nodes that are born at the beginning, one after the other
    /// @param loss  which share of datagrams is lost, from 0 to 1
    /// @param tap   hears each message as it is sent
    RingWorld(long seed, int nodes, double loss, Consumer<Trace> tap) {
        this.seed = seed;
        this.tap = tap;
        this.random = new SplittableRandom(seed);
        this.host = new RingHost(Latency.PLANE, loss,
                new SplittableRandom(seed ^ 0x6e6574), this);
        for (int i = 0; i < nodes; i++)
            host.agenda.at(i * RingKind.RING.growth().toNanos(), this::birth);
    }

    /// Nanoseconds since the beginning.
    long now() { return host.agenda.now(); }

    void run(long until) { host.agenda.run(until); }

    /// Goes on until something is said, or nothing was for so long.
    void step(long atMost) {
        long end = now() + atMost, before = sent;
        while (sent == before && host.agenda.next() <= end) host.agenda.run(host.agenda.next());
    }

    /// The living, the oldest first.
    Collection<RingMember> members() { return members.values(); }

    /// The node itself: all of this world are of the ring.
    RingNode node(RingMember member) { return (RingNode) member.node; }

    Optional<RingMember> member(NodeId id) { return Optional.ofNullable(members.get(id)); }

    boolean cut() { return host.transport.cut; }

    /// Messages that all have sent.
    long sent() { return sent; }

    /// What came of something that was asked, if it is over.
    Optional<Answer> answer(long id) { return Optional.ofNullable(answers.get(id)); }

    // what is done to it

    void birth() {
        int number = births++;
        var own = new SplittableRandom(seed * 1_000_003 + number);
        var identity = Identity.generate("node " + number, own);
        var peer = new Peer(identity.id(), RingHost.address(number, PORT));
        var member = new RingMember(peer, Latency.Spot.random(number, random),
                new RingNode(peer, own, host::wall), false, false);
        var all = List.copyOf(members.values());
        var known = all.isEmpty() ? List.<Peer>of()
                : List.of(all.get(random.nextInt(all.size())).peer);
        members.putLast(peer.id(), member);
        identities.put(peer.id(), identity);
        host.born(member, known);
    }

    void death(NodeId id) {
        var member = members.remove(id);
        if (member == null) return;
        identities.remove(id);
        host.transport.dies(member);
    }

    /// From now on these and the others hear nothing of each other.
    void cut(Collection<NodeId> ids) {
        for (var member : members.values()) member.east = ids.contains(member.id());
        host.transport.cut = true;
    }

    void heal() {
        for (var member : members.values()) member.east = false;
        host.transport.cut = false;
    }

    /// Has a node look for what lies under a key.
    void look(long id, NodeId by, String key) { ask(id, by, new Query.Get(key)); }

    /// Has a node put a text there, signed by itself, or say that it is there no more.
    void write(long id, NodeId by, String key, Optional<String> text, Duration lifetime) {
        var value = text.map(TextValue::of).orElse(new SignedRecord.Removed());
        var owner = identities.get(by);
        if (owner != null) ask(id, by, new Query.Put(SignedRecord.sign(owner, key, value,
                host.wall().toEpochMilli(), host.wall(), lifetime)));
    }

    private void ask(long id, NodeId by, Query.OfRecords query) {
        member(by).ifPresent(member -> host.happens(member, new Input.Ask(id, query)));
    }

    // what happens by itself

    @Override public void says(RingMember member, Output output) {
        if (output instanceof Output.Told(long id, var answer)) answers.put(id, answer);
        if (!(output instanceof Output.Send send)) return;
        sent++;
        tap.accept(new Trace("" + member.id(), host.wall(), new Trace.What.Message(true, "DHT",
                member.peer.address(), send.to().address(), Dht.summary(send.payload()), "")));
    }
}
