package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.trace.Screen;
import picocli.CommandLine;

class TerminalTest {
    private static final BuiltSite SITE = new BuiltSite(Optional.empty());

    @Test void a_terminal_has_colours_links_and_the_width_of_its_window() {
        assertThat(screen("auto", true, Map.of("COLUMNS", "132", "TERM", "xterm")))
                .isEqualTo(new Screen(132, true, Optional.of(SITE)));
        assertThat(screen("auto", true, Map.of())).isEqualTo(
                new Screen(100, true, Optional.of(SITE)));
        assertThat(screen("auto", true, Map.of("COLUMNS", "20")).width()).isEqualTo(60);
        assertThat(screen("auto", true, Map.of("COLUMNS", "99999")).width()).isEqualTo(100);
        assertThat(screen("auto", true, Map.of("COLUMNS", "wide")).width()).isEqualTo(100);
    }

    @Test void a_pipe_gets_neither_and_has_a_width_of_its_own() {
        assertThat(screen("auto", false, Map.of("COLUMNS", "132"))).isEqualTo(Screen.PAGE);
        assertThat(screen("always", false, Map.of())).isEqualTo(
                new Screen(100, true, Optional.empty()));
    }

    @Test void who_wants_no_colour_gets_none() {
        assertThat(screen("auto", true, Map.of("NO_COLOR", "1")).coloured()).isFalse();
        assertThat(screen("auto", true, Map.of("NO_COLOR", "")).coloured()).isTrue();
        assertThat(screen("always", true, Map.of("NO_COLOR", "1")).coloured()).isTrue();
        assertThat(screen("never", true, Map.of()).coloured()).isFalse();
        assertThat(screen("auto", true, Map.of("TERM", "dumb"))).isEqualTo(Screen.PAGE);
    }

    @Test void a_rule_is_read_on_our_page_once_that_is_built(@TempDir Path root)
            throws IOException {
        var site = new BuiltSite(Optional.of(root));
        assertThat(site.address("rfc3550#A.1")).contains(
                URI.create("https://www.rfc-editor.org/rfc/rfc3550#appendix-A.1"));
        var page = root.resolve("source/rfc3550/A.html");
        Files.writeString(Files.createDirectories(page.getParent()).resolve("A.html"), "");
        assertThat(site.address("rfc3550#A.1")).contains(URI.create(page.toUri() + "#sA.1"));
        assertThat(site.address("rfc3550#A.1-4")).contains(URI.create(page.toUri() + "#sA.1-4"));
        assertThat(site.address("rfc3550")).isEmpty();
    }

    private static Screen screen(String colour, boolean terminal, Map<String, String> environment) {
        var verb = new DemoVerb();
        new CommandLine(verb).parseArgs("--color", colour);
        return verb.tracing.terminal.screen(terminal, environment, SITE);
    }
}
