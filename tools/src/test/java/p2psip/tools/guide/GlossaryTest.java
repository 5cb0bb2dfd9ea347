package p2psip.tools.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.tools.htmlify.Chapters;
import p2psip.tools.rfc.Sources;

/// Nobody who reads the book from its beginning meets a term that has not been introduced. To add
/// one, put its first use in emphasis, and write what it means into `docs/src/glossary.adoc`.
class GlossaryTest {
    /// A book of two chapters.
    private static final Glossary INVENTED = new Glossary(Term.in("""
            = Glossary

            bell::
            What rings.
            xref:one.adoc#one[One].
            bell rope::
            What hangs from it.
            xref:two.adoc#two[Two].
            city::
            // the term is meant in: a city, the city of
            Where both are.
            xref:two.adoc#two[Two], rfc:99901[2].
            rope::
            What it is made of.
            xref:two.adoc#two[Two].
            `Of`::
            Whose it is.
            xref:two.adoc#two[Two].
            """.lines().toList()), List.of(
                    chapter("one", "= Bells and bell ropes", "A _bell_, or two bells,",
                            "of Rome: city air, `Off`, doorbell, bell-shaped.", "----",
                            "a city", "----", "ring::city[bell rope]"),
                    chapter("two", "Of bells. _Bell", "ropes_ hang. A", "_rope_ does.", "",
                            "|a xref:one.adoc#city[_city_] |and cities", "", "`Of`:: whose.")));

    private static Glossary book() {
        return Glossary.of(Sources.repository().orElseThrow().resolve("docs"));
    }

    private static Chapter chapter(String name, String... lines) {
        return new Chapter(entry(name), List.of(lines), List.of());
    }

    private static Chapters.Chapter entry(String name) {
        return new Chapters.Chapter(1, name, name);
    }

    @Test void each_term_is_introduced_where_the_glossary_says_and_nowhere_else() {
        assertThat(book().misplaced()).isEmpty();
    }

    @Test void no_term_is_used_before_it_is_introduced() {
        assertThat(book().early()).isEmpty();
    }

    @Test void there_are_fifty_terms_and_more_in_their_order_each_in_one_sentence() {
        var terms = book().terms();
        assertThat(terms).hasSizeGreaterThan(50).extracting(t -> t.name().replace("`", ""))
                .doesNotHaveDuplicates().isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
        assertThat(terms).allSatisfy(t -> assertThat(t.sentence()).as(t.name())
                .matches("[A-Z0-9][^\n]*[^.]\\.").doesNotContain(". "));
    }

    @Test void few_terms_are_plain_words_too() {
        assertThat(book().terms()).filteredOn(t -> !t.meant().isEmpty()).hasSizeLessThan(4);
    }

    @Test void a_book_in_order_has_no_fault() {
        assertThat(INVENTED.misplaced()).isEmpty();
        assertThat(INVENTED.early()).isEmpty();
    }

    @Test void a_term_that_comes_too_soon_is_seen() {
        assertThat(with("Cities have walls. Bells have bell", "ropes. _bells_ `Of`").early())
                .containsExactly(
                        "one.adoc uses bell before one.adoc introduces it:"
                                + " ...Cities have walls. Bells have bell ropes. _bells_ `Of` ...",
                        "one.adoc uses bell rope before two.adoc introduces it:"
                                + " ...e walls. Bells have bell ropes. _bells_ `Of` ...",
                        "one.adoc uses `Of` before two.adoc introduces it:"
                                + " ...bell ropes. _bells_ `Of` ...");
        assertThat(with("A _bell_ in a city.").early()).singleElement().asString()
                .startsWith("one.adoc uses city before two.adoc introduces it");
    }

    @Test void the_task_of_an_exercise_is_read_too() {
        var tasks = new Chapter(entry("one"), List.of("a _bell_"), List.of("Pull a bell rope."));
        assertThat(new Glossary(INVENTED.terms(), List.of(tasks, INVENTED.chapters().getLast()))
                .early()).hasSize(1);
    }

    @Test void a_term_that_is_introduced_twice_or_never_is_seen() {
        assertThat(with("A bell. _Cities_ are not in it.").misplaced()).containsExactly(
                "bell: the glossary says one.adoc, but it is introduced in []",
                "city: the glossary says two.adoc, but it is introduced in [one.adoc, two.adoc]");
    }

    @Test void of_a_part_of_a_chapter_the_unknown_terms_are_told() {
        var one = INVENTED.chapters().getFirst();
        assertThat(INVENTED.unknown("a bell, a bell rope, the city of", one))
                .containsExactly("bell rope", "city");
        assertThat(INVENTED.unknown("a bell rope", INVENTED.chapters().getLast())).isEmpty();
    }

    @Test void an_entry_without_a_chapter_is_refused() {
        assertThatThrownBy(() -> Term.in(List.of("bell::", "What rings.")))
                .hasMessage("bell has no chapter");
    }

    /// The book with another first chapter.
    private static Glossary with(String... lines) {
        return new Glossary(INVENTED.terms(),
                List.of(chapter("one", lines), INVENTED.chapters().getLast()));
    }
}
