package p2psip.tools.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.tools.Night;
import p2psip.tools.htmlify.Garden;
import p2psip.tools.rfc.*;

/// The site in the hands of a reader: a real browser, axe-core for those who see or hear it
/// otherwise, and the Nu validator, each where it is found (`.ci/run` installs them).
///
/// `-Dsite=DIR` tries the pages of a site that was made before instead of a small one of its own.
class BrowserTest {
    private static final Path NPM =
            Sources.repository().orElseThrow().resolve(".run/npm/node_modules");
    private static final Path AXE = NPM.resolve("axe-core/axe.min.js"),
            VNU = NPM.resolve("vnu-jar/build/dist/vnu.jar");
    /// One page of each kind, small site and whole one.
    private static final List<String> SMALL = List.of("index.html", "gates.html",
            "source/std/a.html", "source/std/a/Gate.html", "source/std-test/a/GateTest.html",
            "source/rfc99901/index.html", "source/rfc99901/2.html", "source/std/a/left-out.html",
            "source/not-done.html", "source/figures.html");
    private static final List<String> WHOLE = List.of("index.html", "how-a-machine-works.html",
            "measurements.html", "coverage.html", "illustrated-call.html",
            "source/std/p2psip.std.rfc3261.html",
            "source/std/p2psip/std/rfc3261/InviteClientTransaction.html",
            "source/std-test/p2psip/std/rfc3261/ClientTransactionTest.html",
            "source/rfc3261/index.html", "source/rfc3261/17.html",
            "source/std/p2psip/std/rfc3261/left-out.html", "source/not-done.html",
            "source/figures.html");

    @TempDir private static Path root;
    private static Path site;
    private static List<String> pages;
    private static Browser browser;

    @BeforeAll static void make() throws IOException {
        var program = Browser.program();
        assumeTrue(program.isPresent(), "no browser");
        var made = Optional.ofNullable(System.getProperty("site"));
        site = made.map(m -> Path.of(m).toAbsolutePath()).orElse(root.resolve("site"));
        pages = made.isPresent() ? WHOLE : SMALL;
        if (made.isEmpty()) plant();
        System.out.println("browser: " + program.get() + ", axe-core: " + Files.exists(AXE)
                + ", vnu: " + Files.exists(VNU));
        browser = new Browser(program.get());
    }

    private static void plant() throws IOException {
        System.setProperty("jruby.compile.mode", "OFF");
        var garden = Garden.in(root);
        garden.write("docs/src/index.adoc", "= Of gates\n:doctype: book\n\n= First\n\n"
                + "include::gates.adoc[leveloffset=+1]\n");
        garden.write("docs/src/gates.adoc", """
                [#gates]
                = Gates

                A gate counts, as rfc:99901[2-4] wants. No goose comes in: a gate is patient.

                == How it rings

                [source,java]
                ----
                include::../../std/src/main/java/a/Gate.java[tag=ring,indent=0]
                ----

                NOTE: It may squeak.

                .What it does
                [cols="1,2",options="header"]
                |===
                |when |what
                |rung |it counts
                |===

                == What it is

                machine::invite-client-transaction[]

                coverage::[]
                """);
        assertThat(new Guide(root.resolve("docs/src"), site, "html5").site(garden.sources(),
                new Library(List.of(root.resolve("rfcs"))), Map.of()))
                .allMatch(problem -> problem.contains("rfc99902"));
    }

    @AfterAll static void close() throws IOException {
        if (browser != null) browser.close();
    }

    @Test void a_search_leads_to_the_sentence_to_the_line_to_the_test_and_back()
            throws IOException {
        boolean whole = pages == WHOLE;
        assumeTrue(Files.size(site.resolve("text.js")) > 0, "no texts of RFCs");
        browser.scripts(true).size(1400, 900).open(at("index.html"));
        assertThat(search(whole ? "Timer B" : "the rings"))
                .startsWith(whole ? "For any transport" : "it MUST count the rings");
        var sentence = whole ? "source/rfc3261/17.html#s17.1.1.2-5"
                : "source/rfc99901/2.html#s2-4";
        click("#found a[href*='" + sentence + "']");
        assertThat(here()).contains(sentence);
        click(".row:has(:target) .by-code a");
        assertThat(here()).contains("/source/std/").contains("#L");
        var code = here().replaceFirst("#.*", "");
        click(".note .of-test > a");
        assertThat(here()).contains("/source/std-test/");
        click(".note .of-code > a[href*='" + code.substring(code.lastIndexOf('/') + 1) + "']");
        assertThat(here()).startsWith(code);
        assertThat(browser.requests()).isNotEmpty().allMatch(url -> url.startsWith("file:")
                || url.startsWith("about:") || url.startsWith("data:"));
    }

