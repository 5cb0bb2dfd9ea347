import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # Seven requests
///
/// A client that hears nothing sends its INVITE again after T1, then after gaps that double, until
/// it gives up. Say when the requests leave, in milliseconds after the first, which leaves at 0.
///
/// Hint: keep two numbers, when the next one leaves and how long the gap after it is.
///
/// Hint: nothing leaves at the moment of giving up.
class Exercise3_1 {
    // answer
    List<Integer> sent(int t1, int giveUp) {
        var sent = new ArrayList<Integer>();
        int gap = t1;   //~ int gap = 2 * t1;
        for (int at = 0; at < giveUp; at += gap, gap *= 2) {   //~ for (int at = 0; at <= giveUp; at += gap, gap *= 2) {
            sent.add(at);
        }
        return sent;
    }
    // start
    //| List<Integer> sent(int t1, int giveUp) {
    //|     return List.of(0);
    //| }
    // end

    @Test void seven_in_32_seconds() {
        assertThat(sent(500, 32_000)).containsExactly(0, 500, 1500, 3500, 7500, 15_500, 31_500);
    }

    @Test void none_at_the_very_end() {
        assertThat(sent(500, 3500)).containsExactly(0, 500, 1500);
    }

    @Test void on_a_slow_network_later() {
        assertThat(sent(1000, 64_000)).hasSize(7).startsWith(0, 1000, 3000);
    }
}
