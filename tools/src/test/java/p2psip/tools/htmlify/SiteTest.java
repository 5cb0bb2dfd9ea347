package p2psip.tools.htmlify;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.tools.rfc.Coverage;
import p2psip.tools.rfc.Erratum;
import p2psip.tools.rfc.Library;
import p2psip.tools.rfc.Sources;

/// A site made of one class, its test and a specification of our own.
class SiteTest {
    private static final Set<String> VOID = new TreeSet<>(List.of("meta", "link", "input", "br"));
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
                //= rfc99901#A.* exception no bells here
                //= rfc99901#2-1..3 exception no birds here
                package a;
                """);
        write("std/src/test/java/a/GateTest.java", """
                package a;

                class GateTest {
                    //= rfc99901#2-4 counts what is rung
                    @Test void it_counts() {
                        new Gate().ring(new Bell(1));
                    }
                }
                """);
        write("std/target/surefire-reports/TEST-a.GateTest.xml", "<testsuite>"
                + "<testcase name='it_counts' classname='a.GateTest'/></testsuite>");
        try (var text = Coverage.class.getResourceAsStream("rfc99901.txt")) {
            write("rfcs/rfc99901.txt", new String(text.readAllBytes()));
        }
        pages = pages("rfcs");
        withoutText = pages("nowhere");
    }

    @Test void the_words_of_the_rfc_stand_beside_the_line_with_the_test_one_click_away() {
        var page = pages.get("std/a/Gate.html");
        assertThat(page).containsSubsequence("//= rfc99901#2-4 each ring counts",
                "<aside class=\"note both\" id=\"n10\">",
                "<a href=\"../../rfc99901/2.html#s2-4\">RFC 99901 §2-4</a>",
                "<blockquote>it <b>MUST</b> count the rings</blockquote>",
                "<a href=\"../../std-test/a/GateTest.html#L5\">GateTest.it_counts</a>",
                "new Gate().ring(new Bell(1));");
    }

    @Test void names_lead_to_what_they_name() {
        var page = pages.get("std/a/Gate.html");
        assertThat(page).contains("<p>Lets &lt;nobody&gt; pass; see <a href=\"#L19\"><code>Bell")
                .contains("<a href=\"#L7\">rings</a>").contains("<a href=\"#L19\">Bell</a> bell")
                .contains("<a href=\"../../rfc99901/2.html#s2\">RFC 99901 §2</a>");
        assertThat(pages.get("std-test/a/GateTest.html"))
                .contains("<a href=\"../../std/a/Gate.html#L9\">ring</a>");
    }

    @Test void the_rfc_has_the_code_in_its_margin_and_the_standing_of_each_sentence() {
        var page = pages.get("rfc99901/2.html");
        assertThat(page).containsSubsequence("class=\"s except\" id=\"s2-1\"",
                "class=\"s both\" id=\"s2-4\"", "it <b>MUST</b> count the rings",
                "<a href=\"../std/a/Gate.html#L11\">Gate.ring</a>",
                "<a href=\"../std-test/a/GateTest.html#L5\">GateTest.it_counts</a>",
                "class=\"s todo\" id=\"s2-6\"", "squeaks need oil");
        assertThat(pages.get("rfc99901/A.html")).contains("class=\"s except\"")
                .contains("no bells here");
    }

    @Test void several_sentences_excepted_at_once_fold_all_but_the_first() {
        assertThat(pages.get("std/a/package-info.html")).containsSubsequence(
                "<a href=\"../../rfc99901/2.html#s2-1\">RFC 99901 §2-1 to 3</a>",
                "<blockquote>", "<summary>and 2 more</summary>", "<blockquote>", "<blockquote>");
        assertThat(pages.get("rfc99901/2.html")).containsSubsequence(
                "class=\"s except\" id=\"s2-3\"", "no birds here");
    }

    @Test void errata_stand_where_they_apply() {
        assertThat(pages.get("rfc99901/2.html")).containsSubsequence(
                "<h2><a href=\"#s2.1\">2.1</a>", "Erratum 7 (Technical, verified)",
                "low &amp; loud");
    }

    @Test void without_a_text_our_words_and_a_link_are_there_and_none_of_the_rfc() {
        assertThat(withoutText.get("std/a/Gate.html")).contains("each ring counts &middot; <a"
                + " href=\"https://www.rfc-editor.org/rfc/rfc99901#section-2\">read it</a>");
        assertThat(withoutText.get("rfc99901/2.html")).contains("each ring counts")
                .contains("<b>MUST</b>")
                .contains("No text of RFC 99901 was found");
        assertThat(withoutText.values()).noneMatch(page -> page.contains("goose"));
    }

    @Test void every_page_is_whole_and_every_link_leads_somewhere() {
        for (var site : List.of(pages, withoutText)) site.forEach((name, page) -> {
            assertThat(ids(page)).as(name).doesNotHaveDuplicates();
            assertThat(unclosed(page)).as(name).isEmpty();
            assertThat(dead(name, page, site)).as(name).isEmpty();
        });
    }

    private static List<String> ids(String page) {
        return Pattern.compile(" id=\"([^\"]*)\"").matcher(page).results().map(m -> m.group(1))
                .toList();
    }

    /// The tags that are not closed in order.
    private static List<String> unclosed(String page) {
        var open = new ArrayList<String>();
        for (var m = Pattern.compile("<(/?)([a-z][a-z0-9]*)(?:[^>]*[^/>])?>").matcher(page); m.find();)
            if (m.group(1).isEmpty()) {
                if (!VOID.contains(m.group(2))) open.add(m.group(2));
            } else if (open.isEmpty() || !open.removeLast().equals(m.group(2))) {
                return List.of("</" + m.group(2) + "> at " + m.start());
            }
        return open;
    }

    private static List<String> dead(String name, String page, Map<String, String> pages) {
        return Pattern.compile("href=\"([^\"]*)\"").matcher(page).results().map(m -> m.group(1))
                .filter(href -> !href.startsWith("http") && !href.endsWith("style.css"))
                .filter(href -> {
                    var to = href.split("#", 2);
                    var target = to[0].isEmpty() ? name
                            : Path.of("/" + name).resolveSibling(to[0]).normalize().toString()
                                    .substring(1);
                    return !pages.containsKey(target) || to.length == 2
                            && !pages.get(target).contains(" id=\"" + to[1] + "\"");
                }).toList();
    }

    private static Map<String, String> pages(String folder) {
        var sources = Sources.under(root);
        var library = new Library(List.of(root.resolve(folder)));
        var erratum = new Erratum("7", "2.1", "Technical", "low", "low & loud", "loud, too");
        return new Site(Book.of(sources, Coverage.counted(sources), library::rfc),
                _ -> List.of(erratum)).pages();
    }

    private static void write(String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
