package p2psip.app.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.*;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

/// Packets too large for a wire, cut into pieces as RFC 791 and RFC 8200 say.
class FragmentsTest {
    private static final Instant AT = Instant.parse("2026-01-02T12:00:00Z");
    private static final InetSocketAddress A = at("192.0.2.1"), B = at("192.0.2.2"),
            A6 = at("2001:db8::1"), B6 = at("2001:db8::2");

    private static InetSocketAddress at(String ip) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), 5060);
    }

    /// The pieces of a packet, each of so many bytes, a multiple of eight.
    private static List<Bytes> cut(Bytes packet, int size, int id) {
        boolean four = packet.at(0) >>> 4 == 4;
        var head = packet.slice(0, four ? 20 : 40);
        var body = packet.slice(head.size(), packet.size());
        var pieces = new ArrayList<Bytes>();
        for (int from = 0; from < body.size(); from += size) {
            var piece = body.slice(from, Math.min(body.size(), from + size));
            boolean more = from + size < body.size();
            pieces.add(four ? four(head, piece, from, more, id) : six(head, piece, from, more, id));
        }
        return pieces;
    }

    private static Bytes four(Bytes head, Bytes piece, int from, boolean more, int id) {
        var out = ByteBuffer.allocate(20 + piece.size()).put(head.buffer()).put(piece.buffer());
        out.putShort(2, (short) (20 + piece.size())).putShort(4, (short) id)
                .putShort(6, (short) (from / 8 | (more ? 0x2000 : 0))).putShort(10, (short) 0);
        return Bytes.wrap(out.putShort(10, (short) ~Ip.sum(0, out.array(), 20)).array());
    }

    private static Bytes six(Bytes head, Bytes piece, int from, boolean more, int id) {
        //  hop-by-hop options first, of which there are none but padding
        var out = ByteBuffer.allocate(56 + piece.size()).put(head.buffer())
                .put((byte) 44).put((byte) 0).putShort((short) 0x0104).putInt(0)
                .put(head.at(6)).put((byte) 0).putShort((short) (from | (more ? 1 : 0)))
                .putInt(id).put(piece.buffer());
        return Bytes.wrap(out.putShort(4, (short) (16 + piece.size())).put(6, (byte) 0).array());
    }

    private static Capture capture(List<Bytes> frames) {
        return new Capture(IntStream.range(0, frames.size()).mapToObj(i ->
                new Frame(i + 1, AT.plusMillis(i), Frame.RAW_IP, frames.get(i), 0)).toList(), "");
    }

    private static Bytes text(int size) { return Bytes.utf8("x".repeat(size)); }

    private static List<String> problems(Capture capture) {
        return Inspector.inspect(capture, _ -> { }).problems().stream()
                .map(Problem::reason).toList();
    }

    @Property void pieces_in_any_order_some_of_them_twice_are_the_packet(
            @ForAll @IntRange(min = 1, max = 4000) int length, @ForAll @IntRange(min = 1, max = 90)
            int size, @ForAll boolean six, @ForAll long seed) {
        var packet = Packet.udp(AT, six ? A6 : A, six ? B6 : B, text(length));
        var other = Packet.udp(AT, six ? A6 : A, six ? B6 : B, text(length + 1));
        var pieces = new ArrayList<>(cut(packet.encode(), 8 * size, 7));
        var others = cut(other.encode(), 8 * size, 8);
        Collections.shuffle(pieces, new Random(seed));
        if (pieces.size() > 1) pieces.add(1, pieces.getFirst());
        pieces.addAll(1, others);
        assertThat(capture(pieces).packets()).extracting(Packet::payload)
                .containsExactlyInAnyOrder(packet.payload(), other.payload());
    }

    @Test void a_message_in_fragments_is_judged_as_a_whole() {
        var options = "OPTIONS sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;"
                + "branch=z9hG4bK7\r\nMax-Forwards: 70\r\nFrom: <sip:alice@example.com>;tag=1\r\n"
                + "To: <sip:bob@example.com>\r\nCall-ID: a84b\r\nCSeq: 1 OPTIONS\r\n"
                + "Subject: " + "x".repeat(3000) + "\r\nContent-Length: 0\r\n\r\n";
        var pieces = cut(Packet.udp(AT, A, B, Bytes.utf8(options)).encode(), 1480, 1);
        assertThat(pieces).hasSize(3);
        assertThat(Inspector.inspect(capture(pieces), _ -> { }))
                .hasToString("IP 3 ok 0 refused; SIP 1 ok 0 refused; SDP 0 ok 0 refused; "
                        + "RTP 0 ok 0 refused; RTCP 0 ok 0 refused; telephone-event 0 ok 0 refused;"
                        + " STUN 0 ok 0 refused; overlay 0 ok 0 refused; plain data 0; other 0");
    }

    @Test void what_is_missing_is_said() {
        var pieces = cut(Packet.udp(AT, A, B, text(3000)).encode(), 800, 1);
        for (int i = 0; i < pieces.size(); i++) {
            var some = new ArrayList<>(pieces);
            some.remove(i);
            assertThat(problems(capture(some)))
                    .containsExactly("a fragment, of which the others are not here");
        }
    }

    @Test void a_fragment_alone_is_no_packet() {
        assertThat(Packet.parse(AT, cut(Packet.udp(AT, A, B, text(99)).encode(), 80, 1).getLast()))
                .isEmpty();
    }

    @Test void pieces_that_do_not_fit_are_refused() {
        var packet = Packet.udp(AT, A, B, text(3000)).encode();
        var others = Packet.udp(AT, A, B, Bytes.utf8("y".repeat(3000))).encode();
        assertThat(problems(capture(List.of(
                cut(packet, 800, 1).get(1), cut(others, 800, 1).get(1)))))
                .contains("fragments overlap");
        assertThat(problems(capture(List.of(cut(packet, 800, 1).getFirst(),
                cut(packet, 400, 1).get(1), cut(packet, 800, 1).getLast()))))
                .contains("fragments overlap");
        assertThat(problems(capture(List.of(four(packet.slice(0, 20), text(9), 0, true, 1)))))
                .containsExactly("a fragment of 9 bytes with others behind it");
        assertThat(problems(capture(List.of(
                four(packet.slice(0, 20), text(80), 65_528, false, 1)))))
                .containsExactly("fragments of more than 65535 bytes");
    }

    private static Optional<Ip> take(Fragments fragments, Instant at, Bytes piece) {
        var frame = new Frame(1, at, Frame.RAW_IP, piece, 0);
        return fragments.take(frame, frame.ip().orElseThrow());
    }

    @Test void who_sends_first_fragments_only_fills_no_memory() {
        var fragments = new Fragments();
        var packet = Packet.udp(AT, A, B, text(3000)).encode();
        for (int id = 0; id < 5000; id++)
            assertThat(take(fragments, AT, cut(packet, 1600, id).getFirst())).isEmpty();
        assertThat(fragments.unfinished()).hasSize(5000);
        assertThat(take(fragments, AT, cut(packet, 1600, 0).getLast())).isEmpty();
        assertThat(take(fragments, AT, cut(packet, 1600, 4999).getLast())).isPresent();
        // what has waited for a minute is of another packet with the same number
        assertThat(take(fragments, AT.plusSeconds(61), cut(packet, 1600, 4998).getLast()))
                .isEmpty();
    }

    @Property(tries = 2000) void nonsense_is_refused(@ForAll @Size(max = 90) byte[] nonsense,
            @ForAll boolean six) {
        var bytes = nonsense.clone();
        if (bytes.length > 0) bytes[0] = (byte) (six ? 0x60 : 0x45);
        try {
            Ip.parse(Bytes.wrap(bytes));
            capture(List.of(Bytes.wrap(bytes))).packets();
        } catch (SyntaxException expected) {
            // and nothing else may be thrown
        }
        assertThatThrownBy(() -> Ip.parse(Bytes.hex("45"))).isInstanceOf(SyntaxException.class);
    }
}
