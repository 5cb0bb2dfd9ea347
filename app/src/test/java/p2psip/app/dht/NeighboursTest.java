package p2psip.app.dht;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;

class NeighboursTest {
    private static final Instant NOW = Ring.START;

    @Property void the_leaf_set_is_the_nearest_few_on_either_side_whatever_the_order(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        var ring = new Ring(seed, 0);
        var self = ring.peer();
        var others = Stream.generate(ring::peer).limit(size).toList();
        var leaves = new LeafSet(self.id());
        others.forEach(leaves::add);

        var order = others.stream()
                .sorted(Comparator.comparing(peer -> self.id().clockwise(peer.id()))).toList();
        var expected = new LinkedHashSet<>(order.subList(0, Math.min(4, size)));
        expected.addAll(order.subList(Math.max(0, size - 4), size));
        assertThat(leaves.all()).containsExactlyElementsOf(
                order.stream().filter(expected::contains).toList());
        assertThat(others).allSatisfy(peer -> assertThat(leaves.wants(peer)).isFalse());
    }

    /// By this two leaves find out whether they know the same, without telling each other.
    @Property void two_leaves_agree_on_whom_both_must_know_and_see_who_is_missing(
            @ForAll long seed, @ForAll @IntRange(min = 3, max = 30) int size) {
        var ring = new Ring(seed, 0);
        var all = Stream.generate(ring::peer).limit(size)
                .sorted(Comparator.comparing(Peer::id)).toList();
        var self = all.getFirst().id();
        for (var leaf : leaves(all, 0).all()) {
            int there = all.indexOf(leaf);
            long common = leaves(all, there).common(self);
            assertThat(leaves(all, 0).common(leaf.id())).isEqualTo(common).isNotZero();
            if (there < 2 || there > LeafSet.SIDE) continue;
            var without = new ArrayList<>(all);
            without.remove(1);   // stands between the two
            assertThat(leaves(without, 0).common(leaf.id())).isNotEqualTo(common);
        }
        assertThat(leaves(all, 0).common(ring.peer().id())).isZero();
    }

    private static LeafSet leaves(List<Peer> all, int of) {
        var leaves = new LeafSet(all.get(of).id());
        all.forEach(leaves::add);
        return leaves;
    }

    @Property void every_point_has_one_root(@ForAll long seed,
            @ForAll @IntRange(min = 1, max = 12) int size) {
        var ring = new Ring(seed, 0);
        var all = Stream.generate(ring::peer).limit(size).toList();
        var point = ring.peer().id();
        var roots = all.stream().filter(self -> {
            var leaves = new LeafSet(self.id());
            all.forEach(leaves::add);
            return leaves.own().contains(point);
        }).toList();
        assertThat(roots).singleElement().isEqualTo(all.stream().min(
                Comparator.comparing(peer -> peer.id().distance(point))).orElseThrow());
    }

    /// D4: the ancestor put itself on the diagonal, and 16 cells could never be filled.
    @Test void every_digit_but_the_own_has_a_cell() {
        var self = NodeId.parse("0123456789abcdef0123456789abcdef01234567");
        var table = new RoutingTable(self);
        for (int row = 0; row < NodeId.DIGITS; row++) {
            for (int digit = 0; digit < 16; digit++) {
                if (digit == self.digit(row)) continue;
                var id = NodeId.parse(self.toString().substring(0, row)
                        + Integer.toHexString(digit) + "0".repeat(NodeId.DIGITS - row - 1));
                table.put(peer(id));
                assertThat(table.at(id)).contains(peer(id));
            }
            assertThat(table.row(row)).hasSize(15);
        }
        assertThat(table.all()).hasSize(15 * NodeId.DIGITS);
    }

    @Property(tries = 200) void every_hop_is_nearer_and_neither_avoided_nor_suspected(
            @ForAll long seed) {
        var ring = new Ring(seed, 0);
        var self = ring.peer();
        var neighbours = new Neighbours(self.id());
        for (int i = 0; i < 200; i++) neighbours.heard(ring.peer());
        for (var peer : neighbours.table().all())
            assertThat(neighbours.next(peer.id(), Set.of())).contains(peer);
        var point = ring.peer().id();
        neighbours.next(point, Set.of()).ifPresent(next -> {
            assertThat(next.id().distance(point)).isLessThan(self.id().distance(point));
            assertThat(neighbours.next(point, Set.of(next.id()))).isNotEqualTo(Optional.of(next));
            neighbours.known(next.id()).orElseThrow().suspected();
            assertThat(neighbours.next(point, Set.of())).isNotEqualTo(Optional.of(next));
        });
    }

    /// D9: in the ancestor a round trip was always 0, so that no peer was nearer than another.
    @Test void of_two_peers_for_a_cell_the_quicker_is_kept() {
        var neighbours = new Neighbours(NodeId.parse("0".repeat(40)));
        for (int i = 1; i <= 8; i++)   // a full leaf set, nearer than the two
            neighbours.heard(peer("0000000" + i));
        var slow = peer("80000001");
        var quick = peer("80000002");
        neighbours.heard(slow);
        neighbours.measured(slow, Duration.ofMillis(100));
        neighbours.measured(quick, Duration.ofMillis(90));
        assertThat(neighbours.table().at(quick.id())).contains(slow);
        neighbours.measured(quick, Duration.ofMillis(20));
        assertThat(neighbours.table().at(quick.id())).contains(quick);
        assertThat(neighbours.known(slow.id())).isPresent();   // a leaf: the last on its side
    }

    @Test void who_moved_is_known_at_the_new_address() {
        var neighbours = new Neighbours(NodeId.parse("0".repeat(40)));
        var before = peer("80000001");
        var after = new Peer(before.id(), new InetSocketAddress("192.0.2.9", 9));
        assertThat(neighbours.heard(before)).isTrue();
        assertThat(neighbours.heard(after)).isTrue();
        assertThat(neighbours.leaves().all()).containsExactly(after);
        assertThat(neighbours.next(before.id(), Set.of())).contains(after);
    }

    @Test void the_lost_are_remembered_up_to_a_limit_and_not_asked_again_on_hearsay() {
        var ring = new Ring(1, 0);
        var neighbours = new Neighbours(ring.peer().id());
        var peers = Stream.generate(ring::peer).limit(100).toList();
        for (var peer : peers) {
            neighbours.heard(peer);
            neighbours.lost(peer, NOW);
        }
        assertThat(neighbours.remembered()).isEqualTo(Neighbours.REMEMBERED);
        var last = peers.getLast();
        assertThat(neighbours.wants(last, NOW.plusSeconds(1))).isFalse();
        assertThat(neighbours.wants(last, NOW.plusSeconds(16))).isTrue();
        assertThat(Stream.generate(() -> neighbours.remind().orElseThrow())
                .limit(Neighbours.REMEMBERED)).doesNotHaveDuplicates().contains(last);
    }

    private static Peer peer(String prefix) {
        return peer(NodeId.parse(prefix + "0".repeat(NodeId.DIGITS - prefix.length())));
    }

    private static Peer peer(NodeId id) {
        return new Peer(id, new InetSocketAddress("192.0.2.1", 1));
    }
}
