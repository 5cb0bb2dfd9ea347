package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.Network;
import p2psip.app.trace.Trace;
import p2psip.std.rfc3261.*;

/// Defects of the ancestor's phone that no other test would notice.
class AncestorTest {
    private final List<Message> sent = new ArrayList<>();
    private final Network network = new Network(7, this::note);

    private void note(Trace trace) {
        if (trace.what() instanceof Trace.What.Wire wire && wire.sent()
                && !wire.bytes().isEmpty() && Character.isLetter(wire.bytes().at(0)))
            sent.add(Message.parse(wire.bytes()));
    }

    private Telephone phone(String name, String address, boolean answer) {
        return Telephone.start(network.host(address), name, PhoneSetup.at(
                "sip:" + name + "@" + address).calls(1).answering(answer));
    }

    /// S14: its header fields came in the order of a hash, the Via anywhere.
    @Test void whatever_a_phone_sends_begins_with_its_via() {
        try (var alice = phone("alice", "10.0.0.1", false);
                var bob = phone("bob", "10.0.0.2", true)) {
            alice.call("sip:bob@10.0.0.2:5060").hangUp();
            alice.message("sip:bob@10.0.0.2:5060", "hello");
            assertThat(bob.message(Duration.ofSeconds(1))).contains("hello");
        }
        assertThat(sent).hasSizeGreaterThan(6)
                .allMatch(message -> message.headers().getFirst().name().equals("Via"));
    }

    /// V1: its call returned when the other phone rang, as if somebody had answered.
    @Test void a_phone_that_only_rings_is_not_connected() {
        try (var alice = phone("alice", "10.0.0.1", false);
                var bob = phone("bob", "10.0.0.2", false)) {
            assertThatThrownBy(() -> alice.call("sip:bob@10.0.0.2:5060"))
                    .isInstanceOf(Telephone.Failed.class);
            assertThat(bob.answer(Duration.ofSeconds(1)).filter(call -> call.flows())).isEmpty();
        }
        assertThat(sent).anyMatch(message -> message.startLine().contains("180"));
    }
}
