package p2psip.app.chord;

import static org.assertj.core.api.Assertions.*;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.chord.ChordMessage.*;
import p2psip.app.crypto.*;
import p2psip.app.dht.Dht.*;

/// A few nodes whose messages take 10 ms; who is dead hears nothing.
class ChordNodeTest {
    private record Mail(Instant at, long order, ChordNode to, Peer from, Output.Send send) {}

    private final NavigableMap<NodeId, ChordNode> ring = new TreeMap<>();
    private final Map<NodeId, Peer> peers = new HashMap<>();
    private final RandomGenerator random = new SplittableRandom(5);
    private final PriorityQueue<Mail> mail = new PriorityQueue<>(
            Comparator.comparing(Mail::at).thenComparing(Mail::order));
    private final Map<Long, Optional<Peer>> sought = new HashMap<>();
    private Instant now = Instant.EPOCH;
    private long order;

    private Peer born() {
        var peer = new Peer(NodeId.random(random), new InetSocketAddress(
                InetAddress.ofLiteral("10.0.0." + (peers.size() + 1)), 5062));
        var node = new ChordNode(peer, new SplittableRandom(peers.size()));
        var known = peers.values().stream().limit(1).toList();
        peers.put(peer.id(), peer);
        ring.put(peer.id(), node);
        carryOut(node, peer, node.handle(new Input.Join(known), now));
        return peer;
    }

    private void carryOut(ChordNode node, Peer self, List<Output> outputs) {
        for (var output : outputs) switch (output) {
            case Output.Send send -> {
                var to = ring.get(send.to().id());
                if (to != null)
                    mail.add(new Mail(now.plusMillis(10), order++, to, self, send));
            }
            case Output.Sought(long id, var root) -> sought.put(id, root);
            default -> { }
        }
    }

    private void pass(Duration time) {
        var end = now.plus(time);
        while (true) {
            var next = ring.entrySet().stream().min(Comparator.comparing(
                    e -> e.getValue().deadline())).orElseThrow();
            var at = next.getValue().deadline();
            if (!mail.isEmpty() && !mail.peek().at.isAfter(at)) at = mail.peek().at;
            if (at.isAfter(end)) break;
            now = at.isAfter(now) ? at : now;
            if (!mail.isEmpty() && mail.peek().at.equals(at)) deliver(mail.poll());
            else carryOut(next.getValue(), peers.get(next.getKey()), next.getValue().wake(now));
        }
        now = end;
    }

    private void deliver(Mail one) {
        var id = one.send.to().id();
        if (ring.get(id) != one.to) return;
        carryOut(one.to, one.send.to(), one.to.handle(
                new Input.Received(one.from, one.send.payload()), now));
    }

    /// Each knows who follows it, so many of them in their order, and who goes before.
    private void assertWhole() {
        var ids = new ArrayList<>(ring.keySet());
        for (int i = 0; i < ids.size(); i++) {
            var node = ring.get(ids.get(i));
            var following = new ArrayList<NodeId>();
            for (int n = 1; n <= Math.min(ChordNode.SUCCESSORS, ids.size() - 1); n++)
                following.add(ids.get((i + n) % ids.size()));
            assertThat(node.successors()).extracting(Peer::id).as("after " + i)
                    .isEqualTo(following);
            assertThat(node.predecessor().orElseThrow().id())
                    .isEqualTo(ids.get(Math.floorMod(i - 1, ids.size())));
        }
    }

    private void grow(int nodes) {
        for (int i = 0; i < nodes; i++) {
            born();
            pass(Duration.ofSeconds(1));
        }
        pass(Duration.ofMinutes(1));
    }

    @Test void those_who_come_one_after_another_become_one_ring() {
        grow(40);
        assertWhole();
    }

    /// Chord is slow where all come at once: each gets its place when those after it have theirs.
    @Test void those_who_come_at_once_do_so_in_the_end() {
        for (int i = 0; i < 30; i++) born();
        pass(Duration.ofMinutes(3));
        assertWhole();
    }

    @Test void everybody_finds_the_root_in_few_hops() {
        grow(30);
        var from = ring.navigableKeySet().first();
        for (int i = 0; i < 50; i++) {
            var point = NodeId.random(random);
            carryOut(ring.get(from), peers.get(from),
                    ring.get(from).handle(new Input.Seek(i, point), now));
            pass(Duration.ofMillis(20 * 6));   //  five hops at most, and the answer
            var root = Optional.ofNullable(ring.ceilingKey(point)).orElseGet(ring::firstKey);
            assertThat(sought.get((long) i).map(Peer::id)).contains(root);
            from = Optional.ofNullable(ring.higherKey(from)).orElseGet(ring::firstKey);
        }
    }

    @Test void a_third_may_die_and_the_rest_is_whole_again() {
        grow(30);
        var ids = new ArrayList<>(ring.keySet());
        for (int i = 0; i < 5; i++) ids.subList(5 * i, 5 * i + 2).forEach(ring::remove);
        assertThat(ring).hasSize(20);
        pass(Duration.ofMinutes(1));
        ring.values().forEach(node -> node.predecessor()
                .filter(peer -> !ring.containsKey(peer.id()))
                .ifPresent(peer -> node.handle(new Input.Unreachable(peer), now)));
        pass(Duration.ofMinutes(1));
        assertWhole();
    }

    @Test void who_is_alone_is_the_root_of_all() {
        var peer = born();
        var node = ring.get(peer.id());
        assertThat(node.handle(new Input.Seek(1, NodeId.of("x")), now))
                .containsExactly(new Output.Sought(1, Optional.of(peer)));
    }

    /// Six times, two seconds each.
    @Test void nobody_is_found_where_nobody_answers() {
        var first = born();
        born();
        pass(Duration.ofSeconds(20));
        ring.remove(first.id());
        var node = ring.firstEntry().getValue();
        var outputs = node.handle(new Input.Seek(1, first.id()), now);
        var begun = now;
        while (outputs.stream().noneMatch(Output.Sought.class::isInstance)) {
            now = node.deadline();
            outputs = node.wake(now);
        }
        assertThat(Duration.between(begun, now)).isBetween(
                Duration.ofMillis(100), ChordNode.ATTEMPT.multipliedBy(ChordNode.ATTEMPTS));
    }

    @Test void nonsense_is_dropped_and_told() {
        var peer = born();
        var node = ring.get(peer.id());
        var bytes = new Find(7, 3, true, 9, peer, NodeId.of("x")).encode();
        for (int n = 0; n < bytes.size(); n++)
            assertThat(node.handle(new Input.Received(peer, bytes.slice(0, n)), now))
                    .singleElement().isInstanceOf(Output.Remark.class);
        assertThat(ChordMessage.parse(bytes)).isEqualTo(
                new Find(7, 3, true, 9, peer, NodeId.of("x")));
        assertThat(ChordNode.hop(bytes)).contains(new Hop(9, ChordMessage.HOPS - 3));
        assertThat(ChordNode.hop(new Taken(7).encode())).isEmpty();
    }
}
