package p2psip.app.sim;

import module java.base;
import p2psip.app.chord.ChordNode;
import p2psip.app.crypto.*;
import p2psip.app.dht.*;
import p2psip.app.dht.Dht.*;
import p2psip.std.*;

/// What can be tried in the laboratory: one class and one line each.
public enum RingKind {
    /// The one that telephones use, after Bamboo; the root is nearest by number.
    RING(Duration.ofMillis(20), RingNode::new, Dht::hop, RingKind::nearest),

    /// The root follows, clockwise. Where many come at once it takes long to sort them.
    CHORD(Duration.ofMillis(500), (self, random, _, _) -> new ChordNode(self, random),
            ChordNode::hop, RingKind::following);

    /// Makes a node.
    private interface Maker {
        Machine<Input, Output> node(Peer self, RandomGenerator random, InstantSource wall,
                BiFunction<String, Instant, SignedRecord.Verdict> verify);
    }

    private final Duration growth;
    private final Maker maker;
    private final Function<Bytes, Optional<Hop>> hop;
    private final BiFunction<NavigableSet<NodeId>, NodeId, NodeId> root;

    RingKind(Duration growth, Maker maker, Function<Bytes, Optional<Hop>> hop,
            BiFunction<NavigableSet<NodeId>, NodeId, NodeId> root) {
        this.growth = growth;
        this.maker = maker;
        this.hop = hop;
        this.root = root;
    }

    /// Between two births of the first crowd, if nothing else is wanted.
    public Duration growth() { return growth; }

    /// @param verify what is thought of the text of a record at a moment
    Machine<Input, Output> node(Peer self, RandomGenerator random, InstantSource wall,
            BiFunction<String, Instant, SignedRecord.Verdict> verify) {
        return maker.node(self, random, wall, verify);
    }

    /// What a message tells of its way, if it is one that is passed on.
    Optional<Hop> hop(Bytes payload) { return hop.apply(payload); }

    /// Who of a crowd is the root of a point.
    NodeId root(NavigableSet<NodeId> crowd, NodeId point) { return root.apply(crowd, point); }

    private static NodeId nearest(NavigableSet<NodeId> crowd, NodeId point) {
        var before = Optional.ofNullable(crowd.floor(point)).orElseGet(crowd::last);
        var behind = following(crowd, point);
        return point.distance(before).compareTo(point.distance(behind)) <= 0 ? before : behind;
    }

    private static NodeId following(NavigableSet<NodeId> crowd, NodeId point) {
        return Optional.ofNullable(crowd.ceiling(point)).orElseGet(crowd::first);
    }
}
