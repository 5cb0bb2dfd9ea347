import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # How many are missing
///
/// From the sequence numbers of what has arrived, in the order of arrival, say how many packets
/// are lost, as a report counts them. Some may have come late, and some twice. No number comes near
/// 65,535, so none begins anew.
///
/// Hint: how many should there be, from the first that came to the highest?
///
/// Hint: RFC 3550 counts a packet that comes twice as two, so the loss can be less than none.
class Exercise7_3 {
    // answer
    int lost(List<Integer> numbers) {
        int expected = Collections.max(numbers) - numbers.getFirst() + 1;   //~ int expected = numbers.getLast() - numbers.getFirst() + 1;
        return expected - numbers.size();   //~ return expected - new HashSet<>(numbers).size();
    }
    // start
    //| int lost(List<Integer> numbers) {
    //|     return 0;
    //| }
    // end

    @Test void none() {
        assertThat(lost(List.of(10, 11, 12, 13))).isZero();
    }

    @Test void those_between() {
        assertThat(lost(List.of(10, 11, 15))).isEqualTo(3);
    }

    @Test void late_is_not_lost() {
        assertThat(lost(List.of(10, 12, 13, 11))).isZero();
    }

    @Test void twice_is_less_than_none() {
        assertThat(lost(List.of(10, 11, 11, 12))).isEqualTo(-1);
    }
}
