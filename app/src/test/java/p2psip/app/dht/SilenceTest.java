package p2psip.app.dht;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.Peer;
import p2psip.app.dht.Dht.*;
import p2psip.app.lookup.Answer;
import p2psip.std.Machine;

/// One of a key's two places says nothing, yet is of the ring like any other: the other place's
/// word is enough.
class SilenceTest {
    private static final String BOB = "sip:bob@biloxi.example";

    /// Lives among its neighbours and answers nobody who asks for a record or brings one.
    private record Mute(Machine<Input, Output> node) implements Machine<Input, Output> {
        @Override public List<Output> handle(Input input, Instant now) {
            return muted(node.handle(input, now));
        }

        @Override public List<Output> wake(Instant now) { return muted(node.wake(now)); }

        @Override public Instant deadline() { return node.deadline(); }

        private static List<Output> muted(List<Output> outputs) {
            return outputs.stream().map(output -> output instanceof Output.Keep(var kept, var then)
                    ? new Output.Keep(kept, muted(then)) : output).filter(output ->
                    !(output instanceof Output.Send(_, var payload, _))
                    || !(Message.parse(payload) instanceof Message.Values
                            || Message.parse(payload) instanceof Message.Stored
                            || Message.parse(payload) instanceof Message.Refused)).toList();
        }
    }

    private final Ring ring = Ring.of(20, 31, 0);
    private final Peer mute = ring.nearest(Storage.spots(BOB).getFirst());
    private final Peer asker = ring.peers().stream()
            .filter(peer -> !peer.equals(mute) && !ring.node(mute).leaves().contains(peer))
            .findFirst().orElseThrow();
    private Instant before;

    @BeforeEach void begin() { before = ring.now; }

    private void silence() {
        ring.nodes.replace(mute, new Mute(ring.nodes.get(mute)));
        before = ring.now;
    }

    private Duration took() { return Duration.between(before, ring.now); }

    @Test void what_is_there_is_found_within_a_second() {
        ring.putNow(asker, Ring.record(BOB));
        silence();
        assertThat(ring.getNow(asker, BOB)).containsExactly(Ring.record(BOB));
        assertThat(took()).isLessThan(Duration.ofSeconds(1));
    }

    @Test void what_is_not_there_is_known_not_to_be_within_four_seconds() {
        silence();
        assertThat(ring.await(ring.get(asker, BOB)))
                .isEqualTo(new Answer.Found(List.of()));
        assertThat(took()).isLessThan(Duration.ofSeconds(4));
    }

    @Test void what_one_place_has_stored_is_stored() {
        silence();
        assertThat(ring.putNow(asker, Ring.record(BOB))).isInstanceOf(Answer.Done.class);
        assertThat(took()).isLessThan(Duration.ofSeconds(4));
        assertThat(ring.getNow(ring.any(), BOB)).hasSize(1);
    }

    @Test void an_ordinary_node_is_served_as_well() {
        var client = ring.peer();
        ring.add(client, new Client(ring.random, () -> ring.now));
        ring.tell(client, new Input.Join(List.of(asker)));
        silence();
        assertThat(ring.await(ring.get(client, BOB)))
                .isEqualTo(new Answer.Found(List.of()));
        assertThat(took()).isLessThan(Duration.ofSeconds(5));
    }
}
