package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.Message.*;
import p2psip.app.dht.Searches.Asker;
import p2psip.std.Timers;

/// Sees to it that every record is where it belongs: on the leaf set of each of its two roots, and
/// nowhere else.
///
/// The root of an arc keeps it alike on its leaves: at each beat it compares with one for whom the
/// arc or what lies there is not what it last was, or with whom it has not compared in a while.
/// Whoever holds what is far from it hands it to the roots at once, for they may be newcomers among
/// newcomers, and forgets it when no root has asked for it in a while. Now and then a root sees
/// to it that the opposite side has one of its records.
final class Care {
    /// A record no root has asked for in this time is forgotten once the roots have it.
    static final Duration HOME = Duration.ofMinutes(10);

    /// A root compares with each leaf at least so often, and lets it know that it is the root.
    static final Duration AGAIN = Duration.ofSeconds(90);

    static final Duration EXPIRY = Duration.ofSeconds(10);
    static final Duration MIRROR = Duration.ofSeconds(60);

    static final Duration STRAYS = Duration.ofSeconds(5);

    /// Points looked at for strays in one go, and records handed over.
    private static final int LOOKS = 256, HANDS = 32;

    /// Roots whose arcs are remembered; the oldest is forgotten.
    private static final int ROOTS = 4 * LeafSet.SIDE;

    /// Records handed over that are remembered, not to be handed over again soon.
    private static final int GIVEN = 1024;

    private enum Task { EXPIRY, MIRROR, STRAYS }

    /// A root keeps this arc alike here.
    private record Home(Arc arc, Instant asked) {}

    private final Neighbours neighbours;
    private final Storage storage;
    private final Checker checker;
    private final Searches searches;
    private final Sync sync;
    private final Timers<Task> timers = new Timers<>(Task.class);
    private final SequencedMap<NodeId, Home> homes = new LinkedHashMap<>();
    private final SequencedMap<SignedRecord, Instant> given = new LinkedHashMap<>();
    private NodeId looked = NodeId.ZERO, mirrored = looked;
    private int turn;

    Care(Neighbours neighbours, Storage storage, Checker checker, Searches searches, Sync sync) {
        this.neighbours = neighbours;
        this.storage = storage;
        this.checker = checker;
        this.searches = searches;
        this.sync = sync;
    }

    void begin(Instant now) {
        for (var task : Task.values()) if (!timers.isSet(task)) again(task, now);
    }

    Instant deadline() { return timers.deadline(); }

    void wake(Instant now) {
        for (var task : timers.fired(now)) {
            again(task, now);
            switch (task) {
                case EXPIRY -> storage.expire(checker.wall());
                case MIRROR -> mirror(now);
                case STRAYS -> strays(now);
            }
        }
    }

    private void again(Task task, Instant now) {
        timers.set(task, now.plus(switch (task) {
            case EXPIRY -> EXPIRY;
            case MIRROR -> MIRROR;
            case STRAYS -> STRAYS;
        }));
    }

    /// Once a beat the own arc is compared with one leaf, each in its turn, if there is need.
    void beat(Instant now) {
        var leaves = neighbours.living();
        if (leaves.isEmpty()) return;
        var arc = neighbours.leaves().own();
        var sum = storage.summary(arc, checker.wall());
        for (int i = 0; i < leaves.size(); i++) {
            var leaf = leaves.get(Math.floorMod(turn++, leaves.size()));
            if (sync.agrees(leaf, arc, sum, now.minus(AGAIN))) continue;
            sync.begin(leaf, arc, true, now);
            return;
        }
    }

    /// A leaf compares: if it is the root of the arc, what lies there is at home.
    void compared(Peer from, Compare compare, Instant now) {
        if (!compare.root()) return;
        homes.remove(from.id());
        homes.putLast(from.id(), new Home(compare.arc(), now));
        if (homes.size() > ROOTS) homes.pollFirstEntry();
    }

    /// A record is with its roots now, or a newer one is.
    void kept(SignedRecord record, Instant now) {
        var spots = Storage.spots(record.key());
        if (spots.stream().anyMatch(point -> home(point, now))) return;
        if (storage.at(spots.getFirst(), checker.wall(), now.minus(HOME)).contains(record)) {
            storage.forget(record);
            return;
        }
        given.putLast(record, now);
        if (given.size() > GIVEN) given.pollFirstEntry();
    }

    private void strays(Instant now) {
        if (neighbours.leaves().size() == 0) return;
        var first = looked;
        for (int looks = 0, hands = 0; looks < LOOKS && hands < HANDS; looks++) {
            var next = storage.after(looked);
            if (next.isEmpty() || looks > 0 && next.get().equals(first)) return;
            looked = next.get();
            var opposite = looked.opposite();
            if (home(looked, now) || home(opposite, now)) continue;
            var span = neighbours.leaves().span();
            boolean near = span.contains(looked) || span.contains(opposite);
            var records = storage.at(looked, checker.wall(), near ? now.minus(HOME) : now).stream()
                    .filter(record -> !givenLately(record, now)).toList();
            if (give(records, List.of(looked, opposite))) hands++;
        }
    }

    private boolean givenLately(SignedRecord record, Instant now) {
        var at = given.get(record);
        return at != null && at.plus(HOME).isAfter(now);
    }

    private void mirror(Instant now) {
        if (neighbours.leaves().size() == 0) return;
        var next = storage.after(mirrored);
        if (next.isEmpty()) return;
        var own = neighbours.leaves().own();
        mirrored = own.contains(next.get()) ? next.get()
                : storage.after(own.from()).orElseThrow();
        if (own.contains(mirrored))
            give(storage.at(mirrored, checker.wall(), now), List.of(mirrored.opposite()));
    }

    /// Sees to it that points have records of a key; answers whether there is anything to do.
    private boolean give(List<SignedRecord> records, List<NodeId> points) {
        if (records.isEmpty()) return false;
        var key = records.getFirst().key();
        if (searches.busyFor(new Asker.Check(key))) return false;
        searches.check(key, storage.summary(key, checker.wall()), records, points);
        return true;
    }

    /// Whether this node or one of its leaves cares for a point as its root.
    private boolean home(NodeId point, Instant now) {
        if (neighbours.leaves().own().contains(point)) return true;
        for (var home : homes.entrySet())
            if (home.getValue().arc.contains(point)
                    && home.getValue().asked.plus(HOME).isAfter(now)
                    && neighbours.leaves().contains(home.getKey())) return true;
        return false;
    }
}
