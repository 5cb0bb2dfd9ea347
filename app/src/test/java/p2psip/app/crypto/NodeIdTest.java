package p2psip.app.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

class NodeIdTest {
    private static final NodeId ZERO = NodeId.ZERO, ONE = new NodeId(0, 0, 1);
    private static final BigInteger RING = BigInteger.TWO.pow(160);
    private static final NodeId TOP = NodeId.parse("f".repeat(40));

    /// SHA-256 of the empty string begins e3b0c442.
    @Test void the_point_of_a_key_is_the_beginning_of_its_hash() {
        assertThat(NodeId.of("")).hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4");
        assertThat(NodeId.of(Bytes.utf8("sip:a@b"))).isEqualTo(NodeId.of("sip:a@b"));
    }

    @Test void the_ring_closes_at_the_top() {
        assertThat(TOP.clockwise(ZERO)).isEqualTo(ONE);
        assertThat(ZERO.clockwise(TOP)).isEqualTo(TOP);
        assertThat(ZERO.distance(TOP)).isEqualTo(ONE).isEqualTo(TOP.distance(ZERO));
    }

    @Property void hex_and_wire_come_back(@ForAll("ids") NodeId id) {
        assertThat(NodeId.parse(id.toString())).isEqualTo(id);
        var wire = ByteBuffer.allocate(NodeId.BYTES);
        id.encode(wire);
        assertThat(NodeId.parse(wire.flip())).isEqualTo(id);
        assertThat(Bytes.copyOf(wire.array()).hex()).isEqualTo(id.toString());
    }

    @Property void digits_are_those_of_the_hexadecimal_form(
            @ForAll("ids") NodeId id, @ForAll @IntRange(max = 39) int place) {
        assertThat(id.digit(place)).isEqualTo(Character.digit(id.toString().charAt(place), 16));
    }

    @Property void shared_digits_end_where_the_first_differs(
            @ForAll("ids") NodeId a, @ForAll @IntRange(max = 159) int bit) {
        var b = id(a.number().flipBit(bit));
        assertThat(a.sharedDigits(b)).isEqualTo(39 - bit / 4).isEqualTo(b.sharedDigits(a));
        assertThat(a.sharedDigits(a)).isEqualTo(NodeId.DIGITS);
    }

    /// Against numbers of any size.
    @Property void ways_are_reckoned_as_on_paper(
            @ForAll("ids") NodeId a, @ForAll("ids") NodeId b,
            @ForAll @IntRange(max = 40) int kept) {
        var x = a.number();
        var y = b.number();
        assertThat(id(x)).isEqualTo(a);
        assertThat(a.clockwise(b)).isEqualTo(id(y.subtract(x).mod(RING)));
        assertThat(a.plus(b)).isEqualTo(id(x.add(y).mod(RING)));
        assertThat(a.half()).isEqualTo(id(x.shiftRight(1)));
        assertThat(a.distance(b)).isEqualTo(b.distance(a)).isEqualTo(
                id(y.subtract(x).mod(RING).min(x.subtract(y).mod(RING))));
        assertThat(a.opposite()).isEqualTo(id(x.add(RING.shiftRight(1)).mod(RING)));
        assertThat(a.compareTo(b)).isEqualTo(x.compareTo(y));
        assertThat(a.until(kept, b)).hasToString(
                a.toString().substring(0, kept) + b.toString().substring(kept));
    }

    private static NodeId id(BigInteger number) {
        return NodeId.parse("%040x".formatted(number));
    }

    @Property void a_peer_comes_back_from_the_wire_and_a_cut_one_is_refused(
            @ForAll("ids") NodeId id, @ForAll("ips") InetAddress ip,
            @ForAll @IntRange(max = 65535) int port) {
        var peer = new Peer(id, new InetSocketAddress(ip, port));
        var wire = ByteBuffer.allocate(Peer.MAX_BYTES);
        peer.encode(wire);
        assertThat(Peer.parse(wire.flip())).isEqualTo(peer);
        assertThat(wire.hasRemaining()).isFalse();
        for (int cut = 0; cut < wire.limit(); cut++) {
            var part = wire.slice(0, cut);
            assertThatThrownBy(() -> Peer.parse(part)).isInstanceOf(SyntaxException.class);
        }
    }

    @Test void what_is_no_id_is_refused() {
        for (var bad : List.of("", "0", "g".repeat(40), "0".repeat(41), "-" + "0".repeat(39)))
            assertThatThrownBy(() -> NodeId.parse(bad)).isInstanceOf(SyntaxException.class);
    }

    @Provide Arbitrary<NodeId> ids() {
        //  words of few values too, so that two have some in common
        var words = Arbitraries.oneOf(Arbitraries.longs(), Arbitraries.of(0L, 1L, -1L));
        return Combinators.combine(words, words, Arbitraries.integers()).as(NodeId::new);
    }

    @Provide Arbitrary<InetAddress> ips() {
        return Arbitraries.of("127.0.0.1", "255.255.255.255", "::1", "2001:db8::17")
                .map(InetAddress::ofLiteral);
    }
}
