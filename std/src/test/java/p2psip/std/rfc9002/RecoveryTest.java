package p2psip.std.rfc9002;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc9000.Ranges.Range;
import p2psip.std.rfc9002.Recovery.*;

class RecoveryTest {
    private static final int SIZE = 1_200;
    private static final Duration TRIP = Duration.ofMillis(100), DELAY = Duration.ofMillis(25);

    private final Recovery<Long> recovery = new Recovery<>(SIZE, DELAY);
    private Instant now = Instant.EPOCH;
    private long next;

    private void send(int packets) {
        for (int i = 0; i < packets; i++)
            assertThat(recovery.handle(new Input.Sent<>(next, SIZE, next++), now)).isEmpty();
    }

    private List<String> acknowledge(long first, long last) {
        return said(recovery.handle(new Input.Acknowledged<>(
                List.of(new Range(first, last)), Duration.ZERO), now));
    }

    private static List<String> said(List<Output<Long>> outputs) {
        return outputs.stream().map(output -> switch (output) {
            case Output.Delivered<Long>(var number) -> "+" + number;
            case Output.Lost<Long>(var number) -> "-" + number;
            case Output.Probe<Long> _ -> "?";
        }).toList();
    }

    private List<String> wait(Duration span) {
        now = now.plus(span);
        return said(recovery.wake(now));
    }

    private List<String> sleep() {
        now = recovery.deadline();
        return said(recovery.wake(now));
    }

    /// A first packet is sent and acknowledged after a round trip.
    private void meet() {
        send(1);
        now = now.plus(TRIP);
        acknowledge(0, 0);
    }

    @Test void a_packet_is_acknowledged_and_measured() {
        send(1);
        now = now.plus(TRIP);
        assertThat(acknowledge(0, 0)).containsExactly("+0");
        //= rfc9002#5.2-1 the first is the least
        assertThat(recovery.trips().least()).isEqualTo(TRIP);
        assertThat(recovery.trips().smoothed()).isEqualTo(TRIP);
        assertThat(recovery.bytes()).isZero();
        assertThat(recovery.deadline()).isEqualTo(Instant.MAX);
    }

    @Test void only_the_newest_packet_is_measured_and_once() {
        meet();
        send(2);
        now = now.plus(TRIP);
        acknowledge(2, 2);
        now = now.plusSeconds(5);
        //= rfc9002#5.1-1 RTT, newly: the newest of it is not new
        //= rfc9002#5.1-2 RTT sample: nor is anything at the second time
        said(recovery.handle(new Input.Acknowledged<>(
                List.of(new Range(1, 2)), Duration.ZERO), now));
        acknowledge(1, 2);
        assertThat(recovery.trips().smoothed()).isEqualTo(TRIP);
    }

    @Test void what_the_peer_says_of_its_delay_is_believed_as_far_as_it_may_be() {
        var trips = new RoundTrips(DELAY);
        trips.sample(TRIP, Duration.ZERO, now);
        trips.sample(TRIP.plusMillis(80), Duration.ofMillis(80), now);
        //= rfc9002#5.3-5 acknowledgment delay: 25 of 80 ms
        assertThat(trips.smoothed()).isEqualTo(TRIP.plusNanos(55_000_000 / 8));
        var others = new RoundTrips(DELAY);
        others.sample(TRIP, Duration.ZERO, now);
        others.sample(TRIP.plusMillis(8), Duration.ofMillis(9), now);
        //= rfc9002#5.3-6 RTT sample: the rest would be less than the least
        assertThat(others.smoothed()).isEqualTo(TRIP.plusMillis(1));
        var exact = new RoundTrips(DELAY);
        exact.sample(TRIP, Duration.ZERO, now);
        exact.sample(TRIP.plusMillis(8), Duration.ofMillis(8), now);
        // the rest is exactly the least
        assertThat(exact.smoothed()).isEqualTo(TRIP);
    }

