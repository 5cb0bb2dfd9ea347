package p2psip.app.why;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

/// What who passes a stream on says of how evenly it comes.
class JitterTest {
    private static final Instant T = Instant.EPOCH;

    private static Bytes packet(int number, int timestamp) {
        return Bytes.wrap(ByteBuffer.allocate(20).put((byte) 0x80).put((byte) 0)
                .putShort((short) number).putInt(timestamp).array());
    }

    /// Each second packet is late by so much, so that each difference is that.
    private static double late(int clock, int milliseconds) {
        var tally = new Tally();
        for (int i = 0; i < 400; i++) tally.heard(packet(i, i * clock / 50),
                T.plusMillis(20L * i + (i % 2 == 0 ? 0 : milliseconds)));
        return tally.fact(OfCall.Hop.PHONE, "our phone", T).jitter().toNanos() / 1e6;
    }

    @ParameterizedTest @CsvSource({"8000", "16000", "48000", "90000"})
    void it_is_in_seconds_whatever_the_clock_of_the_sender(int clock) {
        assertThat(late(clock, 0)).isCloseTo(0, within(0.1));
        assertThat(late(clock, 6)).isCloseTo(6, within(0.3));
    }

    @Test void another_source_begins_anew() {
        var tally = new Tally();
        for (int i = 0; i < 100; i++) tally.heard(packet(i, 160 * i), T.plusMillis(20L * i));
        for (int i = 0; i < 100; i++) tally.heard(packet(20_000 + i, -7_000_000 + 960 * i),
                T.plusMillis(2000 + 20L * i));
        assertThat(tally.fact(OfCall.Hop.PHONE, "our phone", T).jitter())
                .isLessThan(Duration.ofMillis(1));
    }
}
