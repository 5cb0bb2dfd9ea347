package p2psip.app.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import p2psip.app.p2p.Overlay;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.*;

/// Whatever comes, every bit of it belongs to one field, and what is wrong is said.
class SurgeonTest {
    private static final InetSocketAddress HERE = Talk.at(1, 5060), THERE = Talk.at(2, 5060);

    private static final String HEAD = """
            MESSAGE sip:b@c SIP/2.0
            Via: SIP/2.0/UDP d;branch=z9hG4bK1
            From: <sip:a@d>;tag=1
            To: <sip:b@c>
            Call-ID: 1
            CSeq: 1 MESSAGE
            Content-Type:\s""";

    private static Dissection cut(Bytes bytes) {
        return new Surgeon(Overlay.DISSECTOR).cut(bytes, Bytes.EMPTY, HERE, THERE);
    }

    private static Dissection cut(String text) {
        return cut(Bytes.utf8(text.replace("\n", "\r\n")));
    }

    private static List<String> names(Dissection dissection) {
        return dissection.fields().stream().map(Field::name).toList();
    }

    @Test void a_knife_refuses_what_the_codec_has_not_read() {
        var knife = new Knife(Bytes.hex("8000"));
        assertThatThrownBy(() -> knife.number(2, "V", 1, "", "")).isInstanceOf(
                IllegalStateException.class).hasMessageContaining("V is 1");
        knife.number(2, "V", 2, "", "");
        assertThatThrownBy(knife::fields).hasMessageContaining("not explained");
        assertThatThrownBy(() -> new Dissection("RTP", Bytes.hex("8000"), "", "",
                List.of(new Field(0, 8, "a", "", "", ""), new Field(7, 16, "b", "", "", ""))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// A type that is none, and a line of a description that begins with a blank.
    @Test void what_a_stranger_writes_into_a_good_message_does_not_break_it() {
        assertThat(cut(HEAD + ";\n\nx").trouble()).isEmpty();
        var described = cut(HEAD + "application/sdp\n\nv=0\n =\na=");
        assertThat(described.trouble()).isEmpty();
        assertThat(names(described)).endsWith("empty line", "v=", " =", "a=");
    }

    @Test void of_very_many_lines_the_rest_is_one() {
        var many = cut("x SIP/2.0" + "\n".repeat(20_000));
        assertThat(many.trouble()).isNotEmpty();
        assertThat(many.fields()).hasSize(Knife.LINES + 1);
        var described = cut(HEAD + "application/sdp\n\n" + "a=x\n".repeat(9000));
        assertThat(described.trouble()).isEmpty();
        assertThat(described.fields().stream().filter(f -> f.name().equals("a="))).hasSize(
                Knife.LINES);
        assertThat(described.fields().getLast().name()).isEqualTo("rest");
    }

    @Test void a_strangers_spelling_stays_as_it_was_sent() {
        var message = cut("""


                INVITE sip:bob@example.com sip/2.0
                v: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1,
                  SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK2
                FROM : <sip:alice@example.com>;tag=1
                t:<sip:bob@example.com>
                i: 1
                CSeq: 1 INVITE
                X-Own: \u00e4
                l: 2

                hello""");
        assertThat(message.trouble()).isEmpty();
        assertThat(names(message)).containsExactly("empty line", "method", "Request-URI",
                "SIP-Version", "Via", "From", "To", "Call-ID", "CSeq", "X-Own", "Content-Length",
                "empty line", "body", "rest");
        assertThat(message.field("Via").orElseThrow().value()).startsWith("v: SIP/2.0/UDP")
                .contains("\r\n  SIP/2.0");
    }

    @Test void a_field_that_is_malformed_says_so_and_the_others_stand() {
        var message = cut(Talk.request("OPTIONS", 1, 2, "Via: nonsense\n"));
        assertThat(message.trouble()).isEmpty();
        assertThat(message.fields()).extracting(Field::meaning)
                .contains("Not well formed: bad Via: nonsense.");
    }

    @Test void what_is_no_message_is_shown_as_lines_with_what_is_wrong() {
        var message = cut("INVITE sip:b@c SIP/2.0\nno colon\n\n");
        assertThat(message.trouble()).isEqualTo("bad header field");
        assertThat(names(message)).containsOnly("line").hasSize(3);
        var bytes = cut(Bytes.hex("ff00"));
        assertThat(bytes.trouble()).isEqualTo("of no protocol that is known here");
        assertThat(bytes.summary()).isEqualTo("2 bytes");
        assertThat(cut(Bytes.hex("8000000000000000")).trouble()).isEqualTo("RTP packet cut short");
    }

    /// As a Link carries it: a payload for the service of SIP, a record, a statement, the message.
    private static Bytes said(String record, String statement, String message) {
        return Bytes.hex("03" + "0001" + "00000000" + "%04x".formatted(record.length())
                + Bytes.utf8(record).hex() + "%04x".formatted(statement.length())
                + Bytes.utf8(statement + message).hex());
    }

    private static List<Dissection> sealed(
            Surgeon surgeon, Bytes payload, int index, int count, int from, int to) {
        return surgeon.sealed(Bytes.hex("02" + "00000007" + "%02x%02x".formatted(index, count)
                + payload.slice(from, to).hex()), HERE, THERE);
    }

    @Test void a_sip_message_in_a_link_is_seen_within_the_frame_that_brings_it() {
        var text = Talk.request("OPTIONS", 1, 2, "").replace("\n", "\r\n");
        var payload = said("e30.e30.x", "e30.e30.y", text);
        var layers = sealed(new Surgeon(Overlay.DISSECTOR), payload, 0, 1, 0, payload.size());
        assertThat(layers).extracting(Dissection::protocol).containsExactly("frame", "SIP");
        assertThat(layers).allSatisfy(layer -> assertThat(layer.trouble()).isEmpty());
        assertThat(names(layers.getFirst())).endsWith(
                "payload", "service", "number", "length", "record", "length", "statement",
                "message");
        assertThat(layers.getLast().bytes()).isEqualTo(Bytes.utf8(text));
        assertThat(layers.getLast().summary()).startsWith("OPTIONS sip:");
    }

    @Test void a_payload_in_several_datagrams_is_whole_in_the_last_and_only_there() {
        var payload = said("", "", Talk.request("OPTIONS", 1, 2, "").replace("\n", "\r\n"));
        var surgeon = new Surgeon(Overlay.DISSECTOR);
        assertThat(sealed(surgeon, payload, 1, 2, 50, payload.size())).hasSize(1);
        assertThat(sealed(surgeon, payload, 0, 2, 0, 50)).hasSize(1);
        var last = sealed(surgeon, payload, 1, 2, 50, payload.size());
        assertThat(last).extracting(Dissection::protocol)
                .containsExactly("frame", "payload", "SIP");
        assertThat(last.get(1).bytes()).isEqualTo(payload);
        assertThat(names(last.get(1))).containsExactly(
                "payload", "service", "number", "length", "length", "message");
    }

    @Test void a_proof_that_is_longer_than_its_message_is_what_is_wrong() {
        for (var proofs : List.of("00", "0009" + "7b7d", "0002" + "7b7d" + "00",
                "0002" + "7b7d" + "0009" + "7b7d")) {
            var payload = Bytes.hex("03" + "0001" + "00000000" + proofs);
            var layers = sealed(
                    new Surgeon(Overlay.DISSECTOR), payload, 0, 1, 0, payload.size());
            assertThat(layers).hasSize(1);
            assertThat(layers.getFirst().trouble()).isEqualTo(
                    proofs.length() <= 4 ? "" : "a proof is cut short");
        }
    }

    @Test void a_session_description_in_any_order_is_cut_by_lines() {
        var sdp = "m=audio 4000 RTP/AVP 96\nv=0\no=bad\nnothing\na=rtpmap:96 opus/48000/2\n";
        var message = cut(Talk.request("INVITE", 1, 2, "Content-Type: Application/SDP;x=y\n")
                .replace("Content-Length: 0", "Content-Length: " + (sdp.length() + 5)) + sdp);
        assertThat(names(message)).containsSubsequence("m=", "v=", "o=", "line", "a=");
        assertThat(message.fields().getLast().meaning())
                .isEqualTo("Payload type 96 is opus, with 48000 units a second.");
    }

    @Test void a_payload_type_means_what_the_description_of_its_port_says() {
        var surgeon = new Surgeon(Dissector.NONE);
        var sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.2\r\ns=-\r\nc=IN IP4 192.0.2.2\r\nt=0 0\r\n"
                + "m=audio 5060 RTP/AVP 0 97\r\na=rtpmap:97 iLBC/8000\r\n";
        var packet = RtpPacket.of(false, 97, new SequenceNumber(7), 160, 1, Bytes.hex("aabb"))
                .encode();
        assertThat(surgeon.cut(packet, Bytes.EMPTY, HERE, THERE).summary())
                .isEqualTo("RTP payload type 97");
        surgeon.cut(Bytes.utf8(Talk.request("INVITE", 1, 2, "Content-Type: application/sdp\n")
                .replace("\n", "\r\n").replace("Length: 0", "Length: " + sdp.length()) + sdp),
                Bytes.EMPTY, HERE, THERE);
        assertThat(surgeon.cut(packet, Bytes.EMPTY, HERE, THERE).summary()).isEqualTo("RTP iLBC");
    }

    @Test void the_header_of_an_rtp_packet_is_drawn_with_its_values() {
        var dissection = cut(RtpPacket.of(true, 0, new SequenceNumber(7), 160, 1,
                Bytes.hex("ff".repeat(160))).encode());
        assertThat(dissection.fields()).extracting(Field::name).containsExactly("V", "P", "X", "CC",
                "M", "PT", "sequence number", "timestamp", "SSRC", "payload");
        assertThat(dissection.fields()).extracting(Field::place).startsWith("0, bits 0–1",
                "0, bit 2", "0, bit 3", "0, bits 4–7", "1, bit 0", "1, bits 1–7", "2–3", "4–7");
        var drawn = BitDiagram.svg(dissection);
        for (var field : dissection.fields().subList(0, 9))
            assertThat(drawn).contains(">" + field.value() + "</text>");
        assertThat(drawn.split("<g>")).hasSize(1 + dissection.fields().size());
    }

    @Test void events_padding_reports_and_their_goodbye_are_cut() {
        var padded = new RtpPacket(false, 8, new SequenceNumber(1), 2, 3, List.of(4L),
                new RtpPacket.Extension(5, Bytes.hex("00000006")), Bytes.hex("d5"), 3).encode();
        assertThat(names(cut(padded))).contains("CSRC", "profile", "extension", "padding");
        var report = new CompoundPacket(
                new RtcpPacket.SenderReport(1, NtpTimestamp.NONE, 2, 3, 4,
                        List.of(new ReportBlock(5, 6, -7, 8, 9, 10, 11)), Bytes.EMPTY),
                RtcpPacket.SourceDescription.cname(1, "a"),
                new RtcpPacket.App(1, 2, "test", Bytes.EMPTY),
                new RtcpPacket.Bye(List.of(1L), "over")).encode();
        var cut = cut(report);
        assertThat(cut.trouble()).isEmpty();
        assertThat(cut.summary()).isEqualTo("RTCP SR SDES APP BYE");
        assertThat(cut.field("packets lost").orElseThrow().value()).isEqualTo("-7");
    }

    @Test void attributes_of_stun_are_cut_with_their_padding() {
        var message = new Message(Message.Kind.ERROR, Message.BINDING,
                TransactionId.random(new SplittableRandom(1)), List.of(
                new ErrorCode(401, "Unauthorized"), new Software("p2psip"),
                new Unknown(0x4000, Bytes.hex("aa")))).encode();
        var cut = cut(Fingerprints.append(message));
        assertThat(cut.trouble()).isEmpty();
        assertThat(cut.summary()).isEqualTo("STUN Binding error");
        assertThat(names(cut)).contains("padding");
        assertThat(cut.fields()).extracting(Field::value).contains("401 Unauthorized", "p2psip");
    }

    @Property void nonsense_is_cut_whole(@ForAll @Size(max = 300) byte[] bytes) {
        if (bytes.length > 0) whole(Bytes.copyOf(bytes));
    }

    @Property void a_message_with_a_byte_changed_or_cut_short_is_cut_whole(
            @ForAll("messages") Bytes message, @ForAll Random random) {
        var bytes = message.toArray();
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        whole(Bytes.slice(bytes, 0, 1 + random.nextInt(bytes.length)));
        whole(Bytes.wrap(bytes));
    }

    @Provide Arbitrary<Bytes> messages() {
        return Arbitraries.of(
                Bytes.utf8(Talk.request("INVITE", 1, 2, "Content-Type: application/sdp\n")
                        .replace("\n", "\r\n") + "v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\nt=0 0\r\n"),
                RtpPacket.of(true, 0, new SequenceNumber(7), 160, 1, Bytes.hex("ffee")).encode(),
                new CompoundPacket(new RtcpPacket.ReceiverReport(1, List.of(), Bytes.EMPTY),
                        RtcpPacket.SourceDescription.cname(1, "alice")).encode(),
                Fingerprints.append(new Message(Message.Kind.REQUEST, Message.BINDING,
                        TransactionId.random(new SplittableRandom(1)),
                        List.of(new Software("x"))).encode()),
                Bytes.hex("c1703201" + "00".repeat(40)));
    }

    private static void whole(Bytes bytes) {
        var dissection = cut(bytes);   // whose constructor counts the bits
        assertThat(dissection.bytes()).isEqualTo(bytes);
        assertThat(dissection.summary()).isNotBlank();
        var runs = MessageView.hex(dissection).split("<pre>");
        assertThat(runs[2].replaceAll("<[^>]*>|\\s", "")).isEqualTo(bytes.hex());
        for (var column : List.of(runs[2], runs[3]))
            assertThat(column.split("<i>")).hasSize(1 + dissection.fields().size());
    }
}
