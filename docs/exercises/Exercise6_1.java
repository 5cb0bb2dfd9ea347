import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # What both understand
///
/// An offer lists formats, the one that is liked best first. Write the list of the answer: those of
/// the offer that the other side understands too, in the order of the offer; and `isRefused`,
/// whether an answer has nothing left.
///
/// Hint: whose order counts, that of the offer or your own?
///
/// Hint: sound that was not offered cannot be sent, so it is no help here.
class Exercise6_1 {
    // answer
    List<Integer> answer(List<Integer> offered, Set<Integer> understood) {
        return offered.stream().filter(understood::contains).toList();   //~ return understood.stream().sorted().toList();
    }

    boolean isRefused(List<Integer> answer) {
        return answer.isEmpty();   //~ return false;
    }
    // start
    //| List<Integer> answer(List<Integer> offered, Set<Integer> understood) {
    //|     return offered;
    //| }
    //|
    //| boolean isRefused(List<Integer> answer) {
    //|     return false;
    //| }
    // end

    @Test void what_is_not_understood_is_left_out() {
        assertThat(answer(List.of(0, 8, 96), Set.of(0, 8))).containsExactly(0, 8);
    }

    @Test void the_order_is_that_of_the_offer() {
        assertThat(answer(List.of(8, 0), Set.of(0, 8, 3))).containsExactly(8, 0);
    }

    @Test void with_nothing_in_common_there_is_no_sound() {
        assertThat(isRefused(answer(List.of(96), Set.of(0, 8)))).isTrue();
        assertThat(isRefused(answer(List.of(0), Set.of(0, 8)))).isFalse();
    }
}
