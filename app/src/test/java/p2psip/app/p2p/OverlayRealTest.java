package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.*;
import p2psip.app.lookup.Lookup.*;

/// The overlay on real sockets of the loopback interface, multicast included.
class OverlayRealTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String KEY = "sip:alice@example.com";

    private RealHost host;
    private InetSocketAddress group;

    @BeforeEach void begin() throws IOException {
        host = new RealHost(RealHost.Options.of(Optional.empty()));
        try (var free = new DatagramSocket(0, LOOPBACK)) {
            group = new InetSocketAddress(Overlay.GROUP.getAddress(), free.getLocalPort());
        }
    }

    @AfterEach void end() { host.close(); }

    private final Map<String, Overlay> overlays = new ConcurrentHashMap<>();

    private Host.Line node(String name, boolean superNode, boolean multicast, List<Place> places) {
        return host.start(name, room -> {
            var overlay = new Overlay(0, Identity.generate(name, room.random()),
                    new OverlayConfig(new InetSocketAddress(LOOPBACK, 0), false,
                    room.addresses(), superNode, places,
                            multicast ? Optional.of(group) : Optional.empty()),
                    room.random(), room.wall(), new p2psip.std.Outbox<>());
            overlays.put(name, overlay);
            return new Alone(overlay);
        });
    }

    /// The next thing told of a kind.
    private static <T> T hear(Host.Line line, Class<T> kind) {
        for (var told = line.told(PATIENCE); !told.isEmpty(); told = line.told(PATIENCE))
            for (var what : told) if (kind.isInstance(what)) return kind.cast(what);
        throw new AssertionError("not told within " + PATIENCE + ": " + kind);
    }

    private Host.Line node(String name, String bind, boolean superNode, String places) {
        return host.start(name, room -> {
            var overlay = new Overlay(0, Identity.generate(name, room.random()),
                    new OverlayConfig(new InetSocketAddress(InetAddress.ofLiteral(bind), 0), false,
                    Stream.of("127.0.0.1", "::1").map(InetAddress::ofLiteral).filter(ip ->
                            bind.equals("0.0.0.0") || ip.equals(InetAddress.ofLiteral(bind)))
                            .toList(), superNode, Place.parseList(places), Optional.empty()),
                    room.random(), room.wall(), new p2psip.std.Outbox<>());
            overlays.put(name, overlay);
            return new Alone(overlay);
        });
    }

    private static void assumeSix() {
        try (var socket = new DatagramSocket(0, InetAddress.ofLiteral("::1"))) {
            assertThat(socket.isBound()).isTrue();
        } catch (IOException e) {
            assumeTrue(false, "no IPv6 on this computer");
        }
    }

    private int port(String name) {
        return overlays.get(name).self().orElseThrow().address().getPort();
    }

    /// One is everywhere, one has IPv6 alone, one IPv4 alone: all are of one ring.
    @Test void nodes_speak_by_either_family() {
        assumeSix();
        var a = node("a", "0.0.0.0", true, "");
        hear(a, Output.Ready.class);
        var b = node("b", "::1", false, "[::1]:" + port("a"));
        var c = node("c", "127.0.0.1", false, "127.0.0.1:" + port("a"));
        hear(b, Output.Ready.class);
        hear(c, Output.Ready.class);
        assertThat(overlays.get("b").superNode()).isFalse();
        findsWhatWasPut(b, c);
    }

    /// What one puts the other finds.
    private void findsWhatWasPut(Host.Line one, Host.Line other) {
        var alice = Identity.generate(KEY, new SplittableRandom(1));
        var record = SignedRecord.sign(alice, KEY, new Contact(alice.key(), List.of(
                        new Contact.Address("sip:127.0.0.1:5062"))), 1, Instant.now(),
                Duration.ofMinutes(1));
        one.command(new Input.Ask(1, new Query.Put(record)));
        assertThat(hear(one, Output.Told.class).answer()).isInstanceOf(Answer.Done.class);
        other.command(new Input.Ask(2, new Query.Get(KEY)));
        assertThat(hear(other, Output.Told.class).answer())
                .isEqualTo(new Answer.Found(List.of(record)));
    }

    @Test void two_nodes_of_ipv6_alone() {
        assumeSix();
        var a = node("a", "::1", true, "");
        hear(a, Output.Ready.class);
        var b = node("b", "::1", false, "[::1]:" + port("a"));
        hear(b, Output.Ready.class);
        assertThat(overlays.get("b").relays()).containsExactly(
                overlays.get("a").self().orElseThrow());
    }

    @Test void nodes_of_one_computer_find_each_other_by_multicast_and_by_list() {
        var a = node("a", true, true, List.of());
        hear(a, Output.Ready.class);
        var at = overlays.get("a").self().orElseThrow().address();
        var b = node("b", false, true, List.of());
        var c = node("c", false, false, List.of(new Place("127.0.0.1", at.getPort())));
        hear(b, Output.Ready.class);
        hear(c, Output.Ready.class);

        findsWhatWasPut(b, c);
        a.command(new Input.Leave());
        hear(a, Output.Left.class);
    }

    /// At the place that it knows no datagram is answered: there is but what hands streams on.
    @Test void a_node_whose_datagrams_go_nowhere_joins_by_tls() throws IOException {
        var a = node("a", true, false, List.of());
        hear(a, Output.Ready.class);
        var at = overlays.get("a").self().orElseThrow();
        try (var door = new ServerSocket(0, 50, LOOPBACK)) {
            Thread.startVirtualThread(() -> handOn(door, at.address()));
            var c = node("c", false, false, List.of(new Place("127.0.0.1", door.getLocalPort())));
            hear(c, Output.Ready.class);
            c.command(new Input.Ask(2, new Query.Get(KEY)));
            assertThat(hear(c, Output.Told.class).answer())
                    .isEqualTo(new Answer.Found(List.of()));
            assertThat(overlays.get("c").neighbours(c.now())).singleElement().satisfies(
                    met -> assertThat(met.peer().id()).isEqualTo(at.id()));
        }
    }

    private static void handOn(ServerSocket door, InetSocketAddress to) {
        try {
            while (true) {
                var from = door.accept();
                var there = new Socket(to.getAddress(), to.getPort());
                for (var pair : List.of(List.of(from, there), List.of(there, from)))
                    Thread.startVirtualThread(() -> {
                        try (var in = pair.getFirst(); var out = pair.getLast()) {
                            in.getInputStream().transferTo(out.getOutputStream());
                        } catch (IOException e) {
                            // one of them has gone
                        }
                    });
            }
        } catch (IOException closed) {
            // the test is over
        }
    }
}
