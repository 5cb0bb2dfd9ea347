package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.sound.Concealment;

/// What espeak-ng says, with five packets of a hundred lost.
@Tag("peer")
class SpeechLossTest {
    private static final String TEXT = "The quick brown fox jumps over the lazy dog. We were away"
            + " a year ago when the weather was mild, and nobody knew how long the line would"
            + " remain quiet. Please call me back tomorrow morning at nine.";

    @TempDir Path folder;

    private short[] said(String voice, int rate) throws Exception {
        try (var programs = new Programs(folder)) {
            for (var command : List.of(List.of("espeak-ng", "-v", voice, "-w", "in.wav", TEXT),
                    List.of("sox", "in.wav", "-r", "" + rate, "-c", "1", "-b", "16", "-t", "raw",
                            "said"))) {
                var process = programs.start(command.toArray(String[]::new));
                assertThat(process.waitFor(Duration.ofSeconds(20))).isTrue();
                assertThat(process.exitValue()).as(programs.output()).isZero();
            }
        }
        var bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("said")));
        var samples = new short[bytes.remaining() / 2];
        bytes.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    /// How much nearer to what was said it is than with silence, in dB.
    private static double gain(short[] said, int rate, long seed) {
        var dice = new SplittableRandom(seed);
        int size = rate / 50, frames = said.length / size;
        var lost = IntStream.range(0, frames).mapToObj(i ->
                i > 3 && i < frames - 1 && dice.nextDouble() < 0.05).toList();
        var concealment = new Concealment(rate);
        double silent = 0, wrong = 0;
        for (int i = 0; i < frames; i++) {
            var frame = Arrays.copyOfRange(said, i * size, (i + 1) * size);
            var next = i + 1 < frames && !lost.get(i + 1) ? Optional.of(Arrays.copyOfRange(
                    said, (i + 1) * size, (i + 2) * size)) : Optional.<short[]>empty();
            var played = lost.get(i) ? concealment.missing(size, next) : concealment.heard(frame);
            for (int n = 0; n < size; n++) {
                wrong += Math.pow(frame[n] - played[n], 2);
                if (lost.get(i)) silent += (double) frame[n] * frame[n];
            }
        }
        return 10 * Math.log10(silent / wrong);
    }

    @ParameterizedTest @ValueSource(ints = {8000, 16_000})
    void what_is_made_up_is_6_dB_better_than_silence(int rate) throws Exception {
        Programs.assumeThere("espeak-ng");
        Programs.assumeThere("sox");
        var gains = new ArrayList<Double>();
        for (var voice : List.of("en", "en+f3")) {
            var said = said(voice, rate);
            for (long seed = 7; seed < 10; seed++) gains.add(gain(said, rate, seed));
        }
        System.out.println("espeak-ng at " + rate + " Hz: dB better than silence " + gains);
        assertThat(gains.stream().mapToDouble(gain -> gain).average().orElseThrow())
                .isGreaterThan(6);
    }
}
