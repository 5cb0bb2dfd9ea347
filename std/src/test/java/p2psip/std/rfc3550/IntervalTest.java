package p2psip.std.rfc3550;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {

    /// With 160 kbit/s RTCP has 1000 octets a second, and packets here have 125.
    //= rfc3550#6.2-9 a twentieth of the bandwidth
    //= rfc3550#6.2-10 a quarter of that for senders
    //= rfc3550#6.2-21 five seconds at least
    @ParameterizedTest
    @CsvSource({
            // members, senders, weSent, initial, seconds
            "1, 0, false, true, 2.5", "1, 0, false, false, 5", "2, 2, true, false, 5",
            "80, 60, true, false, 10", "80, 60, false, false, 10",     // many senders: all alike
            "100, 10, true, false, 5", "400, 20, true, false, 10",      // 20 share 250 octets/s
            "400, 100, true, false, 50", "400, 100, false, false, 50",  // a quarter exactly
            "1000, 10, false, false, 165", "24, 0, false, true, 4"})
    void the_deterministic_interval(
            int members, int senders, boolean weSent, boolean initial, double seconds) {
        //= rfc3550#6.2-11,12 all participants use the same values, for these constants are fixed
        assertThat(Interval.of(160_000).deterministic(members, senders, weSent, 125, initial))
                .isEqualTo(Duration.ofMillis((long) (seconds * 1000)));
    }

    /// Seed R3: the ancestor took the smaller where the larger of two is meant: RTCP each 40 ms.
    //= rfc3550#6.3.1¶5 between 0.5 and 1.5 times, and divided
    @Test void chance_keeps_within_its_limits() {
        var random = new SplittableRandom(20);
        var times = DoubleStream.generate(() -> Interval.of(160_000).random(
                2, 2, true, 125, false, random).toNanos() / 1e9).limit(100_000).summaryStatistics();
        assertThat(times.getMin()).isBetween(2.5 / 1.2183, 2.07);
        assertThat(times.getMax()).isBetween(6.14, 7.5 / 1.2182);
        assertThat(times.getAverage()).isBetween(4.09, 4.12);
    }
}
