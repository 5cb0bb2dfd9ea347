package p2psip.tools.htmlify;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.tools.rfc.*;

/// A site made of one class, its test and a specification of our own.
class SiteTest {
    @TempDir private static Path root;
    private static Map<String, String> pages, withoutText;

    @BeforeAll static void site() throws IOException {
        write("std/src/main/java/a/Gate.java", """
                package a;

                /// Lets <nobody> pass; see [Bell].
                ///
                /// @spec https://www.rfc-editor.org/rfc/rfc99901#section-2 RFC 99901 §2
                class Gate {
                    int rings;

                    void ring(Bell bell) {
                        //= rfc99901#2-4 each ring counts
                        rings = rings + bell.tone();
                    }

                    //= rfc99901#2.1¶3 three lines
                    //= rfc99901#2-6 todo squeaks need oil
                    boolean open() { return rings > 3 && !"<shut>".isEmpty(); }
                }

                record Bell(int tone) {}
                """);
        write("std/src/main/java/a/package-info.java", """
                /// Gates.
                package a;
                """);
        write("std/src/main/java/a/left-out.txt", """
                # Gates.
                not-ours no bells here
                    rfc99901#A.*

                departs no birds here
                    rfc99901#2-1..3
                    rfc99901#2-5 nor any fowl
                """);
        write("std/src/test/java/a/GateTest.java", """
                package a;

                class GateTest {
                    //= rfc99901#2-4 counts what is rung
                    @Test void it_counts() {
                        new Gate().ring(new Bell(1));
                        // end::name[]
                    }

                    /// @spec https://www.rfc-editor.org/rfc/rfc99901#section-2.1 RFC 99901 §2.1
                    @Test void it_opens() { plays("|-RING->|"); }

                    /// @spec https://www.rfc-editor.org/rfc/rfc99901#section-2.1 RFC 99901 §2.1
                    @Test void it_has_no_ladder() {}
                }
                """);
        write("std/src/main/java/a/Hops.java", """
                package a;

                class Hops {
                    // tag::name[]
                    String name = "Max-Forwards";
                    // end::name[]

                    //= rfc3261#17.1.1.2-20 the same address
                    //= rfc6026#8.4-3 and says RFC 6026 again
                    //= rfc6026#8.4-2 beside another rule
                    void ack() {}

                    //= rfc99901#2.1-1,2 it stays open, its tone is low
                    void stay() {}

                    /// `gate-message` and `bell`: what is rung, and how often.
                    ///
                    /// @spec https://www.rfc-editor.org/rfc/rfc99901#section-2.1 RFC 99901 §2.1
                    void parse() {}
                }
                """);
        write("std/target/surefire-reports/TEST-a.GateTest.xml", "<testsuite>"
                + "<testcase name='it_counts' classname='a.GateTest'/></testsuite>");
        write("docs/src/mutation.txt",
                "rfc99901 2026-01-02 85.0% lines=8 whole=1 killed=17 survived=3 equal=1\n"
                + "  one\n  two\n  three\n");
        try (var text = Coverage.class.getResourceAsStream("rfc99901.txt")) {
            write("rfcs/rfc99901.txt", new String(text.readAllBytes())
                    .replace("   Rings arrive", "      Hand       Gate\n        |--RING--->|\n"
                            + "        |<--OPEN---|\n\n   Rings arrive"));
        }
        for (var folder : List.of("rfcs", "nowhere")) write(folder + "/errata/rfc99901.json", """
                [{"errata_id": "7", "errata_status_code": "Verified", "section": "2.1",
                  "errata_type_code": "Technical", "orig_text": "Its tone SHOULD\\r\\n be low.",
                  "correct_text": "low & loud", "notes": "loud, too"}]
                """);
        write("docs/src/index.adoc", """
                = Of gates

                = First

                include::bells.adoc[leveloffset=+1]
                include::hinges.adoc[leveloffset=+1]
                """);
        write("docs/src/bells.adoc", "= On bells\n");
        for (var page : List.of("bells.html", "api/index.html", "api/a/Gate.html",
                "api/a/package-summary.html")) write("site/" + page, "");
        pages = site("rfcs").pages();
        withoutText = site("nowhere").pages();
    }

    @Test void the_words_of_the_rfc_stand_beside_the_line_with_the_test_one_click_away() {
        var page = pages.get("source/std/a/Gate.html");
        assertThat(page).containsSubsequence(
                "<div role=\"note\" class=\"note both\" id=\"n10\">",
                "<a href=\"../../rfc99901/2.html#s2-4\">RFC 99901 §2-4</a>",
                "<blockquote>it <b>MUST</b> count the rings</blockquote>",
                "<summary>test</summary>", "<span class=\"keyword\">new</span> Gate().ring(<span",
                "<a href=\"../../std-test/a/GateTest.html#L5\">GateTest.<wbr>it_<wbr>counts</a>",
                "//= rfc99901#2-4 each ring counts");
    }

