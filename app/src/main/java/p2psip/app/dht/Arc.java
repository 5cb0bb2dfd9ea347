package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.NodeId;

/// A piece of the ring: clockwise from a point up to, not including, another; from a point to
/// itself is the whole ring.
record Arc(NodeId from, NodeId to) {
    boolean contains(NodeId point) {
        boolean after = point.compareTo(from) >= 0, before = point.compareTo(to) < 0;
        return from.compareTo(to) < 0 ? after && before : after || before;
    }

    /// How many pieces an arc is cut into.
    static final int PIECES = 16;

    /// The same arc in pieces of one size.
    List<Arc> pieces() {
        var pieces = List.of(this);
        while (pieces.size() < PIECES)
            pieces = pieces.stream().flatMap(piece -> piece.halves().stream()).toList();
        return pieces;
    }

    private List<Arc> halves() {
        var middle = from.equals(to) ? from.opposite() : middle(from, to);
        return List.of(new Arc(from, middle), new Arc(middle, to));
    }

    /// Half-way from one point clockwise to another.
    static NodeId middle(NodeId from, NodeId to) { return from.plus(from.clockwise(to).half()); }
}
