package p2psip.tools.htmlify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.tools.htmlify.Rules.*;
import p2psip.tools.rfc.Citation.Type;
import p2psip.tools.rfc.Standing;

class RulesTest {
    @TempDir private static Path root;
    private static Garden garden;

    @BeforeAll static void plant() throws IOException { garden = Garden.in(root); }

    @Test void a_sentence_has_its_words_its_standing_and_who_cites_it() {
        assertThat(garden.rules().rule("rfc99901#2-4")).isEqualTo(new Rule("RFC 99901 §2-4",
                "Gates", Optional.of("source/rfc99901/2.html#s2-4"),
                "https://www.rfc-editor.org/rfc/rfc99901#section-2",
                Optional.of(Standing.BOTH),
                List.of("it MUST count the rings"), List.of(
                        new Cited(Type.IMPLEMENTED, "Gate.ring", "source/std/a/Gate.html#L10",
                                "each ring counts"),
                        new Cited(Type.TEST, "GateTest.it_counts",
                                "source/std-test/a/GateTest.html#L6", "counts what is rung"))));
    }

    @Test void a_section_has_a_title_and_a_page() {
        var rule = garden.rules().rule("rfc99901#2.1");
        assertThat(rule.title()).isEqualTo("RFC 99901 §2.1");
        assertThat(rule.section()).isEqualTo("Opening");
        assertThat(rule.page()).contains("source/rfc99901/2.html#s2.1");
        assertThat(rule.standing()).isEmpty();
        assertThat(rule.words()).isEmpty();
    }

    @Test void a_paragraph_has_all_its_words() {
        assertThat(garden.rules().rule("rfc99901#2.1¶2").words())
                .containsExactly("What is rung. Its tone SHOULD be low.");
    }

    @Test void without_the_text_the_page_of_a_paragraph_that_nobody_cites_is_its_section() {
        assertThat(garden.rules().rule("rfc99901#2.1¶2").page())
                .contains("source/rfc99901/2.html#s2.1p2");
        assertThat(garden.withoutText().rule("rfc99901#2.1¶2").page())
                .contains("source/rfc99901/2.html#s2.1");
    }

    @Test void without_the_text_there_are_no_words() {
        assertThat(garden.withoutText().rule("rfc99901#2-4").words()).isEmpty();
        assertThat(garden.withoutText().rule("rfc99901#2-4").cited()).hasSize(2);
    }

    @Test void an_rfc_that_nobody_cites_has_no_page_here() {
        var rule = garden.rules().rule("rfc3261#17.1.1.2-22");
        assertThat(rule.page()).isEmpty();
        assertThat(rule.original())
                .isEqualTo("https://www.rfc-editor.org/rfc/rfc3261#section-17.1.1.2");
        assertThat(rule.standing()).contains(Standing.OPEN);
    }

    @Test void what_names_nothing_is_refused_with_what_there_is() {
        for (var wrong : Map.of(
                "rfc99901#2-7", "section 2 has 6 normative sentences and 5 paragraphs",
                "rfc99901#2-0", "section 2 has 6 normative sentences and 5 paragraphs",
                "rfc99901#2-5..7", "section 2 has 6 normative sentences and 5 paragraphs",
                "rfc99901#2-3..2", "section 2 has 6 normative sentences and 5 paragraphs",
                "rfc99901#2.1¶4", "section 2.1 has 2 normative sentences and 3 paragraphs",
                "rfc99901#9.9", "RFC 99901 has no section 9.9",
                "rfc98765#1", "RFC 98765 has no index",
                "rfc99901#", "not a section, sentence or paragraph").entrySet())
            assertThatThrownBy(() -> garden.rules().rule(wrong.getKey())).as(wrong.getKey())
                    .isInstanceOf(IllegalArgumentException.class).hasMessage(wrong.getValue());
    }
}
