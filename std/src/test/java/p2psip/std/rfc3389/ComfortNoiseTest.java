package p2psip.std.rfc3389;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

class ComfortNoiseTest {
    private static final RandomGenerator DICE = new SplittableRandom(1);

    private static ComfortNoise parse(String hex) {
        return ComfortNoise.parse(Bytes.hex(hex).buffer()).orElseThrow();
    }

    private static short[] noise(double loudness, int count) {
        var dice = new Random(3);
        var samples = new short[count];
        for (int i = 0; i < count; i++) samples[i] = (short) (dice.nextGaussian() * loudness);
        return samples;
    }

    private static double loudness(short[] samples) {
        return Math.sqrt(IntStream.range(0, samples.length)
                .mapToDouble(i -> samples[i] * samples[i]).average().orElse(0));
    }

    //= rfc3389#3.3-1 the first byte has the level
    //= rfc3389#2-1 spectral information is in subsequent octets
    @Test void a_payload_is_a_level_and_coefficients_if_there_are_any() {
        assertThat(parse("28")).isEqualTo(new ComfortNoise(40, List.of()));
        assertThat(parse("287f00fe")).isEqualTo(new ComfortNoise(40, List.of(127, 0, 254)));
        assertThat(new ComfortNoise(40, List.of(127, 0, 254)).encode())
                .isEqualTo(Bytes.hex("287f00fe").buffer());
        assertThat(ComfortNoise.parse(ByteBuffer.allocate(0))).isEmpty();
    }

    @Test void the_bit_without_a_use_is_not_read_and_a_reserved_number_ends_the_filter() {
        assertThat(parse("a8")).isEqualTo(parse("28"));
        assertThat(parse("2880ff80")).isEqualTo(new ComfortNoise(40, List.of(128)));
        assertThat(parse("28" + "7f".repeat(100)).coefficients())
                .hasSize(ComfortNoise.MAX_ORDER);
    }

    @Test void numbers_are_coefficients_as_the_formula_says() {
        var noise = new ComfortNoise(0, List.of(0, 127, 254));
        assertThat(noise.coefficient(0)).isEqualTo(258.0 * -127 / 32_768);
        assertThat(noise.coefficient(1)).isZero();
        assertThat(noise.coefficient(2)).isLessThan(1);
    }

    @Property(tries = 200) void payloads_come_back(@ForAll @IntRange(max = 127) int level,
            @ForAll @Size(max = 16) List<@IntRange(max = 254) Integer> coefficients) {
        var noise = new ComfortNoise(level, coefficients);
        assertThat(ComfortNoise.parse(noise.encode())).contains(noise);
    }

    @Property(tries = 200) void anything_is_noise_and_stays_within_bounds(@ForAll byte[] payload) {
        var generator = new NoiseGenerator(new SplittableRandom(1));
        ComfortNoise.parse(ByteBuffer.wrap(payload)).ifPresent(generator::like);
        assertThat(generator.next(400)).hasSize(400);
    }

    @Test void the_level_is_that_of_the_samples() {
        assertThat(ComfortNoise.of(noise(327.68, 8000), 0).level()).isEqualTo(40);
        assertThat(ComfortNoise.of(new short[160], 4)).isEqualTo(new ComfortNoise(127, List.of()));
        var square = new short[160];
        Arrays.fill(square, Short.MIN_VALUE);
        assertThat(ComfortNoise.of(square, 0).level()).isZero();
    }

    @Test void what_is_made_is_as_loud_and_of_the_colour_of_what_was_measured() {
        var dull = noise(600, 16_000);
        for (int i = 1; i < dull.length; i++) dull[i] = (short) (0.8 * dull[i - 1] + 0.3 * dull[i]);
        var said = ComfortNoise.of(dull, 4);
        var generator = new NoiseGenerator(DICE);
        generator.like(said);
        var made = generator.next(16_000);
        assertThat(loudness(made)).isCloseTo(loudness(dull), within(0.2 * loudness(dull)));
        var again = ComfortNoise.of(made, 4);
        for (int i = 0; i < 4; i++) assertThat(again.coefficient(i))
                .isCloseTo(said.coefficient(i), within(0.08));
        assertThat(said.coefficient(0)).isLessThan(-0.7);
    }

    @Test void another_level_comes_slowly() {
        var generator = new NoiseGenerator(new SplittableRandom(2));
        generator.like(new ComfortNoise(60, List.of()));
        assertThat(loudness(generator.next(8000))).isCloseTo(32.8, within(3.0));
        generator.like(new ComfortNoise(40, List.of()));
        assertThat(loudness(generator.next(160))).isLessThan(100);
        generator.next(8000);
        assertThat(loudness(generator.next(8000))).isCloseTo(328, within(30.0));
    }

    @Test void the_example_of_the_package() {
        var payload = ComfortNoise.of(noise(100, 160), 4).encode();
        assertThat(payload.remaining()).isEqualTo(5);
        var generator = new NoiseGenerator(DICE);
        ComfortNoise.parse(payload).ifPresent(generator::like);
        assertThat(generator.next(160)).hasSize(160);
    }
}
