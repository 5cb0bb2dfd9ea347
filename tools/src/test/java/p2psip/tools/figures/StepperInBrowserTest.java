package p2psip.tools.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;
import p2psip.tools.guide.Browser;

/// The machines moved in a real browser, where one is here: by keyboard alone, and without script.
class StepperInBrowserTest {
    @TempDir static Path folder;
    private static Browser browser;
    private static String page;

    @BeforeAll static void start() throws IOException {
        var program = Browser.program();
        System.out.println("StepperInBrowserTest: " + program.map(p -> "driving " + p)
                .orElse("no Chromium on the path, so nobody has moved a machine"));
        assumeTrue(program.isPresent());
        var file = folder.resolve("figures.html");
        Files.writeString(file, """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>Machines</title>
                <link rel="stylesheet" href="%s"></head>
                <body><main>
                """.formatted(StepperInBrowserTest.class.getResource(
                        "/p2psip/tools/htmlify/style.css"))
                + new FigurePage(cite -> "https://example.org/" + cite, _ -> Optional.empty(),
                        _ -> Optional.empty()).html() + "</main></body></html>");
        page = file.toUri().toString();
        browser = new Browser(program.get()).size(1400, 900);
    }

    @AfterAll static void stop() throws IOException {
        if (browser != null) browser.close();
    }

    private static String asked(String expression) { return browser.evaluate(expression); }

    /// Something in the part of the page that is of one machine.
    private static String in(String machine, String expression) {
        return asked("(section => " + expression + ")(document.getElementById('" + machine
                + "'))");
    }

    private static void press(String machine, String... names) {
        for (var name : names) in(machine, "[...section.querySelectorAll('.stepper button')]"
                + ".find(b => b.textContent === '" + name + "').click()");
    }

    private static String ladder(String machine) {
        return in(machine, "section.querySelector('.stepper pre').textContent");
    }

    private static String said(String machine) {
        return in(machine, "section.querySelector('[role=status]').innerText");
    }

    private static String lit(String machine, String what) {
        return in(machine, "[...section.querySelectorAll('" + what + "')].map(e =>"
                + " e.dataset.state ?? e.dataset.edge ?? e.textContent).join('; ')");
    }

    private static final String INVITE = "invite-client-transaction";

    @Test void a_refused_call_is_a_ladder_that_grows() {
        browser.open(page);
        press(INVITE, "INVITE from TU", "Timer A", "1xx", "300-699", "300-699", "Timer D");
        assertThat(ladder(INVITE).stripIndent()).isEqualTo("""
                         TU                   machine            network
                     0 s |----- INVITE from TU >|                      |
                         |                      |------------- INVITE >|
                         |                      |[CALLING]             |
                   0.5 s |                      | Timer A              |
                         |                      |------------- INVITE >|
                   0.5 s |                      |< 1xx ----------------|
                         |< response to TU -----|                      |
                         |                      |[PROCEEDING]          |
                   0.5 s |                      |< 300-699 ------------|
                         |                      |---------------- ACK >|
                         |< response to TU -----|                      |
                         |                      |[COMPLETED]           |
                   0.5 s |                      |< 300-699 ------------|
                         |                      |---------------- ACK >|
                  32.5 s |                      | Timer D              |
                         |                      |[TERMINATED]          |""");
    }

    @Test void by_keyboard_alone() {
        browser.open(page);
        tabTo("INVITE from TU");
        browser.key("Enter");
        assertThat(said(INVITE)).startsWith("0 s: INVITE from TU. send INVITE. State CALLING.");
        tabTo("Timer B");
        assertThat(asked("getComputedStyle(document.activeElement).outlineStyle")).isEqualTo(
                "solid");
        browser.key("Enter");
        assertThat(said(INVITE)).startsWith("32 s: Timer B. inform TU. State TERMINATED.");
        assertThat(asked("document.activeElement.textContent")).isEqualTo("Timer B");
    }

    private static void tabTo(String name) {
        for (int i = 0; i < 60 && !asked("document.activeElement.textContent").equals(name); i++)
            browser.key("Tab");
        assertThat(asked("document.activeElement.textContent")).isEqualTo(name);
    }