    //= rfc9002#6.1.2-6 an adaptive time threshold: up to twice the round trip
    @Test void what_was_late_is_waited_for_up_to_another_round_trip() {
        var trips = new RoundTrips(DELAY);
        trips.sample(TRIP, Duration.ZERO, now);
        assertThat(trips.lossDelay()).isEqualTo(TRIP.multipliedBy(9).dividedBy(8));
        for (int i = 0; i < 20; i++) trips.late();
        assertThat(trips.lossDelay()).isEqualTo(TRIP.multipliedBy(2));
    }

    //= rfc9002#7-3 a packet that would be larger than the window, with what is in flight, waits
    @Test void the_window_is_filled_and_no_more() {
        assertThat(recovery.fits(10 * SIZE)).isTrue();
        assertThat(recovery.fits(10 * SIZE + 1)).isFalse();
        send(9);
        assertThat(recovery.fits(SIZE)).isTrue();
        assertThat(recovery.fits(SIZE + 1)).isFalse();
    }

    /// However small they are.
    @Test void no_more_packets_are_in_flight_than_are_remembered() {
        for (long i = 0; i < Recovery.MAX_PACKETS; i++) {
            assertThat(recovery.fits(1)).isTrue();
            recovery.handle(new Input.Sent<>(i, 1, i), now);
        }
        assertThat(recovery.fits(1)).isFalse();
    }

    @Test void three_later_ones_mean_that_it_is_lost() {
        meet();
        send(4);
        now = now.plus(TRIP);
        //= rfc9002#6.1.1-1,2 packet threshold: two do not
        assertThat(acknowledge(2, 3)).containsExactly("+2", "+3");
        assertThat(acknowledge(4, 4)).containsExactly("+4", "-1");
    }

    @Test void time_tells_too() {
        meet();
        send(1);
        now = now.plusMillis(10);
        send(1);
        now = now.plus(TRIP);
        assertThat(acknowledge(2, 2)).containsExactly("+2");
        //= rfc9002#6.1.2-3 a timer for the rest
        //= rfc9002#6.1.2-4 time threshold: of nine eighths
        assertThat(recovery.deadline()).isEqualTo(now.plusNanos(2_500_000));
        //= rfc9002#6.1.2-1 lost
        assertThat(sleep()).containsExactly("-1");
    }

    @Test void the_timers_are_no_shorter_than_a_tick() {
        var trips = new RoundTrips(Duration.ZERO);
        trips.sample(Duration.ofNanos(10), Duration.ZERO, now);
        //= rfc9002#6.1.2-2,5 timer granularity: a millisecond
        assertThat(trips.lossDelay()).isEqualTo(Duration.ofMillis(1));
        //= rfc9002#6.2.1-1 PTO period: and it is in the probe's, too
        assertThat(trips.probeTimeout()).isGreaterThanOrEqualTo(Duration.ofMillis(1));
    }

    @Test void silence_is_asked_after_longer_each_time() {
        send(1);
        //= rfc9002#6.2.2-2 initial RTT: a third of a second is thought of a new path
        assertThat(recovery.deadline()).isEqualTo(now.plusMillis(333 + 4 * 333 / 2 + 25));
        var begin = now;
        //= rfc9002#6.2-1 nothing is lost by that
        assertThat(sleep()).containsExactly("?");
        var first = Duration.between(begin, now);
        //= rfc9002#6.2.1-5 twice as long
        assertThat(recovery.deadline()).isEqualTo(now.plus(first.multipliedBy(2)));
        send(1);
        //= rfc9002#6.2.1-4 PTO timer: begun anew by the probe
        //= rfc9002#6.2.4-1,3 PTO probe: which asks for an answer, too
        assertThat(sleep()).containsExactly("?");
        assertThat(recovery.unanswered()).isEqualTo(2);
        acknowledge(1, 1);
        assertThat(recovery.unanswered()).isZero();
    }

    @Test void no_probe_while_something_is_about_to_be_lost() {
        meet();
        send(2);
        now = now.plus(TRIP);
        acknowledge(2, 2);
        //= rfc9002#6.2.1-6 one timer
        assertThat(recovery.deadline()).isEqualTo(now.plusNanos(12_500_000));
    }

