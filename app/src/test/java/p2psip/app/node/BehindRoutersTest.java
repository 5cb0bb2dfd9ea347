package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.host.*;
import p2psip.app.media.MediaProxy;
import p2psip.app.p2p.*;
import p2psip.app.sip.SipPort;
import p2psip.app.trace.Trace;
import p2psip.app.voip.*;
import p2psip.std.rfc3261.Transport;

/// Nodes and telephones behind routers: a call gets through, and says who calls.
class BehindRoutersTest {
    private static final String ALICE = "sip:alice@example.com", BOB = "sip:bob@example.com";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<Trace> trace = new ArrayList<>();
    private final Network network = new Network(3, trace::add);
    private final RunningNode middle;
    private int homes;

    BehindRoutersTest() {
        network.wires(Wire.of(Duration.ofMillis(20)));
        middle = RunningNode.start(network.host("203.0.113.1"), "middle", Node.Options.at(
                InetAddress.ofLiteral("203.0.113.1"), List.of()));
    }

    /// A home with a node and a telephone beside it.
    private Telephone home(Nat nat, String aor) {
        var box = network.nat(nat, "198.51.100." + ++homes);
        var at = InetAddress.ofLiteral("192.168.1.5");
        var usual = Node.Options.at(at, List.of(middle.overlay()));
        var node = RunningNode.start(box.host("192.168.1.5"), "node of " + aor, new Node.Options(
                new SipPort.Wish(List.of(at), 5062, false, EnumSet.of(Transport.UDP)),
                usual.lookups(), new OverlayConfig(usual.overlay().bind(), true, List.of(at), false,
                        usual.overlay().bootstrap(), Optional.empty()),
                usual.door(), usual.trust(), usual.traced()));
        var phone = Telephone.start(box.host("192.168.1.6"), aor, PhoneSetup.of(aor, node.sip()));
        phone.register();
        node.publishes(1);
        return phone;
    }

    @Test void a_call_gets_through_and_is_ended_at_both_sides() {
        try (var alice = home(Nat.PORT_RESTRICTED, ALICE); var bob = home(Nat.SYMMETRIC, BOB)) {
            var call = alice.call(BOB);
            var taken = bob.answer(SECOND).orElseThrow();
            assertThat(taken.peer().orElseThrow().displayName()).isEqualTo("alice (verified)");
            assertThat(taken.talk(Duration.ofSeconds(3))).isFalse();
            assertThat(taken.hears()).as("bob hears alice").isTrue();
            assertThat(call.hears()).as("alice hears bob").isTrue();
            call.hangUp();
            assertThat(taken.talk(Duration.ofSeconds(2))).as("the BYE has come").isTrue();
        }
    }

    /// The node goes by TLS to its super-node, and its calls, sound included, with it.
    @Test void where_no_datagrams_pass_a_call_gets_through_all_the_same() {
        for (var others : List.of(Nat.PORT_RESTRICTED, Nat.NO_UDP))
            try (var alice = home(others, ALICE); var bob = home(Nat.NO_UDP, BOB)) {
                for (var pair : List.of(List.of(alice, bob), List.of(bob, alice))) {
                    var call = pair.getFirst().call(pair.getLast() == bob ? BOB : ALICE);
                    var taken = pair.getLast().answer(SECOND).orElseThrow();
                    assertThat(taken.peer().orElseThrow().displayName()).endsWith("(verified)");
                    taken.talk(Duration.ofSeconds(3));
                    assertThat(List.of(taken.hears(), call.hears())).containsOnly(true);
                    call.hangUp();
                    assertThat(taken.talk(Duration.ofSeconds(2))).isTrue();
                }
            }
    }

    /// Between two that could send to each other.
    @Test void by_choice_the_sound_of_all_calls_is_sealed() {
        for (var mode : List.of(MediaProxy.Mode.NEEDED, MediaProxy.Mode.ALWAYS)) {
            var network = new Network(9, trace::add);
            var nodes = new ArrayList<RunningNode>();
            for (int i = 1; i <= 2; i++) nodes.add(RunningNode.start(
                    network.host("10.0.0." + i), "node " + i, Node.Options.at(
                            InetAddress.ofLiteral("10.0.0." + i),
                            nodes.stream().map(RunningNode::overlay).toList()).with(mode)));
            try (var alice = Telephone.start(network.host("10.0.0.3"), ALICE,
                         PhoneSetup.of(ALICE, nodes.getFirst().sip()));
                    var bob = Telephone.start(network.host("10.0.0.4"), BOB,
                            PhoneSetup.of(BOB, nodes.getLast().sip()))) {
                bob.register();
                nodes.getLast().publishes(1);
                trace.clear();
                var call = alice.call(BOB);
                call.talk(Duration.ofSeconds(2));
                assertThat(call.hears()).isTrue();
                boolean straight = trace.stream().anyMatch(t -> t.node().equals(ALICE)
                        && t.what() instanceof Trace.What.Wire wire && wire.sent()
                        && wire.remote().getAddress().getHostAddress().equals("10.0.0.4"));
                assertThat(straight).isEqualTo(mode == MediaProxy.Mode.NEEDED);
                call.hangUp();
            }
        }
    }

    @Test void nobody_between_the_nodes_reads_a_word_of_it() {
        try (var alice = home(Nat.PORT_RESTRICTED, ALICE); var bob = home(Nat.LINUX, BOB)) {
            trace.clear();
            alice.message(BOB, "a secret word");
            assertThat(bob.message(SECOND)).contains("a secret word");
            var outside = trace.stream().map(Trace::what)
                    .filter(Trace.What.Wire.class::isInstance).map(Trace.What.Wire.class::cast)
                    .filter(wire -> !wire.remote().getAddress().isSiteLocalAddress()).toList();
            assertThat(outside).hasSizeGreaterThan(5)
                    .noneMatch(wire -> wire.bytes().utf8().contains("secret"));
        }
    }

    @Test void who_calls_in_the_name_of_another_is_refused() {
        try (var bob = home(Nat.FULL_CONE, BOB); var _ = home(Nat.FULL_CONE, ALICE)) {
            var forger = Telephone.start(network.nat(Nat.FULL_CONE, "198.51.100.99")
                    .host("192.168.1.9"), ALICE, PhoneSetup.of(ALICE, middle.sip()));
            assertThatThrownBy(() -> forger.call(BOB)).hasMessageContaining("403");
            assertThat(bob.answer(Duration.ZERO)).isEmpty();
            forger.close();
        }
    }

    @Test void a_plain_call_from_outside_the_ring_does_not_come_in() {
        var bob = Telephone.start(network.host("203.0.113.7"), BOB,
                PhoneSetup.of(BOB, middle.sip()));
        var stranger = Telephone.start(network.host("203.0.113.8"), "sip:x@198.51.100.200",
                PhoneSetup.of("sip:x@198.51.100.200", middle.sip()));
        assertThatThrownBy(() -> stranger.call(BOB)).hasMessageContaining("403");
        stranger.close();
        bob.close();
    }
}
