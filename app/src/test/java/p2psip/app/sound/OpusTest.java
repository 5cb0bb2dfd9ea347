package p2psip.app.sound;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OpusTest {
    private static final int RATE = 48_000, FRAME = 960;

    private static List<ByteBuffer> packets(short[] said) {
        var encoder = Opus.OPUS.encoder();
        return IntStream.range(0, said.length / FRAME).mapToObj(i ->
                encoder.encode(Voice.frame(said, i, FRAME))).toList();
    }

    /// Where the second is like the first, that many samples later, and how much: 1 is the same.
    private static double likeness(short[] said, short[] heard) {
        double best = 0;
        for (int late = 0; late < 600; late += 4) {
            double both = 0, one = 1, two = 1;
            for (int i = RATE / 2; i < RATE - 600; i += 3) {
                both += said[i] * heard[i + late];
                one += said[i] * said[i];
                two += heard[i + late] * heard[i + late];
            }
            best = Math.max(best, both / Math.sqrt(one * two));
        }
        return best;
    }

    //= rfc7587#7-1 the clock rate is 48000, and there are 2 channels in rtpmap
    @Test void its_clock_has_48000_ticks_and_its_rtpmap_two_channels() {
        assertThat(Opus.OPUS.clockRate()).isEqualTo(RATE);
        assertThat(Opus.OPUS.channels()).isEqualTo(2);
        assertThat(Opus.OPUS.encoding()).isEqualTo("opus");
    }

    @Test void what_is_said_is_heard() {
        var said = Voice.vowel(RATE, 1);
        var decoder = Opus.OPUS.decoder();
        var heard = new short[said.length];
        int at = 0;
        for (var packet : packets(said)) {
            assertThat(Opus.OPUS.length(packet)).isEqualTo(FRAME);
            assertThat(packet.remaining()).isLessThan(300);
            var samples = decoder.decode(packet);
            System.arraycopy(samples, 0, heard, at, samples.length);
            at += samples.length;
        }
        assertThat(at).isEqualTo(said.length);
        assertThat(likeness(said, heard)).isGreaterThan(0.9);
    }

    @Test void packets_have_lengths_that_it_knows() {
        for (var wish : Map.of(10, 10, 20, 20, 30, 20, 50, 40, 60, 60, 200, 60).entrySet())
            assertThat(Opus.OPUS.packet(Duration.ofMillis(wish.getKey())).toMillis())
                    .isEqualTo((long) wish.getValue());
        for (int millis : List.of(10, 20, 40, 60)) {
            int samples = Opus.OPUS.samples(Duration.ofMillis(millis));
            assertThat(Opus.OPUS.length(Opus.OPUS.encoder().encode(new short[samples])))
                    .isEqualTo(samples);
        }
    }

    @Property(tries = 300) void anything_at_all_is_sound_or_nothing(
            @ForAll @Size(max = 200) byte[] nonsense) {
        var decoder = Opus.OPUS.decoder();
        var packet = ByteBuffer.wrap(nonsense);
        int length = Opus.OPUS.length(packet);
        assertThat(length).isBetween(0, 5760);
        assertThat(decoder.decode(packet).length).isLessThanOrEqualTo(5760);
        // and what is heard afterwards is sound again
        assertThat(decoder.decode(Opus.OPUS.encoder().encode(new short[FRAME]))).hasSize(FRAME);
    }
}
