package p2psip.tools.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;

class RingRunTest {
    private static final NodeId POINT = NodeId.of(RingRun.KEY);

    private final RingRun run = RingRun.whole();

    private long holders() { return run.living().stream().filter(run::holds).count(); }

    @Test void a_record_lies_on_the_root_of_its_key_and_its_leaf_set_and_opposite() {
        assertThat(run.living()).hasSize(16).allSatisfy(
                peer -> assertThat(run.leaves(peer)).hasSize(8));
        assertThat(run.holds(run.root(POINT))).isTrue();
        assertThat(run.leaves(run.root(POINT))).allMatch(run::holds);
        assertThat(holders()).isBetween(14L, 16L);
    }

    @Test void a_question_comes_nearer_with_each_hop() {
        for (var from : run.living()) {
            var way = run.way(from, POINT);
            assertThat(way.getLast()).isEqualTo(run.root(POINT));
            assertThat(way).extracting(peer -> peer.id().distance(POINT))
                    .isSortedAccordingTo(Comparator.reverseOrder());
        }
    }

    @Test void what_has_died_is_made_up_for() {
        var root = run.root(POINT);
        run.leaves(root).forEach(run::kill);
        run.kill(root);
        long left = holders();
        run.pass(Duration.ofSeconds(30));
        assertThat(run.living()).hasSize(7).allSatisfy(
                peer -> assertThat(run.leaves(peer)).doesNotContain(root));
        assertThat(holders()).isGreaterThan(left).isEqualTo(7);
    }

    @Test void each_drawing_has_all_sixteen() {
        for (var name : List.of("stored", "way", "lost", "repaired"))
            assertThat(RingDrawing.svg(name)).contains(">N1<", ">N16<", ">key<", ">opposite<");
        assertThatThrownBy(() -> RingDrawing.svg("x")).hasMessage(
                "no drawing of a ring x, there are: stored, way, lost, repaired");
    }
}
