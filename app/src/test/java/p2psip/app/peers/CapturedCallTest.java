package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.app.capture.*;
import p2psip.app.host.RealHost;
import p2psip.app.p2psip.*;
import p2psip.std.Bytes;
import picocli.CommandLine;

/// Calls through two nodes, captured: neither tshark nor our own parsers find anything wrong.
@Tag("peer")
class CapturedCallTest {
    private static final Duration TALK = Duration.ofSeconds(1);

    /// Overlay packets, which no other program knows, are data to tshark: they begin with the bits
    /// 11, a type, `p2` and a version.
    private static final String WRONG =
            "_ws.malformed or data and not (data.data[1:3] == 70:32:01 and data.data[0] >= c0)";

    @TempDir Path folder;

    @BeforeAll static void tshark() { Tshark.assumeThere(); }

    @Test void our_own_phones() throws Exception {
        var file = folder.resolve("demo.pcapng");
        var out = new StringWriter();
        assertThat(new CommandLine(new DemoVerb()).setOut(new PrintWriter(out))
                .execute("--pcap", "" + file)).as(() -> "" + out).isZero();
        var report = inspect(file);
        assertThat(report.ok(Protocol.TELEPHONE_EVENT)).isPositive();
        assertThat(report.ok(Protocol.OVERLAY)).isPositive();
        agree(new Tshark(file, List.of()), report);
    }

    @ParameterizedTest @ValueSource(strings = {"udp", "tcp"})
    void two_baresips(String transport) throws Exception {
        Programs.assumeNight();
        Baresip.assumeThere();
        var file = folder.resolve("call.pcapng");
        try (var here = new RealHost(RealHost.Options.of(Optional.empty()));
                var there = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var first = FirstCallTest.node(here, "first", List.of());
            var second = FirstCallTest.node(there, "second", List.of(first.overlay()));
            var sip = Stream.of(first, second).map(node -> node.sip().getPort()).toList();
            try (var alice = new Baresip(folder.resolve("alice"), "sip:alice@example.com",
                            FirstCallTest.proxy(first, transport), 440);
                    var bob = new Baresip(folder.resolve("bob"), "sip:bob@example.com",
                            FirstCallTest.proxy(second, transport), 1000)) {
                first.publishes(1);
                second.publishes(1);
                try (var _ = new Dumpcap(file, "port %d or port %d or %s or %s".formatted(
                        sip.getFirst(), sip.getLast(), alice.ports(), bob.ports()))) {
                    assertThat(new CommandLine(new StunVerb()).setOut(new PrintWriter(
                            new StringWriter())).execute("127.0.0.1:" + sip.getFirst())).isZero();
                    alice.dial("sip:bob@example.com");
                    alice.await("CALL_ESTABLISHED");
                    bob.await("CALL_ESTABLISHED");
                    alice.hears(TALK);
                    bob.hears(TALK);
                    alice.hangUp();
                    bob.await("CALL_CLOSED");
                }
            }
            var report = inspect(file);
            assertThat(report.ok(Protocol.STUN)).isEqualTo(2);
            agree(new Tshark(file, sip), report);
        }
    }

    private static Report inspect(Path file) throws IOException {
        var report = Inspector.inspect(
                Capture.parse(Bytes.wrap(Files.readAllBytes(file))), _ -> { });
        assertThat(report.problems()).isEmpty();
        assertThat(report.ok(Protocol.SIP)).isGreaterThan(10);
        assertThat(report.ok(Protocol.RTP)).isGreaterThan(50);
        return report;
    }

    /// Both find nothing wrong, and the same numbers of everything; of a stream tshark counts
    /// segments, which may hold several messages.
    private static void agree(Tshark tshark, Report report) throws Exception {
        assertThat(tshark.lines(WRONG)).isEmpty();
        assertThat(tshark.lines("rtp and not icmp")).hasSize(report.ok(Protocol.RTP));
        assertThat(tshark.lines("rtcp and not icmp")).hasSize(report.ok(Protocol.RTCP));
        assertThat(tshark.lines("stun")).hasSize(report.ok(Protocol.STUN));
        assertThat(tshark.lines("sdp")).hasSizeBetween(2, report.ok(Protocol.SDP));
        assertThat(tshark.lines("sip")).hasSizeBetween(10, report.ok(Protocol.SIP));
    }
}
