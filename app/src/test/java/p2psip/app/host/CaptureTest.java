package p2psip.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.app.host.HostContract.at;

import module java.base;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.capture.Capture;
import p2psip.app.capture.Packet;
import p2psip.app.capture.PcapngWriter;
import p2psip.app.capture.Streams;
import p2psip.app.host.Puppet.Strings;
import p2psip.app.peers.Tshark;
import p2psip.std.Bytes;

/// What either host writes as a capture, read by ourselves and by tshark where it is installed.
class CaptureTest {
    private static final String OPTIONS = """
            OPTIONS sip:bob@127.0.0.1 SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK776asdhds
            Max-Forwards: 70
            From: <sip:alice@127.0.0.1>;tag=1928301774
            To: <sip:bob@127.0.0.1>
            Call-ID: a84b4c76e66710
            CSeq: 1 OPTIONS
            Content-Length: 0

            """.replace("\n", "\r\n");

    @TempDir Path folder;

    /// Two nodes that send each other one message by datagram and one, in two pieces, by stream.
    private static void talk(Strings alice, String hers, Strings bob, String his) {
        var a = alice.bind(at(hers, 0));
        var b = bob.bind(at(his, 0));
        var message = Bytes.utf8(OPTIONS);
        alice.pull(new Effect.Datagram(a, b, message));
        bob.hear(Event.Datagram.class);
        bob.pull(new Effect.Datagram(b, a, message));
        alice.hear(Event.Datagram.class);
        alice.pull(new Effect.Open(HostContract.id(1), bob.listen(b)));
        alice.hear(Event.Connected.class);
        var flow = bob.hear(Event.Accepted.class).id();
        alice.pull(new Effect.Write(HostContract.id(1), message.slice(0, 100)),
                new Effect.Write(HostContract.id(1), message.slice(100, message.size())));
        bob.read(message.size());
        bob.pull(new Effect.Write(flow, message));
        alice.read(message.size());
        alice.pull(new Effect.Close(HostContract.id(1)));
        bob.hear(Event.Closed.class);
    }

    private Path real() throws IOException {
        var file = folder.resolve("real.pcapng");
        try (var writer = new PcapngWriter(Files.newOutputStream(file));
                var host = new RealHost(RealHost.Options.of(Optional.empty(), writer));
                var other = new RealHost(RealHost.Options.of(Optional.empty(), writer))) {
            talk(new Strings(host, "alice"), "127.0.0.1", new Strings(other, "bob"), "127.0.0.1");
        }
        return file;
    }

    private Path simulated() throws IOException {
        var file = folder.resolve("simulated.pcapng");
        try (var writer = new PcapngWriter(Files.newOutputStream(file))) {
            var network = new Network(1, writer);
            talk(new Strings(network.host("2001:db8::1"), "alice"), "2001:db8::1",
                    new Strings(network.host("2001:db8::2"), "bob"), "2001:db8::2");
        }
        return file;
    }

    private static List<Packet> packets(Path file) throws IOException {
        return Capture.parse(Bytes.wrap(Files.readAllBytes(file))).packets();
    }

    @Test void a_capture_holds_all_that_was_said_once() throws IOException {
        for (var file : List.of(real(), simulated())) {
            var packets = packets(file);
            assertThat(packets.stream().filter(p -> p.flags() == 0))
                    .extracting(p -> p.payload().utf8()).containsExactly(OPTIONS, OPTIONS);
            assertThat(Streams.of(packets).values())
                    .extracting(Bytes::utf8).containsExactly(OPTIONS, OPTIONS);
        }
    }

    @Tag("peer") @Test void tshark_finds_every_message_and_nothing_wrong() throws Exception {
        Tshark.assumeThere();
        for (var file : List.of(real(), simulated())) {
            var port = packets(file).getFirst().to().getPort();
            var tshark = new Tshark(file, List.of(port));
            assertThat(tshark.lines("sip.Method")).as(file + ": messages").hasSize(4);
            assertThat(tshark.lines("_ws.malformed or _ws.expert.severity >= \"Warning\" "
                    + "or ip.checksum.status == 0 or udp.checksum.status == 0 "
                    + "or tcp.checksum.status == 0 or tcp.analysis.flags"))
                    .as(file + ": anything wrong").isEmpty();
        }
    }
}
