package p2psip.tools.guide;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.tools.htmlify.Garden;
import p2psip.tools.rfc.Library;

/// A guide of two chapters, one of them full of mistakes, made by AsciidoctorJ as `mvn verify`
/// makes ours.
class GuideTest {
    @TempDir private static Path root;
    private static String page, front;
    private static List<String> problems;

    @BeforeAll static void make() throws IOException {
        System.setProperty("jruby.compile.mode", "OFF");   // as in the build: it is quicker
        var garden = Garden.in(root);
        garden.write("docs/src/gates.adoc", """
                [#gates]
                = Gates

                A gate counts, as rfc:99901[2-4] wants; see rfc:99901[2.1].

                rfc::99901[2-6]

                [source,java]
                ----
                include::../../std/src/main/java/a/Gate.java[tag=ring,indent=0]
                ----

                == What opens

                It is code:Gate[], and this is when:

                code::a.Gate[open]

                machine::invite-client-transaction[]

                coverage::[]

                mutation::[]

                lines-of-code::[]

                exercises::1[]
                """);
        garden.write("docs/exercises/Exercise1_1.java", """
                /// # Rings
                ///
                /// Of `  |<--- {c} [d] __e__ -->|` and `Ring`s.
                class Exercise1_1 {
                    // answer
                    // start
                    // end
                }
                """);
        garden.write("docs/src/mutation.txt", """
                what a test notices
                rfc99901 2026-01-02 85.0% lines=8 whole=1 killed=17 survived=3 equal=1
                  Gate.java:20 rfc99901#2-4: `"rung"` becomes `"rung~"`
                  Gate.java:38 rfc99901#2-8: `a < 0` becomes `a <= 0`
                  Gate.java:38 rfc99901#2-8: `0` becomes `(0 + 1)`
                """);
        garden.write("docs/src/wrong.adoc", """
                = Wrong

                As rfc:99901[9.9] says.

                rfc::99901[2-99]

                machine::tin-opener[]

                A code:Door[] is none, and

                code::Gate[slam]

                See xref:gates.adoc#gates[gates] and xref:gates.adoc#bells[bells].

                [source,java]
                ----
                include::../../std/src/main/java/a/Gate.java[tag=squeak]
                ----
                """);
        garden.write("docs/src/lost.adoc", "= Lost\n");
        garden.write("docs/src/index.adoc", """
                = Of gates
                :doctype: book

                = First

                include::gates.adoc[leveloffset=+1]

                = Second

                include::wrong.adoc[leveloffset=+1]
                """);
        problems = List.copyOf(new Guide(root.resolve("docs/src"), root.resolve("site"), "html5")
                .site(garden.sources(), new Library(List.of(root.resolve("rfcs"))), Map.of()));
        page = Files.readString(root.resolve("site/gates.html"));
        front = Files.readString(root.resolve("site/index.html"));
    }

    @Test void a_rule_in_a_sentence_is_a_link_with_the_colour_of_its_standing() {
        assertThat(page).contains("<a href=\"source/rfc99901/2.html#s2-4\" "
                + "class=\"rule both\" title=\"Gates\">RFC 99901 §2-4</a>")
                .contains("<a href=\"source/rfc99901/2.html#s2.1\" class=\"rule\""
                        + " title=\"Opening\">RFC 99901 §2.1</a>");
    }

    @Test void what_the_tests_notice_is_a_table_and_what_not_a_list() {
        assertThat(page.replaceAll("<[^>]*>|\\s+", " ").replaceAll(" +", " ")).contains(
                "Noticed Goal Lines Whole Killed Survived Day RFC 99901",
                "85.0% 80% 8 1 17 3 2026-01-02",
                "What no test notices of RFC 99901 Gate.java:20 rfc99901#2-4: `\"rung\"` becomes",
                "Gate.java:38 rfc99901#2-8: `a &lt; 0` becomes `a &lt;= 0`");
    }

    @Test void a_rule_by_itself_is_a_box() {
        assertThat(page).containsSubsequence("<div class=\"sidebarblock rule todo\">",
                "<strong><a href=\"source/rfc99901/2.html#s2-6\">RFC 99901 §2-6</a></strong>",
                "<span class=\"standing\">to do</span>", "it <strong>SHOULD</strong> squeak",
                "to do: squeaks [all of them] need *oil*");
    }

    @Test void a_listing_has_numbers_for_its_citations_and_their_boxes_below() {
        assertThat(page.replaceAll("</?span[^>]*>", "")).containsSubsequence("void ring() {",
                "    // (1) each ring counts", "    rings++;",
                "(1) <strong><a href=\"source/rfc99901/2.html#s2-4\">RFC 99901 §2-4</a></strong>",
                "it <strong>MUST</strong> count the rings",
                "tests <a href=\"source/std-test/a/GateTest.html#L6\">GateTest.it_counts</a>")
                .doesNotContain("//= rfc", "tag::");
    }

    @Test void a_class_is_a_link_and_a_method_is_shown_as_it_is() {
        var plain = page.replaceAll("</?span[^>]*>", "");
        assertThat(plain).contains(
                "It is <a href=\"source/std/a/Gate.html\"><code>Gate</code></a>, and")
                .containsSubsequence("<code>Gate</code>",
                        "// (1) todo: squeaks [all of them] need *oil*\n",
                        "boolean open() { return rings &gt; 3; }", "(1) <strong>", "§2-6</a>");
    }

    @Test void a_machine_is_drawn_and_tables_are_counted() {
        assertThat(page).contains("<figure class=\"machine\"><svg")
                .contains("<a href=\"source/rfc99901/index.html\">RFC 99901</a>")
                .contains("<strong>std</strong>");
        assertThat(root.resolve("site/book.js")).content().contains("A gate counts, as RFC 99901");
    }

    @Test void the_code_in_a_task_means_nothing_to_asciidoc() {
        assertThat(page).contains("<p>Of <code>  |&lt;--- {c} [d] __e__ --&gt;|</code>"
                + " and <code>Ring</code>s.</p>");
    }

    @Test void the_front_page_has_the_chapters() {
        assertThat(front).containsSubsequence("Part I: First", "<a href=\"gates.html\">Gates</a>",
                "Part II: Second", "<a href=\"wrong.html\">Wrong</a>");
    }

    @Test void each_mistake_is_named_with_its_file_and_line_and_what_there_is() {
        assertThat(problems).contains(
                "wrong.adoc:3: rfc:99901[9.9]: RFC 99901 has no section 9.9",
                "wrong.adoc:5: rfc::99901[2-99]: section 2 has 6 normative sentences"
                        + " and 5 paragraphs",
                "wrong.html: nothing is at gates.html#bells",
                "lost.adoc: index.adoc does not include it")
                .contains("wrong.adoc:9: code:Door[]: no class has that name",
                        "wrong.adoc:11: code::Gate[slam]: no method slam; there are [ring, open]")
                .anyMatch(p -> p.startsWith("wrong.adoc:7: machine::tin-opener[]: no machine"
                        + " tin-opener; there are [invite-client-transaction, "))
                .anyMatch(p -> p.matches("wrong\\.adoc:\\d+: tag 'squeak' not found.*"))
                .noneMatch(p -> p.contains("\n"));
    }

    @Test void what_is_right_is_not_complained_about() {
        assertThat(problems).filteredOn(p -> p.startsWith("gates"))
                .allMatch(p -> p.startsWith("gates.html: nothing is at source/rfc99902"));
    }
}
