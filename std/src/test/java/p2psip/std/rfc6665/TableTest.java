package p2psip.std.rfc6665;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc6665.Table.Step.*;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;

/// Documents that say all or what is new, in their order or not.
class TableTest {
    record Thing(String id, String state) implements Row<Thing> {
        @Override public boolean terminated() { return state.equals("gone"); }

        @Override public Thing ended() { return new Thing(id, "gone"); }
    }

    private final Table<Thing> table = new Table<>();

    private static List<Thing> things(String... words) {
        return Stream.of(words).map(word -> word.split("=")).map(w -> new Thing(w[0], w[1]))
                .toList();
    }

    //= rfc3858#4-1,2 the first version is what it begins with; after a gap all is asked for
    //= rfc4235#4.3-1,2 so too of dialogs: a refresh, unless the state was full
    //= rfc3680#5.2-1,2 and of registrations: by their version
    @Test void documents_come_in_order_or_not() {
        assertThat(table.take(3, true, things("a=1", "b=1"))).isEqualTo(TAKEN);
        assertThat(table.take(4, false, things("b=2", "c=1"))).isEqualTo(TAKEN);
        assertThat(table.rows()).isEqualTo(things("a=1", "b=2", "c=1"));
        //= rfc3858#4¶1 an older document is discarded
        assertThat(table.take(3, false, things("a=9"))).isEqualTo(STALE);
        assertThat(table.take(4, true, things("a=9"))).isEqualTo(STALE);
        assertThat(table.take(6, false, things("a=gone"))).isEqualTo(GAP);
        assertThat(table.rows()).isEqualTo(things("b=2", "c=1"));
        assertThat(table.take(9, true, things("d=1"))).isEqualTo(TAKEN);
        assertThat(table.rows()).isEqualTo(things("d=1"));
    }

    @Test void one_that_begins_with_news_lacks_the_rest() {
        assertThat(table.take(0, false, things("a=1"))).isEqualTo(GAP);
        assertThat(table.rows()).isEqualTo(things("a=1"));
    }

    @Test void it_has_a_limit() {
        var many = IntStream.range(0, 2 * Table.MAX).mapToObj(i -> new Thing("t" + i, "1"))
                .toList();
        table.take(0, true, many);
        assertThat(table.rows()).hasSize(Table.MAX);
        table.take(1, false, List.of(new Thing("t0", "2")));
        assertThat(table.rows()).contains(new Thing("t0", "2"));
    }

    /// Whoever is told the news knows what there is.
    @Property(tries = 300) void news_lead_from_any_state_to_any_other(
            @ForAll("states") List<Thing> before, @ForAll("states") List<Thing> after) {
        var reader = new Table<Thing>();
        reader.take(0, true, Table.whole(before));
        reader.take(1, false, Table.news(before, after));
        assertThat(reader.rows()).containsExactlyInAnyOrderElementsOf(Table.whole(after));
        assertThat(Table.news(after, after)).isEmpty();
    }

    @Provide Arbitrary<List<Thing>> states() {
        return Combinators.combine(Arbitraries.of("a", "b", "c", "d"),
                Arbitraries.of("1", "2", "gone")).as(Thing::new).list().uniqueElements(Thing::id)
                .ofMaxSize(4);
    }
}
