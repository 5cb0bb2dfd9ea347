package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;

/// The nearest neighbours on either side, in ring order clockwise from this node.
///
/// In a ring of no more than `2 * SIDE` others everybody is everybody's leaf.
final class LeafSet {
    /// Leaves on each side.
    static final int SIDE = 4;

    private final NodeId self;
    private final List<Peer> leaves = new ArrayList<>();

    LeafSet(NodeId self) { this.self = self; }

    /// Takes a peer in, with its latest address, if it is near enough; answers whether the set of
    /// nodes or an address has changed.
    boolean add(Peer peer) {
        if (leaves.contains(peer) || peer.id().equals(self)) return false;
        var before = List.copyOf(leaves);
        remove(peer.id());
        int place = 0;
        while (place < leaves.size() && clockwise(leaves.get(place)).compareTo(clockwise(peer)) < 0)
            place++;
        leaves.add(place, peer);
        if (leaves.size() > 2 * SIDE) leaves.remove(SIDE);   // the farthest from either side
        return !leaves.equals(before);
    }

    /// Whether [#add] would take it in.
    boolean wants(Peer peer) {
        if (peer.id().equals(self) || contains(peer.id())) return false;
        if (leaves.size() < 2 * SIDE) return true;
        var distance = clockwise(peer);
        return distance.compareTo(clockwise(leaves.get(SIDE - 1))) < 0
                || distance.compareTo(clockwise(leaves.get(SIDE))) > 0;
    }

    boolean remove(NodeId id) { return leaves.removeIf(leaf -> leaf.id().equals(id)); }

    boolean contains(NodeId id) {
        for (var leaf : leaves) if (leaf.id().equals(id)) return true;
        return false;
    }

    List<Peer> all() { return List.copyOf(leaves); }

    int size() { return leaves.size(); }

    /// Where this node is the root: half-way to its neighbours on either side.
    Arc own() {
        if (leaves.isEmpty()) return new Arc(self, self);
        return new Arc(Arc.middle(leaves.getLast().id(), self),
                Arc.middle(self, leaves.getFirst().id()));
    }

    /// From the farthest leaf on one side to the farthest on the other.
    Arc span() {
        if (leaves.size() < 2 * SIDE) return new Arc(self, self);
        return new Arc(leaves.get(SIDE).id(), leaves.get(SIDE - 1).id());
    }

    /// Who of those about this node and a leaf is in the leaf sets of both, in brief: equal if both
    /// know the same. 0 for who is no leaf.
    ///
    /// A leaf that is the k-th on one side has this node as its k-th on the other; so of its leaves
    /// all on this node's side and `SIDE - k` behind this node are leaves of this node, too.
    long common(NodeId leaf) {
        int place = 0;
        while (place < leaves.size() && !leaves.get(place).id().equals(leaf)) place++;
        if (place == leaves.size()) return 0;
        long sum = mixed(self);
        int all = leaves.size();
        boolean near = all < 2 * SIDE, after = place < SIDE;
        int behind = after ? SIDE - 1 - place : place - SIDE;
        for (int i = 0; i < all; i++) {
            boolean shared = near || (after ? i < SIDE || all - i <= behind
                    : i >= SIDE || i < behind);
            if (shared) sum += mixed(leaves.get(i).id());
        }
        return sum;
    }

    /// Well spread bits, to be summed up.
    private static long mixed(NodeId id) {
        long z = (id.high() ^ id.middle()) + id.low();
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        return z ^ z >>> 31;
    }

    private NodeId clockwise(Peer peer) { return self.clockwise(peer.id()); }
}
