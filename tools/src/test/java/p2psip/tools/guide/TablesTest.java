package p2psip.tools.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import module java.base;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.tools.guide.LinesOfCode.*;
import p2psip.tools.htmlify.Garden;
import p2psip.tools.rfc.Sources;
import p2psip.tools.rfc.Sources.Source;

/// The tables that are counted: coverage, lines of code.
class TablesTest {
    @TempDir private static Path root;
    private static Garden garden;

    @BeforeAll static void plant() throws IOException { garden = Garden.in(root); }

    @Test void coverage_is_that_of_the_snapshot_with_its_sums() {
        assertThat(new CoverageTable(root).asciidoc(false)).contains(
                "|RFC 99901 |pass:c[GATE: A Protocol for Garden Gates] |9 |1 |1 |1 |1 |6 |2",
                "|RFC 99902 | |4 |3 |- |- |- |1 |-", "|2 | |13 |4 |1 |1 |1 |7 |2");
        assertThat(new CoverageTable(root).asciidoc(true))
                .anyMatch(line -> line.startsWith(
                        "|link:++source/rfc99901/index.html++[RFC 99901] |"));
    }

    @Test void comments_citations_and_code_are_told_apart() {
        assertThat(count("""
                package a;

                import module java.base;

                /// A comment
                /* and one
                   of several lines */ // code may not follow
                class A {
                    //= rfc99901#2-4 a citation
                    int a = 1;   // code with a comment is code
                    String b = \"""
                            // and so is a text
                            /* whatever
                            \""";
                }
                """)).isEqualTo(new Count(1, 7, 2, 3, 1));
    }

    @Test void packages_are_counted_by_module_tests_apart() {
        assertThat(new LinesOfCode(garden.sources()).asciidoc("")).containsSubsequence(
                "|*std* |2 |7 |2 |4 |2 |5", "|all |2 |7 |2 |4 |2 |5");
    }

    @Test void sip_is_counted_room_by_room_with_what_patches_it() {
        var lines = new LinesOfCode(Sources.under(Sources.repository().orElseThrow()));
        assertThat(lines.sipRooms()).containsOnlyKeys("rfc3261", "rfc3261.server", "rfc3261.ua",
                "rfc3262", "rfc3311", "rfc3891", "rfc3911", "rfc4028", "rfc4916", "rfc5393");
        var sum = Size.sum(lines.sipRooms().values());
        assertThat(lines.asciidoc("sip")).hasSize(3 + 10 + 2).element(13, STRING).startsWith(
                "|RFC 3261 with its rooms, and what patches it |" + sum.main().files() + " |"
                + sum.main().code() + " |");
        assertThat(sum.main().code()).isLessThan(6_500);
    }

    private static Count count(String text) {
        return Count.of(new Source(Path.of("std/src/main/java/A.java"), text.lines().toList())
                .lines());
    }
}
