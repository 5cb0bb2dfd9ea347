package p2psip.std.rfc3550;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class NumbersTest {

    //= rfc3550#5.1-9 it increments by one, and wraps
    @Test void sequence_numbers_wrap_around() {
        var last = new SequenceNumber(65535);
        assertThat(last.next()).isEqualTo(new SequenceNumber(0));
        assertThat(last.next().isAfter(last)).isTrue();
        assertThat(last.isAfter(last.next())).isFalse();
        assertThat(last.isAfter(last)).isFalse();
    }

    @Property(tries = 200) void the_distance_is_the_shorter_way_round(
            @ForAll @IntRange(max = 65535) int from,
            @ForAll @IntRange(min = -32767, max = 32767) int steps) {
        var number = new SequenceNumber(from);
        assertThat(number.plus(steps).minus(number)).isEqualTo(steps);
        assertThat(number.plus(steps).isAfter(number)).isEqualTo(steps > 0);
    }

    @Test void ntp_time_of_the_epochs() {
        assertThat(NtpTimestamp.of(Instant.EPOCH).bits()).isEqualTo(2_208_988_800L << 32);
        assertThat(NtpTimestamp.of(Instant.ofEpochSecond(-2_208_988_800L)))
                .isEqualTo(NtpTimestamp.NONE);
        assertThat(NtpTimestamp.of(Instant.ofEpochSecond(0, 500_000_000)).middle())
                .isEqualTo((2_208_988_800L & 0xffff) << 16 | 0x8000);
    }

    @Property(tries = 200) void ntp_time_comes_back_even_after_2036(
            @ForAll @LongRange(min = 0, max = 8_000_000_000L) long second,
            @ForAll @IntRange(max = 999_999_999) int nano,
            @ForAll @IntRange(min = -1000, max = 1000) int skew) {
        var time = Instant.ofEpochSecond(second, nano);
        assertThat(Duration.between(NtpTimestamp.of(time).near(time.plusSeconds(skew)), time).abs())
                .isLessThan(Duration.ofNanos(2));
    }

    /// The example of RFC 3550 Figure 2: 6.125 s there and back.
    //= rfc3550#6.4.1¶25 arrival less the report's own two times
    @Test void round_trip_of_the_figure() {
        var block = new ReportBlock(1, 0, 0, 0, 0, 0xb705_2000L, 0x0005_4000L);
        assertThat(block.roundTrip(new NtpTimestamp(0xb44d_b710_8000_0000L)))
                .contains(Duration.ofMillis(6125));
        var none = new ReportBlock(1, 0, 0, 0, 0, 0, 0);
        assertThat(none.roundTrip(NtpTimestamp.of(Instant.EPOCH))).isEmpty();
    }

    @Test void delays_have_limits() {
        assertThat(NtpTimestamp.units(Duration.ofMillis(5250))).isEqualTo(0x5_4000);
        assertThat(NtpTimestamp.units(Duration.ofDays(10))).isEqualTo(0xffff_ffffL);
        assertThat(NtpTimestamp.units(Duration.ofSeconds(-1))).isZero();
    }
}
