package p2psip.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import module java.base;
import net.jqwik.api.*;
import net.jqwik.api.constraints.*;
import org.junit.jupiter.api.Test;

class NetTest {
    private static boolean has(String net, String address) {
        return Net.parse(net).has(InetAddress.ofLiteral(address));
    }

    @Test void it_has_what_begins_with_the_same_bits() {
        assertThat(has("192.0.2.0/24", "192.0.2.255")).isTrue();
        assertThat(has("192.0.2.0/24", "192.0.3.0")).isFalse();
        assertThat(has("10.1.2.3/9", "10.127.0.1")).as("the rest does not count").isTrue();
        assertThat(has("10.1.2.3/9", "10.128.0.1")).as("in the middle of a byte").isFalse();
        assertThat(has("2001:db8::/32", "2001:db8:ffff::1")).isTrue();
        assertThat(has("2001:db8::/33", "2001:db8:8000::1")).isFalse();
    }

    @Test void an_address_alone_is_a_net_of_one() {
        assertThat(has("192.0.2.7", "192.0.2.7")).isTrue();
        assertThat(has("192.0.2.7", "192.0.2.6")).isFalse();
        assertThat(has("2001:db8::7", "2001:db8::6")).isFalse();
    }

    @Test void all_of_one_family_is_nothing_of_the_other() {
        assertThat(has("0.0.0.0/0", "203.0.113.1")).isTrue();
        assertThat(has("0.0.0.0/0", "::1")).isFalse();
        assertThat(has("::/0", "127.0.0.1")).isFalse();
    }

    @Test void some_are_private_to_a_network() {
        for (var near : List.of("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
                "169.254.1.1", "fd00::1", "fc00::1", "fe80::1"))
            assertThat(Net.isPrivate(InetAddress.ofLiteral(near))).as(near).isTrue();
        for (var far : List.of("203.0.113.1", "172.32.0.1", "127.0.0.1", "2001:db8::1", "fe00::1",
                "::1"))
            assertThat(Net.isPrivate(InetAddress.ofLiteral(far))).as(far).isFalse();
    }

    @Test void what_is_no_net_is_refused() {
        for (var bad : List.of("", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1",
                "10.0.0.0/8/8", "example.com", "10.0.0.0/9999", "300.0.0.1", ":::", "::1%lo"))
            assertThatIllegalArgumentException().as(bad).isThrownBy(() -> Net.parse(bad));
    }

    @Property void it_comes_back_as_it_was(@ForAll @Size(4) byte[] ip,
            @ForAll @IntRange(max = 32) int bits) throws UnknownHostException {
        var net = new Net(InetAddress.getByAddress(ip), bits);
        assertThat(Net.parse("" + net)).isEqualTo(net);
        assertThat(net.has(net.address())).isTrue();
    }
}