    /// Words that are everywhere do not hide what is looked for; words in quotes stand together.
    @Test void a_question_finds_its_answer() {
        assumeTrue(pages == SMALL);
        browser.scripts(true).size(1400, 900).open(at("source/std/a/Gate.html"));
        assertThat(search("why is the goose")).contains("e.g. a goose", "No goose comes in");
        assertThat(search("\\\"goose. It then opens\\\"")).doesNotContain("e.g. a goose");
        assertThat(search("\\\"a goose\\\"")).contains("e.g. a goose").doesNotContain("No goose");
        assertThat(search("ring")).startsWith("Gate.ring");
        assertThat(search("xyzzy")).contains("nothing found");
    }

    @Test void keys_fold_citations_show_help_and_go_from_note_to_note() {
        assumeTrue(pages == SMALL);
        browser.scripts(true).size(1400, 900).open(at("source/std/a/Gate.html"));
        var height = "String(document.querySelector('.cite').offsetHeight)";
        assertThat(browser.evaluate(height)).isNotEqualTo("0");
        browser.key("c");
        assertThat(browser.evaluate(height)).isEqualTo("0");
        browser.open(at("source/std/a/Gate.html"));
        assertThat(browser.evaluate(height)).as("remembered").isEqualTo("0");
        browser.key("c");
        browser.key("?");
        assertThat(browser.evaluate("document.querySelector('dialog').open")).isEqualTo("true");
        browser.evaluate("document.querySelector('dialog').close()");
        browser.key("j");
        assertThat(browser.evaluate("document.querySelector('.at').id")).startsWith("n");
        browser.key("t");
        browser.arrived();
        assertThat(here()).contains("GateTest.html#L");
    }

    @Test void dark_follows_the_system_until_it_is_chosen_and_is_remembered() {
        browser.scripts(true).size(1400, 900).dark(true).open(at(pages.get(3)));
        var paper = "getComputedStyle(document.body).backgroundColor";
        var night = browser.evaluate(paper);
        assertThat(browser.dark(false).evaluate(paper)).isNotEqualTo(night);
        browser.evaluate("document.querySelector('.tools button').click()");
        assertThat(browser.evaluate(paper)).isEqualTo(night);
        assertThat(browser.open(at(pages.get(4))).evaluate(paper)).isEqualTo(night);
        browser.evaluate("localStorage.removeItem('theme')");
        assertThat(browser.open(at(pages.get(4))).evaluate(paper)).isNotEqualTo(night);
    }

    @Test void without_a_script_and_on_paper_all_that_is_said_is_shown() {
        assumeTrue(pages == SMALL);
        var clamp = "getComputedStyle(document.querySelector('.note .say')).webkitLineClamp";
        browser.scripts(true).size(1400, 900).open(at("source/std/a/Gate.html"));
        assertThat(browser.evaluate(clamp)).isEqualTo("3");
        assertThat(browser.paper(true).evaluate("getComputedStyle(document.querySelector("
                + "'.note .say')).display")).isEqualTo("block");
        browser.paper(false).scripts(false).open(at("source/std/a/Gate.html"));
        assertThat(browser.evaluate(clamp)).isEqualTo("none");
        browser.open(at("source/not-done.html"));
        assertThat(browser.evaluate("document.querySelector('#list').innerText"))
                .contains("let anybody pass", "squeaks [all of them]");
        browser.scripts(true);
    }

