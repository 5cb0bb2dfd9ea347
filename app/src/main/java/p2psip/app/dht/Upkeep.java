package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.Message.*;
import p2psip.std.Timers;

/// Keeps the ring a ring: leaves compare whom they know, rows of the routing table, another knock
/// at doors that were closed. That a leaf is silent is for the transport to notice.
///
/// All of it is periodic. A failure takes a peer out and changes nothing else, so that a bad minute
/// makes no more traffic than a good one.
final class Upkeep {
    /// A remembered peer is tried: perhaps the ring was broken and can heal.
    static final Duration HEALING = Duration.ofSeconds(30);

    /// Until a ring has let this node in, those told by bootstrap are asked again.
    static final Duration JOINING = Duration.ofSeconds(1);

    /// How long they are, once others have come who were told of this node: these may be as lost
    /// as itself, and all of them a ring of their own.
    static final Duration INSISTING = Duration.ofSeconds(30);

    /// So long one that was told of others is root of nothing until they have let it in.
    static final Duration STRANGE = Duration.ofSeconds(3);

    /// How many are asked at once to let this node in.
    private static final int DOORS = 3;

    /// Peers merely heard of that are asked at once to speak for themselves.
    private static final int PROBES = 32;

    /// Questions for a root that wait for an answer; the oldest is forgotten.
    private static final int FINDS = 16;

    private enum Task { BEAT, TUNING, HEALING, JOINING }

    private final Peer self;
    private final Neighbours neighbours;
    private final Pace pace;
    private final Talk talk;
    private final Routing routing;
    private final RandomGenerator random;
    private final Timers<Task> timers = new Timers<>(Task.class);
    private final SequencedMap<Long, NodeId> finds = new LinkedHashMap<>();
    private Instant insisting = Instant.MIN, strange = Instant.MIN, astray = Instant.MIN;
    private boolean letIn;
    private int turn;

    Upkeep(Peer self, Neighbours neighbours, Pace pace, Talk talk, Routing routing,
            RandomGenerator random) {
        this.self = self;
        this.pace = pace;
        this.neighbours = neighbours;
        this.talk = talk;
        this.routing = routing;
        this.random = random;
    }

    /// Joins the ring of these peers, or a second one that turned up: then the two become one.
    void join(List<Peer> known, Instant now) {
        for (var task : Task.values()) if (!timers.isSet(task)) again(task, now);
        insisting = now.plus(INSISTING);
        strange = known.isEmpty() ? now : now.plus(STRANGE);
        letIn = false;
        known.forEach(neighbours::remember);
        known.stream().filter(peer -> neighbours.known(peer.id()).isEmpty()).limit(DOORS)
                .forEach(peer -> knock(peer, now));
    }

    /// Whether it can be the root of anything: a newcomer knows next to nothing of the ring.
    boolean belongs(Instant now) { return letIn || !now.isBefore(strange); }

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
            probe(peer, now);
        }
    }

    /// The leaf set has changed: it is looked after soon.
    void changed(Instant now) {
        pace.changed(now);
        if (!neighbours.knowsSome()) again(Task.JOINING, now);
        var due = timers.due().get(Task.BEAT);
        if (due != null && due.isAfter(now.plus(Pace.SOONEST))) again(Task.BEAT, now);
    }

    /// A leaf thinks differently of who stands about the two.
    void differs(Peer peer, Instant now) {
        if (!talk.probing(peer.id()))
            talk.ask(peer, new AskLeaves(talk.id(), neighbours.leaves().all()),
                    new Purpose.Probe(), now);
    }

    /// A leaf has told its leaves: if this node is none of them it has lost its place, and asks.
    void leaves(Peer leaf, List<Peer> leaves, Instant now) {
        if (!neighbours.leaves().contains(leaf.id()) || now.isBefore(astray)
                || leaves.stream().anyMatch(peer -> peer.id().equals(self.id()))) return;
        astray = now.plus(Pace.SOONEST);
        knock(leaf, now);
    }

    /// Of a row whom somebody lacks who has those columns, and another for whom it may have less.
    List<Peer> row(int row, int have) {
        var all = neighbours.table().row(row);
        var told = new ArrayList<>(all.stream()
                .filter(peer -> (have >> peer.id().digit(row) & 1) == 0).toList());
        var others = all.stream().filter(peer -> !told.contains(peer)).toList();
        if (!others.isEmpty()) told.add(others.get(random.nextInt(others.size())));
        return told;
    }

    /// Asks a peer whether it lives, unless that is under way.
    void probe(Peer peer, Instant now) {
        if (!talk.probing(peer.id()))
            talk.ask(peer, new Ping(talk.id(), neighbours.leaves().common(peer.id())),
                    new Purpose.Probe(), now);
    }

    /// A row of somebody's table came: the next row may help too, down to where ids part.
    void row(Peer from, int row, List<Peer> peers, Instant now) {
        consider(peers, now);
        if (row < self.id().sharedDigits(from.id())) askRow(from, row + 1, now);
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
            case BEAT -> pace.period(now);
            case TUNING -> pace.tuning(now);
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
        probe(leaves.get(Math.floorMod(turn++, leaves.size())), now);
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
        if (neighbours.knowsSome() && (letIn || now.isAfter(insisting))) {
            timers.stop(Task.JOINING);
            return;
        }
        for (int i = 0; i < Math.min(DOORS, neighbours.remembered()); i++)
            neighbours.remind().ifPresent(peer -> knock(peer, now));
    }

    private void askRow(Peer peer, int row, Instant now) {
        int own = Math.min(row, NodeId.DIGITS - 1);
        talk.ask(peer, new AskRow(talk.id(), own, neighbours.table().columns(own)),
                new Purpose.Row(row), now);
    }
}
