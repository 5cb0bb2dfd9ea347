package p2psip.tools.htmlify;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.tools.rfc.*;

/// What holds the site together: menu, chapters, search, and what a page begins with.
class OneSiteTest {
    @TempDir private static Path root;
    private static Site site;
    private static Map<String, String> pages;

    @BeforeAll static void plant() throws IOException {
        var garden = Garden.in(root);
        garden.write("std/src/main/java/a/package-info.java", """
                /// Gates of *all* kinds: [Latch] first. And more.
                ///
                /// | section | file |
                /// |---|---|
                /// | 2 | `Gate` |
                package a;
                """);
        garden.write("std/src/main/java/a/Latch.java", """
                package a;

                import java.util.List;
                import java.util.Map;

                /// Holds a gate. Or not.
                final class Latch {
                    enum State {
                        SHUT("2"), OPEN("2.1");

                        private final String section;

                        State(String section) { this.section = section; }
                    }

                    // far below, three rules are obeyed at once
                    //= rfc99901#2-1 one
                    //= rfc99901#2-2 two
                    //= rfc99901#2-3 three
                    void lift() {}
                    //= rfc99901#2.1¶3 one thing is said
                    //= rfc99901#2.1¶3 in two lines
                    void drop() {}

                    String name = "Max-Forwards";
                }
                """);
        garden.write("docs/src/index.adoc", """
                = Of gates
                :doctype: book

                Said before all parts.

                = First steps

                include::bells.adoc[leveloffset=+1]

                ifdef::backend-html5[]
                include::hinges.adoc[leveloffset=+1]
                endif::[]

                = Far ways

                include::oil.adoc[leveloffset=+1]
                """);
        for (var chapter : List.of("bells", "hinges", "oil"))
            garden.write("docs/src/" + chapter + ".adoc", "[#" + chapter + "]\n= On " + chapter
                    + " & more\n\nText.\n");
        site = Site.of(garden.sources(), new Library(List.of(root.resolve("rfcs"))),
                Chapters.of(root.resolve("docs/src")), root.resolve("site"));
        pages = site.pages();
    }

    @Test void every_page_has_the_menu_of_everything() {
        for (var page : pages.entrySet()) {
            var up = "../".repeat(Html.depth(page.getKey()));
            assertThat(page.getValue()).as(page.getKey()).containsSubsequence(
                    "<meta name=\"description\" content=\"", "<meta property=\"og:title\"",
                    "<link rel=\"icon\"", "<body data-up=\"" + up + "\" data-book>",
                    "Part I: First steps", "1&nbsp;<a href=\"" + up
                            + "bells.html\">On bells &amp; more</a>", "2&nbsp;",
                    "Part II: Far ways", "3&nbsp;", "<p>std</p>",
                    "<a href=\"" + up + "source/std/a.html\">a</a>",
                    "<a href=\"" + up + "source/rfc99901/index.html\">99901</a>",
                    "source/figures.html", "source/not-done.html", "<main id=\"text\"");
        }
    }

    @Test void a_chapter_knows_its_part_its_number_its_neighbours_and_what_is_in_it() {
        var page = new ChapterPage(site.frame(), site.frame().chapters().all().get(1), """
                <p>A gate <b>hangs</b> on hinges.</p>
                <h2 id="pins">Pins</h2><h3 id="old">Old &amp; new</h3>
                """).html();
        assertThat(page).containsSubsequence("content=\"A gate hangs on hinges.\"",
                "<h1 id=\"hinges\"><small>Part I: First steps &middot; chapter 2</small>",
                "A gate <b>hangs</b>", "<a href=\"bells.html\">", "<a href=\"oil.html\">",
                "id=\"contents\"", "<a href=\"#pins\">Pins</a>", "<a href=\"#old\">Old &amp; new");
    }

