package p2psip.tools.house;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.p2psip.*;
import picocli.CommandLine;
import picocli.CommandLine.Model.*;

/// What each option of each command answers to a word that is no value of its kind.
class MistakesTest {
    /// All kinds but texts and paths, for which any word will do.
    private static final Set<String> ANY = new TreeSet<>(List.of("String", "Path", "boolean",
            "Boolean", "char[]"));

    @Test void of_no_option_it_speaks_of_types() {
        var said = new TreeMap<String, String>();
        ServiceLoader.load(Verb.class).forEach(verb -> ask(new CommandLine(verb), said));
        assertThat(said).containsEntry("demo --seed",
                "p2psip: --seed x is no whole number, or too large: give one as 10; see p2psip demo"
                + " --help\n").hasSizeGreaterThan(10);
        assertThat(said.values()).allMatch(line -> line.startsWith("p2psip: -"))
                .allMatch(line -> line.lines().count() == 1)
                .allMatch(line -> line.contains(" x") && line.contains(": give "))
                .noneMatch(line -> line.matches("(?s).*\\bis not an? \\w+.*|.*Invalid.*|.*java.*"));
    }

    @Test void the_node_itself_speaks_so_too() {
        assertThat(run("-p", "many")).isEqualTo("p2psip: -p many is no whole number, or too large:"
                + " give one as 10; see p2psip --help\n");
        assertThat(run("--lookup", "x")).isEqualTo("p2psip: --lookup x is none: give dht or"
                + " lan or opendht; see p2psip --help\n");
        assertThat(run("rfc", "fetch", "many")).isEqualTo(
                "p2psip: nothing here is called many; see p2psip rfc fetch --help\n");
        assertThat(run("dance")).isEqualTo(
                "p2psip: nothing here is called dance; see p2psip --help\n");
        assertThat(run("demo", "--color", "x")).isEqualTo(
                "p2psip: --color x is none: give auto, always or never\n");
    }

    private static void ask(CommandLine command, Map<String, String> said) {
        var name = command.getCommandSpec().qualifiedName();
        for (var option : command.getCommandSpec().options()) {
            if (option.arity().max() == 0 || ANY.contains(kind(option))
                    || option.parameterConsumer() != null) continue;
            var line = new ArrayList<>(List.of(name.split(" ")));
            line.addAll(List.of(option.longestName(), "x"));
            said.put(name + " " + option.longestName(), run(line.toArray(String[]::new)));
        }
        command.getSubcommands().values().forEach(each -> ask(each, said));
    }

    private static String kind(OptionSpec option) {
        return (option.typeInfo().isCollection() || option.typeInfo().isOptional()
                ? option.auxiliaryTypes()[0] : option.type()).getSimpleName();
    }

    /// What is printed where mistakes are, with exit code 2.
    private static String run(String... line) {
        var usual = System.err;
        var said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(line)).as(() -> String.join(" ", line)).isEqualTo(2);
        } finally {
            System.setErr(usual);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
