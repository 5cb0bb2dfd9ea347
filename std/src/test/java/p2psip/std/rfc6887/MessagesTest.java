package p2psip.std.rfc6887;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

/// What goes between a client and a server, byte for byte.
class MessagesTest {
    private static final Bytes NONCE = Bytes.hex("0102030405060708090a0b0c");

    private static InetAddress ip(String text) { return InetAddress.ofLiteral(text); }

    @Property(tries = 100) void requests_are_read_as_they_were_written(
            @ForAll @IntRange(max = 65_535) int port, @ForAll boolean six) {
        var ask = new MapRequest(7200, ip(six ? "2001:db8::1" : "10.0.0.1"), NONCE, 17, port,
                new InetSocketAddress(ip(six ? "::" : "0.0.0.0"), 0));
        assertThat(MapRequest.parse(ask.encode())).isEqualTo(ask);
    }

    //= rfc6887#7.1-1 reserved bits are zero
    //= rfc6887#8.1-2 with the source address
    //= rfc6887#5-3 no address of IPv4 has the bits of a mapped one
    @Test void a_request() {
        //= rfc6887#11.1-1 the reserved bits of MAP are zero, too
        assertThat(new MapRequest(7200, ip("192.168.1.5"), NONCE, 17, 5063,
                new InetSocketAddress(ip("0.0.0.0"), 0)).encode().hex()).isEqualTo(
                "02010000" + "00001c20" + "00000000000000000000ffffc0a80105"
                + "0102030405060708090a0b0c" + "11000000" + "13c70000"
                + "00000000000000000000ffff00000000");
    }

    //= rfc6887#5-1 a mapped address is seen by all 96 bits in front of it
    //= rfc6887#5-2 all zeros are the address of IPv6
    @Test void addresses() {
        for (var text : List.of("192.0.2.1", "0.0.0.0", "2001:db8::1", "::", "::fffe:192.0.2.1",
                "1::ffff:c000:201")) {
            var out = ByteBuffer.allocate(16);
            FixedAddress.encode(ip(text), out);
            assertThat(FixedAddress.parse(out.flip())).isEqualTo(ip(text));
        }
    }

    private static Response response() {
        return new Response(2, Response.MAP, 0, 3600, 77, Optional.of(new Response.Mapped(NONCE,
                17, 5063, new InetSocketAddress(ip("203.0.113.7"), 40_000))));
    }

    //= rfc6887#7.2-3,4 what is reserved is ignored
    //= rfc6887#7.3-12 options that are not understood, too
    @Test void a_response_whatever_stands_in_it_beside() {
        assertThat(Response.parse(response().encode())).isEqualTo(response());
        var bytes = response().encode().toArray();
        bytes[2] = 1;
        Arrays.fill(bytes, 12, 24, (byte) 9);
        var more = Arrays.copyOf(bytes, bytes.length + 8);
        more[bytes.length] = 3;
        assertThat(Response.parse(Bytes.wrap(more))).isEqualTo(response());
    }

    @Test void cut_short_it_is_refused_or_no_mapping() {
        for (int end = 0; end < response().encode().size(); end++) {
            var part = response().encode().slice(0, end);
            if (end < 24) assertThatThrownBy(() -> Response.parse(part))
                    .isInstanceOf(SyntaxException.class);
            else assertThat(Response.parse(part).mapped()).isEmpty();
        }
        for (int end = 0; end < MapRequest.BYTES; end++) {
            var part = Bytes.wrap(new byte[end]);
            assertThatThrownBy(() -> MapRequest.parse(part)).isInstanceOf(SyntaxException.class);
        }
    }

    @Property(tries = 500) void nonsense_is_read_or_refused(@ForAll byte[] bytes) {
        try {
            Response.parse(Bytes.copyOf(bytes));
        } catch (SyntaxException e) {
            assertThat(e).hasMessageContaining("response");
        }
    }
}
