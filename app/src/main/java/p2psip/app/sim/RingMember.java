package p2psip.app.sim;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.Dht;
import p2psip.std.Machine;

/// A node of the laboratory's ring, from its birth to its death.
final class RingMember {
    final Peer peer;
    final Latency.Spot spot;
    final Machine<Dht.Input, Dht.Output> node;
    /// Whether it needs half a second for whatever comes in.
    final boolean slow;
    /// On which side it is while the network is cut in two.
    boolean east;
    /// When it spoke last with those with whom it has a session, in the order of that.
    final SequencedMap<NodeId, Long> sessions = new LinkedHashMap<>();
    /// Of whom it wants to know that they live.
    final SequencedMap<NodeId, Watch> watched = new LinkedHashMap<>();
    /// When it is to be woken next.
    long due = Long.MAX_VALUE;
    boolean alive = true;

    /// When a watched peer was heard last, how long it may be silent, and when it is looked whether
    /// it was.
    static final class Watch {
        final double later;
        long heard, patience, due = Long.MAX_VALUE;

        Watch(long heard, double later) {
            this.heard = heard;
            this.later = later;
        }
    }

    RingMember(Peer peer, Latency.Spot spot, Machine<Dht.Input, Dht.Output> node, boolean slow,
            boolean east) {
        this.peer = peer;
        this.spot = spot;
        this.node = node;
        this.slow = slow;
        this.east = east;
    }

    NodeId id() { return peer.id(); }

    /// Something came from a peer.
    void heard(NodeId other, long now) {
        var watch = watched.get(other);
        if (watch != null) watch.heard = now;
    }
}
