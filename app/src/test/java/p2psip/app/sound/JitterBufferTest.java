package p2psip.app.sound;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import p2psip.app.sound.JitterBuffer.Input;
import p2psip.app.sound.JitterBuffer.Output;

/// Packets of 20 ms, which bring their number, come after some time; what is played is written down
/// as one word a frame.
class JitterBufferTest {
    private final JitterBuffer<Integer> buffer = new JitterBuffer<>(8000);
    private final Instant start = Instant.EPOCH;
    private final List<String> played = new ArrayList<>();
    private final List<Duration> times = new ArrayList<>();
    private long first = 0;

    /// A packet by its number, this time after the start.
    private record Coming(int number, double millis) {}

    private void run(List<Coming> packets) {
        for (var packet : packets.stream()
                .sorted(Comparator.comparingDouble(Coming::millis)).toList()) {
            var at = start.plusNanos((long) (packet.millis * 1e6));
            wake(at);
            note(buffer.handle(new Input.Received<>(
                    first + 160L * packet.number & 0xffff_ffffL, 160, packet.number), at), at);
        }
        wake(start.plusSeconds(100_000));
    }

    private void wake(Instant until) {
        while (!buffer.deadline().isAfter(until)) {
            var at = buffer.deadline();
            note(buffer.wake(at), at);
        }
    }

    private void note(List<Output<Integer>> outputs, Instant at) {
        for (var output : outputs) {
            played.add(switch (output) {
                case Output.Play<Integer>(var number) -> "" + number;
                case Output.Hurry<Integer>(var one, var two) -> one + "+" + two;
                case Output.Fill<Integer>(int ticks, boolean lost, var next) ->
                        (lost ? "lost" : "wait") + next.map(n -> "(" + n + ")").orElse("");
                case Output.Late<Integer>(var number) -> "late " + number;
            });
            times.add(Duration.between(start, at));
        }
    }

    private static List<Coming> regular(int from, int to) {
        return IntStream.range(from, to).mapToObj(n -> new Coming(n, 20 * n)).toList();
    }

    /// What was heard of packets, by their numbers.
    private List<String> heard() {
        return played.stream().filter(word -> word.matches("[0-9]+.*"))
                .flatMap(word -> Stream.of(word.split("\\+"))).toList();
    }

