import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// # Jitter
///
/// Take the difference between a packet and the one before in the time they needed, longer or
/// shorter, and move the estimate, 0 at first, a sixteenth of the way towards it. Times are in
/// milliseconds, when each packet was sent and when it arrived.
///
/// Hint: the transit of a packet is its arrival less its sending. Clocks may differ: only the
/// difference between two transits counts.
///
/// Hint: from the second packet on, `jitter += (Math.abs(D) - jitter) / 16`.
class Exercise7_2 {
    record Packet(double sent, double arrived) {}

    // answer
    double jitter(List<Packet> packets) {
        double jitter = 0;
        for (int i = 1; i < packets.size(); i++) {
            double was = packets.get(i - 1).arrived() - packets.get(i - 1).sent();
            double is = packets.get(i).arrived() - packets.get(i).sent();
            jitter += (Math.abs(is - was) - jitter) / 16;   //~ jitter += (is - was - jitter) / 16;
        }
        return jitter;   //~ return jitter / packets.size();
    }
    // start
    //| double jitter(List<Packet> packets) {
    //|     return 0;
    //| }
    // end

    private static List<Packet> packets(double clock, double... late) {
        return IntStream.range(0, late.length)
                .mapToObj(i -> new Packet(20 * i, 20 * i + clock + late[i])).toList();
    }

    @Test void a_wire_that_always_needs_the_same_has_none() {
        assertThat(jitter(packets(0, 5, 5, 5, 5))).isZero();
    }

    @Test void whatever_the_clock_of_the_other_says() {
        assertThat(jitter(packets(3_600_000, 5, 5, 5))).isZero();
    }

    @Test void one_packet_that_is_late_moves_it_twice() {
        assertThat(jitter(packets(0, 0, 16))).isEqualTo(1);
        assertThat(jitter(packets(0, 0, 16, 0))).isEqualTo(1 + 15 / 16.0);
    }

    @Test void a_wire_that_wavers_comes_near_to_the_difference() {
        var late = new double[400];
        for (int i = 0; i < late.length; i += 2) late[i] = 8;
        assertThat(jitter(packets(0, late))).isBetween(7.9, 8.0);
    }
}
