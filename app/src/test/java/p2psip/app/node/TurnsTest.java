package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;

/// Who asks much does not make others wait.
class TurnsTest {
    private static InetSocketAddress at(int last, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("10.0.0." + last), port);
    }

    private static List<String> next(Turns<String> turns, int count) {
        return Stream.generate(() -> turns.next(Instant.EPOCH)).limit(count)
                .flatMap(Optional::stream).toList();
    }

    @Test void the_address_that_had_least_is_next_and_of_its_ports_the_one_that_had() {
        var turns = new Turns<String>(100, 100);
        for (int i = 1; i <= 4; i++) turns.want(at(1, 1), "flood " + i);
        turns.want(at(1, 2), "neighbour of the flood");
        turns.want(at(2, 1), "alice");
        turns.want(at(2, 1), "alice again");
        assertThat(next(turns, 7)).containsExactly("flood 1", "alice", "neighbour of the flood",
                "alice again", "flood 2", "flood 3", "flood 4");
    }

    /// Two hundred that have had all they may have lately let her go first.
    @Test void who_asks_seldom_goes_before_any_number_that_ask_much() {
        var turns = new Turns<String>(1, 10_000);
        for (int i = 1; i <= 200; i++)
            for (int k = 0; k < 30; k++) turns.want(at(i, 1), "flood");
        for (int i = 0; i < 200 * 25; i++) {
            turns.next(Instant.EPOCH);
            turns.done();
        }
        turns.want(at(201, 1), "alice");
        assertThat(turns.next(Instant.EPOCH)).contains("alice");
    }

    @Test void no_more_is_under_way_than_may_be() {
        var turns = new Turns<String>(2, 10);
        for (int i = 1; i <= 3; i++) turns.want(at(i, 1), "" + i);
        assertThat(next(turns, 3)).containsExactly("1", "2");
        turns.done();
        assertThat(next(turns, 3)).containsExactly("3");
        assertThat(turns.size()).isEqualTo(2);
    }

    /// One flood leaves a quarter of the room to those who ask seldom.
    @Test void who_asks_much_does_not_get_all_the_room() {
        var turns = new Turns<String>(40, 100);
        for (int i = 0; i < 60; i++) turns.want(at(1, 1), "flood");
        assertThat(next(turns, 60)).hasSize(30);
        turns.want(at(2, 1), "alice");
        assertThat(next(turns, 60)).containsExactly("alice");
    }

    /// The flood's own gives way, its last first, and not who asks but once at the same address.
    @Test void the_longest_queue_gives_way() {
        var turns = new Turns<String>(0, 4);
        turns.want(at(2, 1), "alice");
        turns.want(at(1, 2), "neighbour");
        for (int i = 1; i <= 3; i++) turns.want(at(1, 1), "flood " + i);
        assertThat(turns.surplus()).contains("flood 3");
        assertThat(turns.surplus()).isEmpty();
    }

    /// Whatever comes, all that was wanted is begun or gives way, once.
    @Property(tries = 200) void nothing_is_lost(@ForAll("wishes") List<InetSocketAddress> wishes) {
        var turns = new Turns<Integer>(3, 8);
        var seen = new ArrayList<Integer>();
        for (int i = 0; i < wishes.size(); i++) {
            turns.want(wishes.get(i), i);
            turns.surplus().ifPresent(seen::add);
            var begun = turns.next(Instant.EPOCH);
            begun.ifPresent(seen::add);
            if (i % 3 == 0 && begun.isPresent()) turns.done();
            assertThat(turns.size()).isLessThanOrEqualTo(3 + 8);
        }
        for (int i = 0; i < 3 + 8; i++) {
            turns.done();
            turns.next(Instant.EPOCH).ifPresent(seen::add);
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, wishes.size()).boxed().toList());
    }

    @Provide Arbitrary<List<InetSocketAddress>> wishes() {
        return Combinators.combine(Arbitraries.integers().between(1, 3),
                Arbitraries.integers().between(1, 3)).as(TurnsTest::at).list().ofMaxSize(60);
    }
}