    @Test void the_window_begins_with_ten_packets_and_grows_by_half() {
        //= rfc9002#7.2-1 ten
        assertThat(recovery.window()).isEqualTo(10 * SIZE);
        assertThat(NewReno.initial(9_000)).isEqualTo(18_000);
        send(10);
        //= rfc9002#7-3 congestion window: and no more
        assertThat(recovery.fits(1)).isFalse();
        now = now.plus(TRIP);
        acknowledge(0, 9);
        assertThat(recovery.window()).isEqualTo(15 * SIZE);
    }

    @Test void a_loss_halves_it_once_in_a_round_trip() {
        meet();
        send(12);
        now = now.plus(TRIP);
        long window = recovery.window();
        acknowledge(9, 12);
        //= rfc9002#7.3.1-1 slow start is over
        //= rfc9002#7.3.2-1,2,3 congestion window: half of it, at once
        //= rfc9000#13.3-7 congestion, losses: less is sent
        assertThat(recovery.window()).isEqualTo((window + 2 * SIZE) / 2);
        long halved = recovery.window();
        acknowledge(7, 8);
        assertThat(recovery.window()).isEqualTo(halved);
        recovery.handle(new Input.Congested<>(), now);
        assertThat(recovery.window()).isEqualTo(halved);
        now = now.plus(TRIP).plusMillis(1);
        recovery.handle(new Input.Congested<>(), now);
        assertThat(recovery.window()).isEqualTo(halved / 2);
    }

    @Test void then_it_grows_by_one_packet_for_each_window() {
        meet();
        recovery.handle(new Input.Congested<>(), now.plusSeconds(1));
        now = now.plusSeconds(2);
        long window = recovery.window();
        int packets = (int) Math.ceilDiv(window, SIZE);
        send(packets);
        now = now.plus(TRIP);
        //= rfc9002#7.3.3-1 maximum datagram: one packet
        acknowledge(1, packets);
        assertThat(recovery.window()).isBetween(
                window + SIZE * 9 / 10, window + SIZE * 11 / 10);
    }

    @Test void who_does_not_use_the_window_gets_no_larger_one() {
        send(2);
        //= rfc9002#7.8-1 congestion window: nothing more to send
        recovery.idle(true);
        now = now.plus(TRIP);
        acknowledge(0, 1);
        assertThat(recovery.window()).isEqualTo(10 * SIZE);
        send(2);
        //= rfc9002#7.8-2 pacing: it waits for the pace
        recovery.idle(false);
        acknowledge(2, 3);
        assertThat(recovery.window()).isEqualTo(11 * SIZE);
    }

    @Test void when_nothing_comes_through_for_long_it_begins_again() {
        meet();
        send(1);
        now = now.plusMillis(800);
        send(4);
        now = now.plus(TRIP);
        //= rfc9002#7.6.1-1 the recommended value: three probe timeouts are 825 ms
        assertThat(acknowledge(5, 5)).containsExactly("+5", "-1", "-2");
        assertThat(recovery.window()).isGreaterThan(2 * SIZE);
        acknowledge(3, 4);
        send(1);
        now = now.plusSeconds(2);
        send(4);
        now = now.plus(TRIP);
        assertThat(acknowledge(10, 10)).containsExactly("+10", "-6", "-7");
        //= rfc9002#7.2-4 value: two packets
        //= rfc9002#7.6.2-5 congestion window: the least
        assertThat(recovery.window()).isEqualTo(2 * SIZE);
        send(1);
        now = now.plus(TRIP.multipliedBy(3));
        acknowledge(11, 11);
        //= rfc9002#5.2-2 the newest round trip is the least
        assertThat(recovery.trips().least()).isEqualTo(TRIP.multipliedBy(3));
        for (int i = 0; i < 2 * Queueing.FEW; i++) {
            now = now.plusMillis(1);
            send(1);
            now = now.plus(TRIP.multipliedBy(3));
            acknowledge(next - 1, next - 1);
        }
        // two thirds of it would be a queue, if the path were what it was before
        assertThat(recovery.window()).isBetween(5L * SIZE, 6L * SIZE);
    }

