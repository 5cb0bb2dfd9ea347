package p2psip.app.dht;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.Peer;
import p2psip.app.dht.Dht.Input;
import p2psip.app.lookup.Answer;

/// Ordinary nodes, which have a super-node do everything for them.
class ClientTest {
    private static final String BOB = "sip:bob@biloxi.example";

    @Test void an_ordinary_node_has_its_super_node_put_and_get() {
        var ring = Ring.of(10, 22, 0.05);
        var client = client(ring, List.of(ring.any()));
        assertThat(ring.putNow(client, Ring.record(BOB))).isInstanceOf(Answer.Done.class);
        assertThat(ring.getNow(client, BOB)).hasSize(1);
        assertThat(ring.getNow(client, "sip:nobody@x")).isEmpty();
        assertThat(ring.peers()).filteredOn(peer -> !peer.equals(client)).allSatisfy(
                peer -> assertThat(ring.node(peer).leaves()).doesNotContain(client));
    }

    @Test void a_dead_super_node_is_left_for_the_next() {
        var ring = Ring.of(10, 23, 0);
        var superNodes = ring.peers().subList(0, 2);
        var client = client(ring, superNodes);
        ring.putNow(client, Ring.record(BOB));
        ring.kill(superNodes.getFirst());
        assertThat(ring.getNow(client, BOB)).hasSize(1);
        assertThat(ring.getNow(client, BOB)).hasSize(1);
    }

    @Test void an_ordinary_node_without_any_super_node_fails_in_the_end() {
        var ring = new Ring(24, 0);
        var client = client(ring, List.of());
        assertThat(ring.await(ring.get(client, BOB))).isInstanceOf(Answer.Failed.class);
    }

    @Test void errands_of_one_client_are_limited() {
        var ring = Ring.of(5, 25, 0);
        var superNode = ring.any();
        var greedy = ring.peer();
        for (int i = 0; i < 100; i++)
            ring.tell(superNode, new Input.Received(greedy,
                    new Message.Errand(i, new Message.Body.Get(Ring.key(i))).encode()));
        assertThat(ring.node(superNode).sizes().get("searches"))
                .isEqualTo(RingNode.ERRANDS_PER_CLIENT);
    }

    private static Peer client(Ring ring, List<Peer> superNodes) {
        var client = ring.peer();
        ring.add(client, new Client(ring.random, () -> ring.now));
        ring.tell(client, new Input.Join(superNodes));
        return client;
    }
}
