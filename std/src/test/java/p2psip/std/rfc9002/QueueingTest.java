package p2psip.std.rfc9002;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import module java.base;
import org.junit.jupiter.api.Test;

class QueueingTest {
    private static final int SIZE = 1_200;
    private static final Duration TRIP = Duration.ofMillis(50);

    private final Queueing queue = new Queueing();
    private final NewReno reno = new NewReno(SIZE, queue);
    private Instant now = Instant.EPOCH;

    /// Round trips with so much of a queue, one after the other; each acknowledges a window.
    private void trips(int count, Duration queued) {
        for (int i = 0; i < count; i++) {
            var took = TRIP.plus(queued);
            var sent = now;
            now = now.plus(took);
            queue.sample(took, now);
            for (long left = reno.window(); left >= SIZE; left -= SIZE)
                reno.acknowledged(SIZE, sent, false);
        }
    }

    private static Duration target(double part) {
        return Duration.ofNanos((long) (part * Queueing.TARGET.toNanos()));
    }

    @Test void what_waits_is_what_round_trips_take_beyond_the_least() {
        assertThat(queue.room()).isEqualTo(1);
        trips(1, Duration.ZERO);
        assertThat(queue.room()).isEqualTo(1);
        trips(Queueing.FEW, target(0.5));
        assertThat(queue.room()).isCloseTo(0.5, within(1e-6));
        trips(Queueing.FEW, target(2));
        assertThat(queue.room()).isCloseTo(-1, within(1e-6));
        assertThat(queue.excess()).isCloseTo(12.0 / 74, within(1e-6));
    }

    @Test void jitter_is_no_queue() {
        for (int i = 0; i < 100; i++)
            trips(1, i % Queueing.FEW == 0 ? Duration.ZERO : target(3));
        assertThat(queue.room()).isEqualTo(1);
        assertThat(reno.window()).isEqualTo(NewReno.MAX_WINDOW);
    }

    @Test void it_grows_the_slower_the_less_room_there_is() {
        trips(1, Duration.ZERO);
        reno.congested(now, now);
        trips(Queueing.FEW, target(0.75));
        long window = reno.window();
        trips(10, target(0.75));
        assertThat(reno.window() - window).isBetween(2L * SIZE, 5L * SIZE / 2);
        trips(Queueing.FEW, target(1));
        window = reno.window();
        trips(10, target(1));
        assertThat(reno.window()).isEqualTo(window);
    }

    @Test void slow_start_ends_where_too_much_waits() {
        trips(5, Duration.ZERO);
        assertThat(reno.slowStart()).isTrue();
        trips(Queueing.FEW, target(1.5));
        assertThat(reno.slowStart()).isFalse();
        trips(Queueing.FEW, Duration.ZERO);
        long window = reno.window();
        trips(1, Duration.ZERO);
        assertThat(reno.window()).isBetween(window, window + SIZE);
    }

    @Test void half_of_what_is_too_much_is_taken_back_in_a_round_trip_and_never_all() {
        trips(5, Duration.ZERO);
        trips(Queueing.FEW, target(2));
        long window = reno.window();
        //= rfc9002#7-1 controller: it yields before anything is lost
        trips(1, target(2));
        assertThat((double) reno.window() / window).isCloseTo(1 - 6.0 / 74, within(0.02));
        reno.congested(now, now);
        reno.collapse();
        trips(1, target(2));
        //= rfc9002#7.2-4 value: two packets
        assertThat(reno.window()).isEqualTo(2 * SIZE);
    }

    private static final Duration FULL = Duration.ofMillis(100);

    @Test void where_others_fill_it_half_a_datagram_more_is_taken_in_each_round_trip() {
        trips(5, Duration.ZERO);
        trips(40, FULL);
        long window = reno.window();
        assertThat(window).isBetween(34L * SIZE / 2, 40L * SIZE / 2);
        trips(10, FULL);
        assertThat(reno.window() - window).isBetween(9L * SIZE / 2, 10L * SIZE / 2);
        window = reno.window();
        reno.congested(now, now);
        assertThat(reno.window()).isEqualTo(window / 2);
        now = now.plusNanos(1);
        trips(1, FULL);
        assertThat(reno.window()).isBetween(window / 2 - SIZE, window / 2 + SIZE);
        // nothing was lost, after all
        reno.restore();
        trips(1, FULL);
        assertThat(reno.window()).isBetween(window, window + SIZE);
        // the others are gone: it keeps the queue empty again
        trips(Queueing.FEW, Duration.ZERO);
        trips(2 * Queueing.FEW, FULL);
        assertThat(reno.window()).isLessThan(window / 4);
        reno.collapse();
        trips(1, FULL);
        assertThat(reno.window()).isEqualTo(2 * SIZE);
    }

