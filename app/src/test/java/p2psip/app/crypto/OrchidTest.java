package p2psip.app.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

/// Addresses that stand for keys.
class OrchidTest {
    private static final Bytes KEY = Bytes.wrap(new byte[32]);

    @Test void it_begins_as_all_of_its_kind_do_and_says_by_which_hash() {
        var text = Orchid.of(KEY).getAddress().getHostAddress();
        assertThat(text).startsWith("2001:21:");
        assertThat(Orchid.of(KEY).getPort()).isEqualTo(5060);
    }

    /// SHA-256 of the context and the key, of which the middle 96 bits are taken.
    @Test void a_vector() throws Exception {
        var hash = MessageDigest.getInstance("SHA-256").digest(HexFormat.of().parseHex(
                "55816fd72ed1520831db3cc05bb86492" + "00".repeat(32)));
        assertThat(Bytes.wrap(Orchid.of(KEY).getAddress().getAddress()).hex())
                .isEqualTo("20010021" + HexFormat.of().formatHex(hash, 10, 22))
                .isEqualTo("200100215341e95116318ae00848a52f");
    }

    @Test void the_same_key_has_the_same_address_and_another_another() {
        assertThat(Orchid.of(KEY)).isEqualTo(Orchid.of(Bytes.wrap(new byte[32])));
        assertThat(Orchid.of(KEY)).isNotEqualTo(Orchid.of(Bytes.hex("01" + "00".repeat(31))));
    }

    @Test void only_those_of_the_range_are_of_the_kind() {
        assertThat(Orchid.isOne(InetAddress.ofLiteral("2001:20::1"))).isTrue();
        assertThat(Orchid.isOne(InetAddress.ofLiteral("2001:2f:ffff::1"))).isTrue();
        assertThat(Orchid.isOne(InetAddress.ofLiteral("2001:30::1"))).isFalse();
        assertThat(Orchid.isOne(InetAddress.ofLiteral("2001:1f::1"))).isFalse();
        assertThat(Orchid.isOne(InetAddress.ofLiteral("192.0.2.1"))).isFalse();
    }
}
