package p2psip.app.sipd;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;

/// Who guesses waits; who errs does not.
class LoginsTest {
    private static final InetAddress EVE = InetAddress.ofLiteral("10.0.0.66"),
            ALICE = InetAddress.ofLiteral("10.0.0.7");

    /// No program that has a list is so slow.
    private static final Duration SLOW = Logins.HASTE.plusSeconds(1);

    private final Logins logins = new Logins();
    private Instant now = Instant.EPOCH;

    private Optional<String> wrong() { return logins.wrong(EVE, "alice@example.com", now); }

    @Test void a_few_mistakes_cost_nothing() {
        for (int i = 0; i < Logins.FREE; i++) {
            assertThat(wrong()).isEmpty();
            assertThat(logins.waits(EVE, now)).isEmpty();
        }
    }

    /// The right value of each wait, and what is written down: two lines for ever so many guesses.
    @Test void then_each_doubles_the_wait_until_nothing_is_looked_at() {
        var waits = new ArrayList<Long>();
        var lines = new ArrayList<String>();
        for (int i = 0; i < Logins.GUESSER + 2; i++) {
            wrong().ifPresent(lines::add);
            waits.add(logins.waits(EVE, now).map(Duration::toSeconds).orElse(0L));
            now = now.plusSeconds(Math.max(SLOW.toSeconds(), waits.getLast()));
        }
        assertThat(waits).containsExactly(0L, 0L, 0L, 0L, 0L, 1L, 2L, 4L, 8L, 16L, 32L, 32L, 32L,
                32L, 32L, 32L, 32L, 32L, 32L, 600L, 600L, 600L);
        assertThat(lines).containsExactly("10.0.0.66 has given 6 wrong passwords, the last one for"
                + " alice@example.com: it has to wait before each of the next",
                "10.0.0.66 has given 20 wrong passwords, the last one for alice@example.com:"
                + " it has to wait 10 minutes");
    }

    /// A list of words is not gone through as far as the seventh.
    @Test void who_is_wrong_again_at_once_is_banned_when_the_free_ones_are_over() {
        for (int i = 0; i < Logins.FREE; i++) {
            assertThat(wrong()).isEmpty();
            now = now.plus(Logins.HASTE);
        }
        assertThat(logins.fresh()).isEmpty();
        assertThat(wrong()).hasValue("10.0.0.66 has given 6 wrong passwords, one right after the"
                + " other, the last one for alice@example.com: it has to wait 10 minutes");
        assertThat(logins.banned(EVE, now)).contains(Logins.BAN);
        assertThat(logins.fresh()).containsExactly(
                new Logins.Ban("10.0.0.66", 6, Logins.BAN));
        //  and if it goes on then, it is no news, but a ban again
        now = now.plus(Logins.BAN);
        assertThat(logins.banned(EVE, now)).isEmpty();
        for (int i = 6; i < Logins.GUESSER; i++) {
            assertThat(logins.bans(now)).as("slowly").isEmpty();
            wrong();
            now = now.plus(SLOW).plus(Logins.LAST_WAIT);
        }
        assertThat(logins.fresh()).hasSize(1);
    }

    /// A telephone tries by itself once or twice in a row.
    @Test void who_stops_between_only_waits() {
        for (int i = 0; i <= Logins.FREE; i++) {
            if (i == 3) now = now.plus(Logins.HASTE).plusMillis(1);
            wrong();
        }
        assertThat(logins.banned(EVE, now)).isEmpty();
        assertThat(logins.waits(EVE, now)).contains(Logins.FIRST_WAIT);
    }

    @Test void others_do_not_wait_with_it() {
        for (int i = 0; i < Logins.GUESSER; i++) wrong();
        assertThat(logins.waits(ALICE, now)).isEmpty();
    }

    @Test void mistakes_are_forgiven_an_hour_after_the_last_one() {
        for (int i = 0; i < Logins.GUESSER; i++) wrong();
        now = now.plus(Logins.FORGIVEN);
        assertThat(wrong()).isEmpty();
        assertThat(logins.waits(EVE, now)).as("an hour is not over").isPresent();
        now = now.plus(Logins.FORGIVEN).plusMillis(1);
        wrong();
        assertThat(logins.waits(EVE, now)).isEmpty();
    }

    /// A subscriber has as many addresses as he likes.
    @Test void of_ipv6_a_whole_prefix_is_banned() {
        for (int i = 0; i < Logins.GUESSER; i++)
            logins.wrong(InetAddress.ofLiteral("2001:db8::" + i), "x", now);
        assertThat(logins.banned(InetAddress.ofLiteral("2001:db8::ffff"), now)).isPresent();
        assertThat(logins.banned(InetAddress.ofLiteral("2001:db8:0:1::1"), now)).isEmpty();
        assertThat(logins.bans(now)).singleElement().extracting(Logins.Ban::source)
                .isEqualTo("2001:db8:0:0:0:0:0:0/64");
        assertThat(logins.forgive(InetAddress.ofLiteral("2001:db8::1"))).isTrue();
        assertThat(logins.bans(now)).isEmpty();
    }

    @Test void this_machine_waits_but_is_never_banned() {
        var here = InetAddress.ofLiteral("127.0.0.1");
        for (int i = 0; i < 2 * Logins.GUESSER; i++) logins.wrong(here, "x", now);
        assertThat(logins.waits(here, now)).contains(Logins.LAST_WAIT);
        assertThat(logins.banned(here, now)).isEmpty();
        assertThat(logins.bans(now)).isEmpty();
        assertThat(logins.fresh()).isEmpty();
    }

    /// So many sources take no more memory than so many, and who guesses now is remembered.
    @Test void the_source_that_was_wrong_least_lately_is_forgotten() {
        for (int i = 0; i <= Logins.FREE; i++) wrong();
        for (int i = 0; i < Logins.SOURCES - 1; i++)
            logins.wrong(address(i), "x", now);
        assertThat(logins.waits(EVE, now)).isPresent();
        logins.wrong(address(Logins.SOURCES), "x", now);
        assertThat(logins.waits(EVE, now)).isEmpty();
        assertThat(logins.size()).isEqualTo(Logins.SOURCES);
    }

    private static InetAddress address(int i) {
        return InetAddress.ofLiteral("10.1." + i / 256 + "." + i % 256);
    }

    /// Never more guesses in a time than the free ones and one for each wait.
    @Property(tries = 50) void a_day_of_guessing_is_some_hundred_guesses(
            @ForAll("pauses") Duration pause) {
        int looked = 0;
        for (var at = now; at.isBefore(now.plus(Duration.ofDays(1))); at = at.plus(pause))
            if (logins.waits(EVE, at).isEmpty()) {
                looked++;
                logins.wrong(EVE, "x", at);
            }
        assertThat(looked).isLessThan(24 * 6 + Logins.GUESSER + 1);
    }

    @Provide Arbitrary<Duration> pauses() {
        return Arbitraries.integers().between(1, 600).map(Duration::ofSeconds);
    }
}
