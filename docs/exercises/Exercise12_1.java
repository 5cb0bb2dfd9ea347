import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # Not all at once
///
/// A new node has asked everybody. Each super-node draws a time to wait, in milliseconds, and
/// answers then, unless it has heard two others answer. An answer is heard by all after 10 ms, by
/// somebody whose time has come just then as well. Who answers?
///
/// Hint: go through them in the order of their times.
///
/// Hint: an answer that was given less than 10 ms ago has not been heard yet.
class Exercise12_1 {
    // answer
    List<String> answering(SortedMap<Integer, String> byWait) {
        var times = new ArrayList<Integer>();
        byWait.forEach((wait, _) -> {
            long heard = times.stream()   //~ long heard = times.stream().map(t -> t - 10)
                    .filter(t -> t + 10 <= wait)   //~ .filter(t -> t + 40 <= wait)
                    .count();   //~ .filter(t -> t + 10 < wait).count();
            if (heard < 2) times.add(wait);   //~ if (heard < 1) times.add(wait);
        });
        return times.stream().map(byWait::get).toList();
    }
    // start
    //| List<String> answering(SortedMap<Integer, String> byWait) {
    //|     return List.copyOf(byWait.values());
    //| }
    // end

    @Test void two_are_enough() {
        assertThat(answering(new TreeMap<>(Map.of(5, "a", 50, "b", 100, "c", 200, "d"))))
                .containsExactly("a", "b");
    }

    @Test void who_speaks_at_the_same_time_cannot_know() {
        assertThat(answering(new TreeMap<>(Map.of(5, "a", 8, "b", 12, "c", 200, "d"))))
                .containsExactly("a", "b", "c");
    }

    @Test void ten_milliseconds_later_he_does() {
        assertThat(answering(new TreeMap<>(Map.of(5, "a", 8, "b", 18, "c"))))
                .containsExactly("a", "b");
        assertThat(answering(new TreeMap<>(Map.of(5, "a", 8, "b", 17, "c"))))
                .containsExactly("a", "b", "c");
    }

    @Test void one_alone_answers() {
        assertThat(answering(new TreeMap<>(Map.of(90, "a")))).containsExactly("a");
    }
}
