package p2psip.app.dht;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.Peer;
import p2psip.app.dht.Dht.Input;
import p2psip.app.lookup.Answer;

/// Rings in virtual time; a failing seed is a bug report that replays itself.
class RingNodeTest {
    private static final String BOB = "sip:bob@biloxi.example";
    private static final int RECORDS = 12;

    // a ring that loses members

    @Property(tries = 3) void any_third_may_die_at_once_and_every_get_is_answered(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 10) int percent) {
        var ring = Ring.of(50, seed, percent / 100.0);
        putAll(ring);
        var dying = new ArrayList<>(ring.peers());
        Collections.shuffle(dying, new Random(seed));
        dying.subList(0, 50 / 3).forEach(ring::kill);
        assertThat(getAll(ring)).isEqualTo(allFound());
    }

    /// Neighbours in a row hold the same records: one side of the ring has lost some for good. They
    /// come from the other, and what was lost is put back, so that the other may go too.
    @Property(tries = 2) void even_if_all_of_one_side_die_and_then_some_of_the_other(
            @ForAll long seed) {
        var ring = Ring.of(50, seed, 0.05);
        putAll(ring);
        ring.inOrder().subList(0, 50 / 3).forEach(ring::kill);
        assertThat(getAll(ring)).isEqualTo(allFound());
        ring.run(Duration.ofSeconds(10));
        ring.inOrder().subList(17, 17 + 34 / 3).forEach(ring::kill);
        assertThat(getAll(ring)).isEqualTo(allFound());
    }

    /// The place that lost a record answers at once that there is none, while the one that has it
    /// is behind a row of the dead: two tries by two ways were lost here.
    @Test void and_who_has_lost_a_record_does_not_speak_for_who_has_it() {
        even_if_all_of_one_side_die_and_then_some_of_the_other(-11161);
    }

    /// Stored means: on five nodes at a place. So four may go in the very step in which it is told,
    /// be it the root and those who had their copies first: a fifth has it, far as it is.
    @Property(tries = 8) void what_is_stored_outlives_the_root_and_its_nearest_three(
            @ForAll long seed) {
        var ring = Ring.of(30, seed, 0);
        var dying = Storage.spots(BOB).stream()
                .flatMap(spot -> ring.nearest(ring.nearest(spot).id(), 4).stream()).toList();
        for (var peer : dying) ring.far.addAll(ring.node(peer).leaves());
        ring.far.removeAll(dying);
        ring.run(Duration.ofSeconds(20));
        var from = ring.peers().stream().filter(peer -> !dying.contains(peer))
                .filter(peer -> !ring.far.contains(peer)).findFirst().orElseThrow();
        assertThat(ring.awaitStep(ring.put(from, Ring.record(BOB))))
                .isInstanceOf(Answer.Done.class);
        ring.powerFails(dying);
        assertThat(ring.getNow(from, BOB)).containsExactly(Ring.record(BOB));
    }

    /// Within half a minute in a ring that has been at rest; where something has just happened,
    /// within twelve.
    @Test void a_killed_neighbour_is_out_of_every_leaf_set_soon() {
        var ring = Ring.of(20, 7, 0);
        ring.run(Duration.ofMinutes(2));
        var victim = ring.any();
        ring.kill(victim);
        ring.run(Duration.ofSeconds(22));
        assertWithout(ring, victim, 8);
        var few = Ring.of(8, 7, 0);
        few.run(Duration.ofMinutes(2));
        few.kill(few.any());
        few.run(Duration.ofSeconds(19));
        var next = few.any();
        few.kill(next);
        few.run(Duration.ofSeconds(12));
        assertWithout(few, next, 5);
    }

    private static void assertWithout(Ring ring, Peer victim, int leaves) {
        assertThat(ring.peers()).allSatisfy(peer ->
                assertThat(ring.node(peer).leaves()).hasSize(leaves).doesNotContain(victim));
    }

    /// What the papers call adaptive: a ring at rest says little.
    @Test void who_has_had_no_news_for_long_says_little() {
        var ring = Ring.of(20, 7, 0);
        long soon = sentInAMinute(ring);
        ring.run(Duration.ofMinutes(5));
        assertThat(sentInAMinute(ring)).isLessThan(soon / 2);
    }

    @Test void a_neighbour_whom_the_transport_gave_up_is_out_at_once() {
        var ring = Ring.of(20, 7, 0);
        var self = ring.any();
        var victim = ring.node(self).leaves().getFirst();
        ring.kill(victim);
        ring.tell(self, new Input.Unreachable(victim));
        assertThat(ring.node(self).leaves()).hasSize(8).doesNotContain(victim);
        assertThat(ring.node(self).next(victim.id())).isNotEqualTo(Optional.of(victim));
    }

    @Test void a_lookup_goes_round_a_root_that_died_just_now() {
        var ring = Ring.of(20, 8, 0);
        ring.putNow(ring.any(), Ring.record(BOB));
        ring.kill(ring.nearest(Storage.spots(BOB).get(0)));
        ring.kill(ring.nearest(Storage.spots(BOB).get(1)));
        var before = ring.now;
        assertThat(ring.getNow(ring.any(), BOB)).hasSize(1);
        assertThat(Duration.between(before, ring.now)).isLessThan(Duration.ofSeconds(2));
    }

    /// D1: in the ancestor the copies could not be read once the root was dead.
    @Test void the_copies_are_as_good_as_the_root() {
        var ring = Ring.of(3, 9, 0);
        ring.putNow(ring.any(), Ring.record(BOB));
        var survivor = ring.peers().getFirst();
        ring.peers().stream().skip(1).forEach(ring::kill);
        assertThat(ring.getNow(survivor, BOB)).hasSize(1);
    }

    // joining and leaving

    /// Q8: in the ancestor a lone node stored and reported failure.
    @Test void a_lone_node_works() {
        var ring = new Ring(1, 0);
        var lone = ring.join();
        assertThat(ring.putNow(lone, Ring.record(BOB))).isInstanceOf(Answer.Done.class);
        assertThat(ring.getNow(lone, BOB)).hasSize(1);
        assertThat(ring.getNow(lone, "sip:nobody@x")).isEmpty();
        assertThat(ring.sent).isZero();
    }

    @Test void what_is_put_anywhere_is_found_everywhere() {
        var ring = Ring.of(30, 2, 0);
        assertThat(ring.putNow(ring.any(), Ring.record(BOB))).isInstanceOf(Answer.Done.class);
        assertThat(ring.peers()).allSatisfy(
                peer -> assertThat(ring.getNow(peer, BOB)).containsExactly(Ring.record(BOB)));
    }

    /// D8: in the ancestor ranges never followed the leaf set.
    @Test void newcomers_take_over_their_range_and_the_old_holders_forget_it() {
        var ring = Ring.of(10, 3, 0);
        putAll(ring);
        for (int i = 0; i < 20; i++) {
            ring.join();
            ring.run(Duration.ofMillis(200));
        }
        ring.run(Duration.ofSeconds(15));
        for (int i = 0; i < RECORDS; i++)
            assertThat(holders(ring, Ring.key(i))).containsAll(rightful(ring, Ring.key(i)));
        ring.run(Duration.ofMinutes(15));
        for (int i = 0; i < RECORDS; i++)
            assertThat(holders(ring, Ring.key(i))).isEqualTo(rightful(ring, Ring.key(i)));
    }

    @Test void nothing_is_lost_when_all_but_one_leave_one_after_the_other() {
        var ring = Ring.of(12, 4, 0.05);
        putAll(ring);
        var stays = ring.peers().getLast();
        for (var peer : ring.peers()) {
            if (peer.equals(stays)) break;
            var before = ring.now;
            ring.tell(peer, new Input.Leave());
            while (!ring.departed.contains(peer)) ring.run(Duration.ofMillis(10));
            assertThat(Duration.between(before, ring.now)).isLessThan(Duration.ofSeconds(2));
        }
        ring.run(Duration.ofSeconds(1));
        assertThat(ring.node(stays).leaves()).isEmpty();
        assertThat(ring.node(stays).records()).isEqualTo(RECORDS);
    }

    @Test void the_only_holder_hands_over_even_if_a_newcomer_came_just_now() {
        var ring = new Ring(5, 0);
        var first = ring.join();
        putAll(ring);
        var second = ring.join();
        while (ring.node(second).leaves().isEmpty()) ring.run(Duration.ofMillis(5));
        ring.tell(first, new Input.Leave());
        ring.run(Duration.ofSeconds(2));
        assertThat(ring.node(second).records()).isEqualTo(RECORDS);
    }

    /// D5: the ancestor's check for this crashed.
    @Test void a_ring_broken_in_two_heals() {
        var ring = Ring.of(24, 6, 0);
        var island = Set.copyOf(ring.peers().subList(0, 12));
        ring.cut = island::contains;
        ring.run(Duration.ofSeconds(60));
        var here = ring.peers().getFirst();
        var there = ring.peers().getLast();
        assertThat(ring.node(here).leaves()).allMatch(island::contains);
        ring.putNow(here, Ring.record(BOB));
        assertThat(ring.getNow(there, BOB)).isEmpty();
        ring.cut = _ -> false;
        ring.run(Duration.ofSeconds(60));
        assertRingWhole(ring);
        assertThat(ring.getNow(there, BOB)).hasSize(1);
    }

    @Test void two_rings_become_one_when_one_node_of_each_meets_the_other() {
        var ring = Ring.of(8, 26, 0);
        var there = ring.peers();
        var first = ring.join(List.of());
        for (int i = 0; i < 7; i++) ring.join(List.of(first));
        ring.run(Duration.ofSeconds(10));
        assertThat(ring.node(first).leaves()).hasSize(7).doesNotContainAnyElementsOf(there);
        ring.tell(first, new Input.Join(List.of(there.getFirst())));
        ring.run(Duration.ofSeconds(20));
        assertRingWhole(ring);
    }

    /// Its own door stayed shut while another came in by it: the two are no ring yet.
    @Test void a_node_that_was_not_let_in_goes_on_knocking_though_another_has_come() {
        var ring = Ring.of(8, 27, 0);
        var there = Set.copyOf(ring.peers());
        ring.cut = there::contains;
        var shutOut = ring.join(List.of(ring.peers().getFirst()));
        var newcomer = ring.join(List.of(shutOut));
        ring.run(Duration.ofSeconds(5));
        assertThat(ring.node(shutOut).leaves()).containsExactly(newcomer);
        ring.cut = _ -> false;
        ring.run(Duration.ofSeconds(5));
        assertRingWhole(ring);
    }

    /// What it knows is next to nothing, so it would take far keys for its own. But if nobody lets
    /// it in it is a ring of one, and soon.
    @Test void a_newcomer_is_root_of_nothing_before_it_was_let_in() {
        var ring = Ring.of(8, 29, 0);
        ring.cut = Set.copyOf(ring.peers())::contains;
        var shutOut = ring.join(List.of(ring.peers().getFirst()));
        ring.tell(shutOut, new Input.Seek(1, shutOut.id().opposite()));
        ring.run(Duration.ofMillis(2900));
        assertThat(ring.sought).isEmpty();
        ring.run(Duration.ofSeconds(4));
        assertThat(ring.sought).containsEntry(1L, Optional.of(shutOut));
    }

    /// And not for ever: if nobody is there any more, those who came are the ring.
    @Test void but_not_longer_than_half_a_minute() {
        var ring = new Ring(28, 0);
        var shutOut = ring.join(List.of(ring.peer()));
        ring.join(List.of(shutOut));
        ring.run(Duration.ofSeconds(31));
        assertThat(sentInAMinute(ring)).isLessThan(sentInAMinute(Ring.of(2, 28, 0)) * 6 / 5);
    }

    private static long sentInAMinute(Ring ring) {
        long before = ring.sent;
        ring.run(Duration.ofMinutes(1));
        return ring.sent - before;
    }

    // the ring

    /// D4: a node of the ancestor took 7.5 % of far keys for its own in a ring of 400.
    @Test void in_a_ring_of_400_every_key_is_handed_to_the_nearest_node_from_everywhere() {
        var ring = new Ring(10, 0);
        for (int i = 0; i < 400; i++) {
            ring.join();
            ring.run(Duration.ofMillis(20));
        }
        ring.run(Duration.ofSeconds(5));
        assertRingWhole(ring);
        for (int k = 0; k < 10; k++) {
            var point = ring.peer().id();
            var root = ring.nearest(point);
            for (var from : ring.peers()) {
                var at = from;
                int hops = 0;
                for (var next = ring.node(at).next(point); next.isPresent();
                        next = ring.node(at).next(point)) {
                    at = next.get();
                    hops++;
                }
                assertThat(at).isEqualTo(root);
                assertThat(hops).isLessThanOrEqualTo(5);
            }
        }
    }

    /// What is sent is the run's fingerprint: it changes with the protocol, never with the JVM.
    @Test void one_seed_is_one_run() {
        assertThat(fingerprint(42)).isEqualTo(fingerprint(42)).isNotEqualTo(fingerprint(43));
    }

    private static Set<Peer> holders(Ring ring, String key) {
        return ring.peers().stream().filter(peer -> ring.node(peer).holds(key))
                .collect(Collectors.toSet());
    }

    /// The roots of both spots and their leaf sets: 18, or fewer where they overlap.
    private static Set<Peer> rightful(Ring ring, String key) {
        return Storage.spots(key).stream().map(ring::nearest)
                .flatMap(root -> Stream.concat(Stream.of(root), ring.node(root).leaves().stream()))
                .collect(Collectors.toSet());
    }

    private static void putAll(Ring ring) {
        var ids = IntStream.range(0, RECORDS)
                .mapToObj(i -> ring.put(ring.any(), Ring.record(Ring.key(i)))).toList();
        assertThat(ring.await(ids)).hasOnlyElementsOfType(Answer.Done.class);
    }

    /// How many records each key has, as far as that was answered within ten seconds.
    private static SortedMap<String, Integer> getAll(Ring ring) {
        var late = ring.now.plusSeconds(10);
        var ids = IntStream.range(0, RECORDS)
                .mapToObj(i -> ring.get(ring.any(), Ring.key(i))).toList();
        var answers = ring.await(ids);
        assertThat(ring.now).isBeforeOrEqualTo(late);
        var found = new TreeMap<String, Integer>();
        for (int i = 0; i < RECORDS; i++)
            if (answers.get(i) instanceof Answer.Found(var records))
                found.put(Ring.key(i), records.size());
        return found;
    }

    private static SortedMap<String, Integer> allFound() {
        var all = new TreeMap<String, Integer>();
        for (int i = 0; i < RECORDS; i++) all.put(Ring.key(i), 1);
        return all;
    }

    private static void assertRingWhole(Ring ring) {
        var order = ring.inOrder();
        for (int i = 0; i < order.size(); i++) {
            var expected = new ArrayList<Peer>();
            for (int k : new int[] {1, 2, 3, 4, -4, -3, -2, -1})
                expected.add(order.get(Math.floorMod(i + k, order.size())));
            assertThat(ring.node(order.get(i)).leaves()).isEqualTo(expected);
        }
    }

    private static String fingerprint(long seed) {
        var ring = Ring.of(15, seed, 0.1);
        putAll(ring);
        return ring.sent + " " + ring.bytes + " " + ring.peers().stream()
                .map(peer -> ring.node(peer).leaves()).toList();
    }
}
