package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.*;
import p2psip.app.portmap.HomeRouter;
import p2psip.app.portmap.HomeRouter.Language;
import p2psip.std.*;

/// A node at home whose router gives it a port is a super-node for friends without a server.
class MappedTest {
    private static final int PORT = 5063;
    private static final String OUTSIDE = "203.0.113.7";
    private static final InetSocketAddress MAPPED =
            new InetSocketAddress(InetAddress.ofLiteral(OUTSIDE), PORT);

    private final Network network = new Network(3);
    private final NatBox box = network.nat(Nat.LINUX, OUTSIDE);

    private record Member(Overlay overlay, Host.Line line) {
        List<String> said() {
            return line.told(Duration.ZERO).stream().filter(Host.Notice.class::isInstance)
                    .map(n -> ((Host.Notice) n).line()).toList();
        }

        NodeId id() { return overlay.self().orElseThrow().id(); }
    }

    private Member node(SimHost host, String name, boolean superNode, List<Place> places,
            boolean group) {
        var made = new AtomicReference<Overlay>();
        var line = host.start(name, room -> {
            made.set(new Overlay(0, Identity.generate(name, new SplittableRandom(
                    name.hashCode())), new OverlayConfig(new InetSocketAddress(
                    InetAddress.ofLiteral("0.0.0.0"), PORT), false, room.addresses(), superNode,
                    places, group ? Optional.of(Overlay.GROUP) : Optional.empty()).mapped(true),
                    room.random(), room.wall(), new Outbox<>()));
            return new Alone(made.get());
        });
        return new Member(made.get(), line);
    }

    private boolean await(BooleanSupplier what) {
        return network.runUntil(what, Duration.ofSeconds(30));
    }

    private static boolean serves(Member by, Member whom) {
        return whom.overlay.relays().stream().anyMatch(p -> p.id().equals(by.id()));
    }

    private Optional<InetSocketAddress> address(Member node) { return node.overlay.address(); }

    @Test void friends_from_elsewhere_join_it_and_it_says_so() {
        HomeRouter.in(box, OUTSIDE, Language.PCP);
        var alice = node(box.host("192.168.1.5"), "alice", true, List.of(), false);
        assertThat(await(() -> address(alice).equals(Optional.of(MAPPED)))).isTrue();
        assertThat(alice.said()).contains("others reach this node at 203.0.113.7:5063: its router"
                + " lets them in (192.168.1.1 by PCP)");
        var invitation = alice.overlay.invitation().orElseThrow();
        assertThat(invitation.isLocal()).isFalse();
        assertThat(invitation.superNodes()).containsExactly(new Peer(alice.id(), MAPPED));

        var bob = node(network.nat(Nat.SYMMETRIC, "198.51.100.2").host("192.168.1.5"), "bob",
                false, invitation.places(), false);
        assertThat(await(() -> serves(alice, bob))).isTrue();
        assertThat(bob.overlay.neighbours(network.now())).allMatch(n -> n.relay().isEmpty());
    }

    /// It was one before it had the port: those who knew it hear where it is now.
    @Test void who_spoke_with_it_before_learns_the_new_address() {
        var router = HomeRouter.in(box, OUTSIDE, Language.NAT_PMP);
        router.hush(true);
        var outside = node(network.host("203.0.113.1"), "outside", true, List.of(), false);
        network.run(Duration.ofSeconds(3));
        var alice = node(box.host("192.168.1.5"), "alice", true,
                List.of(new Place("203.0.113.1", PORT)), false);
        assertThat(await(() -> outside.overlay.neighbours(network.now()).stream().anyMatch(
                n -> n.role() == Neighbour.Role.NEIGHBOUR))).isTrue();
        assertThat(address(alice).orElseThrow().getAddress().getHostAddress())
                .isEqualTo("192.168.1.5");
        router.hush(false);
        assertThat(network.runUntil(() -> outside.overlay.neighbours(network.now()).stream()
                .anyMatch(n -> n.peer().equals(new Peer(alice.id(), MAPPED))),
                Duration.ofMinutes(12))).isTrue();
    }

    /// Of the own network one is spoken with straight, though the router does not send back what
    /// comes from inside.
    @Test void those_of_the_own_network_do_not_need_the_router() {
        HomeRouter.in(box, OUTSIDE, Language.PCP);
        var alice = node(box.host("192.168.1.5"), "alice", true, List.of(), true);
        assertThat(await(() -> address(alice).equals(Optional.of(MAPPED)))).isTrue();
        var carol = node(box.host("192.168.1.6"), "carol", false, List.of(), true);
        assertThat(await(() -> serves(alice, carol))).isTrue();
        network.run(Duration.ofMinutes(10));
        assertThat(serves(alice, carol)).isTrue();
        assertThat(carol.overlay.superNode()).isFalse();
    }

    /// Also anew, when the session has been lost.
    @Test void a_peer_of_the_own_network_is_called_where_it_was_seen() {
        var alice = Identity.generate("alice", new SplittableRandom(1));
        var carol = Identity.generate("carol", new SplittableRandom(2));
        var near = new InetSocketAddress(InetAddress.ofLiteral("192.168.1.5"), PORT);
        var self = new InetSocketAddress(InetAddress.ofLiteral("192.168.1.6"), PORT);
        var now = Network.BEGIN;
        var there = new Sessions(alice, MAPPED, new SplittableRandom(9));
        var here = new Sessions(carol, self, new SplittableRandom(9));
        var to = here.handle(new Sessions.Input.Meet(near, Optional.empty()), now);
        while (!to.isEmpty()) {
            var back = carry(to, self, there, now);
            to = carry(back, near, here, now);
        }
        var later = now.plus(Duration.ofHours(3));
        here.wake(later);
        assertThat(here.living(later)).isEmpty();
        assertThat(here.handle(new Sessions.Input.Send(new Peer(alice.id(), MAPPED),
                Bytes.utf8("x"), true), later).stream()
                .filter(Sessions.Output.Transmit.class::isInstance)
                .map(output -> ((Sessions.Output.Transmit) output).remote())).containsOnly(near);
    }

    private static List<Sessions.Output> carry(
            List<Sessions.Output> sent, InetSocketAddress from, Sessions to, Instant now) {
        return sent.stream().filter(Sessions.Output.Transmit.class::isInstance)
                .map(Sessions.Output.Transmit.class::cast).flatMap(output -> to.handle(
                        new Sessions.Input.Received(from, output.datagram()), now).stream())
                .toList();
    }

    @Test void it_gives_the_port_back_before_it_has_left() {
        var router = HomeRouter.in(box, OUTSIDE, Language.UPNP);
        var alice = node(box.host("192.168.1.5"), "alice", true, List.of(), false);
        assertThat(await(() -> address(alice).equals(Optional.of(MAPPED)))).isTrue();
        alice.line.command(new Lookup.Input.Leave());
        assertThat(network.runUntil(alice.line::ended, Duration.ofSeconds(2))).isTrue();
        assertThat(router.mapped()).isEmpty();
    }

    @Test void without_a_router_that_answers_nothing_is_said_and_nothing_waits() {
        var alice = node(box.host("192.168.1.5"), "alice", true, List.of(), false);
        network.run(Duration.ofSeconds(2));
        assertThat(alice.line.told(Duration.ZERO)).contains(new Lookup.Output.Ready());
        network.run(Duration.ofMinutes(5));
        assertThat(alice.said()).isEmpty();
        alice.line.command(new Lookup.Input.Leave());
        assertThat(network.runUntil(alice.line::ended, Duration.ofSeconds(2))).isTrue();
    }
}
