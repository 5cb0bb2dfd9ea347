package p2psip.std.rfc3263;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.HostName;

/// RFC 6724 §10.2, as far as its examples are decided by the addresses alone.
class DestinationsTest {
    private static List<String> order(List<String> ours, String... to) {
        return new Destinations(ours.stream().map(InetAddress::ofLiteral).toList()).inOrder(
                Stream.of(to).map(InetAddress::ofLiteral).toList()).stream()
                .map(HostName::numeric).toList();
    }

    @Test void the_same_scope_goes_before_others() {
        assertThat(order(List.of("2001:db8::2", "169.254.13.78"), "198.51.100.121", "2001:db8::1"))
                .containsExactly("2001:db8::1", "198.51.100.121");
        assertThat(order(List.of("fe80::1", "198.51.100.117"), "2001:db8::1", "198.51.100.121"))
                .containsExactly("198.51.100.121", "2001:db8::1");
    }

    @Test void the_higher_precedence_goes_first() {
        assertThat(order(List.of("2001:db8::2", "10.1.2.4"), "10.1.2.3", "2001:db8::1"))
                .containsExactly("2001:db8::1", "10.1.2.3");
    }

    @Test void the_smaller_scope_goes_first() {
        assertThat(order(List.of("2001:db8::2", "fe80::2"), "2001:db8::1", "fe80::1"))
                .containsExactly("fe80::1", "2001:db8::1");
    }

    @Test void the_same_label_goes_before_others() {
        assertThat(order(List.of("2002:c633:6401::2"), "2001:db8::1", "2002:c633:6401::1"))
                .containsExactly("2002:c633:6401::1", "2001:db8::1");
    }

    @Test void what_is_alike_stays_as_the_answer_had_it() {
        assertThat(order(List.of("192.0.2.100"), "192.0.2.9", "203.0.113.1", "192.0.2.1"))
                .containsExactly("192.0.2.9", "203.0.113.1", "192.0.2.1");
    }

    //= rfc7984#3.1-2 of a family that we do not support: ignored
    @Test void what_cannot_be_used_is_ignored() {
        assertThat(order(List.of("192.0.2.100"), "2001:db8::1", "192.0.2.1"))
                .containsExactly("192.0.2.1");
    }
}
