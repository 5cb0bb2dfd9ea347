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

    @Test void a_sentence_is_shown_with_the_line_that_obeys_it_and_the_line_that_tests_it() {
        assertThat(run("[rfc3261#17.1.1.2-18]")).startsWith(
                "RFC 3261 §17.1.1.2-18  MUST  Formal Description\n"
                + "https://www.rfc-editor.org/rfc/rfc3261#section-17.1.1.2\n\n")
                .containsPattern("  code  std/src/main/java/p2psip/std/rfc3261/"
                        + "InviteClientTransaction.java:\\d+\n"
                        + "        var completed = enter\\(State.COMPLETED, now\\);\n"
                        + "        in InviteClientTransaction.refused\n"
                        + " +a status from 300 to 699 completes the transaction\n")
                .containsPattern("  test  std/src/test/java/p2psip/std/rfc3261/\\w+Test.java:\\d+\n"
                        + ".*\n        in \\w+Test\\.\\w+\n");
    }

    @Test void a_sentence_that_no_test_cites_is_told_as_such(@TempDir Path root)
            throws IOException {
        Garden.in(root);
        Files.delete(root.resolve("std/src/test/java/a/GateTest.java"));
        assertThat(run(root, "rfc99901#2-4")).endsWith("\n  no test cites it\n");
        assertThat(run(root, "rfc99901#2-1")).endsWith("\n  nothing here cites it\n");
    }

    @Test void of_what_is_left_out_the_reason_is_shown(@TempDir Path root) throws IOException {
        Garden.in(root);
        assertThat(run(root, "--rfc", root.resolve("rfcs").toString(), "rfc99901#A-1")).contains(
                "        A bell is OPTIONAL.\n\n  not-ours  std/src/main/java/a/left-out.txt:2\n"
                + "        no bells here\n");
    }

    @Test void without_the_text_there_are_our_words_and_the_command_that_gets_it(
            @TempDir Path root) throws IOException {
        Garden.in(root);
        assertThat(run(root, "rfc99901#2-4")).isEqualTo("""
                RFC 99901 §2-4  MUST  Gates
                https://www.rfc-editor.org/rfc/rfc99901#section-2

                The text of RFC 99901 is not here, these are our own words; app/p2psip rfc fetch \
                gets it once.

                  code  std/src/main/java/a/Gate.java:10
                        rings++;
                        in Gate.ring
                        each ring counts

                  test  std/src/test/java/a/GateTest.java:6
                        new Gate().ring();
                        in GateTest.it_counts
                        counts what is rung
                """);
        assertThat(run(root, "99901", "2")).contains("app/p2psip rfc fetch gets it once");
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
        assertThat(run("--left-out", "departs", "8489")).contains("rfc8489#11-1 ")
                .contains("    departs no STUN over DTLS: the JDK has only an old version of it");
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
                "RFC 3261 has no section 99, but 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,"
                + " 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, A; p2psip rfc 3261"
                + " lists all");
        assertThat(run("rfc3261#17.1.4.9")).contains("no section 17.1.4.9; p2psip rfc 3261 lists");
        assertThat(run("rfc3261#17.9")).contains("no section 17.9, but 17.1, 17.2; p2psip");
        assertThat(run("99999", "1")).startsWith("RFC 99999 is not in the index")
                .contains("the sources cite 2198, ", "; p2psip rfc fetch 99999 gets any other");
        assertThat(run("rfc3261#17.1.4-2")).isEqualTo("§17.1.4 has one sentence, -1, and no -2");
        assertThat(run("rfc3261#17.1.1.2-99"))
                .isEqualTo("§17.1.1.2 has 25 sentences, -1 to -25, and no -99");
        assertThat(run("rfc3261#17.1.1.2-0")).contains(" and no -0");
        assertThat(run("rfc3261#17-1")).isEqualTo("§17 has no numbered sentence and no -1");
        assertThat(run("rfc3261#17.1.4¶7")).contains("¶");
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
