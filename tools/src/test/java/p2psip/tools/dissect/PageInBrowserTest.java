package p2psip.tools.dissect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.trace.*;
import p2psip.tools.guide.Browser;

/// The page of the illustrated call in a real browser, where one is here: by keyboard alone, by
/// mouse, without its script, and what it costs.
class PageInBrowserTest {
    /// What opening the page, or a message, may cost the main thread: milliseconds of a processor.
    /// The page was 300 before it had, of all that two nodes say, what is sealed too.
    private static final double PAGE = 450, MOST = 300;

    @TempDir static Path folder;
    private static Browser browser;
        private static String page, invite, put;

    @BeforeAll static void start() throws IOException {
        var program = Browser.program();
        System.out.println("PageInBrowserTest: " + program.map(p -> "driving " + p)
                .orElse("no Chromium on the path, so nobody has looked at the page"));
        assumeTrue(program.isPresent());
        var story = Story.of(Recording.ofCall(1));
        invite = id(story, "invite");
        put = id(story, "put");
        var file = folder.resolve("call.html");
        Files.writeString(file, new Viewer(story.conversation(), PageInBrowserTest::worded)
                .page("The illustrated call", List.of()));
        page = file.toUri().toString();
        browser = new Browser(program.get()).size(1400, 900);
    }

    private static String id(Story story, String name) {
        return "m" + story.told().stream().filter(told -> told.id().equals(name)).findFirst()
                .orElseThrow().step().number();
    }

    /// Words for each sentence, as a reader of the RFCs has them.
    private static Sentences.Sentence worded(String citation) {
        var link = Sentences.LINKS.of(citation);
        return new Sentences.Sentence(link.title(), citation.startsWith("rfc")
                ? List.of("What " + citation + " says. ".repeat(20)) : List.of(), link.address());
    }

    @AfterAll static void stop() throws IOException {
        if (browser != null) browser.close();
    }

    private static void open(String fragment) {
        browser.open("about:blank").open(page + fragment);
    }

    private static String lit() {
        return browser.evaluate("[...document.querySelectorAll('.on')].map(e => e.localName).sort()"
                + ".join(' ')");
    }

    private static boolean is(String condition) {
        return browser.evaluate("String(" + condition + ")").equals("true");
    }

    @Test void by_keyboard_alone() {
        open("");
        for (int i = 0; i < 30 && !is("document.activeElement.matches('.rungs > a')"); i++)
            browser.key("Tab");
        assertThat(browser.evaluate("document.activeElement.hash")).isEqualTo("#m1");
        assertThat(is("getComputedStyle(document.activeElement).outlineStyle !== 'none'")).isTrue();
        while (!browser.evaluate("document.activeElement.hash").equals("#" + invite))
            browser.key("ArrowDown");
        browser.key("Enter");
        assertThat(is("document.querySelector('.said[open]').id === '" + invite + "'")).isTrue();
        assertThat(browser.evaluate("location.hash")).isEqualTo("#" + invite);
        for (int i = 0; i < 5 && !is("document.activeElement.matches('tr')"); i++)
            browser.key("Tab");
        for (int i = 0; i < 3; i++) browser.key("ArrowDown");
        assertThat(browser.evaluate("document.activeElement.id")).isEqualTo(invite + "-f4");
        assertThat(lit()).isEqualTo("i i li tr");
        assertThat(browser.evaluate("document.querySelector('.said[open] .now').textContent"))
                .startsWith("Via: SIP/2.0/UDP 10.0.0.3");
        browser.key("x");
        assertThat(is("document.querySelector('.said[open] .hex').open")).isTrue();
        browser.key("ArrowRight");
        assertThat(browser.evaluate("document.querySelector('.said[open] summary b').textContent"))
                .isEqualTo("100 Trying (INVITE)");
        browser.key("Escape");
        assertThat(is("document.activeElement.classList.contains('t-at')")).isTrue();
        browser.key("ArrowLeft");
        assertThat(is("document.querySelector('.said[open]').id === '" + invite + "'")).isTrue();
    }

