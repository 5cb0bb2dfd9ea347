package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.std.Bytes;

class PacketTest {
    private static final InetSocketAddress V4 = Net.at(5070);
    private static final InetSocketAddress V6 =
            new InetSocketAddress(InetAddress.ofLiteral("2001:db8::7"), 5071);
    private static final Peer PEER = new Peer(NodeId.of("x"), V6);

    private static final List<Packet> ALL = List.of(
            new Packet.Data(1, 2, bytes(40)),
            new Packet.Hello(-3, bytes(32)),
            new Packet.Cookie(4, bytes(16)),
            new Packet.Init(5, bytes(32), bytes(16), bytes(32), V4, bytes(64)),
            new Packet.Accept(6, 7, bytes(32), bytes(32), V6, bytes(64)),
            new Packet.Unknown(8),
            new Packet.Discover(PEER, true),
            new Packet.Found(PEER));

    private static final List<Frame> FRAMES = List.of(
            new Frame.Piece(true, 9, 3, 32, bytes(1)), new Frame.Piece(false, 9, 0, 1, Bytes.EMPTY),
            new Frame.Ack(9, -1), new Frame.Bye(), new Frame.Here());

    private static Bytes bytes(int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte) (i + length);
        return Bytes.wrap(bytes);
    }

    @Test void packets_and_frames_come_back() {
        for (var packet : ALL) assertThat(Packet.parse(packet.encode())).isEqualTo(packet);
        for (var frame : FRAMES)
            assertThat(Frame.parse(Bytes.wrap(frame.encode()))).isEqualTo(frame);
    }

    /// The figures of the package's description, in bytes.
    @Test void the_bytes_are_those_of_the_figures() {
        assertThat(new Packet.Unknown(8).encode().hex()).isEqualTo("c5703201" + "0000000000000008");
        assertThat(new Packet.Cookie(4, bytes(16)).encode().hex()).isEqualTo(
                "c2703201" + "0000000000000004" + "101112131415161718191a1b1c1d1e1f");
        assertThat(new Packet.Discover(new Peer(NodeId.of(""), V4), true).encode().hex()).isEqualTo(
                "c6703201" + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4" + "0413ce7f000001" + "01");
        assertThat(Bytes.wrap(new Frame.Piece(true, 9, 3, 32, bytes(1)).encode()).hex())
                .isEqualTo("02" + "00000009" + "03" + "20" + "01");
        assertThat(Bytes.wrap(new Frame.Ack(9, 5).encode()).hex())
                .isEqualTo("03" + "00000009" + "00000005");
    }

    @Test void a_packet_cut_short_anywhere_or_too_long_is_refused() {
        for (var packet : ALL.subList(1, ALL.size())) {
            var whole = packet.encode();
            for (int cut = 0; cut < whole.size(); cut++) {
                var part = whole.slice(0, cut);
                assertThatThrownBy(() -> Packet.parse(part)).isInstanceOf(SyntaxException.class);
            }
            var longer = Bytes.hex(whole.hex() + "00");
            assertThatThrownBy(() -> Packet.parse(longer)).isInstanceOf(SyntaxException.class);
        }
        assertThatThrownBy(() -> Packet.parse(ALL.getFirst().encode().slice(0, 19)))
                .isInstanceOf(SyntaxException.class);
    }

    @Test void pieces_that_cannot_be_are_refused() {
        for (var hex : List.of("", "00", "0104", "0180000000" + "0001", "0100000000" + "0000",
                "0100000000" + "0121", "0100000000" + "0101", "0100000000" + "ff01", "0400"))
            assertThatThrownBy(() -> Frame.parse(Bytes.hex(hex))).as(hex)
                    .isInstanceOf(SyntaxException.class);
    }

    /// Seed Q3: its datagrams reached the SIP parser of another process.
    @Test void no_packet_looks_like_sip_stun_or_rtp_and_none_of_these_like_a_packet() {
        for (var packet : ALL) assertThat(packet.encode().at(0) & 0xc0).isEqualTo(0xc0);
        for (var other : List.of(Bytes.utf8("INVITE sip:a@b SIP/2.0\r\n"), Bytes.utf8("\r\n\r\n"),
                Bytes.hex("000100002112a442000000000000000000000000"), Bytes.hex("80000001"),
                Bytes.EMPTY, Bytes.hex("c07032")))
            assertThat(Packet.looksLike(other)).isFalse();
    }

    @Property void nonsense_throws_nothing_but_the_syntax_exception(@ForAll byte[] noise) {
        var packet = ByteBuffer.allocate(4 + noise.length)
                .putInt((0xc0 | noise.length % 9) << 24 | Packet.MAGIC).put(noise).array();
        try {
            Packet.parse(Bytes.wrap(packet));
        } catch (SyntaxException expected) {
            // and nothing else may be thrown
        }
        try {
            Frame.parse(Bytes.wrap(noise));
        } catch (SyntaxException expected) {
            // and nothing else may be thrown
        }
    }
}
