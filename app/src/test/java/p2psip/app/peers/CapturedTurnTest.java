package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.host.*;
import p2psip.app.stun.*;
import p2psip.std.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8656.*;

/// Sessions of our TURN client with our server, captured: tshark knows each packet, and finds
/// nothing wrong.
@Tag("peer")
class CapturedTurnTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    /// How often something is said to the peer: at first by Send, later by a channel.
    private static final int SAID = 8;

    @TempDir Path folder;

    @BeforeAll static void tshark() {
        Programs.assumeNight();
        Tshark.assumeThere();
    }

    /// Where the server was.
    private int session(Path file, Optional<Way> way, Credentials shown, Credentials believed)
            throws Exception {
        try (var _ = new Dumpcap(file, "udp or tcp");
                var host = new RealHost(RealHost.Options.of(Optional.empty()).with(shown));
                var other = new RealHost(RealHost.Options.of(Optional.empty()).with(believed));
                var peer = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
            var users = TurnUsers.of("p2psip.test", List.of("u:p"), Optional.empty(),
                    InstantSource.system());
            var server = told(host.start("turn", room -> new Relaying(new Relaying.Options(
                    List.of(new Relaying.Place(way, new InetSocketAddress(HERE, 0))),
                    new TurnServer.Settings("p2psip", Map.of(Family.IPV4, HERE), 40_000, 48_000,
                            Limits.USUAL, new Peers(List.of(Net.parse("127.0.0.1")), Set.of())),
                    "p2psip.test", users, Duration.ofMinutes(30), false), room.random())),
                    Relaying.Ready.class).places().getFirst().at();
            var alice = other.start("alice", room -> new Borrower(
                    server, way, HERE, new Credential("u", "p"), room.random()));
            told(alice, TurnClient.Output.Allocated.class);
            for (int i = 0; i < SAID; i++) {
                alice.command(new TurnClient.Input.Send(new InetSocketAddress(
                        HERE, peer.getLocalPort()), Bytes.utf8("hello")));
                var packet = new DatagramPacket(new byte[100], 100);
                peer.setSoTimeout((int) SOON.toMillis());
                peer.receive(packet);
                peer.send(packet);
                told(alice, TurnClient.Output.Data.class);
            }
            alice.command(new TurnClient.Input.Close());
            told(alice, TurnClient.Output.Closed.class);
            return server.getPort();
        }
    }

    private static <T> T told(Host.Line line, Class<T> kind) {
        for (int i = 0; i < 20; i++)
            for (var each : line.told(SOON)) if (kind.isInstance(each)) return kind.cast(each);
        throw new AssertionError("no " + kind);
    }

    @Test void by_udp_and_by_tcp_each_packet_is_of_stun() throws Exception {
        for (var way : List.<Optional<Way>>of(Optional.empty(), Optional.of(new Way.Tcp()))) {
            var file = folder.resolve(way.isEmpty() ? "udp.pcapng" : "tcp.pcapng");
            int port = session(file, way, Credentials.USUAL, Credentials.USUAL);
            var tshark = new Tshark(file, List.of(), List.of(port));
            var ours = way.isEmpty() ? "udp.port == " + port
                    : "tcp.port == " + port + " and tcp.len > 0";
            assertThat(tshark.lines(ours + " and not stun")).isEmpty();
            assertThat(tshark.lines(ours + " and _ws.malformed")).isEmpty();
            // Allocate, Send and Data, ChannelData both ways
            assertThat(tshark.lines(ours + " and stun.type.method == 0x0003"))
                    .hasSizeGreaterThanOrEqualTo(4);
            assertThat(tshark.lines(ours + " and stun.type.class == 0x0001")).isNotEmpty();
            assertThat(tshark.lines(ours + " and stun.channel")).isNotEmpty();
            System.out.println(ours + ": " + tshark.lines(ours).size() + " packets, "
                    + tshark.lines(ours + " and stun").size() + " of STUN, "
                    + tshark.lines(ours + " and stun.channel").size() + " of them ChannelData");
        }
    }

    @Test void by_tls_each_packet_is_of_tls() throws Exception {
        var file = folder.resolve("tls.pcapng");
        var authority = new Authority();
        int port = session(file, Optional.of(new Way.Tls("turn.test")),
                new Credentials(List.of(authority.certify("turn.test")), List.of()),
                new Credentials(List.of(), List.of(authority.certificate())));
        var tshark = new Tshark(file, List.of());
        var ours = "tcp.port == " + port + " and tcp.len > 0";
        assertThat(tshark.lines(ours + " and not tls and not tcp.reassembled_in")).isEmpty();
        assertThat(tshark.lines(ours + " and _ws.malformed")).isEmpty();
        assertThat(tshark.lines(ours + " and tls.handshake.type == 2")).hasSize(1);
        assertThat(tshark.lines(ours + " and tls.record.opaque_type == 23")).isNotEmpty();
        System.out.println(ours + ": " + tshark.lines(ours).size() + " packets, "
                + tshark.lines(ours + " and tls").size() + " of TLS");
    }
}
