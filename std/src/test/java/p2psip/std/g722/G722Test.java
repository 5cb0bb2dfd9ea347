package p2psip.std.g722;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class G722Test {
    private static final int RATE = 16_000;

    /// Two sines, one in each half of the spectrum.
    private static short[] speech(int length) {
        var samples = new short[length];
        for (int i = 0; i < length; i++) samples[i] = (short) Math.round(
                12_000 * Math.sin(2 * Math.PI * 1000 * i / RATE)
                        + 6_000 * Math.sin(2 * Math.PI * 5000 * i / RATE));
        return samples;
    }

    /// Noise that is loud and soft by turns, with steps to both ends.
    private static short[] noise(int length) {
        var dice = new SplittableRandom(1);
        var samples = new short[length];
        for (int i = 0; i < length; i++) {
            double loud = Math.pow(2, 15 * Math.abs(Math.sin(i / 3000.0)));
            samples[i] = i % 5000 < 50 ? Short.MAX_VALUE : i % 5000 < 100 ? Short.MIN_VALUE
                    : (short) ((dice.nextDouble() * 2 - 1) * loud);
        }
        return samples;
    }

    private static byte[] encode(short[] samples) {
        return G722.G722.encoder().encode(samples).array();
    }

    private static short[] decode(byte[] octets) {
        return G722.G722.decoder().decode(ByteBuffer.wrap(octets));
    }

    //= rfc3551#4.5.2-1,2 octets in a row; the higher sub-band has the most significant bits
    @Test void a_sine_has_the_octets_that_others_give_it() {
        assertThat(HexFormat.of().formatHex(encode(speech(64)))).isEqualTo(
                "b70dafa004a0a020a1b50f8a0d1cab27aab8108c0f1dac28acba108d511ead2a");
    }

    @Test void octets_have_the_samples_that_others_give_them() {
        assertThat(decode(encode(speech(64)))).startsWith(new short[] {
            0, -1, -1, 0, 0, -1, -1, 1, -1, -3, 1, 3, -5, -9,
            -18, -36, 34, 105, -16, -189, -83, 198, 710, 1323, 1610, 2418, 5210,
            8454, 8811, 5461, 274, -4759, -8821, -11504, -12167, -10866, -8211, -4982, -264, 4709});
    }

    //= rfc3551#4.5.2¶2 the rate of the clock is 8000 Hz, that of sampling is 16,000 Hz
    @Test void twenty_milliseconds_are_320_samples_and_160_octets_and_ticks() {
        var time = Duration.ofMillis(20);
        assertThat(G722.G722.samples(time)).isEqualTo(320);
        assertThat(G722.G722.ticks(time)).isEqualTo(160);
        assertThat(G722.G722.ticks(320)).isEqualTo(160);
        assertThat(G722.G722.time(320)).isEqualTo(time);
        assertThat(encode(speech(320))).hasSize(160);
        assertThat(decode(new byte[160])).hasSize(320);
    }

    @Test void what_is_heard_is_what_was_said_22_samples_later() {
        var said = speech(RATE);
        var heard = decode(encode(said));
        double signal = 0, noise = 0;
        for (int i = 1000; i < RATE - 22; i++) {
            signal += said[i] * said[i];
            noise += Math.pow(heard[i + 22] - said[i], 2);
        }
        assertThat(10 * Math.log10(signal / noise)).isGreaterThan(20);
    }

    @Property(tries = 50) void how_it_is_cut_into_packets_makes_no_difference(
            @ForAll @Size(max = 20) List<Byte> cuts) {
        var said = speech(4000);
        var whole = encode(said);
        var encoder = G722.G722.encoder();
        var decoder = G722.G722.decoder();
        var octets = new ByteArrayOutputStream();
        var heard = new ArrayList<Short>();
        int from = 0;
        for (int cut : cuts.stream().mapToInt(c -> 2 * (c & 0x7f)).toArray()) {
            int to = Math.min(said.length, from + cut);
            var payload = encoder.encode(Arrays.copyOfRange(said, from, to));
            octets.write(payload.array(), 0, payload.remaining());
            for (short sample : decoder.decode(payload)) heard.add(sample);
            from = to;
        }
        assertThat(octets.toByteArray()).isEqualTo(Arrays.copyOf(whole, from / 2));
        var alone = decode(whole);
        assertThat(heard).hasSize(from);
        for (int i = 0; i < from; i++) assertThat(heard.get(i)).isEqualTo(alone[i]);
    }

    @Property(tries = 100) void anything_at_all_is_sound(@ForAll byte[] octets) {
        assertThat(decode(octets)).hasSize(2 * octets.length);
    }

    @Test void the_example_of_the_package() {
        var payload = G722.G722.encoder().encode(new short[320]);
        assertThat(payload.remaining()).isEqualTo(160);
        assertThat(G722.G722.decoder().decode(payload)).hasSize(320);
    }

    /// A peer test, where ffmpeg is installed: bit for bit the same, both ways.
    @Test void ffmpeg_says_and_hears_the_same(@TempDir Path dir) throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(p -> Files.isExecutable(Path.of(p, "ffmpeg"))), "ffmpeg is not there");
        var said = noise(4 * RATE);
        var raw = ByteBuffer.allocate(2 * said.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asShortBuffer().put(said);
        Files.write(dir.resolve("said.raw"), raw.array());
        ffmpeg(dir, "-f", "s16le", "-ar", "16000", "-ac", "1", "-i", "said.raw",
                "-f", "g722", "said.g722");
        var octets = Files.readAllBytes(dir.resolve("said.g722"));
        assertThat(encode(said)).isEqualTo(octets);
        // all codes in any order, which no encoder would say
        new Random(2).nextBytes(octets);
        Files.write(dir.resolve("said.g722"), octets);
        ffmpeg(dir, "-f", "g722", "-i", "said.g722", "-f", "s16le", "heard.raw");
        var heard = new short[2 * octets.length];
        ByteBuffer.wrap(Files.readAllBytes(dir.resolve("heard.raw")))
                .order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(heard);
        assertThat(decode(octets)).isEqualTo(heard);
    }

    private static void ffmpeg(Path dir, String... words) throws Exception {
        var command = Stream.concat(Stream.of("ffmpeg", "-v", "error", "-y"), Stream.of(words));
        var ffmpeg = new ProcessBuilder(command.toList()).directory(dir.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .inheritIO().start();
        assertThat(ffmpeg.waitFor(20, TimeUnit.SECONDS) && ffmpeg.exitValue() == 0).isTrue();
    }
}
