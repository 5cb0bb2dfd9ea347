package p2psip.std.rfc3323;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.Guard;

class PrivacyTest {
    private static Request invite(String... fields) {
        return (Request) Message.parse("INVITE sip:b@b SIP/2.0\n" + String.join("\n", fields)
                + "\n\n");
    }

    @Test void the_field_is_read() {
        assertThat(Privacy.of(invite("Privacy: ID; critical,header")).values())
                .containsExactly("id", "critical", "header");
        assertThat(Privacy.of(invite()).values()).isEmpty();
        //= rfc3323#4.2-7 beside none there is no other value
        //= rfc3323#4.2-8 each at most once
        assertThat(Privacy.of(invite("Privacy: none;id"))).hasToString("none");
        assertThat(Privacy.of(invite("Privacy: id;id"))).hasToString("id");
    }

    //= rfc3323#5-3 with none no privacy function is performed
    //= rfc3323#4.2-6 and none is not removed or altered
    @Test void with_none_nothing_is_done() {
        var invite = invite("Privacy: none");
        assertThat(Privacy.of(invite).asks("id")).isFalse();
        assertThat(Privacy.performed(invite, "id")).isEqualTo(invite);
        assertThat(Privacy.performed(invite, "none")).isEqualTo(invite);
    }

    //= rfc3323#5-7 the value of what was done is removed
    //= rfc3323#5-8 and with the last of them, not counting critical, the field
    //= rfc3323#5-9 and then privacy in Proxy-Require
    @Test void what_was_done_is_asked_for_no_more() {
        var two = Privacy.performed(
                invite("Privacy: id;header;critical", "Proxy-Require: x, privacy"), "id");
        assertThat(two.all("Privacy")).containsExactly("header;critical");
        assertThat(two.list("Proxy-Require")).containsExactly("x", "privacy");
        var none = Privacy.performed(two, "header");
        assertThat(none.has("Privacy")).isFalse();
        assertThat(none.list("Proxy-Require")).containsExactly("x");
        assertThat(Privacy.performed(invite("Privacy: id", "Proxy-Require: privacy"), "id")
                .has("Proxy-Require")).isFalse();
        assertThat(Privacy.performed((Message.Response) Message.parse(
                "SIP/2.0 200 OK\nPrivacy: id\n\n"), "id").has("Privacy")).isFalse();
    }

    private static Optional<Guard.Refusal> refused(String privacy) {
        return new PrivacyService(Set.of("id")).refuses(invite("Privacy: " + privacy), null);
    }

    //= rfc3323#5-5 critical, and incapable of all the levels of privacy: 500
    //= rfc3323#5-6 with a reason phrase that enumerates them
    //= rfc3323#5-1 the level of privacy is evaluated
    @Test void what_is_critical_and_cannot_be_done_is_refused() {
        assertThat(refused("id;header;session;critical")).hasValueSatisfying(refusal -> {
            assertThat(refusal.status()).isEqualTo(500);
            assertThat(refusal.reason()).contains("Privacy", "header", "session");
        });
        assertThat(refused("id;header")).isEmpty();
        assertThat(refused("id;critical")).isEmpty();
        assertThat(refused("none")).isEmpty();
        //= rfc3323#5-4 none and critical are supported
        assertThat(new PrivacyService(Set.of()).options()).containsExactly("privacy");
    }

    //= rfc3323#4.1.1.1-1 the display-name Anonymous
    //= rfc3323#4.1.1.3-1 and the hostname anonymous.invalid
    //= rfc3323#4.1-3 for an anonymous From header field
    @Test void who_wants_to_remain_unknown() {
        assertThat(Privacy.ANONYMOUS)
                .hasToString("\"Anonymous\" <sip:anonymous@anonymous.invalid>");
    }
}
