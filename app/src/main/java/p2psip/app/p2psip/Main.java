package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.Home;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command `p2psip`: without a verb a node, else the verb that [ServiceLoader] finds.
@Command(name = "p2psip", mixinStandardHelpOptions = true, version = "p2psip 0.1",
        description = "An internet telephone without servers.")
public final class Main implements Callable<Integer> {
    private Main() {}

    public static void main(String[] args) { System.exit(run(args)); }

    /// Runs one command line and answers its exit code; `System.exit` is left to [#main].
    public static int run(String... args) {
        var command = new CommandLine(new Main());
        ServiceLoader.load(Verb.class).forEach(command::addSubcommand);
        command.setExecutionExceptionHandler((failure, line, _) -> {
            if (!(failure instanceof UserMistake || failure instanceof Home.Unusable))
                throw failure;
            line.getErr().println("p2psip: " + failure.getMessage());
            return 2;
        });
        command.setParameterExceptionHandler((mistake, _) -> {
            var line = mistake.getCommandLine();
            line.getErr().println("p2psip: " + mistake.getMessage().lines().findFirst().orElse("")
                    + "; see " + line.getCommandSpec().qualifiedName() + " --help");
            return 2;
        });
        return command.execute(args);
    }

    @Override public Integer call() { throw new UserMistake("name a verb; see p2psip --help"); }
}
