import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # One digit more
///
/// Far from a point, a node of the ring hands a question to somebody whose number has more digits
/// in common with the point, from the left, than its own. Of those it knows choose one that has
/// the most. If none has more than itself answer nobody: then whoever stands nearest is asked, as
/// in 10.1.
///
/// Hint: count how many digits two numbers share before they part.
class Exercise10_2 {
    // answer
    int shared(String a, String b) {
        int i = 0;
        while (i < a.length() && a.charAt(i) == b.charAt(i)) i++;   //~ while (i < a.length() && a.charAt(i) <= b.charAt(i)) i++;
        return i;
    }

    Optional<String> next(String self, String point, List<String> known) {
        return known.stream().filter(n -> shared(n, point) > shared(self, point))   //~ return known.stream().filter(n -> shared(n, point) >= shared(self, point))
                .max(Comparator.comparingInt(n -> shared(n, point)));
    }
    // start
    //| int shared(String a, String b) {
    //|     return 0;
    //| }
    //|
    //| Optional<String> next(String self, String point, List<String> known) {
    //|     return known.stream().findFirst();
    //| }
    // end

    @Test void digits_count_from_the_left() {
        assertThat(shared("a3f0", "a3c0")).isEqualTo(2);
        assertThat(shared("a3f0", "b3f0")).isZero();
        assertThat(shared("a3f0", "a3f0")).isEqualTo(4);
        assertThat(shared("31f0", "a3c0")).isZero();
    }

    @Test void who_shares_most_is_asked() {
        assertThat(next("0000", "a3c7", List.of("a111", "a3c0", "b000"))).contains("a3c0");
    }

    @Test void but_only_who_shares_more_than_oneself() {
        assertThat(next("a300", "a3c7", List.of("a3ff", "a111"))).isEmpty();
    }
}
