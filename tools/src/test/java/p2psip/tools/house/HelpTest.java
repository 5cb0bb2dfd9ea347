package p2psip.tools.house;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.p2psip.*;
import picocli.CommandLine;

/// What `--help` says of each command.
class HelpTest {

    /// A `%` that stands alone makes picocli warn before the help is printed.
    @Test void of_no_command_it_warns() {
        var usual = List.of(System.out, System.err);
        var warned = new ByteArrayOutputStream();
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(new PrintStream(warned, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run("--help")).isZero();
            assertThat(ServiceLoader.load(Verb.class)).flatExtracting(verb ->
                    helped(new CommandLine(verb)).toList())
                    .contains("bench mutate", "id pins list", "rfc");
        } finally {
            System.setOut(usual.getFirst());
            System.setErr(usual.getLast());
        }
        assertThat(warned.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /// The names of a command and of those below it, when the help of each has been made.
    private static Stream<String> helped(CommandLine command) {
        command.getUsageMessage();
        return Stream.concat(Stream.of(command.getCommandSpec().qualifiedName()),
                command.getSubcommands().values().stream().flatMap(HelpTest::helped));
    }
}