    @Test void the_list_of_what_is_not_done_is_filtered_and_sorted() {
        assumeTrue(pages == SMALL);
        browser.scripts(true).size(1400, 900).open(at("source/not-done.html"));
        var shown = "Array.from(document.querySelectorAll('#list tbody tr')).filter(r =>"
                + " !r.hidden).map(r => r.cells[0].textContent + ' ' + r.cells[1].textContent)"
                + ".join('|').replace(/\\u00a0/g, ' ')";
        var all = browser.evaluate(shown).split("\\|");
        assertThat(all).hasSizeGreaterThan(3);
        browser.evaluate("(e => { e.value = 'to do'; e.onchange(); })(document.querySelectorAll("
                + "'.filter select')[1])");
        assertThat(browser.evaluate(shown)).isEqualTo("RFC 99901 §2-6 to do");
        browser.evaluate("(e => { e.value = ''; e.onchange(); })(document.querySelectorAll("
                + "'.filter select')[1])");
        browser.evaluate("document.querySelectorAll('#list th button')[1].click()");
        assertThat(browser.evaluate(shown).split("\\|")).hasSameSizeAs(all)
                .isSortedAccordingTo(Comparator.comparing(row ->
                        row.replaceFirst("\\S+ \\S+ \\S+ ", "")));
    }

    /// Nothing is wider than the window but what scrolls by itself.
    @Test void no_page_is_wider_than_its_window() {
        var wide = new ArrayList<String>();
        for (int width : List.of(1400, 400)) for (var page : pages) {
            browser.scripts(true).size(width, 900).open(at(page));
            var over = browser.evaluate("document.documentElement.scrollWidth");
            if (Integer.parseInt(over) > width) wide.add(page + " at " + width + ": " + over);
        }
        assertThat(wide).isEmpty();
    }

    @Test void axe_finds_no_serious_fault() throws IOException {
        assumeTrue(Files.exists(AXE), "no axe-core");
        assumeWhole();
        var axe = Files.readString(AXE);
        var faults = new ArrayList<String>();
        for (boolean dark : List.of(false, true)) for (var page : pages) {
            browser.scripts(true).size(dark ? 400 : 1400, 900).dark(dark).open(at(page));
            browser.evaluate(axe);
            var found = browser.evaluate("axe.run(document, {resultTypes: ['violations']})"
                    + ".then(r => r.violations.filter(v => /serious|critical/.test(v.impact))"
                    + ".map(v => v.id + ' x' + v.nodes.length + ' '"
                    + " + v.nodes[0].html.slice(0, 160).replace(/\\n/g, ' ')).join('\\n'))");
            found.lines().forEach(line -> faults.add(page + (dark ? ", dark: " : ": ") + line));
        }
        browser.dark(false);
        System.out.println("axe-core: " + faults.size() + " serious faults on " + pages.size()
                + " pages, by day and night");
        assertThat(faults).isEmpty();
    }

    @Test void the_validator_finds_no_error() throws Exception {
        assumeTrue(Files.exists(VNU), "no vnu");
        assumeWhole();
        var java = ProcessHandle.current().info().command().orElseThrow();
        var command = new ArrayList<>(List.of(java, "-jar", VNU.toString(), "--errors-only"));
        pages.forEach(page -> command.add(site.resolve(page).toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var errors = process.inputReader().lines().map(l -> l.replace(site.toUri().getPath(), ""))
                .toList();
        process.waitFor();
        System.out.println("vnu: " + errors.size() + " errors on " + pages.size() + " pages");
        assertThat(errors).isEmpty();
    }

    /// The pages of the whole site are of the same kinds, and are tried after it was made.
    private static void assumeWhole() {
        assumeTrue(pages == WHOLE || Night.is(), "on the whole site, or at night: -Pnight");
    }

    private static String at(String page) { return site.resolve(page).toUri().toString(); }

    private static String here() { return browser.evaluate("location.href"); }

    /// The lines that a search shows, once they are there.
    private static String search(String words) {
        browser.evaluate("(box => { box.value = \"" + words + "\"; box.focus();"
                + " box.dispatchEvent(new Event('input')); })(document.querySelector("
                + "'input[type=search]'))");
        return browser.evaluate("new Promise(done => { var last = '', same = 0; (function look() {"
                + " var now = document.getElementById('found').innerText;"
                + " same = now && now === last ? same + 1 : 0; last = now;"
                + " if (same > 5) done(now); else setTimeout(look, 40); })(); })");
    }

    private static void click(String selector) {
        assertThat(browser.evaluate("(e => { if (!e) return 'no'; setTimeout(() => e.click());"
                + " return e.tagName; })(Array.from(document.querySelectorAll(\"" + selector
                + "\")).find(e => e.tagName === 'A'))")).as(selector).isEqualTo("A");
        browser.arrived();
    }
}
