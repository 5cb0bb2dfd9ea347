import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # What a neighbour lacks
///
/// Two nodes that keep the same part of the ring compare what they hold: for each lookup key a
/// number that rises with each change. Say which records the one has to give the other: those that
/// the other lacks or has an older one of.
///
/// Hint: what only the other has, or newer, is for him to give.
class Exercise10_3 {
    // answer
    SortedSet<String> toGive(Map<String, Integer> mine, Map<String, Integer> his) {
        var give = new TreeSet<String>();
        mine.forEach((key, number) -> {
            if (number > his.getOrDefault(key, -1)) give.add(key);   //~ if (!his.containsKey(key)) give.add(key);
        });
        return give;   //~ return new TreeSet<>(mine.keySet());
    }
    // start
    //| SortedSet<String> toGive(Map<String, Integer> mine, Map<String, Integer> his) {
    //|     return new TreeSet<>();
    //| }
    // end

    @Test void what_he_lacks() {
        assertThat(toGive(Map.of("bob", 1, "carol", 1), Map.of("bob", 1))).containsExactly("carol");
    }

    @Test void and_what_is_newer_here() {
        assertThat(toGive(Map.of("bob", 2), Map.of("bob", 1))).containsExactly("bob");
    }

    @Test void not_what_is_older() {
        assertThat(toGive(Map.of("bob", 1), Map.of("bob", 2, "dave", 1))).isEmpty();
    }

    @Test void those_who_hold_the_same_give_nothing() {
        assertThat(toGive(Map.of("bob", 0), Map.of("bob", 0))).isEmpty();
    }
}
