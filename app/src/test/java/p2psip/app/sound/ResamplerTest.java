package p2psip.app.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
    @ParameterizedTest @CsvSource({"8000, 48000", "48000, 8000", "16000, 8000", "8000, 16000",
            "16000, 48000", "44100, 48000", "44100, 8000"})
    void a_tone_is_the_same_tone(int from, int to) {
        var converted = Resampler.convert(Voice.tone(from, 1000, 1), from, to);
        var same = Voice.tone(to, 1000, 1);
        int edge = to / 50;
        assertThat(converted).hasSize(to);
        assertThat(Voice.snr(Arrays.copyOfRange(same, edge, to - edge),
                Arrays.copyOfRange(converted, edge, to - edge))).isGreaterThan(35);
    }

    @Test void what_the_lower_rate_cannot_carry_is_left_out() {
        var high = Voice.tone(48_000, 6000, 1);
        var heard = Resampler.convert(high, 48_000, 8000);
        double loud = 0;
        for (int i = 200; i < 7800; i++) loud = Math.max(loud, Math.abs(heard[i]));
        assertThat(loud).isLessThan(80);
    }

    @ParameterizedTest @CsvSource({"8000, 48000", "48000, 8000", "44100, 8000"})
    void frame_by_frame_it_is_the_same_as_at_once(int from, int to) {
        var tone = Voice.tone(from, 700, 1);
        var whole = new Resampler(from, to).take(tone);
        var resampler = new Resampler(from, to);
        var parts = new ArrayList<Short>();
        var dice = new SplittableRandom(1);
        for (int at = 0; at < tone.length; ) {
            int end = Math.min(tone.length, at + dice.nextInt(0, 500));
            for (short sample : resampler.take(Arrays.copyOfRange(tone, at, end)))
                parts.add(sample);
            at = end;
        }
        assertThat(parts).hasSize(whole.length).hasSize(to);
        for (int i = 0; i < whole.length; i++) assertThat(parts.get(i)).isEqualTo(whole[i]);
    }

    @Test void the_same_rate_is_left_alone() {
        var tone = Voice.tone(8000, 700, 1);
        assertThat(Resampler.convert(tone, 8000, 8000)).isSameAs(tone);
        assertThat(new Resampler(8000, 8000).take(tone)).isSameAs(tone);
    }

    @Test void rates_that_do_not_fit_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Resampler(8000, 47_999));
    }
}
