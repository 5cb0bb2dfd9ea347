package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.why.OfNode;

/// What the clocks of other nodes say of this node's: records expire by the time of day, so who has
/// another is not found, or does not find.
final class Clocks {
    /// Nodes whose clocks are remembered; the one that told the time first is forgotten.
    static final int MAX = 16;

    private final InstantSource wall;
    private final SequencedMap<NodeId, Skew> ours = new LinkedHashMap<>();   // seen from each
    private boolean said, wrong;

    Clocks(InstantSource wall) { this.wall = wall; }

    Instant wall() { return wall.instant(); }

    /// A node has told the time. Answers a line for the user, once, if the clock here is off from
    /// those of most nodes: a single one among many may be wrong itself, or lie.
    Optional<String> heard(Peer from, Instant clock) {
        ours.putLast(from.id(), Skew.of(wall(), clock));
        if (ours.size() > MAX) ours.pollFirstEntry();
        var off = off();
        if (said || !off.matters()) return Optional.empty();
        said = true;
        return Optional.of("the clock of this machine is " + off + ", compared with "
                + (ours.size() == 1 ? "that of " + from
                : "those of most of " + ours.size() + " other nodes")
                + ": set the one that is wrong, or phones may not be found");
    }

    /// That the clock here has turned out to be off, or to be right again.
    Optional<OfNode.Clock> turned(Peer from) {
        if (off().matters() == wrong) return Optional.empty();
        wrong = !wrong;
        return Optional.of(new OfNode.Clock(wrong, "" + off(), ours.size() == 1 ? "that of " + from
                : "most of " + ours.size() + " others"));
    }

    /// How far the clock here is from more than half of the others at least.
    private Skew off() {
        var sorted = ours.values().stream().sorted().toList();
        var low = sorted.get((sorted.size() - 1) / 2);
        var high = sorted.get(sorted.size() / 2);
        return low.ahead().isPositive() ? low : high.ahead().isNegative() ? high : Skew.NONE;
    }
}