    @Test void state_row_transition_and_sentence_light_up() {
        browser.open(page);
        press(INVITE, "INVITE from TU", "1xx");
        assertThat(lit(INVITE, "rect[data-state].on")).isEqualTo("PROCEEDING");
        assertThat(lit(INVITE, "rect[data-edge].on")).isEqualTo(
                "CALLING | 1xx | PROCEEDING | response to TU");
        assertThat(lit(INVITE, ".moves tr.on")).startsWith("CALLING → PROCEEDING").contains("1xx",
                "stops Timer A, Timer B", "§17.1.1.2-16");
        assertThat(lit(INVITE, ".sentences li.on a")).contains("RFC 3261 §17.1.1.2-15");
        assertThat(said(INVITE)).contains("each provisional response is passed to the TU");
        assertThat(in(INVITE, "String([...section.querySelectorAll('.moves tr.here')].every(tr =>"
                + " tr.cells[0].textContent.startsWith('PROCEEDING')))")).isEqualTo("true");
        press(INVITE, "back");
        assertThat(lit(INVITE, "rect[data-state].on")).isEqualTo("CALLING");
        press(INVITE, "reset");
        assertThat(lit(INVITE, "rect.on, tr.on, li.on")).isEmpty();
    }

    @Test void why_not_says_the_sentence_or_that_there_is_none() {
        browser.open(page);
        assertThat(why(INVITE, "1xx")).isEqualTo(
                "The machine is not there yet: it begins with INVITE from TU.");
        press(INVITE, "INVITE from TU", "1xx");
        assertThat(why(INVITE, "Timer A")).startsWith("Timer A is not set in PROCEEDING.")
                .contains("RFC 3261 §17.1.1.2-15 retransmissions while calling, none while");
        press(INVITE, "2xx");
        assertThat(why(INVITE, "1xx")).startsWith("In ACCEPTED the machine ignores 1xx.")
                .contains("RFC 6026 §8.4-10");
        assertThat(why(INVITE, "Transport error")).startsWith("No sentence forbids Transport error"
                + " in ACCEPTED: the machine ignores it.").endsWith("says RFC 6026 §7.2.");
        press(INVITE, "Timer M");
        assertThat(why(INVITE, "2xx")).startsWith("TERMINATED is its end").contains(
                "§17.1.1.2-25");
        var server = "non-invite-server-transaction";
        press(server, "Request");
        assertThat(why(server, "101-199 from TU")).contains("RFC 4320 leaves no provisional");
        assertThat(why("branch-of-a-proxied-invite", "2xx")).startsWith("The machine is not there");
        press("branch-of-a-proxied-invite", "target found");
        assertThat(why("branch-of-a-proxied-invite", "2xx")).startsWith("This cannot happen now");
    }

    private static String why(String machine, String input) {
        in(machine, "section.querySelector('[aria-label=\"why not " + input + "?\"]').click()");
        return said(machine);
    }

    @Test void what_is_greyed_has_its_why_not_and_what_is_not_has_none() {
        browser.open(page);
        for (var table : Stepper.tables()) {
            var id = table.figures().kind().id();
            press(id, table.figures().kind().begin());
            assertThat(in(id, "String([...section.querySelectorAll('.st-inputs li')].every(li =>"
                    + " (li.firstChild.ariaDisabled === 'true') === !li.lastChild.hidden))"))
                    .isEqualTo("true");
        }
    }

    @Test void over_another_transport_it_is_another_machine() {
        browser.open(page);
        in(INVITE, "{const s = section.querySelector('select'); s.value = 'TCP';"
                + " s.dispatchEvent(new Event('change'))}");
        press(INVITE, "INVITE from TU");
        assertThat(why(INVITE, "Timer A")).startsWith("Timer A is not set in CALLING.");
        press(INVITE, "300-699");
        assertThat(in(INVITE, "section.querySelector('.st-state').textContent")).contains(
                "Timer D in 0 s (at 0 s)");
    }

    @Test void without_script_the_tables_say_all() {
        browser.scripts(false);
        try {
            browser.open(page);
            assertThat(in(INVITE, "String(section.querySelector('.stepper').offsetParent)"))
                    .isEqualTo("null");
            for (var table : Stepper.tables())
                assertThat(in(table.figures().kind().id(), "String([...section.querySelectorAll("
                        + "'.moves tr')].filter(tr => tr.offsetParent).length)")).isEqualTo(
                        "" + table.rows().size());
        } finally {
            browser.scripts(true);
        }
    }
}
