package p2psip.app.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import p2psip.app.trace.Trace;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import p2psip.app.trace.Trace.What.Wire;
import p2psip.app.trace.Trace.What.Wire.Kind;
import p2psip.std.Bytes;

class PcapngTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.123456789Z");
    private static final InetSocketAddress A = at("192.0.2.1", 5060), B = at("192.0.2.2", 5062),
            A6 = at("2001:db8::1", 5060), B6 = at("2001:db8::2", 5062);

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final PcapngWriter writer = new PcapngWriter(file);

    private static InetSocketAddress at(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    private void wire(String node, Kind kind, boolean sent, InetSocketAddress local,
            InetSocketAddress remote, String bytes) {
        writer.accept(new Trace(node, AT, new Wire(kind, sent, local, remote, Bytes.utf8(bytes))));
    }

    private List<Packet> read() {
        return Capture.parse(Bytes.copyOf(file.toByteArray())).packets();
    }

    @Test void datagrams_are_read_as_they_were_written() {
        wire("alice", Kind.DATAGRAM, true, A, B, "hello");
        wire("alice", Kind.DATAGRAM, false, A, B, "echo");
        wire("alice", Kind.DATAGRAM, true, A6, B6, "six");
        wire("alice", Kind.DATAGRAM, true, A, B, "");
        assertThat(read()).containsExactly(Packet.udp(AT, A, B, Bytes.utf8("hello")),
                Packet.udp(AT, B, A, Bytes.utf8("echo")),
                Packet.udp(AT, A6, B6, Bytes.utf8("six")), Packet.udp(AT, A, B, Bytes.EMPTY));
    }

    @Test void what_passes_between_two_nodes_of_one_program_is_written_once() {
        wire("alice", Kind.OPEN, true, A, B, "");
        wire("bob", Kind.OPEN, false, B, A, "");
        wire("alice", Kind.DATA, true, A, B, "hello");
        wire("bob", Kind.DATA, false, B, A, "hello");
        wire("alice", Kind.DATAGRAM, true, A, B, "hello");
        wire("bob", Kind.DATAGRAM, false, B, A, "hello");
        wire("bob", Kind.END, true, B, A, "");
        wire("alice", Kind.END, false, A, B, "");
        assertThat(read()).extracting(p -> p.payload().utf8())
                .containsExactly("", "", "", "hello", "hello", "", "", "");
    }

    @Test void streams_are_put_together_again() {
        var much = "0123456789".repeat(1_000);
        wire("alice", Kind.OPEN, true, A, B, "");
        wire("alice", Kind.DATA, true, A, B, "hello ");
        wire("alice", Kind.DATA, false, A, B, "echo");
        wire("alice", Kind.DATA, true, A, B, much);
        wire("alice", Kind.END, false, A, B, "");
        assertThat(Streams.of(read())).isEqualTo(new LinkedHashMap<>(Map.of(
                new Streams.Way(A, B), Bytes.utf8("hello " + much),
                new Streams.Way(B, A), Bytes.utf8("echo"))));
        wire("alice", Kind.DATA, true, A, B, "after the end");
        assertThat(Streams.of(read()).firstEntry().getValue().size())
                .isEqualTo(6 + much.length());
    }

    @Test void segments_repeated_or_out_of_order_are_put_right_and_a_gap_ends_the_stream() {
        var packets = Stream.of("1 b", "1 bc", "0 a", "3 d", "5 f").map(text -> new Packet(AT,
                Packet.Transport.TCP, A, B, 100 + text.charAt(0) - '0', 0, Packet.ACK,
                Bytes.utf8(text.substring(2))));
        var syn = new Packet(AT, Packet.Transport.TCP, A, B, 99, 0, Packet.SYN, Bytes.EMPTY);
        assertThat(Streams.of(Stream.concat(Stream.of(syn), packets).toList())
                .firstEntry().getValue().utf8()).isEqualTo("abcd");
    }

    @Property void a_packet_is_read_as_it_was_written_with_its_checksums_right(
            @ForAll @Size(max = 60) byte[] payload, @ForAll int seq, @ForAll char from,
            @ForAll boolean six) {
        var source = six ? at("::1", from) : at("127.0.0.1", from);
        for (var packet : List.of(Packet.udp(AT, source, six ? B6 : B, Bytes.copyOf(payload)),
                new Packet(AT, Packet.Transport.TCP, source, six ? B6 : B, seq, ~seq,
                        Packet.PSH | Packet.ACK, Bytes.copyOf(payload)))) {
            var wire = packet.encode();
            assertThat(Packet.parse(AT, wire)).contains(packet);
            for (int i = 0; i < wire.size(); i++) cut(wire.slice(0, i));
        }
    }

    @Test void a_spoiled_header_is_refused_by_its_checksum() {
        var wire = Packet.udp(AT, A, B, Bytes.EMPTY).encode().toArray();
        wire[15] ^= 1;
        assertThatThrownBy(() -> Packet.parse(AT, Bytes.wrap(wire)))
                .isInstanceOf(SyntaxException.class).hasMessage("IPv4 header checksum");
    }

    private static void cut(Bytes wire) {
        try {
            assertThat(Packet.parse(AT, wire)).isEmpty();
        } catch (SyntaxException expected) {
            // and nothing else may be thrown
        }
    }

    @Property void nonsense_is_refused(@ForAll @Size(max = 80) byte[] nonsense) {
        wire("alice", Kind.DATAGRAM, true, A, B, "hello");
        var whole = Bytes.copyOf(file.toByteArray());
        var spoiled = whole.toArray();
        for (int i = 0; i < nonsense.length; i++)
            spoiled[Math.floorMod(nonsense[i] * 31 + i, spoiled.length)] ^= nonsense[i];
        for (var bytes : List.of(Bytes.copyOf(nonsense), Bytes.wrap(spoiled),
                whole.slice(0, Math.min(whole.size(), nonsense.length * 2)))) {
            try {
                Capture.parse(bytes).packets();
            } catch (SyntaxException expected) {
                // and nothing else may be thrown
            }
        }
    }

    @Test void a_file_of_another_kind_is_refused() {
        assertThatThrownBy(() -> Capture.parse(Bytes.utf8("INVITE sip:bob@b.example SIP/2.0")))
                .isInstanceOf(SyntaxException.class)
                .hasMessage("no capture: neither pcapng nor pcap");
    }

    /// One frame that `dumpcap -i lo` wrote: little-endian, Ethernet, nanoseconds.
    @Test void a_capture_of_dumpcap_is_read() {
        var capture = Bytes.hex("""
                0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c0000000100000020000000\
                010000000000040009000100090000000000000020000000060000005000000000000000\
                f2ca861815fff12330000000300000000000000000000000000000000800450000221234\
                400040112a957f0000017f00000113c413c6000efe2168656c6c6f0a50000000""");
        assertThat(Capture.parse(capture).packets()).singleElement().satisfies(packet -> {
            assertThat(packet.at()).isEqualTo(AT);
            assertThat(packet.from()).isEqualTo(at("127.0.0.1", 5060));
            assertThat(packet.payload().utf8()).isEqualTo("hello\n");
        });
    }

    @Test void classic_captures_of_either_order_and_clock_are_read() {
        var packet = Packet.udp(AT, A, B, Bytes.utf8("hello")).encode();
        for (var order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN))
            for (int magic : List.of(0xa1b2c3d4, 0xa1b23c4d)) {
                boolean nanos = magic == 0xa1b23c4d;
                var file = ByteBuffer.allocate(24 + 16 + packet.size()).order(order)
                        .putInt(magic).putShort((short) 2).putShort((short) 4).putLong(0)
                        .putInt(65_535).putInt(101)
                        .putInt((int) AT.getEpochSecond()).putInt(nanos ? 123_456_789 : 123_456)
                        .putInt(packet.size()).putInt(packet.size()).put(packet.buffer());
                var at = nanos ? AT : AT.truncatedTo(ChronoUnit.MICROS);
                assertThat(Capture.parse(Bytes.wrap(file.array())).packets())
                        .containsExactly(Packet.udp(at, A, B, Bytes.utf8("hello")));
            }
    }

    @Test void a_capture_cut_short_is_read_as_far_as_it_goes() {
        wire("alice", Kind.DATAGRAM, true, A, B, "hello");
        wire("alice", Kind.DATAGRAM, true, A, B, "again");
        var whole = Bytes.copyOf(file.toByteArray());
        var cut = Capture.parse(whole.slice(0, whole.size() - 1));
        assertThat(cut.frames()).hasSize(1);
        assertThat(cut.broken()).isEqualTo("a capture cut short");
        assertThatThrownBy(cut::packets).isInstanceOf(SyntaxException.class);
    }

    @Test void a_packet_captured_in_part_is_refused() {
        assertThatThrownBy(() -> new Frame(1, AT, 101, Bytes.EMPTY, 7).ip())
                .isInstanceOf(SyntaxException.class).hasMessage("7 bytes were not captured");
    }

    @Test void a_full_disk_ends_the_capture_not_the_host() {
        var full = new PcapngWriter(new OutputStream() {
            @Override public void write(int b) throws IOException { throw new IOException("full"); }
        });
        full.accept(new Trace("alice", AT, new Wire(Kind.DATAGRAM, true, A, B, Bytes.EMPTY)));
        assertThat(full.failure()).isPresent();
    }
}
