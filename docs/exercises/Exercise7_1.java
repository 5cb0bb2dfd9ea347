import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # Which is newer?
///
/// Sequence numbers have 16 bits: after 65535 comes 0. Say how far one is ahead of another: 1 for
/// the next, -1 for the one before, whatever the numbers are; and `next`, the number after one.
///
/// Hint: half of all numbers count as ahead, the other half as behind.
///
/// Hint: a `short` has 16 bits and a sign.
class Exercise7_1 {
    // answer
    int ahead(int number, int of) {
        return (short) (number - of);   //~ return number - of;
    }

    int next(int number) {
        return number + 1 & 0xffff;   //~ return number + 1;
    }
    // start
    //| int ahead(int number, int of) {
    //|     return number - of;
    //| }
    //|
    //| int next(int number) {
    //|     return number + 1;
    //| }
    // end

    @Test void in_the_middle_it_is_a_subtraction() {
        assertThat(ahead(8, 5)).isEqualTo(3);
        assertThat(ahead(5, 8)).isEqualTo(-3);
    }

    @Test void at_the_end_it_begins_anew() {
        assertThat(next(65_535)).isZero();
        assertThat(ahead(0, 65_535)).isEqualTo(1);
        assertThat(ahead(65_534, 1)).isEqualTo(-3);
    }
}
