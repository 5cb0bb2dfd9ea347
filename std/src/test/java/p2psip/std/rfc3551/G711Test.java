package p2psip.std.rfc3551;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class G711Test {

    /// From the tables of ITU-T G.711, scaled to 16 bits.
    @ParameterizedTest
    @CsvSource({
            "PCMU, 00, -32124", "PCMU, 80, 32124", "PCMU, 0f, -16764", "PCMU, 8f, 16764",
            "PCMU, 10, -15996", "PCMU, ff, 0", "PCMU, 7f, 0", "PCMU, fe, 8", "PCMU, ef, 132",
            "PCMA, 2a, -32256", "PCMA, aa, 32256", "PCMA, d5, 8", "PCMA, 55, -8", "PCMA, d4, 24",
            "PCMA, c5, 264", "PCMA, f5, 528", "PCMA, 25, -16896"})
    void codes_stand_for_the_values_of_the_tables(G711 law, String code, int value) {
        assertThat(law.decode((byte) HexFormat.fromHexDigits(code))).isEqualTo((short) value);
    }

    /// The tables' decision values, scaled to 16 bits: segments of 16 steps, each twice as wide.
    private static List<Integer> decisions(G711 law) {
        var at = new ArrayList<Integer>();
        int x = law == G711.PCMU ? -4 : 0;
        int step = law == G711.PCMU ? 8 : 16;
        for (int n = 0; n < 128; n++) {
            if (n > (law == G711.PCMU ? 15 : 31) && n % 16 == 0) step *= 2;
            at.add(x);
            x += step;
        }
        at.add(x);
        return at;
    }

    //= rfc3551#4.5.14-2 the sign bit is the most significant one
    @ParameterizedTest @EnumSource void samples_are_quantized_as_in_the_tables(G711 law) {
        var at = decisions(law);
        for (int n = 0; n < 128; n++) {
            int middle = (at.get(n) + at.get(n + 1)) / 2;
            for (int sample = Math.max(0, at.get(n));
                    sample < Math.min(32768, at.get(n + 1)); sample++) {
                assertThat(law.decode(law.encode(sample))).isEqualTo((short) middle);
                if (sample > at.get(n) && sample > 0)   // on the boundary both codes are as near
                    assertThat(law.decode(law.encode(-sample))).isEqualTo((short) -middle);
            }
        }
        assertThat(law.encode(32767)).isEqualTo(law.encode(at.get(127)));
        assertThat(law.decode(law.encode(-32768)))
                .isEqualTo((short) -law.decode(law.encode(32767)));
    }

    @ParameterizedTest @EnumSource void codes_come_back(G711 law) {
        for (int code = 0; code < 256; code++) {
            boolean minusZero = law == G711.PCMU && code == 0x7f;
            assertThat(law.encode(law.decode((byte) code)) & 0xff)
                    .isEqualTo(minusZero ? 0xff : code);
        }
    }

    @Test void the_example_of_the_package() {
        assertThat(G711.PCMU.encode(1000)).isEqualTo((byte) 0xce);
        assertThat(G711.PCMU.decode((byte) 0xce)).isEqualTo((short) 988);
    }

    //= rfc3551#4.5.14-1,3 one octet a sample; always 8-bit samples
    @ParameterizedTest @EnumSource void runs_of_samples(G711 law) {
        var payload = law.encode(new short[] {0, 264, -264});
        assertThat(payload.remaining()).isEqualTo(3);
        assertThat(law.decode(payload)).hasSize(3).satisfies(back -> {
            assertThat(back[1]).isCloseTo((short) 264, within((short) 8));
            assertThat(back[2]).isCloseTo((short) -264, within((short) 8));
        });
        assertThat(law.decode(ByteBuffer.allocate(0))).isEmpty();
    }

    /// What another program makes of these bytes; sox and ffmpeg have tables of their own.
    private static byte[] other(Path dir, byte[] in, String... command) throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(p -> Files.isExecutable(Path.of(p, command[0]))),
                command[0] + " is not installed");
        Files.write(dir.resolve("in.raw"), in);
        var program = new ProcessBuilder(command).directory(dir.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(program.waitFor(20, TimeUnit.SECONDS) && program.exitValue() == 0).isTrue();
        return Files.readAllBytes(dir.resolve("out.raw"));
    }

    private static byte[] coded(String program, G711 law, Path dir, byte[] in) throws Exception {
        boolean mu = law == G711.PCMU;
        return program.equals("sox")
                ? other(dir, in, "sox", "-D", "-t", "raw", "-r", "8000", "-c", "1", "-e",
                        "signed-integer", "-b", "16", "-L", "in.raw", "-t", "raw", "-e",
                        mu ? "u-law" : "a-law", "-b", "8", "out.raw")
                : other(dir, in, "ffmpeg", "-f", "s16le", "-ar", "8000", "-ac", "1", "-i", "in.raw",
                        "-f", mu ? "mulaw" : "alaw", "out.raw");
    }

    private static byte[] decoded(String program, G711 law, Path dir, byte[] in) throws Exception {
        boolean mu = law == G711.PCMU;
        return program.equals("sox")
                ? other(dir, in, "sox", "-D", "-t", "raw", "-r", "8000", "-c", "1", "-e",
                        mu ? "u-law" : "a-law", "in.raw", "-t", "raw", "-e", "signed-integer",
                        "-b", "16", "-L", "out.raw")
                : other(dir, in, "ffmpeg", "-f", mu ? "mulaw" : "alaw", "-ar", "8000", "-ac", "1",
                        "-i", "in.raw", "-f", "s16le", "out.raw");
    }

    /// Peer tests: they run only where the program is installed.
    @ParameterizedTest
    @CsvSource({"sox, PCMU", "sox, PCMA", "ffmpeg, PCMU", "ffmpeg, PCMA"})
    void others_agree_about_every_code(String program, G711 law, @TempDir Path dir)
            throws Exception {
        var codes = new byte[256];
        for (int code = 0; code < 256; code++) codes[code] = (byte) code;
        var samples = ByteBuffer.wrap(decoded(program, law, dir, codes))
                .order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        for (int code = 0; code < 256; code++)
            assertThat(law.decode((byte) code)).as("code %02x", code)
                    .isEqualTo(samples.get(code));
    }

    /// The laws are of 14 bits and of 13, and samples have 16: each rounds what is less in a way of
    /// its own, which shows where a step ends. Measured: 383 of the 65,536 codes of sox are the
    /// neighbours of ours by the one law and 1,020 by the other, of ffmpeg 851 and 964: it takes
    /// the code whose value is nearest, which is another where steps begin to be wider.
    @ParameterizedTest
    @CsvSource({"sox, PCMU, 4", "sox, PCMA, 8", "ffmpeg, PCMU, 128", "ffmpeg, PCMA, 128"})
    void others_agree_about_every_sample_but_where_a_step_ends(String program, G711 law, int unit,
            @TempDir Path dir) throws Exception {
        var all = ByteBuffer.allocate(1 << 17).order(ByteOrder.LITTLE_ENDIAN);
        for (int sample = -32768; sample < 32768; sample++) all.putShort((short) sample);
        var codes = coded(program, law, dir, all.array());
        var ends = decisions(law);
        int others = 0;
        for (int sample = -32768; sample < 32768; sample++) {
            byte code = codes[sample + 32768];
            if (code == law.encode(sample)) continue;
            others++;
            int size = Math.abs(sample);
            assertThat(ends.stream().mapToInt(end -> Math.abs(end - size)).min().getAsInt())
                    .as("%d is %02x", sample, code).isLessThan(unit + 1);
        }
        assertThat(others).isLessThan(65_536 / 50);
    }
}
