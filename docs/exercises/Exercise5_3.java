import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # One answer of many
///
/// A proxy has asked several phones, and all have answered with a final response. To the caller
/// goes one. A 2xx wins; then a 6xx, for it speaks for everywhere; else the lowest class.
///
/// Hint: give each class a rank, and take the least.
class Exercise5_3 {
    // answer
    int best(List<Integer> statuses) {
        return statuses.stream().min(Comparator.comparingInt(Exercise5_3::rank)).orElseThrow();   //~ return statuses.stream().min(Comparator.naturalOrder()).orElseThrow();
    }

    private static int rank(int status) {
        return status / 100 == 2 ? 0 : status / 100 == 6 ? 1 : status / 100;   //~ return status / 100 == 6 ? 0 : status / 100;
    }
    // start
    //| int best(List<Integer> statuses) {
    //|     return statuses.getFirst();
    //| }
    // end

    @Test void who_takes_the_call_wins() {
        assertThat(best(List.of(486, 200, 603))).isEqualTo(200);
    }

    @Test void who_speaks_for_all_comes_next() {
        assertThat(best(List.of(404, 603, 302))).isEqualTo(603);
    }

    @Test void elsewhere_is_better_than_not_here_and_that_than_a_fault() {
        assertThat(best(List.of(500, 404, 302))).isEqualTo(302);
        assertThat(best(List.of(500, 486))).isEqualTo(486);
    }
}
