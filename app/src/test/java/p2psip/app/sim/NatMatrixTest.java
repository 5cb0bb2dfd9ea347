package p2psip.app.sim;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import p2psip.app.sim.NatMatrix.*;

/// Every kind of home calls every other.
class NatMatrixTest {
    private static final Duration TRIP = NatMatrix.WAY.multipliedBy(2);

    /// Written from the rules before anything was run: `=` for a way without a relay.
    private static final String OWED = """
        -        open full addr port sym lin lin+ full/2 addr/2 port/2 sym/2 lin/2 lin+/2 six none
        open     =    =    =    =    =   =   =    =      =      =      =     =     =      =   -
        full     =    =    =    =    =   =   =    =      =      =      =     =     =      =   -
        addr     =    =    =    =    =   =   =    =      =      =      =     =     =      =   -
        port     =    =    =    =    -   =   =    =      =      =      -     =     =      -   -
        sym      =    =    =    -    -   -   -    -      -      -      -     -     -      -   -
        linux    =    =    =    =    -   =   =    =      =      =      -     =     =      -   -
        linux+   =    =    =    -    -   -   -    -      -      -      -     -     -      -   -
        full/2   =    =    =    =    -   =   =    =      =      =      -     =     =      -   -
        addr/2   =    =    =    =    -   =   =    =      =      =      -     =     =      -   -
        port/2   =    =    =    =    -   =   =    =      =      =      -     =     =      -   -
        sym/2    =    =    =    -    -   -   -    -      -      -      -     -     -      -   -
        linux/2  =    =    =    =    -   =   =    =      =      =      -     =     =      -   -
        linux+/2 =    =    =    -    -   -   -    -      -      -      -     -     -      -   -
        six      =    =    =    -    -   -   -    -      -      -      -     -     -      =   -
        no-udp   -    -    -    -    -   -   -    -      -      -      -     -     -      -   -
        """;

    @Test void what_is_owed_is_what_the_rules_say() {
        var rows = OWED.lines().skip(1).map(row -> List.of(row.strip().split(" +"))).toList();
        for (int i = 0; i < Home.ALL.size(); i++)
            for (int j = 0; j < Home.ALL.size(); j++)
                assertThat(Home.owed(Home.ALL.get(i), Home.ALL.get(j)))
                        .as(Home.ALL.get(i).name() + " calls " + Home.ALL.get(j).name())
                        .isEqualTo(rows.get(i).get(j + 1).equals("="));
    }

    private static void judge(List<Cell> cells) {
        assertThat(cells).allSatisfy(cell ->
                assertThat(cell.right()).as(cell.toString()).isTrue());
        var punched = cells.stream().filter(c -> c.outcome() == Outcome.PUNCHED).toList();
        assertThat(punched.stream().filter(Cell::first).count())
                .isGreaterThanOrEqualTo(punched.size() * 98L / 100);
        assertThat(p95(cells, Cell::set)).isLessThanOrEqualTo(
                TRIP.multipliedBy(2 * 2).plusMillis(20));   // a relay is two trips away
        assertThat(p95(cells.stream().filter(Cell::direct).toList(), Cell::media))
                .isLessThanOrEqualTo(TRIP.multipliedBy(2).plusMillis(300));
    }

    private static Duration p95(List<Cell> cells, Function<Cell, Duration> what) {
        var sorted = cells.stream().map(what).sorted().toList();
        return sorted.get((sorted.size() - 1) * 95 / 100);
    }

    @Test void every_pair_connects_and_without_a_relay_wherever_that_is_owed() {
        judge(NatMatrix.run(Home.ALL, 1));
    }

    @Test void two_behind_one_router_need_no_relay() {
        assertThat(NatMatrix.inside(Home.HAIRPIN, 1).direct()).isTrue();
    }

    @Property(tries = 1) void and_so_on_any_day(@ForAll long seed) {
        judge(NatMatrix.run(Home.ALL, seed));
    }
}