    /// Without what is made up after the last packet.
    private List<String> played() {
        int last = played.size();
        while (last > 0 && played.get(last - 1).startsWith("lost")) last--;
        return played.subList(0, last);
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    @Test void what_comes_regularly_is_played_so_40_ms_later() {
        run(regular(0, 5));
        assertThat(played()).isEqualTo(numbers(0, 5));
        assertThat(times.subList(0, 5)).extracting(Duration::toMillis)
                .containsExactly(40L, 60L, 80L, 100L, 120L);
    }

    @Test void timestamps_wrap() {
        first = 0xffff_ff00L;
        run(regular(0, 8));
        assertThat(played()).isEqualTo(numbers(0, 8));
    }

    @Test void what_comes_in_another_order_is_played_in_its_own() {
        run(List.of(new Coming(0, 0), new Coming(2, 15), new Coming(1, 30), new Coming(3, 50)));
        assertThat(played()).isEqualTo(numbers(0, 4));
    }

    @Test void what_is_lost_is_told_with_what_comes_behind_it() {
        run(List.of(new Coming(0, 0), new Coming(1, 20), new Coming(3, 50), new Coming(6, 100)));
        assertThat(played()).containsExactly("0", "1", "lost(3)", "3", "lost", "lost(6)", "6");
    }

    @Test void what_comes_too_late_is_not_played() {
        run(List.of(new Coming(0, 0), new Coming(2, 40), new Coming(3, 60), new Coming(1, 70),
                new Coming(4, 80)));
        assertThat(played()).containsExactly("0", "lost(2)", "late 1", "2", "3", "4");
    }

    //= rfc7587#4.1-2,3 duplicate packets: one is decoded, others discarded
    @Test void twice_the_same_is_played_once() {
        run(List.of(new Coming(0, 0), new Coming(0, 1), new Coming(1, 20), new Coming(1, 21)));
        assertThat(played()).isEqualTo(numbers(0, 2));
    }

    @Test void where_packets_are_always_in_time_it_becomes_as_quick_as_it_may() {
        run(regular(0, 200));
        var last = times.get(played().size() - 1);
        assertThat(last.toMillis()).isBetween(199 * 20L + 5, 199 * 20L + 25);
        assertThat(played).anyMatch(word -> word.contains("+"));
        assertThat(played()).noneMatch(word -> word.startsWith("lost"));
    }

    @Test void where_they_come_irregularly_it_waits_as_long_as_99_of_100_need() {
        var dice = new SplittableRandom(1);
        run(IntStream.range(0, 3000).mapToObj(n ->
                new Coming(n, 20 * n + 60 * dice.nextDouble())).toList());
        var late = played.subList(played.size() / 2, played.size()).stream()
                .filter(word -> word.startsWith("late")).count();
        assertThat(late).isLessThan(1500 / 100 + 10);
        assertThat(times.get(played().size() - 1).toMillis() - 2999 * 20L).isBetween(55L, 95L);
    }

    @Test void when_the_way_becomes_longer_it_plays_later_and_then_earlier_again() {
        run(IntStream.range(0, 3000).mapToObj(n ->
                new Coming(n, 20 * n + (n < 500 || n > 1000 ? 0 : 150))).toList());
        int slow = played.indexOf("900"), again = played.indexOf("2990");
        assertThat(times.get(slow).toMillis() - 900 * 20).isBetween(150L, 200L);
        assertThat(again).isPositive();
        assertThat(times.get(again).toMillis() - 2990 * 20).isLessThan(60);
    }

    //= rfc3551#4.1-2 senders may suppress silence between two talkspurts
    //= rfc3551#4.1-4 the playout delay is adjusted at the beginning of a talkspurt
    @Test void between_two_utterances_time_is_nobodys() {
        var packets = new ArrayList<>(regular(0, 20));
        regular(100, 120).forEach(packets::add);
        run(packets);
        assertThat(heard()).containsAll(numbers(0, 20)).containsAll(numbers(100, 120));
        // what follows the first utterance is given up after a while
        assertThat(played.stream().filter("lost"::equals).count()).isLessThan(50);
    }

    @Test void a_clock_that_is_quicker_or_slower_is_followed() {
        for (double drift : List.of(0.999, 1.001)) {
            played.clear();
            times.clear();
            run(IntStream.range(0, 10_000).mapToObj(n ->
                    new Coming(n, 20 * n * drift)).toList());
            assertThat(played.stream().filter(word -> word.startsWith("late")).count())
                    .as("drift %s", drift).isLessThan(200);
            assertThat(times.get(played().size() - 1).toMillis() - 9999 * 20 * drift)
                    .isBetween(0.0, 80.0);
            first += 160L * 1_000_000;
        }
    }

    @Test void who_jumps_in_time_begins_anew() {
        run(List.of(new Coming(0, 0), new Coming(100_000, 20), new Coming(100_001, 40)));
        assertThat(played()).containsExactly("100000", "100001");
    }

    @Test void nobody_fills_it() {
        for (int n = 0; n < 10_000; n++) {
            int at = n % 240;
            note(buffer.handle(new Input.Received<>(160L * at, 160, at), start), start);
        }
        assertThat(played.stream().filter(word -> word.startsWith("late")).count())
                .isGreaterThan(9_000);
        wake(start.plusSeconds(100));
        assertThat(heard().size()).isLessThanOrEqualTo(JitterBuffer.PACKETS);
    }

    /// Whatever comes and when: nothing is played twice, nothing runs for ever.
    @Property(tries = 200) void nothing_is_played_twice(@ForAll long seed) {
        var dice = new SplittableRandom(seed);
        var packets = new ArrayList<Coming>();
        for (int n = 0; n < 200; n++) packets.add(new Coming(
                dice.nextInt(300), dice.nextDouble() * 6000));
        var room = new JitterBufferTest();
        room.run(packets);
        assertThat(room.played.size()).isLessThan(10_000);
        assertThat(room.heard().size()).isLessThanOrEqualTo(packets.size());
        assertThat(room.buffer.deadline()).isEqualTo(Instant.MAX);
    }
}
