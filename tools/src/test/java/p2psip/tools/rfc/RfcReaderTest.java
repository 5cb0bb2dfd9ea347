package p2psip.tools.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import p2psip.tools.rfc.Rfc.*;

/// Two specifications of our own: one with every habit of RFC texts, one of the time before 2119.
class RfcReaderTest {
    private final Rfc gates = RfcReader.read(99901, text(99901));
    private final Rfc hedges = RfcReader.read(99902, text(99902));

    static String text(int rfc) {
        try (var in = RfcReaderTest.class.getResourceAsStream("rfc" + rfc + ".txt")) {
            return new String(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test void sections_have_their_numbers_and_whole_titles() {
        assertThat(gates.title()).isEqualTo("GATE: A Protocol for Garden Gates");
        assertThat(gates.sections()).filteredOn(s -> !s.number().isEmpty())
                .extracting(s -> s.number() + " " + s.title()).containsExactly("1 Introduction",
                        "2 Gates", "2.1 Opening", "3 Squeaking and Other Noises That a Gate Makes"
                        + " When It Is Opened by Hand", "A Bells", "A.1 Brass");
    }

    @Test void sentences_are_numbered_and_drawings_are_not() {
        assertThat(statements(gates, "2")).containsExactly(
                "1 MUST NOT A closed gate MUST NOT let anybody pass, e.g. a goose.",
                "2 SHOULD It says how) SHOULD be watched, and MAY be painted.",
                "3 MUST A gate MUST do the following when the bell has been rung by a hand:",
                "4 MUST it MUST count the rings",
                "5 MUST it MUST wait for three seconds, vs. four for a goose.",
                "6 SHOULD it SHOULD squeak, not too loud, whoever may ring it; see"
                        + " Section 3.");
        assertThat(gates.section("2").orElseThrow().blocks()).filteredOn(Drawing.class::isInstance)
                .hasSize(2);
    }

    @Test void a_paragraph_cut_by_a_page_break_is_one() {
        var opening = gates.section("2.1").orElseThrow();
        assertThat(statements(gates, "2.1")).containsExactly(
                "1 MUST The gate opens when the last of the rings has been counted, and it MUST"
                + " stay open until the one who rang has passed the gate, whatever the weather may"
                + " be.",
                "2 SHOULD Its tone SHOULD be low.");
        assertThat(opening.paragraphs()).hasSize(3);
        assertThat(opening.paragraphs().getFirst().text()).endsWith("It is then closed.");
        assertThat(opening.blocks().stream().filter(Drawing.class::isInstance)
                .flatMap(d -> ((Drawing) d).lines().stream())).hasSize(5)
                .anyMatch(line -> line.contains("MUST NOT be zero"));
    }

    @Test void list_items_are_paragraphs_of_their_own() {
        assertThat(gates.section("2").orElseThrow().paragraphs()).extracting(Paragraph::mark)
                .containsExactly("", "", "o", "o", "o");
    }

    @Test void what_explains_the_words_of_2119_is_no_requirement() {
        assertThat(statements(gates, "1")).isEmpty();
    }

    @Test void appendices_count_and_what_has_no_number_does_not() {
        assertThat(statements(gates, "A")).containsExactly("1 OPTIONAL A bell is OPTIONAL.");
        assertThat(statements(gates, "A.1")).containsExactly("1 RECOMMENDED Brass is RECOMMENDED.");
        assertThat(gates.sections().stream().filter(s -> s.number().isEmpty())
                .flatMap(s -> s.statements().stream())).isEmpty();
        assertThat(gates.sections()).extracting(Section::title)
                .contains("Abstract", "References", "Author's Address");
    }

    @Test void a_text_without_2119_is_numbered_by_its_small_letters() {
        assertThat(hedges.section("1").orElseThrow().statements()).allMatch(Statement::weak)
                .extracting(Statement::keyword)
                .containsExactly(Keyword.MUST, Keyword.SHOULD);
        assertThat(hedges.section("1.1").orElseThrow().statements()).singleElement()
                .satisfies(s -> assertThat(s.weak()).isFalse());
    }

    @Test void a_text_of_2119_has_no_weak_sentence() {
        assertThat(gates.sections()).flatExtracting(Section::statements)
                .noneMatch(Statement::weak);
    }

    /// Wherever the pages break, the sentences and their numbers are the same.
    @Property void page_breaks_change_no_number(@ForAll @IntRange(min = 6, max = 60) int length) {
        var lines = Pages.join(text(99901));
        var paged = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            paged.append(lines.get(i)).append('\n');
            if (i % length == length - 1 && i > 40) paged.append("""


                    Gardener                      Fixture                         [Page 1]
                    \f
                    RFC 99901                  Garden Gates                     March 2026

                    """);
        }
        var cut = RfcReader.read(99901, paged.toString());
        for (var section : List.of("1", "2", "2.1", "3", "A", "A.1"))
            assertThat(statements(cut, section)).isEqualTo(statements(gates, section));
    }

    /// Nonsense gives some numbering, and never an exception.
    @Property void any_text_can_be_read(@ForAll String text) {
        assertThat(RfcReader.read(1, text).sections()).isNotEmpty();
    }

    private static List<String> statements(Rfc rfc, String section) {
        return rfc.section(section).orElseThrow().statements().stream()
                .map(s -> s.number() + " " + s.keyword() + " " + s.text()).toList();
    }
}