    @Test void before_a_round_trip_is_known_nothing_is_persistent() {
        send(1);
        now = now.plusSeconds(20);
        send(4);
        now = now.plus(TRIP);
        //= rfc9002#7.6.2-2 the losses are older than the first sample
        assertThat(acknowledge(4, 4)).containsExactly("+4", "-0", "-1");
        assertThat(recovery.window()).isGreaterThan(2 * SIZE);
    }

    @Test void packets_are_spread_over_the_round_trip() {
        meet();
        for (int i = 0; i < 10; i++) {
            assertThat(recovery.paced(SIZE, now)).isEqualTo(now);
            send(1);
        }
        //= rfc9002#7.7-3 after a burst of the initial window
        //= rfc9002#7.7-1 pace: at a quarter more than the window in a round trip
        long wait = Duration.between(now, recovery.paced(SIZE, now)).toNanos();
        assertThat((double) wait).isCloseTo(TRIP.toNanos() / 1.25 * SIZE / recovery.window(),
                org.assertj.core.api.Assertions.within(1_000.0));
        recovery.limit(1_200);
        assertThat(recovery.paced(SIZE, now)).isEqualTo(now.plusSeconds(1));
    }

    @Test void later_a_burst_is_a_few_packets() {
        meet();
        for (int i = 0; i < 20; i++) {
            now = recovery.paced(SIZE, now);
            send(1);
        }
        now = now.plusSeconds(5);
        int burst = 0;
        for (; !recovery.paced(SIZE, now).isAfter(now); burst++) send(1);
        assertThat(burst).isEqualTo(4);
    }

    @Test void what_was_never_sent_is_not_believed() {
        send(2);
        //= rfc9000#13.1-2 acknowledgment: there is no 7
        assertThat(acknowledge(0, 7)).isEmpty();
        assertThat(recovery.bytes()).isEqualTo(2 * SIZE);
    }

    /// Packets overtake each other there: it is seen, and waited for.
    @Test void what_was_late_and_not_lost_costs_nothing_and_is_waited_for() {
        meet();
        send(6);
        now = now.plus(TRIP);
        long window = recovery.window();
        assertThat(acknowledge(5, 6)).contains("-1", "-2", "-3");
        assertThat(recovery.window()).isLessThan(window);
        acknowledge(1, 2);
        assertThat(recovery.window()).isLessThan(window);
        acknowledge(3, 3);
        assertThat(recovery.window()).isGreaterThanOrEqualTo(window);
        send(7);
        now = now.plus(TRIP.plusMillis(10));
        assertThat(acknowledge(13, 13)).containsExactly("+13", "-4", "-7");
        //= rfc9002#6.1.2-6 adaptive: it was late twice, by each an eighth more
        assertThat(recovery.deadline()).isEqualTo(now.plusNanos(41_250_000));
    }

    @Test void what_a_relay_said_was_meant_though_packets_were_late() {
        meet();
        send(6);
        now = now.plus(TRIP);
        acknowledge(5, 6);
        now = now.plus(TRIP).plusMillis(1);
        recovery.handle(new Input.Congested<>(), now.plus(TRIP));
        long window = recovery.window();
        acknowledge(1, 4);
        assertThat(recovery.window()).isEqualTo(window);
    }

    /// Each packet ends once: it got there, or it was lost.
    @Property(tries = 100) void every_packet_ends_once(
            @ForAll long seed, @ForAll @IntRange(max = 50) int loss) {
        new RecoveryTest().everyPacketEnds(seed, loss);
    }