    @Test void what_only_the_guide_reads_is_left_out_and_the_lines_keep_their_numbers() {
        assertThat(pages.get("source/std/a/Hops.html")).containsSubsequence("id=\"L3\"",
                "id=\"L5\"", "Max-Forwards", "id=\"L7\"").doesNotContain("id=\"L4\"");
        assertThat(pages.keySet()).noneMatch(page -> pages.get(page).contains("::name[]"));
    }

    @Test void names_lead_to_what_they_name() {
        var page = pages.get("source/std/a/Gate.html");
        assertThat(page).contains("<p>Lets &lt;nobody&gt; pass; see <a href=\"#L19\"><code>Bell")
                .contains("<a href=\"#L7\">rings</a>").contains("<a href=\"#L19\">Bell</a> bell")
                .contains("<a href=\"../../rfc99901/2.html#s2\">RFC 99901 §2</a>");
        assertThat(pages.get("source/std-test/a/GateTest.html"))
                .contains("<a href=\"../../std/a/Gate.html#L9\">ring</a>");
    }

    @Test void the_rfc_has_the_code_in_its_margin_and_the_standing_of_each_sentence() {
        var page = pages.get("source/rfc99901/2.html");
        assertThat(page).containsSubsequence("class=\"s departs\" id=\"s2-1\"",
                "class=\"s both\" id=\"s2-4\"", "it <b>MUST</b> count the rings",
                "<a href=\"../std/a/Gate.html#L11\">Gate.<wbr>ring</a>",
                "<a href=\"../std-test/a/GateTest.html#L5\">GateTest.<wbr>it_<wbr>counts</a>",
                "<p class=\"by by-departs\"><span class=\"no\">5</span> "
                        + "<a href=\"../std/a/left-out.html#L7\">departs</a> nor any fowl</p>",
                "class=\"s todo\" id=\"s2-6\"", "squeaks need oil");
        assertThat(pages.get("source/rfc99901/A.html")).contains("class=\"s except\"")
                .contains("not ours</a> no bells here");
    }

    @Test void what_applies_is_counted_and_what_asks_nothing_is_counted_apart() {
        var told = "implemented 3 (1 tested), departs 4, to do 1, open 1 of the 9 that apply;"
                + " 2 ask nothing of us";
        assertThat(pages.get("index.html")).contains(
                "<i class=\"departs\" style=\"flex:4\"></i>", "<small>" + told + "</small>",
                "<a href=\"source/not-done.html\">all that is not done</a>");
        assertThat(pages.get("source/rfc99901/index.html")).contains(told.replace("departs 4",
                "<a href=\"../not-done.html#rfc99901\">departs 4</a>"));
    }

    @Test void the_front_page_says_what_a_test_would_notice() {
        assertThat(pages.get("index.html")).containsSubsequence("2026-01-02: each of 8 cited lines",
                "of 1 no change compiles", "85.0%");
    }

    @Test void several_sentences_cited_at_once_stand_in_one_note() {
        assertThat(pages.get("source/std/a/Hops.html")).containsSubsequence(
                "<a href=\"../../rfc99901/2.html#s2.1-1\">RFC 99901 §2.1-1, 2</a>",
                "<blockquote>", "</blockquote>\n<blockquote>", "</blockquote>");
    }

    /// RFC 6026 repeats sentences of RFC 3261: beside one line they are read once.
    @Test void sentences_that_say_the_same_are_one_note() {
        assertThat(pages.get("source/std/a/Hops.html")).containsSubsequence(
                "class=\"note done\" id=\"n8\">", ">RFC 3261 §17.1.1.2-20</a> = <a ",
                ">RFC 6026 §8.4-3</a></span>", "class=\"note done\" id=\"n10\">")
                .doesNotContain("id=\"n9\"");
    }

    @Test void a_parser_has_its_grammar_beside_it() {
        assertThat(pages.get("source/std/a/Hops.html")).containsSubsequence(
                "what is rung, and how often.", "<a href=\"../../rfc99901/2.html#s2.1\">",
                "<pre class=\"grammar\">gate-message  =  &quot;RING&quot; SP count</pre>")
                .doesNotContain("1*DIGIT");
        assertThat(withoutText.get("source/std/a/Hops.html")).doesNotContain("&quot;RING&quot;");
    }

    @Test void a_ladder_has_that_of_the_rfc_beside_it() {
        var page = pages.get("source/std-test/a/GateTest.html");
        assertThat(page).containsSubsequence("<pre class=\"grammar\">Hand       Gate\n",
                "|--RING---&gt;|\n", "|&lt;--OPEN---|</pre>", "it_opens", "it_has_no_ladder")
                .containsOnlyOnce("|--RING---&gt;|");
        assertThat(withoutText.get("source/std-test/a/GateTest.html")).doesNotContain("OPEN");
    }

