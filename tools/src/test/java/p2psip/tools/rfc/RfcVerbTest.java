package p2psip.tools.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.p2psip.UserMistake;
import picocli.CommandLine;

/// The command as a user types it, in this repository.
class RfcVerbTest {
    @Test void a_section_is_shown_with_the_places_that_cite_it() {
        assertThat(run("3261", "17.1.1.2")).startsWith("RFC 3261 §17.1.1.2  Formal Description\n")
                .contains("    -5  ").contains("InviteClientTransaction.java:");
    }

    @Test void without_a_section_there_is_a_list_of_them() {
        assertThat(run("2198")).startsWith("RFC 2198: RTP Payload for Redundant Audio Data\n")
                .contains("\n  3          Payload Format Specification");
    }

    @Test void the_folder_of_texts_is_an_option_of_every_command() {
        assertThat(run("--rfc", "src/test/resources/p2psip/tools/rfc", "99901", "3"))
                .contains("    -1  Gates SHALL NOT scream.");
    }

    @Test void coverage_is_a_line_for_each_rfc() {
        assertThat(run("--coverage").lines()).isNotEmpty().allMatch(line -> line.matches(
                "rfc\\d+ sentences=\\d+ implemented=\\d+ tested=\\d+ excepted=\\d+"
                + " todo=\\d+ open=\\d+"));
    }

    @Test void coverage_of_a_level_says_how_much_of_what_applies_is_done() {
        assertThat(run("--coverage", "--level", "must").lines()).isNotEmpty().allMatch(line ->
                line.matches("(rfc\\d+|all) sentences=.* applicable=\\d+"
                        + " implemented=(-|[0-9.]+%) tested=(-|[0-9.]+%)"));
        assertThat(run("--coverage", "--level", "often")).isEqualTo(
                "there is no level often: must, should, may");
    }

    @Test void mistakes_are_named_in_one_line() {
        assertThat(run()).isEqualTo("which RFC? try: p2psip rfc 3261 17.1.1.2");
        assertThat(run("3261", "99")).isEqualTo(
                "RFC 3261 has no section 99; p2psip rfc 3261 lists them");
        assertThat(run("99999", "1")).startsWith("RFC 99999 is not in the index");
        assertThat(run("freeze", "3261")).startsWith("rfc3261 is frozen");
    }

    /// What is printed, or the mistake.
    private static String run(String... line) {
        var out = new StringWriter();
        var mistake = new StringBuilder();
        var command = new CommandLine(new RfcVerb());
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(new StringWriter()));
        command.setExecutionExceptionHandler((failure, _, _) -> {
            if (!(failure instanceof UserMistake)) throw failure;
            mistake.append(failure.getMessage());
            return 2;
        });
        int exit = command.execute(line);
        assertThat(exit).isEqualTo(mistake.isEmpty() ? 0 : 2);
        return mistake.isEmpty() ? out.toString() : mistake.toString();
    }
}
