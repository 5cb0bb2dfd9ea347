package p2psip.app.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2833.TelephoneTone;

/// What tones sound like.
class TonesTest {
    private static ByteBuffer payload(int modulation, int volume, int duration, Integer... hertz) {
        var out = ByteBuffer.allocate(4 + 2 * hertz.length);
        new TelephoneTone(modulation, false, volume, duration, List.of(hertz)).encode(out);
        return out.flip();
    }

    private static short[] sound(ByteBuffer... payloads) {
        var decoder = Tones.TONE.decoder();
        var all = ShortBuffer.allocate(20_000);
        for (var payload : payloads) all.put(decoder.decode(payload));
        return Arrays.copyOf(all.array(), all.position());
    }

    /// How much of it is a sine of that frequency (Goertzel), in dBm0.
    private static double level(short[] samples, double hertz) {
        double re = 0, im = 0;
        for (int i = 0; i < samples.length; i++) {
            double angle = 2 * Math.PI * hertz * i / 8000;
            re += samples[i] * Math.cos(angle);
            im += samples[i] * Math.sin(angle);
        }
        double amplitude = 2 * Math.hypot(re, im) / samples.length;
        return 20 * Math.log10(Math.max(1e-3, amplitude) / 32_124) + 3.17;
    }

    @Test void a_dial_tone_has_its_two_frequencies_at_half_its_power_each() {
        var sound = sound(payload(0, 13, 8000, 350, 440));
        assertThat(level(sound, 350)).isCloseTo(-16, within(0.1));
        assertThat(level(sound, 440)).isCloseTo(-16, within(0.1));
        assertThat(level(sound, 400)).isLessThan(-60);
    }

    @Test void a_modulated_tone_has_side_bands() {
        var sound = sound(payload(100, 10, 8000, 1000));
        assertThat(level(sound, 1000) - level(sound, 900)).isCloseTo(6, within(0.2));
        assertThat(level(sound, 1100)).isCloseTo(level(sound, 900), within(0.1));
    }

    //= rfc4733#4.4.2-1 a tone that goes on has no break
    @Test void packets_of_the_same_tone_are_one_tone() {
        var parts = sound(payload(0, 5, 157, 440), payload(0, 5, 163, 440),
                payload(0, 5, 480, 440));
        assertThat(parts).isEqualTo(sound(payload(0, 5, 800, 440)));
        var other = sound(payload(0, 5, 157, 440), payload(0, 5, 160, 480));
        assertThat(other[157]).isZero();
    }

    @Test void silence_is_a_frequency_of_zero() {
        assertThat(sound(payload(0, 63, 800, 0, 0))).isEqualTo(new short[800]);
    }

    //= rfc4733#4.3.3-1 a duration of zero is ignored
    @Test void what_lasts_no_time_or_is_cut_short_is_nothing() {
        assertThat(Tones.TONE.length(payload(0, 5, 0, 440))).isZero();
        assertThat(Tones.TONE.length(ByteBuffer.allocate(3))).isZero();
        assertThat(sound(ByteBuffer.allocate(3))).isEmpty();
        assertThat(Tones.TONE.length(payload(0, 5, 160, 440))).isEqualTo(160);
    }
}
