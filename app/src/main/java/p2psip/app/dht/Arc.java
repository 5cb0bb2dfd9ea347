package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.NodeId;

/// A piece of the ring: clockwise from a point up to, not including, another; from a point to
/// itself is the whole ring.
record Arc(NodeId from, NodeId to) {
    private static final BigInteger RING = BigInteger.TWO.pow(8 * NodeId.BYTES);

    boolean contains(NodeId point) {
        boolean after = point.compareTo(from) >= 0, before = point.compareTo(to) < 0;
        return from.compareTo(to) < 0 ? after && before : after || before;
    }

    List<Arc> halves() {
        var length = from.equals(to) ? RING : from.clockwise(to);
        var middle = step(from, length.shiftRight(1));
        return List.of(new Arc(from, middle), new Arc(middle, to));
    }

    /// Half-way from one point clockwise to another.
    static NodeId middle(NodeId from, NodeId to) {
        return step(from, from.clockwise(to).shiftRight(1));
    }

    private static NodeId step(NodeId from, BigInteger distance) {
        return new NodeId(from.number().add(distance).mod(RING));
    }
}
