package p2psip.app.capture;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import p2psip.app.trace.*;
import p2psip.app.trace.Trace.What.Wire;
import p2psip.app.trace.Trace.What.Wire.Kind;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3550.RtcpPacket.*;
import p2psip.std.rfc8489.*;

class InspectorTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final InetSocketAddress ALICE = at("192.0.2.1", 5060),
            BOB = at("192.0.2.2", 5060), ANY = at("192.0.2.1", 40_000),
            RTP = at("192.0.2.1", 4000), RTCP = at("192.0.2.1", 4001),
            HIS_RTP = at("192.0.2.2", 6000), HIS_RTCP = at("192.0.2.2", 6001),
            STUN = at("192.0.2.3", 3478), NODE = at("192.0.2.1", 5063),
            OTHER = at("192.0.2.2", 5063);

    private static final String OPTIONS = """
            OPTIONS sip:bob@example.com SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds
            Max-Forwards: 70
            From: <sip:alice@example.com>;tag=1928301774
            To: <sip:bob@example.com>
            Call-ID: a84b4c76e66710
            CSeq: 1 OPTIONS
            Content-Length: 0

            """.replace("\n", "\r\n");

    private static final String SDP = """
            v=0
            o=alice 1 1 IN IP4 192.0.2.1
            s=-
            c=IN IP4 192.0.2.1
            t=0 0
            m=audio 4000 RTP/AVP 0 101
            a=rtpmap:101 telephone-event/8000
            """.replace("\n", "\r\n");

    private static final ReceiverReport REPORT = new ReceiverReport(1, List.of(), Bytes.EMPTY);
    private static final String HELLO = "c1703201" + "00".repeat(40);

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final PcapngWriter writer = new PcapngWriter(file);
    private int millis;

    private static InetSocketAddress at(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    private void wire(Kind kind, InetSocketAddress from, InetSocketAddress to, Bytes bytes) {
        writer.accept(new Trace("test", NOON.plusMillis(millis++),
                new Wire(kind, true, from, to, bytes)));
    }

    private void datagram(InetSocketAddress from, InetSocketAddress to, Bytes bytes) {
        wire(Kind.DATAGRAM, from, to, bytes);
    }

    private void stream(String... pieces) {
        wire(Kind.OPEN, ANY, BOB, Bytes.EMPTY);
        for (var piece : pieces) wire(Kind.DATA, ANY, BOB, Bytes.utf8(piece));
    }

    private static Bytes invite(String sdp) {
        return Bytes.utf8(OPTIONS.replace("OPTIONS", "INVITE").replace("Content-Length: 0",
                "Contact: <sip:alice@192.0.2.1>\r\nContent-Type: application/sdp\r\n"
                        + "Content-Length: " + sdp.length()) + sdp);
    }

    private static Bytes rtp(int payloadType, String payload) {
        return RtpPacket.of(false, payloadType, new SequenceNumber(7), 160, 1, Bytes.hex(payload))
                .encode();
    }

    private static Bytes stun(Attribute... attributes) {
        return new Message(Message.Kind.REQUEST, Message.BINDING,
                TransactionId.random(new SplittableRandom(1)), List.of(attributes)).encode();
    }

    private Capture capture() { return Capture.parse(Bytes.copyOf(file.toByteArray())); }

    private Report inspect() { return Inspector.inspect(capture(), _ -> { }); }

    private List<String> problems() {
        return inspect().problems().stream().map(Problem::toString).toList();
    }

    /// One of everything, in order.
    private void everything() {
        datagram(ALICE, BOB, invite(SDP));
        datagram(ALICE, BOB, Bytes.utf8("\r\n\r\n"));
        datagram(HIS_RTP, RTP, rtp(0, "ffff"));
        datagram(HIS_RTP, RTP, rtp(101, "058a0140"));
        datagram(HIS_RTCP, RTCP,
                new CompoundPacket(REPORT, SourceDescription.cname(1, "bob")).encode());
        datagram(ALICE, STUN, Fingerprints.append(stun(new Attribute.Software("test"))));
        datagram(ALICE, STUN, Bytes.hex("00010000" + "ab".repeat(16)));   // of RFC 3489
        datagram(NODE, OTHER, Bytes.hex(HELLO));
        stream(OPTIONS + "\r\n\r\n" + OPTIONS.substring(0, 99), OPTIONS.substring(99));
        datagram(at("192.0.2.1", 1), at("192.0.2.9", 53), Bytes.utf8("who knows"));
    }

    /// A capture of one of everything, made anew each time it is asked for.
    static Bytes whole() {
        var test = new InspectorTest();
        test.everything();
        return Bytes.copyOf(test.file.toByteArray());
    }

    @Test void what_is_in_order_is_counted_by_protocol() {
        everything();
        assertThat(inspect()).hasToString("IP 14 ok 0 refused; SIP 3 ok 0 refused; "
                + "SDP 1 ok 0 refused; RTP 2 ok 0 refused; RTCP 1 ok 0 refused; "
                + "telephone-event 1 ok 0 refused; STUN 2 ok 0 refused; overlay 1 ok 0 refused; "
                + "plain data 0; other 1");
    }

    static List<Arguments> malformed() {
        return List.of(
                sip("CSeq: 1 OPTIONS", "CSeq: 1 INVITE", "400 CSeq method differs from OPTIONS"),
                sip("CSeq: 1 ", "CSeq: 2147483648 ", "400 CSeq over 2^31-1: 2147483648 OPTIONS"),
                sip("CSeq: 1 ", "CSeq: 99999999999 ", "400 bad CSeq: 99999999999 OPTIONS"),
                sip("Length: 0", "Length: 9999", "400 body is shorter than Content-Length"),
                sip("Via: .*?\r\n", "", "drop no Via header field"),
                sip("\r\n\r\n", "\r\n", "400 no empty line after the header fields"),
                sip("OPTIONS (sip.*?) SIP/2.0", "OPTIONS $1 SIP/3.0", "505 SIP version SIP/3.0"),
                sip("Via: .*?\r\n", "Via: \u001b[2J\r\n", "400 bad Via: ?[2J"),
                Arguments.of(ALICE, BOB, invite(SDP.replace("t=0 0\r\n", "")),
                        "SDP: no time of the session"),
                Arguments.of(HIS_RTP, RTP, rtp(8, "ffff"),
                        "RTP: payload type 8 is in no description"),
                Arguments.of(HIS_RTP, RTP, Bytes.hex("b0000001" + "00".repeat(8)), "RTP: "),
                Arguments.of(HIS_RTP, RTP, rtp(101, "058a01"), "telephone-event: 3 bytes of event"),
                Arguments.of(HIS_RTP, RTP, Bytes.utf8("hello"),
                        "plain data: 5 bytes of none of the protocols of this port"),
                Arguments.of(HIS_RTCP, RTCP, new CompoundPacket(REPORT).encode(),
                        "RTCP: no CNAME in the compound packet"),
                Arguments.of(HIS_RTCP, RTCP, Bytes.hex("81c80014" + "00".repeat(12)),
                        "RTCP: length beyond the end"),
                Arguments.of(HIS_RTCP, RTCP, Bytes.hex("81cb000100000001"),
                        "RTCP: no report first, but 203"),
                Arguments.of(ALICE, STUN, Bytes.hex("000100082112a442" + "61".repeat(12)
                        + "0020000861626364"), "STUN: an attribute cut short"),
                Arguments.of(ALICE, STUN, Bytes.hex("000100282112a442" + "61".repeat(12)
                        + "0020000861626364"), "STUN: no STUN header, or its length is wrong"),
                Arguments.of(ALICE, STUN, Bytes.hex("00010000" + "2112a442"),
                        "STUN: no STUN header, or its length is wrong"),
                Arguments.of(ALICE, STUN, stun(new Attribute.Fingerprint(1)),
                        "STUN: the fingerprint is wrong"),
                Arguments.of(NODE, OTHER, Bytes.hex(HELLO.substring(2)),
                        "plain data: 43 bytes of none of the protocols of this port"),
                Arguments.of(NODE, OTHER, Bytes.hex(HELLO.substring(0, 40)),
                        "overlay: packet cut short"),
                Arguments.of(NODE, OTHER, Bytes.hex("c0703201" + "00".repeat(32)),
                        "overlay: nothing is sealed"),
                Arguments.of(NODE, OTHER, Bytes.hex("c1703201" + "00".repeat(1_200)),
                        "overlay: 1204 bytes are too many"));
    }

    /// @param what is replaced, a regular expression
    private static Arguments sip(String what, String by, String reason) {
        return Arguments.of(ALICE, BOB, Bytes.utf8(
                Pattern.compile(what).matcher(OPTIONS).replaceFirst(by)), "SIP: " + reason);
    }

    @ParameterizedTest @MethodSource("malformed")
    void each_kind_of_malformed_packet_is_found(
            InetSocketAddress from, InetSocketAddress to, Bytes bytes, String reason) {
        everything();
        int known = inspect().problems().size();
        datagram(from, to, bytes);
        var way = from.getAddress().getHostAddress() + ":" + from.getPort() + " -> "
                + to.getAddress().getHostAddress() + ":" + to.getPort() + ": ";
        assertThat(problems()).hasSize(known + 1).last().asString()
                .startsWith("packet 15 0.012000 " + way + reason).doesNotContain("\u001b");
    }

    @Test void rtcp_without_a_report_is_for_those_who_said_they_take_it() {
        var bye = Bytes.hex("81cb000100000001");
        datagram(HIS_RTCP, RTCP, bye);
        datagram(ALICE, BOB, invite(SDP + "a=rtcp-rsize\r\n"));
        assertThat(inspect().ok(Protocol.RTCP)).isOne();
        datagram(HIS_RTCP, RTCP, Bytes.hex("81cb000200000001"));
        assertThat(problems()).singleElement().asString().endsWith("RTCP: length beyond the end");
    }

    @Test void both_may_come_to_one_port_where_that_was_said() {
        datagram(ALICE, BOB, invite(SDP + "a=rtcp-mux\r\n"));
        datagram(HIS_RTP, RTP, new CompoundPacket(REPORT, SourceDescription.cname(1, "bob"),
                new Bye(List.of(1L), "")).encode());
        datagram(HIS_RTP, RTP, rtp(0, "ffff"));
        assertThat(inspect()).asString().contains("RTP 1 ok 0 refused; RTCP 1 ok 0 refused");
    }

    @Test void a_payload_type_means_what_the_last_description_before_it_says() {
        datagram(HIS_RTP, RTP, rtp(101, "058a01"));   // before any: the first one counts
        datagram(ALICE, BOB, invite(SDP));
        datagram(HIS_RTP, RTP, rtp(101, "058a01"));
        datagram(ALICE, BOB, invite(SDP.replace("telephone-event", "L8")));
        datagram(HIS_RTP, RTP, rtp(101, "058a01"));
        assertThat(inspect().problems()).extracting(Problem::packet).containsExactly(1, 3);
    }

    @Test void what_is_wrong_with_a_stream_is_found() {
        stream(OPTIONS.replace("Content-Length: 0\r\n", ""));
        assertThat(problems()).singleElement().asString()
                .startsWith("packet 4 0.001000 192.0.2.1:40000 -> 192.0.2.2:5060: SIP:"
                        + " 400 Content");
        stream();
        wire(Kind.END, ANY, BOB, Bytes.EMPTY);
        stream(OPTIONS, OPTIONS.substring(0, 200));   // another connection between the same ports
        wire(Kind.END, ANY, BOB, Bytes.EMPTY);
        stream(OPTIONS);
        assertThat(problems()).hasSize(2).last().asString()
                .endsWith("SIP: a message without its end");
        assertThat(inspect().ok(Protocol.SIP)).isEqualTo(2);
    }

    @Test void a_hole_in_a_stream_is_found() {
        stream(OPTIONS, OPTIONS, OPTIONS);
        var whole = capture();
        var frames = new ArrayList<>(whole.frames());
        frames.remove(4);
        var report = Inspector.inspect(new Capture(frames, ""), _ -> { });
        assertThat(report.problems()).singleElement().asString()
                .endsWith("SIP: bytes of the stream are missing");
        assertThat(report.ok(Protocol.SIP)).isOne();
    }

    @Test void a_connection_that_was_there_before_is_read_from_its_next_message() {
        stream("second half of something\r\n\r\n", OPTIONS);
        var frames = capture().frames();
        var report = Inspector.inspect(new Capture(frames.subList(3, 5), ""), _ -> { });
        assertThat(report).asString().startsWith("IP 2 ok 0 refused; SIP 1 ok");
        assertThat(report.problems()).isEmpty();
    }

    @Test void what_cannot_even_be_read_as_a_packet_is_found() {
        everything();
        var frames = new ArrayList<Frame>(capture().frames());
        var first = frames.getFirst();
        frames.set(0, new Frame(1, first.at(), first.linkType(), first.bytes(), 9));
        assertThat(Inspector.inspect(new Capture(frames, "a capture cut short"), _ -> { })
                .problems().stream().filter(p -> p.protocol() == Protocol.IP))
                .extracting(Problem::toString)
                .containsExactly("packet 1 0.000000 IP: 9 bytes were not captured",
                        "packet 15 0.000000 IP: a capture cut short");
    }

    @Test void the_ladder_shows_who_called_and_who_sent_media() {
        datagram(ALICE, BOB, invite(SDP));
        for (int i = 0; i < 3; i++) datagram(RTP, HIS_RTP, rtp(0, "ffff"));
        stream(OPTIONS);
        var ladder = new Ladder();
        Inspector.inspect(capture(), ladder);
        assertThat(ladder.draw()).isEqualTo("""
                          192.0.2.1:5060                   192.0.2.2:5060                   192.0.2.2:6000
                   0.000  |-- INVITE sip:bob@example.com ->|                                |
                   0.001  |-------------------------- RTP PCMU x3 ------------------------->|
                   0.005  |- OPTIONS sip:bob@example.com ->|                                |
                """);
    }

    /// Whatever is in a file, there is an answer.
    @Property void a_spoiled_capture_has_its_answer(
            @ForAll @Size(min = 1, max = 40) List<Integer> where, @ForAll byte by,
            @ForAll boolean cut) {
        var spoiled = whole().toArray();
        for (int at : where) spoiled[Math.floorMod(at, spoiled.length)] ^= by;
        var bytes = Bytes.wrap(spoiled);
        try {
            var capture = Capture.parse(cut ? bytes.slice(0, Math.floorMod(where.getFirst(),
                    bytes.size())) : bytes);
            var ladder = new Ladder();
            assertThat(Inspector.inspect(capture, ladder)).asString().startsWith("IP ");
            assertThat(ladder.draw()).doesNotContain("\u001b");
        } catch (SyntaxException e) {
            assertThat(e).hasMessage("no capture: neither pcapng nor pcap");
        }
    }

    /// Mutations inside what the packets carry, which checksums of headers do not catch.
    @Property void a_spoiled_payload_has_its_answer(
            @ForAll @Size(min = 1, max = 9) List<Integer> where, @ForAll byte by) {
        assertThat(Inspector.inspect(spoiled(where, by), new Ladder())).asString()
                .startsWith("IP 14 ok 0 refused; ");
    }

    /// The whole call, with some octets of what each packet carries turned over.
    static Capture spoiled(List<Integer> where, byte by) {
        return new Capture(Capture.parse(whole()).frames().stream().map(frame -> {
            var packet = Packet.of(frame.at(), frame.ip().orElseThrow()).orElseThrow();
            var payload = packet.payload().toArray();
            if (payload.length > 0)
                for (int at : where) payload[Math.floorMod(at, payload.length)] ^= by;
            var spoiled = new Packet(packet.at(), packet.transport(), packet.from(), packet.to(),
                    packet.seq(), packet.ack(), packet.flags(), Bytes.wrap(payload));
            return new Frame(frame.number(), frame.at(), frame.linkType(), spoiled.encode(), 0);
        }).toList(), "");
    }
}
