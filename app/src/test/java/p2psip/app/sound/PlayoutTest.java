package p2psip.app.sound;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.std.Bytes;
import p2psip.std.g722.G722;
import p2psip.std.rfc3389.ComfortNoise;
import p2psip.std.rfc3551.*;

class PlayoutTest {
    private final Instant start = Instant.EPOCH;
    private final Playout playout = new Playout(8000, new SplittableRandom(1));
    private final List<short[]> played = new ArrayList<>();
    private int made;

    private void wake(Playout playout, Instant until) {
        while (!playout.deadline().isAfter(until)) note(playout.wake(playout.deadline()));
    }

    private void note(List<Playout.Output> outputs) {
        for (var output : outputs) if (output instanceof Playout.Output.Play(var samples, var up)) {
            played.add(samples);
            if (up) made++;
        }
    }

    private short[] heard() {
        var all = new short[played.stream().mapToInt(s -> s.length).sum()];
        int at = 0;
        for (var frame : played) {
            System.arraycopy(frame, 0, all, at, frame.length);
            at += frame.length;
        }
        return all;
    }

    /// Says it by a codec, 20 ms a packet, of which some are lost, and hears it at a rate.
    private short[] call(Codec codec, short[] said, int rate, IntPredicate lost) {
        var playout = new Playout(rate, new SplittableRandom(1));
        var encoder = codec.encoder();
        int frame = codec.samples(Duration.ofMillis(20));
        for (int i = 0; i < said.length / frame; i++) {
            var payload = Bytes.from(encoder.encode(Voice.frame(said, i, frame)));
            var at = start.plusMillis(20L * i);
            wake(playout, at.minusNanos(1));
            if (!lost.test(i)) note(playout.handle(new Playout.Input.Voice(
                    codec.ticks((long) i * frame), codec, payload), at));
        }
        wake(playout, start.plusSeconds(said.length / codec.sampleRate() + 1));
        return heard();
    }

    private static double pitch(short[] samples, int rate) {
        int crossings = 0;
        for (int i = rate / 2 + 1; i < rate; i++)
            if (samples[i - 1] < 0 != samples[i] < 0) crossings++;
        return crossings;   // half a second has as many crossings as a second has periods
    }

    @ParameterizedTest @ValueSource(strings = {"PCMU", "PCMA", "G722", "opus", "L16"})
    void a_tone_is_heard_at_its_pitch_whatever_carries_it(String name) {
        var codec = List.of(G711.PCMU, G711.PCMA, G722.G722, Opus.OPUS, new L16(16_000)).stream()
                .filter(c -> c.encoding().equals(name)).findFirst().orElseThrow();
        var heard = call(codec, Voice.tone(codec.sampleRate(), 440, 2), 8000, _ -> false);
        assertThat(pitch(heard, 8000)).isBetween(435.0, 445.0);
    }

    @ParameterizedTest @ValueSource(strings = {"PCMU", "G722", "opus"})
    void what_is_lost_is_made_up_by_whoever_knows_best(String name) {
        var codec = List.of(G711.PCMU, G722.G722, Opus.OPUS).stream()
                .filter(c -> c.encoding().equals(name)).findFirst().orElseThrow();
        var heard = call(codec, Voice.tone(codec.sampleRate(), 440, 2), codec.sampleRate(),
                i -> i % 10 == 7);
        assertThat(made).isGreaterThan(8);
        int quiet = 0, frame = codec.sampleRate() / 200;
        for (int at = codec.sampleRate() / 2; at < codec.sampleRate(); at += frame) {
            int loudest = 0;
            for (int i = at; i < at + frame; i++) loudest = Math.max(loudest, Math.abs(heard[i]));
            if (loudest < 3000) quiet++;
        }
        assertThat(quiet).isLessThan(6);
    }

    @Test void nobody_speaks_and_that_is_heard_until_somebody_does() {
        var noise = new ComfortNoise(50, List.of());
        for (int i = 0; i < 10; i++) {
            wake(playout, start.plusMillis(20 * i).minusNanos(1));
            note(playout.handle(i < 5 ? new Playout.Input.Voice(160L * i, G711.PCMU,
                    Bytes.from(G711.PCMU.encode(new short[160])))
                    : new Playout.Input.Quiet(160L * i, 8000, noise),
                    start.plusMillis(20L * i)));
            if (i == 5) break;
        }
        wake(playout, start.plusSeconds(10));
        assertThat(played.size()).isBetween(450, 510);
        double sum = 0;
        var heard = heard();
        for (int i = 40_000; i < 48_000; i++) sum += heard[i] * heard[i];
        assertThat(Math.sqrt(sum / 8000)).isBetween(90.0, 118.0);   // 103.6
        int before = played.size();
        note(playout.handle(new Playout.Input.Voice(160 * 500, G711.PCMU,
                Bytes.from(G711.PCMU.encode(Voice.frame(Voice.tone(8000, 440, 1), 0, 160)))),
                start.plusSeconds(10)));
        wake(playout, start.plusSeconds(10).plusMillis(70));
        assertThat(played.subList(before, played.size())).anyMatch(frame ->
                IntStream.range(0, frame.length).anyMatch(i -> frame[i] > 7000));
        // and with that the noise is over
        wake(playout, start.plusSeconds(20));
        int then = played.size();
        wake(playout, start.plusSeconds(30));
        assertThat(played).hasSize(then);
    }

    @Test void noise_that_nobody_renews_ends() {
        note(playout.handle(new Playout.Input.Quiet(0, 8000, new ComfortNoise(50, List.of())),
                start));
        wake(playout, start.plusSeconds(1000));
        assertThat(played.size()).isBetween(2900, 3100);
        assertThat(playout.deadline()).isEqualTo(Instant.MAX);
    }

    @Test void another_clock_begins_anew() {
        call(G711.PCMU, Voice.tone(8000, 440, 1), 8000, _ -> false);
        var encoder = Opus.OPUS.encoder();
        for (int i = 0; i < 50; i++) {
            var at = start.plusSeconds(5).plusMillis(20L * i);
            wake(playout, at.minusNanos(1));
            note(playout.handle(i < 25 ? new Playout.Input.Voice(160L * i, G711.PCMU,
                    Bytes.from(G711.PCMU.encode(new short[160])))
                    : new Playout.Input.Voice(960L * i, Opus.OPUS,
                            Bytes.from(encoder.encode(new short[960]))), at));
        }
        int before = played.size();
        wake(playout, start.plusSeconds(8));
        assertThat(played.size()).isGreaterThan(before);
    }
}
