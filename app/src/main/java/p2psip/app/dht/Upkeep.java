package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.Message.*;
import p2psip.std.Timers;

/// Keeps the ring a ring: gossip among leaves, rows of the routing table, another knock at doors
/// that were closed. That a leaf is silent is for the transport to notice.
///
/// All of it is periodic. A failure takes a peer out and changes nothing else, so that a bad minute
/// makes no more traffic than a good one.
final class Upkeep {
    /// One leaf is gossiped with.
    static final Duration BEAT = Duration.ofSeconds(1);

    /// A row of the routing table is improved.
    static final Duration TUNING = Duration.ofSeconds(15);

    /// A remembered peer is tried: perhaps the ring was broken and can heal.
    static final Duration HEALING = Duration.ofSeconds(15);

    /// Until a ring has let this node in, those told by bootstrap are asked again.
    static final Duration JOINING = Duration.ofSeconds(2);

    /// How long they are, once others have come who were told of this node: these may be as lost
    /// as itself, and all of them a ring of their own.
    static final Duration INSISTING = Duration.ofSeconds(30);

    /// How many are asked at once to let this node in.
    private static final int DOORS = 3;

    /// Peers merely heard of that are asked at once to speak for themselves.
    private static final int PROBES = 32;

    /// Questions for a root that wait for an answer; the oldest is forgotten.
    private static final int FINDS = 16;

    private enum Task { BEAT, TUNING, HEALING, JOINING }

    private final Peer self;
    private final Neighbours neighbours;
    private final Talk talk;
    private final Routing routing;
    private final RandomGenerator random;
    private final Timers<Task> timers = new Timers<>(Task.class);
    private final SequencedMap<Long, NodeId> finds = new LinkedHashMap<>();
    private Instant insisting = Instant.MIN;
    private boolean letIn;
    private int turn;

    Upkeep(Peer self, Neighbours neighbours, Talk talk, Routing routing, RandomGenerator random) {
        this.self = self;
        this.neighbours = neighbours;
        this.talk = talk;
        this.routing = routing;
        this.random = random;
    }

    /// Joins the ring of these peers, or a second one that turned up: then the two become one.
    void join(List<Peer> known, Instant now) {
        for (var task : Task.values()) if (!timers.isSet(task)) again(task, now);
        insisting = now.plus(INSISTING);
        letIn = false;
        known.forEach(neighbours::remember);
        known.stream().filter(peer -> neighbours.known(peer.id()).isEmpty()).limit(DOORS)
                .forEach(peer -> knock(peer, now));
    }

    Instant deadline() { return timers.deadline(); }

    /// Does what is due; answers whether a beat was.
    boolean wake(Instant now) {
        boolean beat = false;
        for (var task : timers.fired(now)) {
            again(task, now);
            switch (task) {
                case BEAT -> beat(now);
                case TUNING -> tune(now);
                case HEALING -> neighbours.remind().ifPresent(peer -> knock(peer, now));
                case JOINING -> joining(now);
            }
            beat |= task == Task.BEAT;
        }
        return beat;
    }

    /// Peers were told of: who is of use is asked to speak for itself.
    void consider(List<Peer> peers, Instant now) {
        int room = PROBES - talk.probing();
        for (var peer : peers) {
            if (room <= 0) return;
            if (!neighbours.wants(peer, now) || talk.probing(peer.id())) continue;
            room--;
            if (neighbours.leaves().wants(peer)) gossip(peer, now);
            else talk.ask(peer, new Ping(talk.id()), new Purpose.Probe(), now);
        }
    }

    /// Asks a peer whether it lives, unless that is under way.
    void probe(Peer peer, Instant now) {
        if (!talk.probing(peer.id()))
            talk.ask(peer, new Ping(talk.id()), new Purpose.Probe(), now);
    }

    /// A row of somebody's table came: the next row may help too, down to where ids part.
    void row(Peer from, int row, List<Peer> peers, Instant now) {
        consider(peers, now);
        if (!peers.isEmpty() && row < self.id().sharedDigits(from.id())) askRow(from, row + 1, now);
    }

    /// Somebody answered a Find; false, and nothing happens, if it was none of ours.
    boolean found(Peer from, Message.Peers answer, Instant now) {
        var point = finds.remove(answer.id());
        if (point == null) return false;
        consider(answer.peers(), now);
        // the nearest node shares more digits than most: its rows are ours
        if (!point.equals(self.id())) return true;
        letIn = true;
        askRow(from, 0, now);
        return true;
    }

    private void again(Task task, Instant now) {
        var period = switch (task) {
            case BEAT -> BEAT;
            case TUNING -> TUNING;
            case HEALING -> HEALING;
            case JOINING -> JOINING;
        };
        // three to five quarters, so that nodes started together do not stay in step
        timers.set(task, now.plusNanos(period.toNanos() * (75 + random.nextInt(50)) / 100));
    }

    private void beat(Instant now) {
        var leaves = neighbours.leaves().all();
        if (leaves.isEmpty()) return;
        // in turn: chance alone leaves one of many unasked for long
        gossip(leaves.get(Math.floorMod(turn++, leaves.size())), now);
    }

    private void gossip(Peer peer, Instant now) {
        talk.ask(peer, new AskLeaves(talk.id(), neighbours.leaves().all()),
                new Purpose.Probe(), now);
    }

    /// Asks someone of the table for the row that it stands in, and finds who holds an empty cell.
    private void tune(Instant now) {
        var table = neighbours.table().all();
        if (table.isEmpty()) return;
        var peer = table.get(random.nextInt(table.size()));
        askRow(peer, self.id().sharedDigits(peer.id()), now);
        probe(table.get(random.nextInt(table.size())), now);
        var point = somewhere(random.nextInt(neighbours.table().depth() + 1));
        routing.pass(find(point), Set.of(), now);
    }

    /// A random point that shares this many digits with this node.
    private NodeId somewhere(int digits) {
        return self.id().until(digits, NodeId.random(random));
    }

    /// Asks a peer to pass on the question who this node's neighbours are.
    private void knock(Peer peer, Instant now) { routing.knock(peer, find(self.id()), now); }

    private Route find(NodeId point) {
        long request = talk.id();
        finds.put(request, point);
        if (finds.size() > FINDS) finds.pollFirstEntry();
        return new Route(0, Message.HOPS, request, self, point, new Body.Find());
    }

    private void joining(Instant now) {
        if (!neighbours.known().isEmpty() && (letIn || now.isAfter(insisting))) return;
        for (int i = 0; i < Math.min(DOORS, neighbours.remembered()); i++)
            neighbours.remind().ifPresent(peer -> knock(peer, now));
    }

    private void askRow(Peer peer, int row, Instant now) {
        talk.ask(peer, new AskRow(talk.id(), Math.min(row, NodeId.DIGITS - 1)),
                new Purpose.Row(row), now);
    }
}
