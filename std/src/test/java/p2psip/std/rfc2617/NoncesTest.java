package p2psip.std.rfc2617;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2617.Nonces.Use;

class NoncesTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    private final Nonces nonces = nonces();

    private static Nonces nonces() {
        return new Nonces(Duration.ofSeconds(60), 100, new SplittableRandom(1));
    }

    /// Seed A2: the ancestor's nonces showed an address of its memory, and did not differ.
    //= rfc2617#3.2.1-6 each one uniquely generated
    @Test void nonces_differ_and_cannot_be_made_by_others() {
        var made = Stream.generate(() -> nonces.make(NOW)).limit(100).collect(Collectors.toSet());
        assertThat(made).hasSize(100).allMatch(nonce -> nonce.matches("[0-9a-f]{64}"));
        var nonce = nonces.make(NOW);
        for (int i = 0; i < nonce.length(); i++) {
            var forged = nonce.substring(0, i) + (nonce.charAt(i) == '0' ? '1' : '0')
                    + nonce.substring(i + 1);
            assertThat(nonces.use(forged, 1, "", NOW)).isEqualTo(Use.STALE);
        }
        for (var nonsense : List.of("", "0", "x".repeat(64)))
            assertThat(nonces.use(nonsense, 1, "", NOW)).isEqualTo(Use.STALE);
    }

    /// A request may be overtaken by 63 others; each count is good once whatever the order.
    @Property(tries = 100) void each_count_is_good_once(
            @ForAll @Size(max = 200) List<@IntRange(min = 1, max = 90) Integer> counts) {
        var nonces = nonces();   // as often as it is tried: the hundredth ends the first
        var nonce = nonces.make(NOW);
        var used = new TreeSet<Integer>();
        for (int nc : counts) {
            boolean recent = used.isEmpty() || nc > used.last() - 64;
            assertThat(nonces.use(nonce, nc, "", NOW))
                    .isEqualTo(recent && !used.contains(nc) ? Use.FRESH : Use.REPLAYED);
            if (recent) used.add(nc);
        }
    }

    //= rfc2617#4.5-2 a request is good once, also when it comes late
    @Test void the_sixty_fourth_that_is_overtaken_is_too_late() {
        var nonce = nonces.make(NOW);
        assertThat(nonces.use(nonce, 65, "", NOW)).isEqualTo(Use.FRESH);
        assertThat(nonces.use(nonce, 1, "", NOW)).isEqualTo(Use.REPLAYED);
        assertThat(nonces.use(nonce, 2, "", NOW)).isEqualTo(Use.FRESH);
        var other = nonces.make(NOW);
        for (int nc : new int[] {1, 65})
            assertThat(nonces.use(other, nc, "", NOW)).isEqualTo(Use.FRESH);
    }

    @Test void a_leap_of_the_count_forgets_nothing() {
        var nonce = nonces.make(NOW);
        for (long nc : new long[] {1, 0xffff_ffffL}) {
            assertThat(nonces.use(nonce, nc, "", NOW)).isEqualTo(Use.FRESH);
            assertThat(nonces.use(nonce, nc, "", NOW)).isEqualTo(Use.REPLAYED);
        }
        assertThat(nonces.use(nonce, 2, "", NOW)).isEqualTo(Use.REPLAYED);
    }

    //= rfc2617#4.3-1 usable for a limited period of time
    @Test void those_not_used_cost_nothing_and_those_used_are_forgotten_in_time() {
        for (int i = 0; i < 1000; i++) nonces.make(NOW);
        assertThat(nonces.size()).isZero();
        var nonce = nonces.make(NOW);
        nonces.use(nonce, 1, "", NOW);
        assertThat(nonces.size()).isOne();
        assertThat(nonces.use(nonce, 2, "", NOW.plusSeconds(60))).isEqualTo(Use.STALE);
        assertThat(nonces.size()).isZero();
    }

    /// At the limit the oldest goes, and must not come back: else a flood would allow replays.
    @Test void what_is_forgotten_early_is_stale_for_good() {
        var first = nonces.make(NOW);
        nonces.use(first, 1, "", NOW);
        for (int i = 1; i <= 100; i++)
            assertThat(nonces.use(nonces.make(NOW.plusMillis(i)), 1, "", NOW.plusMillis(i)))
                    .isEqualTo(Use.FRESH);
        assertThat(nonces.size()).isEqualTo(100);
        assertThat(nonces.use(first, 1, "", NOW.plusMillis(200))).isEqualTo(Use.STALE);
        assertThat(nonces.use(first, 2, "", NOW.plusMillis(200))).isEqualTo(Use.STALE);
    }
}
