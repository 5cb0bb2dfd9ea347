package p2psip.app.capture;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import p2psip.app.p2p.Overlay;
import p2psip.app.trace.*;
import p2psip.app.trace.Trace.What.Wire;
import p2psip.app.trace.Trace.What.Wire.Kind;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;

/// A capture as a conversation: what the page of it shows.
class ShownTest {
    private static final InetSocketAddress A = at(1), B = at(2);

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final PcapngWriter writer = new PcapngWriter(file);
    private int millis;

    private static InetSocketAddress at(int host) {
        return new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + host), 5000);
    }

    private void send(InetSocketAddress from, InetSocketAddress to, Bytes bytes) {
        writer.accept(new Trace("test", Instant.EPOCH.plusMillis(millis++),
                new Wire(Kind.DATAGRAM, true, from, to, bytes)));
    }

    private Conversation conversation() { return shown(Bytes.copyOf(file.toByteArray())); }

    private static Conversation shown(Bytes capture) {
        var traces = new ArrayList<Trace>();
        Inspector.inspect(Capture.parse(capture), traces::add);
        return Conversation.of(traces, Overlay.DISSECTOR);
    }

    @Test void everything_of_our_protocols_is_shown_and_nothing_else() {
        var conversation = shown(InspectorTest.whole());
        assertThat(conversation.steps()).filteredOn(step -> !step.isNote())
                .extracting(Conversation.Step::text).containsExactly(
                        "INVITE sip:bob@example.com", "keep-alive", "RTP PCMU", "RTP key 5",
                        "RTCP RR SDES", "STUN Binding request", "20 bytes", "Hello",
                        "OPTIONS sip:bob@example.com", "keep-alive",
                        "OPTIONS sip:bob@example.com");
    }

    private void stream(String text) {
        for (var kind : List.of(Kind.OPEN, Kind.DATA, Kind.END)) writer.accept(new Trace("test",
                Instant.EPOCH.plusMillis(millis++), new Wire(kind, true, A, B,
                        kind == Kind.DATA ? Bytes.utf8(text) : Bytes.EMPTY)));
    }

    @Test void a_second_connection_between_the_same_ports_begins_anew() {
        stream("OPTIONS sip:b@c SIP/2.0\r\nVia: SIP/2.0/TCP a\r\n\r\nnothing more");
        stream("OPTIONS sip:d@c SIP/2.0\r\nContent-Length: 0\r\n\r\n");
        assertThat(conversation().steps()).extracting(Conversation.Step::text)
                .contains("OPTIONS sip:d@c");
    }

    @Test void what_is_wrong_with_a_message_stands_below_it() {
        send(A, B, Bytes.utf8("OPTIONS sip:b@c SIP/2.0\r\n\r\n"));
        send(B, A, Bytes.utf8("SIP/2.0 200 OK\r\n\r\n"));
        assertThat(conversation().steps()).extracting(Conversation.Step::text).containsExactly(
                "OPTIONS sip:b@c", "SIP: drop no Via header field", "200 OK ()",
                "SIP: drop no Via header field");
    }

    @Test void a_run_of_packets_of_one_source_is_sound_though_nobody_described_it() {
        for (int i = 0; i < 3; i++) send(A, B, RtpPacket.of(false, 8, new SequenceNumber(i), i, 7,
                Bytes.hex("d5d5")).encode());
        send(A, B, RtpPacket.of(false, 8, new SequenceNumber(9), 0, 8, Bytes.hex("d5")).encode());
        send(A, B, Bytes.utf8("who knows"));
        assertThat(conversation().steps()).extracting(Conversation.Step::text)
                .containsExactly("RTP PCMA x3");
        assertThat(Inspector.inspect(Capture.parse(Bytes.copyOf(file.toByteArray())), _ -> { }))
                .asString().contains("RTP 0 ok 0 refused", "other 5");
    }

    /// Whatever the packets carry, there is a page of it.
    @Property void a_spoiled_payload_has_its_page(
            @ForAll @Size(min = 1, max = 9) List<Integer> where, @ForAll byte by) {
        var traces = new ArrayList<Trace>();
        Inspector.inspect(InspectorTest.spoiled(where, by), traces::add);
        assertThat(new Viewer(Conversation.of(traces, Overlay.DISSECTOR), Sentences.LINKS)
                .page("spoiled", List.of())).endsWith("</html>\n");
    }
}