    @Test void byte_row_figure_and_sentence_light_up_together_both_ways() {
        open("#" + id(Story.of(Recording.ofCall(1)), "stun-response"));
        var cut = ".said[open] .cut";
        for (var part : List.of("tbody tr:nth-child(5)", ".t-bits g:nth-of-type(5) rect",
                ".bytes pre:nth-child(2) i:nth-of-type(5)",
                ".bytes pre:nth-child(3) i:nth-of-type(5)")) {
            browser.hover(cut + " " + part);
            assertThat(lit()).as(part).isEqualTo("g i i li tr");
            assertThat(browser.evaluate("document.querySelector('.now').textContent"))
                    .startsWith("transaction ID ");
        }
        browser.hover(cut + " .quotes li");
        assertThat(lit()).isEqualTo("g i i li tr");
        assertThat(is("document.querySelector('tr.on').cells[1].textContent === 'first'")).isTrue();
    }

    @Test void a_deep_link_opens_its_message_and_its_field() {
        open("#" + put + "-f12");
        assertThat(is("document.getElementById('" + put + "').open")).isTrue();
        assertThat(is("document.getElementById('" + put + "-f12').classList.contains('on')"))
                .isTrue();
        browser.evaluate("location.hash = '" + invite + "'");
        browser.drawn();
        assertThat(is("document.getElementById('" + invite + "').open")).isTrue();
        assertThat(is("document.getElementById('" + put + "').open")).isFalse();
    }

    @Test void what_is_not_wanted_is_hidden_and_stepped_over() {
        open("");
        browser.evaluate("for (const box of document.querySelectorAll('.t-bar input'))"
                + " if (box.value !== 'sip') box.click()");
        assertThat(is("[...document.querySelectorAll('.rungs > :not(.names)')].every(r =>"
                + " r.classList.contains('sip') === (r.offsetParent !== null))")).isTrue();
        browser.key("ArrowRight");
        assertThat(browser.evaluate("document.querySelector('.said[open] summary b').textContent"))
                .startsWith("REGISTER");
    }

    @Test void it_plays() {
        open("");
        browser.key("p");
        assertThat(is("document.querySelector('.said[open]').id === 'm1'")).isTrue();
        assertThat(is("document.querySelectorAll('.rungs .later').length > 50")).isTrue();
        browser.evaluate("new Promise(done => document.getElementById('m2')"
                + ".addEventListener('toggle', done))");
        browser.key("p");
        assertThat(is("document.querySelectorAll('.rungs .later').length === 0")).isTrue();
    }

    @Test void without_its_script_every_message_is_there_and_unfolds() {
        browser.scripts(false);
        try {
            open("#" + invite + "-f4");
            assertThat(is("document.querySelector('.t-bar').hidden")).isTrue();
            assertThat(is("document.querySelectorAll('.said').length"
                    + " === document.querySelectorAll('.rungs > a').length")).isTrue();
            assertThat(is("[...document.querySelectorAll('.said')].every(m =>"
                    + " m.querySelector('.t-parts').textContent.length > 50"
                    + " && m.querySelector('.bytes').textContent.length > 50)")).isTrue();
            assertThat(is("document.getElementById('" + invite + "').open")).isTrue();
        } finally {
            browser.scripts(true);
        }
    }

    @Test void it_asks_for_nothing() {
        open("#" + invite);
        assertThat(browser.requests()).isNotEmpty()
                .allMatch(url -> url.startsWith("file:") || url.equals("about:blank"));
        assertThat(is("document.scripts.length === 1")).isTrue();
        browser.evaluate("document.body.append(Object.assign(document.createElement('script'),"
                + " {textContent: 'window.evil = 1'}))");
        assertThat(is("window.evil === undefined")).isTrue();
    }

    @Test void opening_the_page_and_a_message_costs_its_main_thread_little() throws IOException {
        var opened = new ArrayList<Double>();
        var unfolded = new ArrayList<Double>();
        for (int i = 0; i < 5; i++) {
            browser.open("about:blank");
            opened.add(browser.busy(() -> browser.open(page)));
            unfolded.add(browser.busy(() ->
                    browser.evaluate("location.hash = '" + invite + "'")));
        }
        System.out.printf("PageInBrowserTest: main thread %.0f ms to open the page, %.0f ms to open"
                + " a message (medians of five; at most %.0f and %.0f)%n", median(opened),
                median(unfolded), PAGE, MOST);
        assertThat(median(opened)).isBetween(1.0, PAGE);
        assertThat(median(unfolded)).isBetween(1.0, MOST);
    }

    private static double median(List<Double> five) {
        return five.stream().sorted().skip(five.size() / 2).findFirst().orElseThrow();
    }
}
