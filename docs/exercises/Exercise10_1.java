import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # Who is the root?
///
/// On a ring of 100 points, 0 to 99, find the node that stands nearest to a point. From 99 it is
/// one step to 0.
///
/// Hint: there are two ways from one number to another; the shorter one counts.
class Exercise10_1 {
    // answer
    int distance(int a, int b) {
        int one = Math.floorMod(a - b, 100);   //~ int one = Math.floorMod(a, 100);
        return Math.min(one, 100 - one);   //~ return one;
    }

    int root(int point, List<Integer> nodes) {
        return nodes.stream().min(Comparator.comparingInt(n -> distance(point, n))).orElseThrow();   //~ return nodes.stream().filter(n -> n >= point).min(Comparator.naturalOrder()).orElse(nodes.getFirst());
    }
    // start
    //| int distance(int a, int b) {
    //|     return Math.abs(a - b);
    //| }
    //|
    //| int root(int point, List<Integer> nodes) {
    //|     return nodes.getFirst();
    //| }
    // end

    @Test void it_is_as_far_to_as_fro() {
        assertThat(distance(10, 30)).isEqualTo(20);
        assertThat(distance(30, 10)).isEqualTo(20);
    }

    @Test void the_circle_is_closed() {
        assertThat(distance(99, 0)).isEqualTo(1);
        assertThat(distance(5, 95)).isEqualTo(10);
        assertThat(distance(0, 50)).isEqualTo(50);
    }

    @Test void the_nearest_may_stand_before_the_point() {
        assertThat(root(42, List.of(10, 40, 60))).isEqualTo(40);
        assertThat(root(97, List.of(3, 50, 80))).isEqualTo(3);
    }
}
