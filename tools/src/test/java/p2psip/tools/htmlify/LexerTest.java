package p2psip.tools.htmlify;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LexerTest {
    @Test void each_piece_has_its_style() {
        assertThat(styles("@Override int n = 0x1f; // why\n/// Doc.\nvar s = \"a\\\"b\" + 'c';"))
                .containsExactly("ANNOTATION @Override", "KEYWORD int", "NAME n", "NUMBER 0x1f",
                        "COMMENT // why", "DOC /// Doc.", "KEYWORD var", "NAME s",
                        "STRING \"a\\\"b\"", "STRING 'c'");
    }

    @Test void a_text_block_is_one_string_and_comments_in_it_are_none() {
        assertThat(styles("f(\"\"\"\n  // no \"comment\" \\\"\"\" here\n  \"\"\");"))
                .containsExactly("NAME f",
                        "STRING \"\"\"\n  // no \"comment\" \\\"\"\" here\n  \"\"\"");
    }

    @Property void no_character_is_lost(@ForAll String text) {
        assertThat(Lexer.tokens(text).stream().map(t -> text.substring(t.start(), t.end()))
                .collect(Collectors.joining())).isEqualTo(text);
    }

    @Test void a_long_text_block_does_not_exhaust_the_stack() {
        var text = "\"\"\"\n" + "x\n".repeat(100_000) + "\"\"\"";
        assertThat(Lexer.tokens(text)).hasSize(1);
    }

    private static List<String> styles(String text) {
        return Lexer.tokens(text).stream().filter(t -> t.style() != Lexer.Style.PLAIN)
                .map(t -> t.style() + " " + text.substring(t.start(), t.end())).toList();
    }
}