    @Test void what_is_left_out_stands_beside_the_words_it_leaves_out() {
        assertThat(pages.get("source/std/a/left-out.html")).containsSubsequence(
                "<small class=\"kind not-ours\">not ours</small> no bells here</h2>",
                "id=\"L3\"", "A bell is <b>OPTIONAL</b>.",
                "<small class=\"kind departs\">departs</small> no birds here</h2>",
                "let anybody pass",
                "<a href=\"../../rfc99901/2.html#s2-1\">RFC 99901 §2-1 to 3</a>",
                "four for a goose", "nor any fowl");
        for (var page : List.of("source/std/a/package-info.html", "source/std/a.html"))
            assertThat(pages.get(page)).contains("left-out.html\">What is left out, and why</a>");
        assertThat(withoutText.get("source/std/a/left-out.html")).contains("no birds here")
                .doesNotContain("anybody");
    }

    @Test void what_is_not_done_is_listed_in_one_place() {
        assertThat(pages.get("source/not-done.html")).containsSubsequence("id=\"rfc99901\"",
                "\"s departs\">departs</span></td><td>MUST NOT</td><td>", "let anybody pass",
                "no birds here", "<a href=\"std/a/left-out.html#L6\">a</a>", "four for a goose",
                "nor any fowl", "\"s todo\"", "squeaks need oil").doesNotContain("no bells",
                "count the rings");
    }

    @Test void a_must_without_a_test_is_not_done_once_tests_have_run() throws IOException {
        assertThat(pages.get("source/not-done.html")).containsSubsequence(
                "RFC&nbsp;6026&nbsp;§8.4-2",
                "not tested", "beside another rule");
        var report = root.resolve("std/target/surefire-reports/TEST-a.GateTest.xml");
        var text = Files.readString(report);
        Files.delete(report);
        assertThat(site("rfcs").pages().get("source/not-done.html")).contains("No test has run")
                .doesNotContain("beside another rule");
        Files.writeString(report, text);
    }

    @Test void errata_stand_where_they_apply() {
        assertThat(pages.get("source/rfc99901/2.html")).containsSubsequence(
                "<a href=\"#s2.1\">2.1</a>", "Its tone <b>SHOULD</b> be low.",
                "Erratum 7", "<a href=\"https://www.rfc-editor.org/errata/eid7\">",
                "low &amp; loud", "</details>", "Rings arrive as these lines show");
        assertThat(withoutText.get("source/rfc99901/2.html")).contains("low &amp; loud");
    }

    @Test void without_a_text_our_words_and_a_link_are_there_and_none_of_the_rfc() {
        assertThat(withoutText.get("source/std/a/Gate.html")).contains(
                "each ring counts &middot; <a href=\"https://www.rfc-editor.org/rfc/rfc99901"
                + "#section-2\">read it</a>");
        assertThat(withoutText.get("source/rfc99901/2.html")).contains("each ring counts")
                .contains("<b>MUST</b>")
                .contains("No text of RFC 99901 was found");
        assertThat(withoutText.keySet()).noneMatch(page -> withoutText.get(page).contains("goose"));
    }

    @Test void every_page_is_whole_and_every_link_leads_somewhere() throws IOException {
        site("rfcs").write(pages, root.resolve("site"));
        assertThat(Site.faults(pages, root.resolve("site"))).isEmpty();
        assertThat(Site.faults(withoutText, root.resolve("site"))).isEmpty();
    }

    @Test void a_file_says_which_tests_prove_it_and_whose_words_it_shows() {
        assertThat(pages.get("source/std/a/Gate.html")).contains("Proved by: <a href=\""
                + "../../std-test/a/GateTest.html\">GateTest</a> (1)",
                "<p>Words of RFC 99901:", "../../rfc99901/index.html#notice");
        assertThat(pages.get("source/std-test/a/GateTest.html")).contains("Proves: <a href=\""
                + "../../std/a/Gate.html\">Gate</a> (1)");
        assertThat(withoutText.get("source/std/a/Gate.html")).doesNotContain("Words of RFC");
        assertThat(pages.get("source/rfc99901/index.html")).contains("<p>This memo describes");
    }

    @Test void the_api_is_a_click_away_where_it_is_there() {
        assertThat(pages.get("index.html")).contains("<a href=\"api/index.html\">API</a>");
        assertThat(pages.get("source/std/a.html"))
                .contains("<a href=\"../../api/a/package-summary.html\">");
        assertThat(pages.get("source/std/a/Gate.html"))
                .contains("<a href=\"../../../api/a/Gate.html\">");
        assertThat(pages.get("source/std/a/Hops.html")).doesNotContain("api/a/Hops");
    }

    private static Site site(String folder) {
        return Site.of(Sources.under(root), new Library(List.of(root.resolve(folder))),
                Chapters.of(root.resolve("docs/src")).in(root.resolve("site")),
                root.resolve("site"));
    }

    private static void write(String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
