package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;

class ClocksTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Clocks clocks = new Clocks(() -> NOW);

    /// The time that a node tells, so many minutes ahead of ours.
    private Optional<String> told(int node, int minutes) {
        var peer = new Peer(NodeId.of("node " + node), new InetSocketAddress(
                InetAddress.ofLiteral("10.0.0." + node), 5063));
        return clocks.heard(peer, NOW.plus(Duration.ofMinutes(minutes)));
    }

    @Test void a_clock_that_is_off_from_that_of_the_only_other_node_is_said_once() {
        assertThat(told(1, 5).orElseThrow()).startsWith("the clock of this machine is 5 min behind,"
                + " compared with that of").contains("@10.0.0.1:5063");
        assertThat(told(1, 5)).isEmpty();
        assertThat(told(2, 9)).isEmpty();
    }

    @Test void clocks_that_differ_by_a_minute_are_fine() {
        assertThat(told(1, 1)).isEmpty();
        assertThat(told(2, -1)).isEmpty();
    }

    @Test void one_of_many_is_not_believed() {
        for (int i = 1; i <= 3; i++) assertThat(told(i, 0)).isEmpty();
        for (int i = 4; i <= 6; i++) assertThat(told(i, -90)).isEmpty();
        assertThat(told(7, -90).orElseThrow()).contains(
                "90 min ahead", "those of most of 7 other nodes");
    }

    @Test void two_that_contradict_each_other_say_nothing() {
        assertThat(told(1, 0)).isEmpty();
        assertThat(told(2, 7)).isEmpty();
        assertThat(told(1, -7)).isEmpty();
        assertThat(told(1, 8)).isPresent();
    }

    @Test void of_more_nodes_than_the_limit_the_last_count() {
        for (int i = 1; i <= 20; i++) assertThat(told(i, 0)).isEmpty();
        for (int i = 21; i <= 21 + Clocks.MAX / 2 - 1; i++) assertThat(told(i, 5)).isEmpty();
        assertThat(told(99, 5)).isPresent();
    }
}
