package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.Host;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.*;

/// The option `--stats` of every verb that runs a server: how full its tables are, now and then.
final class StatsOption {
    private static final int DAY = 86_400;

    @Option(names = "--stats", paramLabel = "SECONDS",
            description = "Print the sizes of the tables every so often.")
    Optional<Integer> seconds = Optional.empty();

    @Spec(Spec.Target.MIXEE) CommandSpec spec;

    private final long begun = System.nanoTime();

    /// Hands over what a node tells until it has ended, and asks it to count when it is time.
    ///
    /// @param count the command that it answers with its sizes
    /// @param told  hears each thing told
    /// @return the exit code: 1 if the node has died of a bug
    int listen(Host.Line line, Object count, Consumer<Object> told) {
        boolean died = false;
        var patience = Duration.ofSeconds((long) Numbers.within(1, DAY, "--stats",
                seconds.orElse(DAY)));
        while (true) {
            boolean ended = line.ended();   // asked first: what it told last is to be read too
            var all = line.told(ended ? Duration.ZERO : patience);
            for (var each : all) switch (each) {
                case Host.Died _ -> died = true;
                case Host.Notice(var text) ->
                        spec.commandLine().getErr().println("p2psip: " + text);
                default -> told.accept(each);
            }
            spec.commandLine().getOut().flush();
            if (ended) return died ? 1 : 0;
            if (seconds.isPresent() && all.isEmpty()) line.command(count);
        }
    }

    /// Prints sizes, with the time since the start and what the heap holds.
    void print(String sizes) {
        var runtime = Runtime.getRuntime();
        spec.commandLine().getOut().println("stats seconds="
                + (System.nanoTime() - begun) / 1_000_000_000 + " " + sizes
                + " heap=" + (runtime.totalMemory() - runtime.freeMemory()));
    }
}