    private void emptied(Duration queued) {
        for (int i = 0; i < 300 && !queue.drains(); i++) trips(1, queued);
        assertThat(queue.drains()).isTrue();
        for (int i = 0; i < 300 && queue.drains(); i++) trips(1, queued);
        assertThat(queue.drains()).isFalse();
    }

    /// Less was sent, and the queue has stayed: it is none of our making.
    @Test void what_does_not_become_empty_is_of_others_until_it_is_empty() {
        trips(5, Duration.ZERO);
        emptied(FULL);
        assertThat(queue.crowded()).isTrue();
        assertThat(queue.room()).isEqualTo(1);
        assertThat(queue.isEmpty()).isFalse();
        long before = reno.window();
        trips(20, FULL);
        trips(2 * Queueing.FEW, FULL.multipliedBy(2));
        // a share of it is taken meanwhile, whether it seems to be empty or full
        assertThat(reno.window() - before).isGreaterThan(12 * SIZE);
        emptied(FULL.multipliedBy(2));
        assertThat(queue.crowded()).isTrue();
        long window = reno.window();
        trips(1, FULL);
        assertThat(queue.crowded()).as("less waits, but there was less yet").isTrue();
        trips(1, Duration.ofMillis(2));
        assertThat(queue.crowded()).isFalse();
        trips(1, Duration.ZERO);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(reno.window()).isGreaterThan(window);
    }

    @Test void a_path_that_is_longer_is_known_after_a_period_and_told_from_a_queue_after_two() {
        trips(5, Duration.ZERO);
        var changed = now;
        emptied(FULL);
        assertThat(Duration.between(changed, now)).isBetween(
                Queueing.PERIOD, Queueing.PERIOD.plus(TRIP.plus(FULL).multipliedBy(4)));
        assertThat(queue.room()).isEqualTo(1);
        emptied(FULL);
        assertThat(queue.crowded()).isFalse();
        assertThat(queue.isEmpty()).isTrue();
        trips(100, FULL);
        assertThat(reno.window()).isGreaterThan(80 * SIZE);
    }

    @Test void after_persistent_congestion_it_is_forgotten_at_once() {
        trips(5, Duration.ZERO);
        queue.renew();
        trips(1, Duration.ofMillis(100));
        assertThat(queue.room()).isEqualTo(1);
    }

    /// A queue of our own would become part of the path.
    @Test void a_queue_that_was_never_empty_is_emptied() {
        trips(5, Duration.ZERO);
        int times = 0;
        for (int i = 0; i < 2_000; i++) {
            long window = reno.window();
            boolean before = queue.drains();
            trips(1, before ? Duration.ZERO : target(1));
            if (before || !queue.drains()) continue;
            times++;
            assertThat(reno.window()).isBetween(window / 4 - 1, window / 4 + 1);
        }
        // in 124 s
        assertThat(times).isEqualTo(12);
        assertThat(queue.room()).isCloseTo(0, within(0.01));
    }

    @Test void one_that_is_empty_now_and_then_is_not() {
        for (int i = 0; i < 2_000; i++) {
            trips(1, i % 50 == 0 ? target(0.1) : target(1));
            assertThat(queue.drains()).isFalse();
        }
    }

    /// Who says that he has waited longer than it took harms himself.
    @Test void nonsense_of_the_peer_leaves_the_least() {
        trips(5, Duration.ZERO);
        queue.sample(Duration.ofMillis(-20), now);
        queue.sample(Duration.ZERO, now);
        long window = reno.window();
        trips(50, Duration.ZERO);
        assertThat(reno.window()).isLessThan(window / 2);
        emptied(Duration.ZERO);
        assertThat(queue.room()).isEqualTo(1);
    }
}
