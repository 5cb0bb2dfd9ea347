package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// Lines out of letters.
class TypescriptTest {
    private final Typescript script = new Typescript();

    @Test void a_line_is_said_when_it_is_whole_as_it_was_corrected() {
        assertThat(script.add(1, "Hallo")).isEmpty();
        assertThat(script.line(1)).isEqualTo("Hallo");
        assertThat(script.add(1, "\b\b\b\bello\u2028How ")).containsExactly("Hello");
        assertThat(script.add(1, "are\ryou?\n\n")).containsExactly("How are", "you?", "");
        assertThat(script.line(1)).isEmpty();
    }

    @Test void each_call_has_its_own_and_the_last_line_is_not_lost() {
        script.add(1, "one");
        script.add(-1, "two\ufffd");
        assertThat(script.end(1)).contains("one");
        assertThat(script.end(-1)).contains("two\ufffd");
        assertThat(script.end(1)).isEmpty();
        assertThat(script.line(1)).isEmpty();
    }

    @Test void nothing_of_it_moves_a_cursor() {
        assertThat(script.add(1, "\u0007red\u0085\u2028"))
                .allMatch(l -> !l.matches(".*\\p{Cntrl}.*"));
    }
}
