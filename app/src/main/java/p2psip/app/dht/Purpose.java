package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.NodeId;

/// Why something was asked: what its answer, or silence, is good for.
sealed interface Purpose {

    /// How often to ask before giving up.
    default int tries() {
        return switch (this) {
            case Probe _ -> 4;
            case Knock _, Row _ -> 3;
            case Hop _, Collected _ -> 2;
            case Copied _, Compared _, Evened _ -> 3;
        };
    }

    /// Is it alive?
    record Probe() implements Purpose {}

    /// To be let into the ring, or into the other half of a broken one.
    record Knock() implements Purpose {}

    /// To fill this row of the routing table, and the rows after it.
    record Row(int row) implements Purpose {}

    /// To pass a message on; `tried` are those who were asked, the present one included.
    record Hop(Message.Route route, Set<NodeId> tried) implements Purpose {}

    /// To make a root's copy of a record.
    record Copied(long job) implements Purpose {}

    /// To gather what the holders of a key have.
    record Collected(long job) implements Purpose {}

    /// To compare what both hold on an arc.
    record Compared(long session, Arc arc) implements Purpose {}

    /// To even out a difference: one record sent, or several wanted.
    record Evened(long session) implements Purpose {}
}
