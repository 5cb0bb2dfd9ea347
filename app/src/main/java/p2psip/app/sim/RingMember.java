package p2psip.app.sim;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.dht.*;

/// A node of the laboratory's ring, from its birth to its death.
final class RingMember {
    final Peer peer;
    final Latency.Spot spot;
    final RingNode node;
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

    /// When a watched peer was heard last.
    static final class Watch {
        long heard;
    }

    RingMember(Peer peer, Latency.Spot spot, RingNode node, boolean slow, boolean east) {
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
