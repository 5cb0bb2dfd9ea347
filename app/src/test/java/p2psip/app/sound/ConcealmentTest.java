package p2psip.app.sound;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcealmentTest {
    private enum With { NOTHING, THE_PAST, BOTH_SIDES }

    /// What is heard of this when five packets of a hundred are lost, by the same dice.
    private static short[] heard(short[] said, int rate, With with) {
        var dice = new SplittableRandom(7);
        var concealment = new Concealment(rate);
        int frame = rate / 50, frames = said.length / frame;
        var lost = IntStream.range(0, frames + 1).mapToObj(i ->
                i > 3 && i < frames - 1 && dice.nextDouble() < 0.05).toList();
        var heard = new short[said.length];
        for (int i = 0; i < frames; i++) {
            var next = with == With.BOTH_SIDES && !lost.get(i + 1)
                    ? Optional.of(Voice.frame(said, i + 1, frame)) : Optional.<short[]>empty();
            var played = !lost.get(i) ? concealment.heard(Voice.frame(said, i, frame))
                    : with == With.NOTHING ? new short[frame] : concealment.missing(frame, next);
            if (with == With.NOTHING && !lost.get(i)) played = Voice.frame(said, i, frame);
            System.arraycopy(played, 0, heard, i * frame, frame);
        }
        return heard;
    }

    private static double gain(short[] said, int rate, With with) {
        return Voice.snr(said, heard(said, rate, with))
                - Voice.snr(said, heard(said, rate, With.NOTHING));
    }

    @ParameterizedTest @ValueSource(ints = {8000, 16_000, 48_000})
    void a_vowel_is_6_dB_nearer_to_what_was_said_than_with_silence(int rate) {
        assertThat(gain(Voice.vowel(rate, 5), rate, With.BOTH_SIDES)).isGreaterThan(6);
    }

    @Test void a_tone_goes_on_as_if_nothing_were_missing() {
        assertThat(gain(Voice.tone(8000, 440, 5), 8000, With.BOTH_SIDES)).isGreaterThan(12);
    }

    @Test void the_past_alone_is_better_than_nothing() {
        assertThat(gain(Voice.vowel(8000, 5), 8000, With.THE_PAST)).isPositive();
        assertThat(gain(Voice.tone(8000, 440, 5), 8000, With.THE_PAST)).isGreaterThan(6);
    }

    @Test void noise_is_not_made_up() {
        var dice = new SplittableRandom(1);
        var noise = new short[8000 * 5];
        for (int i = 0; i < noise.length; i++) noise[i] = (short) dice.nextInt(-8000, 8000);
        assertThat(gain(noise, 8000, With.BOTH_SIDES)).isGreaterThan(-1);
    }

    @Test void nothing_is_left_after_60_ms() {
        var concealment = new Concealment(8000);
        var tone = Voice.tone(8000, 440, 1);
        for (int i = 0; i < 50; i++) concealment.heard(Voice.frame(tone, i, 160));
        assertThat(concealment.missing(160, Optional.empty())).contains((short) 0).isNotEqualTo(
                new short[160]);
        concealment.missing(160, Optional.empty());
        concealment.missing(160, Optional.empty());
        assertThat(concealment.missing(160, Optional.empty())).containsOnly(0);
    }

    @Test void where_nothing_was_heard_nothing_is_made_up() {
        assertThat(new Concealment(8000).missing(160, Optional.empty())).containsOnly(0);
    }

    @Test void frames_may_be_of_any_length() {
        var concealment = new Concealment(8000);
        for (int size : List.of(0, 1, 80, 1600, 3)) {
            assertThat(concealment.heard(new short[size])).hasSize(size);
            assertThat(concealment.missing(size, Optional.of(new short[size]))).hasSize(size);
            assertThat(concealment.missing(size, Optional.empty())).hasSize(size);
        }
    }

    @Test void what_is_cut_out_of_a_voice_leaves_no_edge() {
        var vowel = Voice.vowel(8000, 1);
        int steepest = 0, spliced = 0;
        for (int i = 1; i < vowel.length; i++)
            steepest = Math.max(steepest, Math.abs(vowel[i] - vowel[i - 1]));
        for (int n = 5; n < 45; n++) {
            var one = Splice.one(Voice.frame(vowel, n, 160), Voice.frame(vowel, n + 1, 160), 8000);
            assertThat(one).hasSize(160);
            assertThat(one[159]).isEqualTo(vowel[(n + 2) * 160 - 1]);
            for (int i = 1; i < 160; i++)
                spliced = Math.max(spliced, Math.abs(one[i] - one[i - 1]));
        }
        assertThat(spliced).isLessThan(2 * steepest);
    }
}
