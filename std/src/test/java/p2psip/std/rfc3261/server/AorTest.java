package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AorTest {

    @ParameterizedTest @ValueSource(strings = {"sip:bob@example.com", "sip:@example.com",
        "sip:a%40b@example.com", "sip:bob;x=1@[2001:db8::1]", "sip:odd@user@example.com"})
    void what_is_written_is_read(String text) {
        assertThat(Aor.parse(text).orElseThrow()).hasToString(text);
    }

    @Test void what_is_in_front_of_the_last_at_sign_is_the_user() {
        assertThat(Aor.parse("sip:odd@user@example.com"))
                .contains(new Aor("odd@user", "example.com"));
    }

    @Test void what_is_none_is_not_read() {
        for (var text : new String[] {"", "bob@example.com", "sip:example.com", "tel:+1"})
            assertThat(Aor.parse(text)).isEmpty();
    }
}
