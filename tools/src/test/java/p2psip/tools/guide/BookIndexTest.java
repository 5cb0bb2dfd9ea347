package p2psip.tools.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.tools.htmlify.*;
import p2psip.tools.rfc.Sources;

/// The index of a book of two chapters.
class BookIndexTest {
    @TempDir private static Path root;
    private static Glossary book;
    private static Sources sources;

    @BeforeAll static void write() throws IOException {
        var garden = Garden.in(root);
        garden.write("docs/src/glossary.adoc", """
                = Glossary

                gate::
                What opens.
                xref:gates.adoc#gates[Gates].
                bell::
                What rings.
                xref:bells.adoc#bells[Bells].
                """);
        garden.write("docs/src/gates.adoc", """
                = Gates

                A _gate_ obeys rfc:99901[2-10].

                == Who's at the gate?

                Once is not often.

                ----
                == no heading
                ----

                == Once more

                A gate. It is code:Gate[], and rfc:99901[2-9] and rfc:99901[2-9] say so.
                """);
        garden.write("docs/src/bells.adoc", """
                = Bells
                :gate: ../../std/src/main/java/a/Gate.java

                code::a.Gate[ring]

                [#loud]
                == A gate, a gate; a gate!

                Its _bell_.

                ----
                include::{gate}[tag=ring]
                ----

                == How to write

                A `\\code:Gate[]`, three gates: gates, gates, gates, gates, gates, gates.
                """);
        garden.write("docs/src/index.adoc", """
                = Of gates

                include::gates.adoc[leveloffset=+1]

                include::bells.adoc[leveloffset=+1]
                """);
        Files.createDirectories(root.resolve("docs/exercises"));
        book = Glossary.of(root.resolve("docs"));
        sources = garden.sources();
    }

    private static List<String> paper(String what) {
        return new BookIndex(book, sources, false).asciidoc(what);
    }

    @Test void a_term_is_where_it_is_introduced_and_where_it_is_spoken_of() {
        assertThat(paper("terms")).containsExactly("[.index]",
                "* pass:c[gate]: *1 Gates*, 1 Who's at the gate?, 2 A gate, a gate; a gate!,"
                        + " 2 How to write",
                "* pass:c[bell]: *2 A gate, a gate; a gate!*");
    }

    @Test void a_class_is_where_it_is_named_or_shown() {
        assertThat(paper("classes")).containsExactly("[.index]",
                "* `Gate`: 1 Once more, 2 Bells, 2 A gate, a gate; a gate!");
    }

    @Test void a_rule_is_named_once_a_section_and_by_number() {
        assertThat(paper("rules")).containsExactly("[.index]",
                "* rfc:99901[2-9]: 1 Once more", "* rfc:99901[2-10]: 1 Gates");
    }

    @Test void on_the_site_all_of_it_leads_somewhere() {
        var site = new BookIndex(book, sources, true);
        assertThat(site.asciidoc("classes").getLast()).isEqualTo(
                "* link:++source/std/a/Gate.html++[`Gate`]: link:gates.html#_once_more[1 Once"
                + " more], link:bells.html[2 Bells], link:bells.html#loud[2 A gate, a gate;"
                + " a gate!]");
        assertThat(site.asciidoc("terms")).anyMatch(line ->
                line.contains("link:gates.html#_whos_at_the_gate[1 Who's at the gate?]"));
    }

    @Test void of_those_who_speak_of_a_term_the_five_are_named_who_say_it_most() {
        var lines = new ArrayList<>(List.of("= Bells", "A _bell_."));
        for (int i = 1; i <= 7; i++)
            lines.addAll(List.of("== Part " + i, "bell ".repeat(i == 3 ? 9 : 2 + i)));
        var bells = new Glossary(List.of(new Term("bell", List.of(), "Rings.", "bells.adoc")),
                List.of(new Chapter(new Chapters.Chapter(1, "bells", "Bells"), lines,
                        List.of())));
        assertThat(new BookIndex(bells, sources, false).asciidoc("terms").getLast()).isEqualTo(
                "* pass:c[bell]: *1 Bells*, 1 Part 3, 1 Part 4, 1 Part 5, 1 Part 6, 1 Part 7");
    }

    @Test void there_is_no_other_index() {
        assertThatThrownBy(() -> paper("bells"))
                .hasMessage("there are terms, classes and rules");
    }
}
