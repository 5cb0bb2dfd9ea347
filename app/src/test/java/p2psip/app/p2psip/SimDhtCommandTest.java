package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.*;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimDhtCommandTest {
    @TempDir Path folder;

    private String run(String... args) {
        var out = new StringWriter();
        var code = new CommandLine(new SimVerb()).setOut(new PrintWriter(out))
                .setExecutionExceptionHandler((e, _, _) -> { throw e; }).execute(args);
        return code + "\n" + out;
    }

    private String small(String session, String json) {
        return run("dht", "--nodes", "9", "--hours", "0.01", "--session", session, "--values", "3",
                "--rate", "1", "--json", "" + folder.resolve(json),
                "--csv", "" + folder.resolve("minutes.csv"));
    }

    @Test void it_prints_what_a_ring_has_done_and_compares_two() throws IOException {
        assertThat(small("none", "a.json").lines()).hasSize(7).startsWith("0",
                        "ring     9 nodes, sessions without end, 0 born; PT36S")
                .anyMatch(line -> line.matches(
                        "look-ups [0-9]+: right 100.00 %, consistent 100.00 %"))
                .contains("records  3 stored, 0 lost");
        assertThat(Files.readAllLines(folder.resolve("minutes.csv"))).hasSize(2);
        assertThat(small("20s", "b.json")).contains("sessions of 20 s in the median");
        assertThat(run("compare", "" + folder.resolve("a.json"), "" + folder.resolve("b.json"))
                .lines()).anyMatch(line -> line.matches("setting.session +none +PT20S +!"))
                .anyMatch(line -> line.matches("setting.nodes +9 +9"))
                .anyMatch(line -> line.matches("bytes_per_node_second .* [0-9.]+ +[0-9.]+"));
    }

    @Test void what_cannot_be_is_said_in_a_line() {
        for (var wrong : List.of("--nodes=1", "--session=5x", "--latency=far", "--deaths=100",
                "--loss=-1"))
            assertThatThrownBy(() -> command("dht", wrong)).as(wrong)
                    .isInstanceOf(UserMistake.class)
                    .hasMessageContaining(wrong.substring(0, wrong.indexOf('=')));
        assertThatThrownBy(() -> command("compare", "none.json", "none.json"))
                .isInstanceOf(UserMistake.class).hasMessageContaining("none.json");
    }

    /// Without what the program makes of mistakes.
    private static void command(String... args) throws Exception {
        var parsed = new CommandLine(new SimVerb()).parseArgs(args).subcommand();
        ((Callable<?>) parsed.commandSpec().userObject()).call();
    }
}
