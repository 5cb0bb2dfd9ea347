package p2psip.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import p2psip.app.host.*;
import p2psip.app.p2p.*;
import p2psip.app.sip.SipPort;
import p2psip.app.trace.Trace;
import p2psip.app.voip.*;
import p2psip.std.rfc3261.Transport;

/// Telephones behind routers, far from their node, which is public: what is said in a call follows
/// the flow that each has registered by, and their sound passes through the node.
class RemotePhonesTest {
    private static final String ALICE = "sip:alice@example.com", BOB = "sip:bob@example.com";
    private static final InetAddress PUBLIC = InetAddress.ofLiteral("203.0.113.1");
    private static final String WORD = "open sesame";
    private static final Duration SECOND = Duration.ofSeconds(1), TALK = Duration.ofSeconds(3);

    enum Routers {
        RESTRICTED(Nat.PORT_RESTRICTED), SYMMETRIC(Nat.SYMMETRIC), LINUX(Nat.LINUX_ANSWERING);

        private final Nat nat;

        Routers(Nat nat) { this.nat = nat; }
    }

    private final List<Trace> trace = new ArrayList<>();
    private final Network network = new Network(5, trace::add);
    private final RunningNode node;

    RemotePhonesTest() {
        network.wires(Wire.of(Duration.ofMillis(20)));
        node = node("203.0.113.1", List.of());
    }

    /// A super-node, for telephones from everywhere.
    private RunningNode node(String ip, List<Place> others) {
        var usual = Node.Options.at(InetAddress.ofLiteral(ip), others);
        return RunningNode.start(network.host(ip), "node " + ip, new Node.Options(usual.sip(),
                usual.lookups(), usual.overlay(), new Door.Word(WORD), usual.trust(), true));
    }

    /// An ordinary node at home.
    private RunningNode home(NatBox box) {
        var at = InetAddress.ofLiteral("192.168.1.5");
        var usual = Node.Options.at(at, List.of(node.overlay()));
        return RunningNode.start(box.host("192.168.1.5"), "home", new Node.Options(
                new SipPort.Wish(List.of(at), 5062, false, EnumSet.of(Transport.UDP)),
                usual.lookups(), new OverlayConfig(usual.overlay().bind(), true, List.of(at), false,
                        usual.overlay().bootstrap(), Optional.empty()),
                usual.door(), usual.trust(), usual.traced()));
    }

    private Telephone phone(SimHost host, String aor) {
        var phone = Telephone.start(host, aor, PhoneSetup.of(aor, node.sip())
                .withLogin(aor.substring(4, aor.indexOf('@')), WORD));
        phone.register();
        return phone;
    }

    private static void talks(Telephone alice, Telephone bob, boolean callerEnds) {
        talks(alice, bob, BOB, callerEnds);
    }

    private static void talks(
            Telephone caller, Telephone called, String whom, boolean callerEnds) {
        var call = caller.call(whom);
        var taken = called.answer(SECOND).orElseThrow();
        assertThat(taken.talk(TALK)).as("the call goes on").isFalse();
        assertThat(taken.hears()).as("who was called hears the caller").isTrue();
        assertThat(call.hears()).as("the caller hears who was called").isTrue();
        (callerEnds ? call : taken).hangUp();
        assertThat((callerEnds ? taken : call).talk(Duration.ofSeconds(2)))
                .as("the BYE has come").isTrue();
    }

    private boolean wentStraight(String aor) {
        return trace.stream().anyMatch(t -> t.node().equals(aor)
                && t.what() instanceof Trace.What.Wire wire && wire.sent()
                && !wire.remote().getAddress().equals(PUBLIC));
    }

    @ParameterizedTest @EnumSource void two_behind_routers_of_their_own(Routers routers) {
        try (var alice = phone(network.nat(routers.nat, "198.51.100.1").host("192.168.1.6"), ALICE);
                var bob = phone(network.nat(routers.nat, "198.51.100.2").host("192.168.1.6"),
                        BOB)) {
            talks(alice, bob, true);
            talks(alice, bob, false);
            assertThat(wentStraight(ALICE)).as("nothing is sent where nobody is").isFalse();
        }
    }

    @Test void one_behind_a_router_and_one_that_is_public() {
        var home = network.nat(Nat.PORT_RESTRICTED, "198.51.100.1");
        try (var alice = phone(home.host("192.168.1.6"), ALICE);
                var bob = phone(network.host("203.0.113.9"), BOB)) {
            talks(alice, bob, false);
        }
        try (var alice = phone(network.host("203.0.113.8"), ALICE);
                var bob = phone(home.host("192.168.1.7"), BOB)) {
            talks(alice, bob, true);
        }
    }

    @Test void two_of_one_home_speak_straight() {
        var home = network.nat(Nat.PORT_RESTRICTED, "198.51.100.1");
        try (var alice = phone(home.host("192.168.1.6"), ALICE);
                var bob = phone(home.host("192.168.1.7"), BOB)) {
            talks(alice, bob, false);
            assertThat(wentStraight(ALICE)).isTrue();
        }
    }

    /// The caller's node has to carry its sound, and the other's to bring it.
    @Test void one_far_from_its_node_and_one_beside_another_node() {
        var box = network.nat(Nat.SYMMETRIC, "198.51.100.2");
        var second = home(box);
        try (var alice = phone(network.nat(Nat.PORT_RESTRICTED, "198.51.100.1")
                        .host("192.168.1.6"), ALICE);
                var bob = Telephone.start(box.host("192.168.1.6"), BOB,
                        PhoneSetup.of(BOB, second.sip()))) {
            bob.register();
            second.publishes(1);
            talks(alice, bob, true);
            node.publishes(1);
            talks(bob, alice, ALICE, false);
        }
    }

    /// A node whose telephone does not send by a Link, and one that is far from its own.
    @Test void a_public_phone_beside_another_node_calls_one_behind_a_router() {
        var second = node("203.0.113.2", List.of(node.overlay()));
        try (var alice = Telephone.start(network.host("203.0.113.3"), ALICE,
                        PhoneSetup.of(ALICE, second.sip()).withLogin("alice", WORD));
                var bob = phone(network.nat(Nat.PORT_RESTRICTED, "198.51.100.1")
                        .host("192.168.1.6"), BOB)) {
            alice.register();
            node.publishes(1);
            second.publishes(1);
            talks(alice, bob, true);
        }
    }

    @Test void one_on_the_host_of_a_public_node_and_one_at_home() {
        var host = network.host("203.0.113.2");
        var second = RunningNode.start(host, "second",
                Node.Options.at(InetAddress.ofLiteral("203.0.113.2"), List.of(node.overlay())));
        var box = network.nat(Nat.LINUX, "198.51.100.2");
        var home = home(box);
        try (var alice = Telephone.start(host, ALICE, PhoneSetup.of(ALICE, second.sip()));
                var bob = Telephone.start(box.host("192.168.1.6"), BOB,
                        PhoneSetup.of(BOB, home.sip()))) {
            alice.register();
            bob.register();
            second.publishes(1);
            home.publishes(1);
            talks(alice, bob, true);
            talks(bob, alice, ALICE, true);
        }
    }
}