    @Test void a_guide_without_parts_or_without_an_index_is_fine() throws IOException {
        Files.writeString(root.resolve("index.adoc"), "= T\n\ninclude::a.adoc[leveloffset=+1]\n");
        assertThat(Chapters.of(root).all()).extracting(Chapters.Chapter::page)
                .containsExactly("a.html");
        assertThat(Chapters.of(root.resolve("nowhere")).all()).isEmpty();
        assertThat(Chapters.of(root).in(root).parts()).isEmpty();
    }

    @Test void a_source_page_begins_with_what_it_is_for() {
        var page = pages.get("source/std/a/Latch.html");
        assertThat(page).containsSubsequence("content=\"Holds a gate.\"", "<div class=\"lead\">",
                "<a id=\"L6\">", "<p>Holds a gate. Or not.</p>", "<span class=\"bar\"", "3 rules",
                "<a href=\"../../rfc99901/2.html#s2\">RFC 99901 §2</a> Gates",
                "<blockquote><a href=\"#L17\">RFC 99901 §2-1</a>", "let anybody pass",
                "<div class=\"code\">", "<summary>package a, 2 imports</summary>", "id=\"L1\"",
                "</details>", "id=\"L7\"", "<summary>lines 11 to 13: private final String section;",
                "id=\"L11\"", "</details>", "id=\"L14\"");
        assertThat(page.split("Holds a gate\\. Or not", -1)).hasSize(2);
    }

    /// The code is one column: a note that would push the next ones down is cut short.
    @Test void notes_never_tear_the_code_apart() {
        assertThat(pages.get("source/std/a/Latch.html")).containsSubsequence(
                "class=\"note done\" id=\"n17\"", "class=\"note done\" id=\"n18\"",
                "class=\"note done brief\" id=\"n19\"", "<pre><span class=\"l cite\" id=\"L17\">",
                "id=\"L18\"", "id=\"L20\"").doesNotContain("class=\"row\"");
    }

    @Test void what_two_lines_say_of_one_place_is_one_note() {
        assertThat(pages.get("source/std/a/Latch.html")).contains("id=\"n21\"")
                .doesNotContain("id=\"n22\"");
        var without = Site.of(site.book().sources(), new Library(List.of()),
                new Chapters(List.of()), root.resolve("none")).pages();
        assertThat(without.get("source/std/a/Latch.html")).contains(
                "one thing is said in two lines &middot;");
        assertThat(without.get("index.html")).doesNotContain("data-book", "href=\"bells");
    }

    @Test void a_package_page_is_its_door() {
        assertThat(pages.get("source/std/a.html")).containsSubsequence("<h1>a</h1>",
                "Gates of <i>all</i> kinds: <a href=\"a/Latch.html#L7\"><code>Latch</code></a>",
                "<td><a href=\"a/Gate.html#L4\">", "What is left out", "The files",
                "<code>Gate</code>", "Which section stands where", "RFC 99901 §2</a> Gates</th>",
                "The tests", "GateTest");
    }

    @Test void a_section_has_the_address_that_everybody_knows() {
        assertThat(pages.get("source/rfc99901/2.html")).contains("<h2 id=\"section-2.1\">",
                "<h2 id=\"section-2\">", "<a href=\"#s2.1\">2.1&nbsp; Opening</a>",
                "<a href=\"1.html\">§1 ", "<a href=\"3.html\">§3 ", "What the marks mean");
        assertThat(pages.get("source/rfc99901/A.html")).contains("id=\"appendix-A\"");
        assertThat(pages.get("source/rfc99901/index.html")).contains("<li id=\"section-2.1\"");
    }

