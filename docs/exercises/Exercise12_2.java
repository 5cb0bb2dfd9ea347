import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// # To be a super-node, or not
///
/// An ordinary node that finds no super-node for five seconds becomes one. One that became one so,
/// and was not told to be, resigns when there are eight others, but not before it has been one for
/// a minute. Play it: you are asked each second.
///
/// Hint: who was started with -s never resigns.
class Exercise12_2 {
    // answer
    boolean isSuper(boolean told, boolean now, int secondsSo, int others) {
        if (told) return true;
        if (!now) return others == 0 && secondsSo >= 5;   //~ if (!now) return others == 0;
        return others < 8 || secondsSo < 60;   //~ return others < 8;
    }
    // start
    //| /// @param told      whether it was started with -s
    //| /// @param now       whether it is a super-node now
    //| /// @param secondsSo for how long it has been what it is now, with as many others
    //| /// @param others    super-nodes that it knows
    //| boolean isSuper(boolean told, boolean now, int secondsSo, int others) {
    //|     return now;
    //| }
    // end

    @Test void who_is_told_is_one() {
        assertThat(isSuper(true, false, 0, 0)).isTrue();
        assertThat(isSuper(true, true, 1000, 50)).isTrue();
    }

    @Test void who_finds_nobody_becomes_one() {
        assertThat(isSuper(false, false, 4, 0)).isFalse();
        assertThat(isSuper(false, false, 5, 0)).isTrue();
        assertThat(isSuper(false, false, 100, 1)).isFalse();
    }

    @Test void and_resigns_when_it_is_not_needed() {
        assertThat(isSuper(false, true, 300, 7)).isTrue();
        assertThat(isSuper(false, true, 300, 8)).isFalse();
    }

    @Test void but_not_at_once() {
        assertThat(isSuper(false, true, 10, 8)).isTrue();
    }
}
