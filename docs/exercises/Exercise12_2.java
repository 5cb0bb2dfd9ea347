import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # To be a super-node, or not
///
/// An ordinary node that finds no super-node for five seconds becomes one. One that became one so,
/// and was not told to be, resigns when there are eight others or more, but not before it has been
/// one for a minute. (Here chance has no part in these times.) Play it: each second you are asked
/// whether the node is to be a super-node from now on.
///
/// Hint: who was started with -s never resigns.
class Exercise12_2 {
    // answer
    boolean isSuper(boolean told, boolean now, int seconds, int others) {
        if (told) return true;
        if (!now) return others == 0   //~ if (!now) return others < 8
                && seconds >= 5;   //~ ;
        return others < 8   //~ return others < 9
                || seconds < 60;   //~ || seconds < 200;
    }
    // start
    //| /// @param told    whether it was started with -s
    //| /// @param now     whether it is a super-node now
    //| /// @param seconds of a super-node: for how long it has been one; of an ordinary node: for
    //| ///                how long it has been looking for one
    //| /// @param others  super-nodes that it knows, itself not counted
    //| boolean isSuper(boolean told, boolean now, int seconds, int others) {
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

    @Test void but_not_in_its_first_minute() {
        assertThat(isSuper(false, true, 10, 8)).isTrue();
        assertThat(isSuper(false, true, 59, 8)).isTrue();
        assertThat(isSuper(false, true, 60, 8)).isFalse();
        assertThat(isSuper(false, true, 60, 20)).isFalse();
    }
}