    private void everyPacketEnds(long seed, int loss) {
        var dice = new SplittableRandom(seed);
        var ended = new TreeMap<String, Integer>();
        var all = new ArrayList<String>();
        for (int i = 0; i < 300; i++) {
            if (recovery.fits(SIZE)) send(1);
            if (dice.nextInt(3) == 0 && next > 0) {
                long last = next - 1 - dice.nextLong(Math.min(next, 5));
                if (dice.nextInt(100) >= loss)
                    all.addAll(acknowledge(Math.max(0, last - dice.nextInt(4)), last));
            }
            all.addAll(wait(Duration.ofMillis(dice.nextInt(60))));
        }
        now = now.plusSeconds(60);
        send(4);
        all.addAll(acknowledge(next - 3, next - 1));
        all.addAll(wait(Duration.ofSeconds(10)));
        for (var end : all) if (!end.equals("?")) ended.merge(end.substring(1), 1, Integer::sum);
        assertThat(ended.values()).containsOnly(1);
        assertThat(ended).hasSize((int) next);
        assertThat(recovery.bytes()).isZero();
    }

    @Test void a_lost_probe_of_the_size_is_no_sign_of_congestion() {
        meet();
        long before = recovery.window();
        recovery.handle(new Input.Sent<>(next, 4_000, true, next++), now);
        send(4);
        assertThat(acknowledge(2, 4)).contains("-1").doesNotContain("-5");
        //= rfc9000#14.4-1 loss of a PMTU probe: the window is not smaller
        assertThat(recovery.window()).isGreaterThanOrEqualTo(before);
        assertThat(recovery.bytes()).isEqualTo(SIZE);
        send(4);
        acknowledge(7, 9);
        assertThat(recovery.window()).isLessThan(before);
    }

    /// A round trip of a millisecond is known, and nothing else.
    private void meetNear() {
        send(1);
        now = now.plusMillis(1);
        recovery.idle(true);
        acknowledge(0, 0);
    }

    @Test void the_initial_window_is_that_of_the_new_size() {
        meetNear();
        assertThat(recovery.datagram(1_452)).isEqualTo(1_452);
        //= rfc9002#7.2-2 a maximum datagram size that changes: the initial window is recalculated
        assertThat(recovery.window()).isEqualTo(14_520);
        for (int i = 0; i < 5; i++) {
            now = now.plusMillis(2);
            recovery.handle(new Input.Congested<>(), now);
        }
        //= rfc9002#7.2-4 value: two packets of that size
        assertThat(recovery.window()).isEqualTo(2 * 1_452);
    }

    @Test void a_datagram_is_a_small_part_of_the_window() {
        meetNear();
        assertThat(recovery.datagram(30_000)).isEqualTo(3_000);
        assertThat(recovery.isSmall(3_750)).isFalse();
        assertThat(recovery.datagram(SIZE)).isEqualTo(SIZE);
    }

    /// Who waits behind one waits a millisecond, or for what he would have to wait for anyway.
    @Test void nor_is_it_more_than_leaves_in_a_millisecond() {
        meet();
        for (int i = 0; i < 14; i++) {
            int packets = (int) ((recovery.window() - recovery.bytes()) / SIZE);
            send(packets);
            now = now.plus(TRIP);
            acknowledge(next - packets, next - 1);
        }
        assertThat(recovery.window()).isGreaterThan(1_000_000);
        assertThat(recovery.datagram(60_000)).isEqualTo(
                (int) (1.25 * recovery.window() / TRIP.toMillis()));
        recovery.limit(100_000);
        assertThat(recovery.datagram(60_000)).isEqualTo(SIZE);
        assertThat(recovery.isSmall(SIZE + 1)).isFalse();
    }

    @Test void one_larger_than_a_burst_is_paced_for_what_it_is() {
        meet();
        int size = 40_000;
        assertThat(recovery.paced(size, now)).isEqualTo(now);
        recovery.handle(new Input.Sent<>(next, size, next++), now);
        var wait = Duration.between(now, recovery.paced(size, now));
        double rate = 1.25 * recovery.window() / TRIP.toNanos();
        //= rfc9002#7.7-1,3 pace: the next waits until the burst is there again, and what it owes
        // of the first burst, which is larger, some was left
        assertThat(wait.toNanos()).isCloseTo((long) ((size - (10 - 4) * SIZE) / rate),
                org.assertj.core.data.Percentage.withPercentage(1));
    }
}