    @Test void what_is_searched_are_names_headers_sections_our_words_texts_and_chapters() {
        var index = new SearchIndex(site.book());
        assertThat(index.names()).contains(
                "[\"Gate.ring\",\"method\",\"source/std/a/Gate.html#L8\"]",
                "[\"GateTest\",\"test\",\"source/std-test/a/GateTest.html#L3\"]",
                "[\"Max-Forwards\",\"header in Latch\",\"source/std/a/Latch.html#L25\"]",
                "[\"RFC 99901 §2.1 Opening\",\"section\",\"source/rfc99901/2.html#s2.1\"]",
                "[\"each ring counts\",\"rfc99901#2-4\",\"source/std/a/Gate.html#L9\"]");
        assertThat(index.texts()).startsWith("searchText(99901,[").contains(
                "[\"A\",[[1,1,\"A bell is OPTIONAL.\"]]]", "2,\"It says how) SHOULD be watched,",
                "[0,0,\" gate-message = \\\"RING\\\" SP count");
        assertThat(new ChapterPage(site.frame(), site.frame().chapters().all().getFirst(), """
                <p>Before.</p><h2 id="x">X</h2><p>One &quot;word&quot;
                &lt;b&gt; <b>more</b></p><p></p>""").searched()).isEqualTo("""
                searchBook("bells.html","1. On bells & more",[
                ["","Before."],
                ["#x","One \\"word\\" <b> more"]
                ]);
                """);
    }

    @Test void the_api_leads_to_the_annotated_lines_and_keeps_no_copies() throws IOException {
        var api = Files.createDirectories(root.resolve("api"));
        for (var file : List.of("p2psip/std/x/Via.html", "src-html/p2psip/std/x/Via.html")) {
            Files.createDirectories(api.resolve(file).getParent());
            Files.writeString(api.resolve(file),
                    "<a href=\"../../../src-html/p2psip/std/x/Via.html#line-12\">Via</a>");
        }
        for (int twice = 0; twice < 2; twice++) new Api(api).join();
        assertThat(api.resolve("p2psip/std/x/Via.html")).hasContent(
                "<a href=\"../../../../source/std/p2psip/std/x/Via.html#L12\">Via</a>");
        assertThat(api.resolve("src-html")).doesNotExist();
    }

    @Test void what_is_broken_is_named() {
        assertThat(faults("<p id=\"x\"><b>")).containsExactly("source/a/b.html: <b> stays open");
        assertThat(faults("<p></b></p>"))
                .containsExactly("source/a/b.html: </b> closes what is not open, at 3");
        assertThat(faults("<p id=\"x\"></p><p id=\"x\"></p>"))
                .containsExactly("source/a/b.html: id x is there twice");
        assertThat(faults("<a href=\"../c.html\"></a><a href=\"#y\"></a><a href=\"mailto:x\"></a>"
                + "<a href=\"../../../guide.html\"></a><a href=\"../../style.css\"></a>"))
                .containsExactly("source/a/b.html: nothing is at ../c.html",
                        "source/a/b.html: nothing is at #y",
                        "source/a/b.html: nothing is at ../../../guide.html");
        assertThat(faults("x".repeat(Check.LARGEST))).isEmpty();
        assertThat(faults("x".repeat(Check.LARGEST + 1)))
                .containsExactly("source/a/b.html: 300001 characters are more than 300000");
    }

    private static List<String> faults(String page) {
        return new Check(Map.of("source/a/b.html", page), Path.of("style.css")::equals).faults();
    }

    @Test void a_style_sheet_that_a_body_brings_along_goes_into_the_head() {
        var sheet = Frame.STYLE + "\nb { color: red; }\n</style>\n";
        var parts = site.frame().page("x.html", "X", "", "", "<h1>X</h1>\n" + sheet
                + "<svg><style>c {}</style></svg>\n").split("<body", 2);
        assertThat(parts[0]).contains(sheet);
        assertThat(parts[1]).contains("<h1>X</h1>\n<svg><style>c {}</style></svg>\n")
                .doesNotContain(Frame.STYLE);
    }

    @Test void the_way_from_page_to_page_is_the_shortest() {
        assertThat(Html.way("index.html", "source/a/b.html")).isEqualTo("source/a/b.html");
        assertThat(Html.way("source/a/b.html", "source/a/c.html")).isEqualTo("c.html");
        assertThat(Html.way("source/ab/c.html", "source/a/b.html")).isEqualTo("../a/b.html");
        assertThat(Html.way("source/a/b.html", "index.html")).isEqualTo("../../index.html");
        assertThat(Html.way("a/b.html", "https://x.example/")).isEqualTo("https://x.example/");
    }
}
