package p2psip.std.rfc4103;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class TextPageTest {
    private final TextPage page = new TextPage();

    private List<String> shown(String... pieces) {
        for (var piece : pieces) page.add(piece);
        return page.lines();
    }

    @Test void backspace_takes_a_whole_character_and_line_ends_too() {
        assertThat(shown("ab\bé\b👨‍👩‍👧‍👦\bc\u2028\b\bd")).containsExactly("ad");
        assertThat(shown("\b".repeat(10), "x")).containsExactly("x");
    }

    @Test void lines_end_in_several_ways() {
        assertThat(shown("a\u2028b\r\nc\r", "\nd\ne\r\r", "f"))
                .containsExactly("a", "b", "c", "d", "e", "", "f");
    }

    @Test void bell_marks_and_codes_are_not_shown() {
        assertThat(shown("\ufeffa\u0007b\u0007\u009b1mc\u009b0m\u001bad\ufffd"))
                .containsExactly("abcd\ufffd");
        assertThat(page.bells()).isEqualTo(2);
    }

    @Test void no_page_grows_without_end() {
        assertThat(shown("x\u2028".repeat(TextPage.MAX_LINES + 5) + "y"))
                .hasSize(TextPage.MAX_LINES).endsWith("x", "y");
        page.add("\u2028" + "z".repeat(TextPage.MAX_LINE + 1));
        assertThat(page.lines()).endsWith("z".repeat(TextPage.MAX_LINE), "z");
        page.add("\u2028" + "e" + "\u0301".repeat(3 * TextPage.MAX_LINE));
        assertThat(page.lines()).allMatch(line -> line.length() <= TextPage.MAX_LINE);
    }
}
