package p2psip.tools.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SentencesTest {
    @Test void abbreviations_end_no_sentence() {
        assertThat(Sentences.split("Use a timer, e.g. Timer A, i.e.\nthe first.  Then stop."))
                .containsExactly("Use a timer, e.g. Timer A, i.e. the first.", "Then stop.");
        assertThat(Sentences.split("Birds vs. Bees, cf. Smith et al. Nothing else."))
                .containsExactly("Birds vs. Bees, cf. Smith et al. Nothing else.");
    }

    @Test void the_dot_of_a_section_number_ends_a_sentence_only_at_its_end() {
        assertThat(Sentences.split("See Section 8.1.1.7 for it.  It is in 8.1.1. Really."))
                .containsExactly("See Section 8.1.1.7 for it.", "It is in 8.1.1.", "Really.");
    }

    @Test void a_quotation_or_a_bracket_may_close_or_open_a_sentence() {
        assertThat(Sentences.split("He says \"no.\" \"Yes\" is said. (Nobody hears.)  [1] hears."))
                .containsExactly("He says \"no.\"", "\"Yes\" is said.", "(Nobody hears.)",
                        "[1] hears.");
    }

    @Test void two_blanks_end_a_sentence_before_a_small_letter_and_one_does_not() {
        assertThat(Sentences.split("It grows.  rport is next. not here."))
                .containsExactly("It grows.", "rport is next. not here.");
    }

    @Property void no_word_is_lost(@ForAll String text) {
        assertThat(String.join(" ", Sentences.split(text)).replaceAll("\\s", ""))
                .isEqualTo(text.strip().replaceAll("\\s", ""));
    }
}
