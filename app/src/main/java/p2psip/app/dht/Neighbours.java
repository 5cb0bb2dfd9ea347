package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;

/// Whom a node knows: its leaf set, its routing table, and those it remembers but cannot reach.
///
/// Only who was heard directly gets in; who is merely heard of must first speak for itself.
final class Neighbours {
    /// How many unreachable peers are remembered, to be tried now and then.
    static final int REMEMBERED = 32;

    /// For how long a peer that did not answer is not asked again because others mention it.
    private static final Duration SHUN = Duration.ofSeconds(15);

    /// How many peers are shunned at once; the oldest is asked again sooner.
    private static final int SHUNNED = 64;

    private final NodeId self;
    private final LeafSet leaves;
    private final RoutingTable table;
    private final Map<NodeId, Acquaintance> known = new LinkedHashMap<>();
    private final SequencedMap<NodeId, Peer> remembered = new LinkedHashMap<>();
    private final SequencedMap<NodeId, Instant> shunned = new LinkedHashMap<>();

    Neighbours(NodeId self) {
        this.self = self;
        this.leaves = new LeafSet(self);
        this.table = new RoutingTable(self);
    }

    LeafSet leaves() { return leaves; }

    RoutingTable table() { return table; }

    Collection<Acquaintance> known() { return List.copyOf(known.values()); }

    boolean knowsSome() { return !known.isEmpty(); }

    Optional<Acquaintance> known(NodeId id) { return Optional.ofNullable(known.get(id)); }

    /// The leaves that answer, as far as is known.
    List<Peer> living() {
        return leaves.all().stream().filter(leaf -> !known.get(leaf.id()).suspect()).toList();
    }

    /// A peer was heard; answers whether the leaf set has changed.
    boolean heard(Peer peer) {
        if (peer.id().equals(self)) return false;
        shunned.remove(peer.id());
        remembered.remove(peer.id());
        var acquaintance = known.get(peer.id());
        if (acquaintance != null) {
            boolean moved = !acquaintance.peer().equals(peer);
            acquaintance.hear(peer);
            if (!moved) return false;
            if (table.contains(peer.id())) table.put(peer);
            return leaves.contains(peer.id()) && leaves.add(peer);
        }
        boolean changed = leaves.add(peer);
        if (table.at(peer.id()).isEmpty()) table.put(peer);
        if (!changed && !table.contains(peer.id())) return false;
        known.put(peer.id(), new Acquaintance(peer));
        if (changed) forgetStrangers();
        return changed;
    }

    /// An answer took this long: of two peers for a cell of the table the much quicker one is kept.
    void measured(Peer peer, Duration roundTrip) {
        var acquaintance = known.getOrDefault(peer.id(), new Acquaintance(peer));
        acquaintance.measured(roundTrip);
        if (table.contains(peer.id())) return;
        var holder = table.at(peer.id()).map(Peer::id).map(known::get);
        if (holder.isEmpty() || !acquaintance.quicker(holder.get())) return;
        table.put(peer);
        known.put(peer.id(), acquaintance);
        forgetStrangers();
    }

    Duration timeout(Peer peer) {
        return known(peer.id()).map(Acquaintance::timeout).orElse(Acquaintance.FIRST_TIMEOUT);
    }

    /// A peer does not answer: it is remembered; answers whether the leaf set has changed.
    boolean lost(Peer peer, Instant now) {
        shunned.putLast(peer.id(), now.plus(SHUN));
        if (shunned.size() > SHUNNED) shunned.pollFirstEntry();
        boolean acquainted = known.containsKey(peer.id());
        boolean changed = forget(peer.id());
        if (acquainted) remember(peer);
        return changed;
    }

    /// A peer has gone for good; answers whether the leaf set has changed.
    ///
    /// A place it leaves empty is taken by the next nearest known, wherever it stands.
    boolean forget(NodeId id) {
        if (known.remove(id) == null) return false;
        table.remove(id);
        if (!leaves.remove(id)) return false;
        known.values().forEach(acquaintance -> leaves.add(acquaintance.peer()));
        return true;
    }

    /// Keeps a peer in mind that is not reached now, the oldest being forgotten at the limit.
    void remember(Peer peer) {
        if (peer.id().equals(self) || known.containsKey(peer.id())) return;
        remembered.putLast(peer.id(), peer);
        if (remembered.size() > REMEMBERED) remembered.pollFirstEntry();
    }

    /// One of the remembered, each in its turn.
    Optional<Peer> remind() {
        var first = remembered.pollFirstEntry();
        if (first == null) return Optional.empty();
        remembered.putLast(first.getKey(), first.getValue());
        return Optional.of(first.getValue());
    }

    int remembered() { return remembered.size(); }

    /// Whether a peer merely heard of is worth asking to speak for itself.
    boolean wants(Peer peer, Instant now) {
        if (peer.id().equals(self) || known.containsKey(peer.id())) return false;
        var until = shunned.get(peer.id());
        return (until == null || !until.isAfter(now))
                && (leaves.wants(peer) || table.at(peer.id()).isEmpty());
    }

    /// Whom to hand a message for a point: a peer nearer to it than this node. Empty means that
    /// this node is the root.
    ///
    /// Far from the point the table's peer is preferred, since it is near by round trip; every hop
    /// comes nearer by number, so that no message goes in circles.
    Optional<Peer> next(NodeId point, Set<NodeId> avoid) {
        var mine = self.distance(point);
        if (!leaves.span().contains(point)) {
            var cell = table.at(point).filter(peer -> usable(peer.id(), avoid)
                    && peer.id().distance(point).compareTo(mine) < 0);
            if (cell.isPresent()) return cell;
        }
        Peer best = null;
        var least = mine;
        for (var acquaintance : known.values()) {
            var peer = acquaintance.peer();
            var distance = peer.id().distance(point);
            if (distance.compareTo(least) < 0 && usable(peer.id(), avoid)) {
                best = peer;
                least = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    private boolean usable(NodeId id, Set<NodeId> avoid) {
        return !avoid.contains(id) && !known.get(id).suspect();
    }

    /// Who has neither a place in the leaf set nor in the table is no acquaintance.
    private void forgetStrangers() {
        known.keySet().removeIf(id -> !leaves.contains(id) && !table.contains(id));
    }
}
