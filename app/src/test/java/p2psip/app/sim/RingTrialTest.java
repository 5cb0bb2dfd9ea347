package p2psip.app.sim;

import static org.assertj.core.api.Assertions.*;

import module java.base;
import org.junit.jupiter.api.Test;

/// What a small ring does in a few virtual minutes.
class RingTrialTest {
    private static final Duration SHORT = Duration.ofSeconds(30), MINUTE = Duration.ofMinutes(1);
    private static final Optional<Duration> FEW = Optional.of(Duration.ofSeconds(84));

    private static RingFindings run(RingSetting setting) {
        return RingTrial.run(setting, _ -> { });
    }

    private static RingSetting still(int nodes, Duration length, double rate, long seed) {
        return new RingSetting(RingKind.RING, nodes, Optional.empty(), length, rate, seed,
                Latency.PLANE, RingKind.RING.growth(), 0, 0, 0, 0, Duration.ZERO);
    }

    @Test void where_nobody_dies_all_are_right() {
        var found = run(still(40, SHORT, 0.5, 1));
        assertThat(found.lookUps()).isBetween(400L, 800L);
        assertThat(found.right()).isEqualTo(100);
        assertThat(found.consistent()).isEqualTo(100);
        assertThat(found.births()).isZero();
        //  of 40 one is the root itself and 8 are its leaves; another hop for nearly all others
        assertThat(found.hops()).isBetween(1.1, 1.7);
        assertThat(found.latency(50).toMillis()).isBetween(40L, 110L);
        assertThat(found.latency(99)).isLessThan(Duration.ofMillis(400));
        //  the answer comes straight back: half of a question's time, the way there is longer
        assertThat(found.stretch()).isBetween(1.0, 2.5);
    }

    @Test void one_seed_is_one_run() {
        var setting = RingSetting.of(12, FEW, SHORT, 7);
        var once = run(setting);
        assertThat(run(setting).json()).isEqualTo(once.json());
        assertThat(once.csv()).isEqualTo(run(setting).csv());
        assertThat(run(RingSetting.of(12, FEW, SHORT, 8)).json().get("datagrams_per_node_second"))
                .isNotEqualTo(once.json().get("datagrams_per_node_second"));
    }

    @Test void it_is_right_though_nodes_live_for_a_minute_and_a_half() {
        var found = run(RingSetting.of(30, FEW, MINUTE, 4));
        //  thirty nodes of 84 s in the median: a birth each 4 s
        assertThat(found.births()).isBetween(8, 25);
        assertThat(found.right()).isGreaterThan(97);
        assertThat(found.consistent()).isGreaterThan(97);
    }

    /// What is called right is no matter of course: cut in two, each half has its own root for
    /// what lies in the other.
    @Test void two_halves_are_not_right() {
        var found = run(new RingSetting(RingKind.RING, 24, Optional.empty(), MINUTE, 0.5, 5,
                Latency.MATRIX, RingKind.RING.growth(), 0, 0, 0, 0, SHORT));
        assertThat(found.right()).isBetween(60.0, 90.0);
        assertThat(found.consistent()).isBetween(60.0, 95.0);
    }

    @Test void a_third_may_die_at_once_and_nothing_stored_is_lost() {
        var found = run(new RingSetting(RingKind.RING, 30, Optional.empty(), MINUTE, 0.1, 2,
                Latency.PLANE, RingKind.RING.growth(), 0, 40, 0.3, 0, Duration.ZERO));
        assertThat(found.stored()).isEqualTo(40);
        assertThat(found.lost()).isZero();
        assertThat(found.young()).isBetween(25, 40);
        assertThat(found.youngLost()).isZero();
        assertThat(found.reads()).isGreaterThan(250);
        assertThat(found.unread()).isZero();
        assertThat(found.reading(50)).isLessThan(Duration.ofMillis(400));
        assertThat(found.reading(99)).isLessThan(Duration.ofSeconds(4));
        assertThat(found.csv().lines().toList().get(1)).startsWith("0,21,");
    }

    @Test void loss_and_slow_nodes_cost_time_but_not_truth() {
        var well = run(still(20, SHORT, 0.5, 4));
        var badly = run(new RingSetting(RingKind.RING, 20, Optional.empty(), SHORT, 0.5, 4,
                Latency.PLANE, RingKind.RING.growth(), 0.05, 0, 0, 0.1, Duration.ZERO));
        assertThat(badly.right()).isGreaterThan(99);
        assertThat(badly.latency(99)).isGreaterThan(well.latency(99).plusMillis(200));
    }

    /// Of perfect tables it would be 4.2 by fingers alone; the list of successors saves one of it.
    @Test void chord_finds_what_follows() {
        var found = run(RingSetting.of(100, Optional.empty(), MINUTE, 1).kind(RingKind.CHORD));
        assertThat(found.right()).isEqualTo(100);
        assertThat(found.hops()).isBetween(2.8, 3.6);
    }

    /// Of four measurements: 3.18 times their deviation by the root of their number.
    @Test void an_interval_is_as_wide_as_the_seeds_differ() {
        assertThat(Paper.point(7, 1, 2, 3, 4)).isEqualTo(
                new Plot.Point(7, 2.5, 3.18 * Math.sqrt(5 / 3.0) / 2));
        assertThat(Paper.point(7, 3)).isEqualTo(new Plot.Point(7, 3, 0));
    }

    /// By hand: what one of nine says that have had nothing to do for a minute or a little more.
    @Test void bytes_are_counted_as_they_would_go() {
        var found = run(still(9, SHORT, 0, 1));
        //  each quarter of an eighth of that a leaf is pinged: the head of 10, the hash of 8, and
        //  the 71 of a datagram; and answers
        double beat = 10 + 8 + 10 + 2 * 71;
        //  each of eight is compared with once in 90 s: two points and a sum, and the answer
        double compare = 8 * (63 + 10 + 2 * 71) / 90.0;
        //  a row, a question whether one lives, and a search, once in as long as it has been quiet
        double tuning = (13 + 11 + 2 * 27 + 28 + 67 + 10 + 254 + 73 + 7 * 71) / 60.0;
        //  at most each of eight is asked whether it lives after 16 s, and answers
        double life = 8 * 2 * RingTransport.QUESTION / 16.0;
        assertThat(found.bytes()).isBetween(beat / 14, beat / 5.6 + compare + tuning + life);
    }
}
