package p2psip.app.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.lookup.Answer;
import p2psip.app.sim.LiveRing.Deed;
import p2psip.app.trace.Trace;

/// A ring that somebody meddles with: what is done to it has its effect, and can be undone by going
/// back.
class LiveRingTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<Trace> heard = new ArrayList<>();
    private final LiveRing ring = new LiveRing(7, 12, 0, heard::add);

    /// All that can be seen of a ring.
    private static String seen(LiveRing ring) {
        return ring.now() + " " + ring.sent() + " " + ring.cut() + " " + ring.places().stream()
                .map(place -> place + " " + ring.view(place.peer().id())).toList();
    }

    private NodeId id(int i) { return ring.places().get(i).peer().id(); }

    private void after(int seconds) { ring.run(SECOND.multipliedBy(seconds)); }

    @Test void nodes_come_and_go_and_the_others_notice() {
        after(5);
        assertThat(ring.places()).hasSize(12);
        var killed = id(3);
        ring.act(new Deed.Kill(killed));
        ring.act(new Deed.Add());
        after(10);
        assertThat(ring.places()).hasSize(12).noneMatch(place -> place.peer().id().equals(killed));
        for (var place : ring.places()) {
            var leaves = ring.view(place.peer().id()).orElseThrow().leaves();
            assertThat(leaves).hasSize(8).noneMatch(peer -> peer.id().equals(killed));
        }
        assertThat(ring.view(killed)).isEmpty();
    }

    @Test void who_is_cut_off_is_missed_until_it_is_healed() {
        after(5);
        var west = IntStream.range(0, 5).mapToObj(this::id).toList();
        ring.act(new Deed.Cut(west));
        assertThat(ring.cut()).isTrue();
        assertThat(ring.places()).filteredOn(LiveRing.Place::cut).hasSize(5);
        after(15);
        assertThat(ring.view(id(0)).orElseThrow().leaves()).allMatch(p -> west.contains(p.id()));
        ring.act(new Deed.Heal());
        after(60);
        assertThat(ring.view(id(0)).orElseThrow().leaves()).hasSize(8);
    }

    @Test void what_one_puts_another_finds() {
        after(5);
        ring.act(new Deed.Write(1, id(0), "note", Optional.of("hello"), Duration.ofHours(1)));
        after(2);
        assertThat(((Answer.Done) ring.answer(1).orElseThrow()).holding().orElseThrow().copies())
                .isEqualTo(5);
        ring.act(new Deed.Look(2, id(7), "note"));
        after(2);
        assertThat(((Answer.Found) ring.answer(2).orElseThrow()).records()).singleElement()
                .satisfies(record -> assertThat(NodeId.of(record.owner())).isEqualTo(id(0)));
        assertThat(ring.places().stream().mapToInt(LiveRing.Place::records).sum())
                .isGreaterThanOrEqualTo(5);
        ring.act(new Deed.Write(3, id(0), "note", Optional.empty(), Duration.ofHours(1)));
        ring.act(new Deed.Look(4, id(7), "note"));
        after(3);
        assertThat(((Answer.Found) ring.answer(4).orElseThrow()).records())
                .extracting(SignedRecord::removed).containsExactly(true);
    }

    /// To go back and on is to have been there, to the last message; nobody hears the past again.
    @Test void the_past_is_what_it_was() {
        after(4);
        var then = seen(ring);
        ring.act(new Deed.Kill(id(2)));
        ring.act(new Deed.Cut(List.of(id(0), id(1))));
        after(3);
        ring.act(new Deed.Write(1, id(5), "note", Optional.of("x"), Duration.ofHours(1)));
        after(8);
        var later = seen(ring);
        int times = heard.size();
        ring.rewind(Duration.ofSeconds(15));
        assertThat(seen(ring)).isEqualTo(later);
        ring.rewind(Duration.ofSeconds(7));
        assertThat(ring.past()).extracting(past -> past.deed().getClass().getSimpleName())
                .containsExactly("Kill", "Cut", "Write");
        after(8);
        assertThat(seen(ring)).isEqualTo(later);
        ring.rewind(Duration.ofSeconds(3));
        assertThat(ring.past()).isEmpty();
        after(1);
        assertThat(seen(ring)).isEqualTo(then);
        assertThat(heard).hasSizeGreaterThan(times);
        var second = heard.stream().map(Trace::at).toList();
        assertThat(second.subList(0, times)).isSorted();
        assertThat(second.get(times)).isAfter(second.getFirst().plusSeconds(2));
    }

    @Test void another_seed_is_another_ring_and_the_same_the_same() {
        var others = LongStream.of(7, 8).mapToObj(seed -> new LiveRing(seed, 12, 0, _ -> { }))
                .toList();
        after(3);
        others.forEach(each -> each.run(SECOND.multipliedBy(3)));
        assertThat(seen(others.getFirst())).isEqualTo(seen(ring)).isNotEqualTo(
                seen(others.getLast()));
    }

    @Test void a_step_is_the_next_that_is_said() {
        after(3);
        for (int i = 0; i < 20; i++) {
            int before = heard.size();
            long sent = ring.sent();
            ring.step();
            assertThat(ring.sent()).isGreaterThan(sent);
            assertThat(heard.subList(before, heard.size()).stream().map(Trace::at).distinct())
                    .as("at one time").hasSize(1);
        }
    }

    @Test void what_cannot_be_done_is_said_and_not_remembered() {
        after(3);
        var nobody = NodeId.of("nobody");
        for (var deed : List.of(new Deed.Kill(nobody), new Deed.Cut(List.of(id(0), nobody)),
                new Deed.Look(1, nobody, "x")))
            assertThatThrownBy(() -> ring.act(deed)).hasMessage("no such node: " + nobody);
        assertThatThrownBy(() -> ring.act(new Deed.Write(1, id(0), "x",
                Optional.of("x".repeat(5_000)), SECOND))).hasMessage("record too large");
        for (int i = 12; i < LiveRing.NODES; i++) ring.act(new Deed.Add());
        assertThatThrownBy(() -> ring.act(new Deed.Add()))
                .hasMessage("there are 300 nodes already");
        assertThat(ring.past()).hasSize(LiveRing.NODES - 12);
    }
}
