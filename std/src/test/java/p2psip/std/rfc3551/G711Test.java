package p2psip.std.rfc3551;

import static org.assertj.core.api.Assertions.assertThat;
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
        var out = ByteBuffer.allocate(4);
        law.encode(new short[] {9, 0, 264, -264, 9}, 1, 4, out);
        var back = new short[5];
        assertThat(law.decode(out.flip(), back, 1)).isEqualTo(3);
        assertThat(back[0]).isZero();
        assertThat(back[2]).isCloseTo((short) 264, org.assertj.core.data.Offset.offset((short) 8));
        assertThat(law.decode(ByteBuffer.allocate(9), back, 3)).isEqualTo(2);
    }

    /// A peer test: sox has its own tables. It runs only where sox is installed.
    @ParameterizedTest @EnumSource void sox_agrees_about_every_code(G711 law, @TempDir Path dir)
            throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(p -> Files.isExecutable(Path.of(p, "sox"))), "sox is not installed");
        var codes = new byte[256];
        for (int code = 0; code < 256; code++) codes[code] = (byte) code;
        Files.write(dir.resolve("in.raw"), codes);
        var sox = new ProcessBuilder("sox", "-D", "-t", "raw", "-r", "8000", "-c", "1", "-e",
                law == G711.PCMU ? "u-law" : "a-law", "in.raw",
                "-t", "raw", "-e", "signed-integer", "-b", "16", "-L", "out.raw")
                .directory(dir.toFile()).inheritIO().start();
        assertThat(sox.waitFor(10, TimeUnit.SECONDS) && sox.exitValue() == 0).isTrue();
        var samples = ByteBuffer.wrap(Files.readAllBytes(dir.resolve("out.raw")))
                .order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        for (int code = 0; code < 256; code++)
            assertThat(law.decode((byte) code)).as("code %02x", code)
                    .isEqualTo(samples.get(code));
    }
}
