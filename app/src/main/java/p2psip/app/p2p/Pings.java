package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.NodeId;
import p2psip.app.lookup.*;
import p2psip.std.Outbox;

/// Who asks whether a node is there, until it has answered or is known not to.
final class Pings {
    /// Nodes that are asked at a time, and who may wait for each.
    static final int LIMIT = 64, ASKERS = 1_000;

    /// Longer than it takes to find out that a node does not answer.
    static final Duration PATIENCE = Confirming.PATIENCE.plusSeconds(1);

    private record Ping(List<Long> askers, Instant until) {}

    private final Outbox<Lookup.Output> out;
    private final SequencedMap<NodeId, Ping> open = new LinkedHashMap<>();   // next to end first

    Pings(Outbox<Lookup.Output> out) { this.out = out; }

    int size() { return open.size(); }

    Instant deadline() { return open.isEmpty() ? Instant.MAX : open.firstEntry().getValue().until; }

    /// Somebody wants to know of a node; answers whether it is to be asked.
    boolean add(NodeId node, long asker, Instant now) {
        boolean asked = open.containsKey(node);
        if (asked ? open.get(node).askers.size() >= ASKERS : open.size() >= LIMIT) {
            tell(asker, new Answer.Failed(Answer.Why.FULL, "too many nodes are asked"));
            return false;
        }
        open.computeIfAbsent(node, _ -> new Ping(new ArrayList<>(), now.plus(PATIENCE)))
                .askers.add(asker);
        return !asked;
    }

    /// It is known now.
    void settle(NodeId node, Answer answer) {
        var ping = open.remove(node);
        if (ping != null) ping.askers.forEach(asker -> tell(asker, answer));
    }

    void wake(Instant now) {
        while (!deadline().isAfter(now)) settle(open.firstEntry().getKey(),
                new Answer.Failed(Answer.Why.NOT_READY, "it says nothing to the question"));
    }

    private void tell(long asker, Answer answer) { out.add(new Lookup.Output.Told(asker, answer)); }
}
