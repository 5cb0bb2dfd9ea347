package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.std.Bytes;
import p2psip.std.rfc3389.*;

/// Silence as it is described to ffmpeg and by it, which has a coder of comfort noise of its own.
@Tag("peer")
class ComfortNoisePeerTest {
    private static final int RATE = 8000;
    private static final double SILENT_FAN = 0.8, HISS = -0.6;
    /// What ffmpeg writes for a frame: the level, and a filter of ten coefficients.
    private static final int DESCRIBED = 11;

    @TempDir Path folder;

    @BeforeEach void ffmpeg() { Programs.assumeThere("ffmpeg"); }

    /// A second of noise, of which a sample is so much like the one before.
    private static short[] noise(double like) {
        var random = new SplittableRandom(5);
        var samples = new short[RATE];
        double value = 0;
        for (int i = 0; i < samples.length; i++) {
            value = like * value + 300 * random.nextGaussian();
            samples[i] = (short) Math.round(value);
        }
        return samples;
    }

    /// How much a sample is like the one before.
    private static double like(short[] samples) {
        double both = 0, one = 0;
        for (int i = 1; i < samples.length; i++) {
            both += samples[i] * samples[i - 1];
            one += samples[i] * samples[i];
        }
        return both / one;
    }

    private static double decibels(short[] samples) {
        double power = 0;
        for (short sample : samples) power += (double) sample * sample / samples.length;
        return 10 * Math.log10(power);
    }

    private Bytes coded(Bytes in, String... how) throws Exception {
        Files.write(folder.resolve("in"), in.toArray());
        try (var programs = new Programs(folder)) {
            var command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-y", "-v", "error"));
            command.addAll(List.of(how));
            var ffmpeg = programs.start(command.toArray(String[]::new));
            assertThat(ffmpeg.waitFor(Duration.ofSeconds(20))).isTrue();
            assertThat(ffmpeg.exitValue()).as(programs.output()).isZero();
        }
        return Bytes.wrap(Files.readAllBytes(folder.resolve("out")));
    }

    private static Bytes bytes(short[] samples) {
        var out = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        out.asShortBuffer().put(samples);
        return Bytes.wrap(out.array());
    }

    private static short[] samples(Bytes bytes) {
        var samples = new short[bytes.size() / 2];
        bytes.buffer().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    /// Of one description alone it makes a frame that begins at half of the power.
    @Test void ffmpeg_makes_noise_like_what_we_describe() throws Exception {
        for (double like : List.of(SILENT_FAN, HISS)) {
            var said = noise(like);
            var heard = samples(coded(Bytes.from(ComfortNoise.of(said, 4).encode()),
                    "-f", "u8", "-ar", "" + RATE, "-ac", "1", "-c:a", "comfortnoise", "-i", "in",
                    "-f", "s16le", "out"));
            System.out.printf("ffmpeg: %.2f for %.2f, %.1f dB for %.1f%n", like(heard),
                    like(said), decibels(heard), decibels(said));
            assertThat(like(heard)).isCloseTo(like(said), within(0.15));
            assertThat(decibels(heard) - decibels(said)).isBetween(-8.0, 1.0);
        }
    }

    @Test void we_make_noise_like_what_ffmpeg_describes() throws Exception {
        for (double like : List.of(SILENT_FAN, HISS)) {
            var said = noise(like);
            var described = coded(bytes(said), "-f", "s16le", "-ar", "" + RATE, "-ac", "1", "-i",
                    "in", "-c:a", "comfortnoise", "-f", "data", "-map", "0:a", "out");
            var generator = new NoiseGenerator(new SplittableRandom(1));
            generator.like(ComfortNoise.parse(described.slice(0, DESCRIBED).buffer())
                    .orElseThrow());
            var heard = generator.next(RATE);
            System.out.printf("ours: %.2f for %.2f, %.1f dB for %.1f%n", like(heard), like(said),
                    decibels(heard), decibels(said));
            assertThat(like(heard)).isCloseTo(like(said), within(0.15));
            assertThat(decibels(heard)).isCloseTo(decibels(said), within(3.0));
        }
    }
}
