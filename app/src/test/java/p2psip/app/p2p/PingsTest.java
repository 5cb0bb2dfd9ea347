package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.NodeId;
import p2psip.app.lookup.*;
import p2psip.std.Outbox;

class PingsTest {
    private static final Instant NOW = Instant.EPOCH;

    private final Outbox<Lookup.Output> out = new Outbox<>();
    private final Pings pings = new Pings(out);

    private boolean add(int node, long asker) {
        return pings.add(NodeId.of("node " + node), asker, NOW);
    }

    private List<Answer.Why> failures() {
        return out.take().stream().map(output ->
                ((Answer.Failed) ((Lookup.Output.Told) output).answer()).why()).toList();
    }

    /// Its question may have come, and its answer been lost.
    @Test void who_neither_answers_nor_is_found_dead_is_not_known_to_be_dead() {
        add(1, 7);
        pings.wake(NOW.plus(Pings.PATIENCE).minusMillis(1));
        assertThat(out.take()).isEmpty();
        assertThat(pings.deadline()).isEqualTo(NOW.plus(Pings.PATIENCE));
        pings.wake(NOW.plus(Pings.PATIENCE));
        assertThat(failures()).containsExactly(Answer.Why.NOT_READY);
        assertThat(pings.size()).isZero();
        pings.settle(NodeId.of("node 1"), new Answer.Done());   // too late
        assertThat(out.take()).isEmpty();
    }

    @Test void beyond_the_limits_nobody_is_asked_and_nobody_waits() {
        for (int i = 0; i < Pings.LIMIT; i++) assertThat(add(i, i)).isTrue();
        assertThat(add(Pings.LIMIT, 0)).isFalse();
        assertThat(failures()).containsExactly(Answer.Why.FULL);
        for (int i = 1; i < Pings.ASKERS; i++) assertThat(add(0, i)).isFalse();
        assertThat(out.take()).isEmpty();
        add(0, 0);
        assertThat(failures()).containsExactly(Answer.Why.FULL);
        pings.settle(NodeId.of("node 0"), new Answer.Done());
        assertThat(out.take()).hasSize(Pings.ASKERS);
    }
}
