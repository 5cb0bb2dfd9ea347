package p2psip.std.rfc2396;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// URIs of STUN and TURN servers: the examples of RFC 7064 and RFC 7065, and what is none.
class ServerUriTest {

    @ParameterizedTest
    @CsvSource({"stun:example.org, false, example.org, 3478",
        "stuns:example.org, true, example.org, 5349",
        "stun:example.org:8000, false, example.org, 8000",
        "stun:[2001:db8::1]:3479, false, [2001:db8::1], 3479",
        "stuns:192.0.2.1:1, true, 192.0.2.1, 1"})
    void a_stun_uri(String text, boolean secure, String host, int port) {
        var uri = StunUri.parse(text);
        assertThat(uri).hasToString(text);
        assertThat(uri.secure()).isEqualTo(secure);
        assertThat(uri.host()).isEqualTo(host);
        assertThat(uri.portOrUsual()).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource({"turn:example.org, false, 3478,", "turns:example.org, true, 5349,",
        "turn:example.org:8000, false, 8000,", "turn:example.org?transport=udp, false, 3478, udp",
        "turn:example.org?transport=tcp, false, 3478, tcp",
        "turns:example.org?transport=tcp, true, 5349, tcp",
        "turn:[::1]:5?transport=a.b_c~d-9, false, 5, a.b_c~d-9"})
    void a_turn_uri(String text, boolean secure, int port, String transport) {
        var uri = TurnUri.parse(text);
        assertThat(uri).hasToString(text);
        assertThat(uri.secure()).isEqualTo(secure);
        assertThat(uri.portOrUsual()).isEqualTo(port);
        assertThat(uri.transport()).isEqualTo(Optional.ofNullable(transport));
    }

    @Test void schemes_are_read_in_any_case() {
        assertThat(StunUri.parse("STUNS:Example.org")).hasToString("stuns:Example.org");
        assertThat(TurnUri.parse("Turn:Example.org")).hasToString("turn:Example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "stun", "stun:", ":x", "http://x", "stun://example.org",
        "stun:alice@example.org", "stun:example.org:", "stun:example.org:0",
        "stun:example.org:65536", "stun:[::1", "stun:a b", "stun:example.org?transport=udp",
        "stun:example.org/x", "turn:x"})
    void no_stun_uri(String text) {
        assertThatThrownBy(() -> StunUri.parse(text)).isInstanceOf(SyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "turn", "turn:", "turn://example.org", "turn:example.org?",
        "turn:example.org?transport=", "turn:example.org?transport=a/b", "turn:example.org;lr",
        "turn:example.org?x=y", "turn:example.org?transport=udp&x=y", "stun:x"})
    void no_turn_uri(String text) {
        assertThatThrownBy(() -> TurnUri.parse(text)).isInstanceOf(SyntaxException.class);
    }

    @Property void nonsense_is_a_syntax_error_or_read_and_printed_alike(@ForAll String text) {
        for (var scheme : List.of("stun:", "turn:")) try {
            var printed = (scheme.equals("stun:") ? StunUri.parse(scheme + text)
                    : TurnUri.parse(scheme + text)).toString();
            assertThat(printed).isIn(scheme + text, scheme + text.replaceFirst(":0+", ":"));
        } catch (SyntaxException e) {
            assertThat(e).hasMessageContaining(text);
        }
    }
}
