import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # Keys and numbers
///
/// The sixteen keys have the numbers 0 to 15: the digits are themselves, then `*`, `#`, and the
/// letters A to D that telephones once had. Write `event`, the number of a key, small letters
/// included, or -1 if it is none; and `isKey`, whether it is one.
///
/// Hint: a string of all sixteen in order does most of it.
class Exercise9_3 {
    // answer
    int event(char key) {
        int place = "0123456789*#ABCD"   //~ int place = "0123456789#*ABCD"
                .indexOf(Character.toUpperCase(key));   //~ .indexOf(key);
        return place;   //~ return place < 0 ? key - '0' : place;
    }

    boolean isKey(char key) {
        return event(key) >= 0;   //~ return event(key) > 0;
    }
    // start
    //| int event(char key) {
    //|     return key - '0';
    //| }
    //|
    //| boolean isKey(char key) {
    //|     return true;
    //| }
    // end

    @Test void digits_are_themselves() {
        assertThat(event('0')).isZero();
        assertThat(event('9')).isEqualTo(9);
    }

    @Test void star_and_hash_follow() {
        assertThat(event('*')).isEqualTo(10);
        assertThat(event('#')).isEqualTo(11);
    }

    @Test void then_four_letters() {
        assertThat(event('A')).isEqualTo(12);
        assertThat(event('d')).isEqualTo(15);
    }

    @Test void all_else_is_no_key() {
        assertThat(isKey('0')).isTrue();
        assertThat(isKey('x')).isFalse();
        assertThat(isKey(')')).isFalse();
        assertThat(event('x')).isEqualTo(-1);
        assertThat(event(')')).isEqualTo(-1);
    }
}
