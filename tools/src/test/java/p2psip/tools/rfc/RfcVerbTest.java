package p2psip.tools.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.p2psip.UserMistake;
import p2psip.tools.htmlify.Garden;
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
                "rfc\\d+ applies=\\d+ implemented=\\d+ tested=\\d+ departs=\\d+"
                + " todo=\\d+ open=\\d+ asks-nothing=\\d+"));
    }

    @Test void coverage_of_a_level_says_how_much_of_what_applies_is_done() {
        assertThat(run("--coverage", "--level", "must").lines()).isNotEmpty().allMatch(line ->
                line.matches("(rfc\\d+|all) applies=\\d+ .* asks-nothing=\\d+"
                        + " implemented=(-|[0-9.]+%) tested=(-|[0-9.]+%)"));
        assertThat(run("--coverage", "--level", "often")).isEqualTo(
                "there is no level often: must, should, may");
    }

    @Test void what_is_left_out_is_listed_and_drawn() {
        assertThat(run("--left-out", "departs", "8489")).contains("rfc8489#12-4 ")
                .contains("    departs UDP only: a phone's NAT is asked the way its media flow");
        assertThat(run("--left-out", "all", "--draw", "3", "--seed", "7").lines()
                .filter(line -> line.startsWith("rfc"))).hasSize(3);
        assertThat(run("--left-out", "often")).isEqualTo("there is no kind often: todo, departs,"
                + " not-ours, nothing-asked, permission, superseded, all");
    }

    /// A repository where nothing has been tested yet.
    @Test void without_a_test_run_nothing_is_checked_and_nobody_says_what_is_tested(
            @TempDir Path root) throws IOException {
        Garden.in(root);
        Files.delete(root.resolve("std/target/surefire-reports/TEST-a.GateTest.xml"));
        assertThat(run(root, "--coverage")).isEqualTo("rfc99901 applies=9 implemented=1 tested=?"
                + " departs=0 todo=1 open=7 asks-nothing=2\n");
        assertThat(run(root, "--coverage", "--level", "must")).contains(" tested=? departs=")
                .contains("% tested=?\n");
        for (var options : List.of("--coverage --check", "--coverage --write", "--draw 1"))
            assertThat(run(root, options.split(" ")))
                    .isEqualTo("no test has run here: run mvn verify first");
    }

    @Test void mistakes_are_named_in_one_line() {
        assertThat(run()).isEqualTo("which RFC? try: p2psip rfc 3261 17.1.1.2");
        assertThat(run("3261", "99")).isEqualTo(
                "RFC 3261 has no section 99; p2psip rfc 3261 lists them");
        assertThat(run("99999", "1")).startsWith("RFC 99999 is not in the index");
        assertThat(run("freeze", "3261")).startsWith("rfc3261 is frozen");
    }

    /// What is printed, or the mistake.
    private static String run(String... line) { return run(new RfcVerb(), line); }

    private static String run(Path root, String... line) {
        return run(new RfcVerb(Optional.of(root), Map.of()), line);
    }

    private static String run(RfcVerb verb, String... line) {
        var out = new StringWriter();
        var mistake = new StringBuilder();
        var command = new CommandLine(verb);
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
