package p2psip.tools.guide;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.*;

class VerbsTest {
    @Command(name = "gate", description = "Open it.", sortOptions = false,
            subcommands = {Ring.class, Oil.class})
    private static final class Gate {
        @Option(names = "--wide", description = "As far as it goes.") boolean wide;
    }

    @Command(name = "ring", description = "Ring.", subcommands = Twice.class)
    private static final class Ring {}

    @Command(name = "twice", description = "And again.")
    private static final class Twice {}

    @Command(name = "oil", hidden = true)
    private static final class Oil {}

    @Test void each_verb_says_what_its_help_says_and_the_hidden_say_nothing() {
        assertThat(String.join("\n", new Verbs(new CommandLine(new Gate())).asciidoc()))
                .isEqualTo("""
                [discrete#gate]
                == gate

                ....
                Usage: gate [--wide] [COMMAND]
                Open it.
                      --wide   As far as it goes.
                Commands:
                  ring  Ring.
                ....

                [discrete#gate-ring]
                == gate ring

                ....
                Usage: gate ring [COMMAND]
                Ring.
                Commands:
                  twice  And again.
                ....

                [discrete#gate-ring-twice]
                === gate ring twice

                ....
                Usage: gate ring twice
                And again.
                ....
                """);
    }
}
