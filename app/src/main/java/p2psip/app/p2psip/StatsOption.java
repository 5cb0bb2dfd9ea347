package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.Host;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.*;

/// The option `--stats` of every verb that runs a server: how full its tables are, now and then.
final class StatsOption {
    @Option(names = "--stats", paramLabel = "SECONDS",
            description = "Print the sizes of the tables every so often.")
    int seconds;

    @Spec(Spec.Target.MIXEE) CommandSpec spec;

    private final long begun = System.nanoTime();

    /// Hands over what a node tells until it has ended, and asks it to count when it is time.
    ///
    /// @param count the command that it answers with its sizes
    /// @param told  hears each thing told
    /// @return the exit code: 1 if the node has died of a bug
    int listen(Host.Line line, Object count, Consumer<Object> told) {
        boolean died = false;
        while (!line.ended()) {
            var all = line.told(Duration.ofSeconds(seconds > 0 ? seconds : 3600));
            for (var each : all)
                if (each instanceof Host.Died) died = true;
                else told.accept(each);
            spec.commandLine().getOut().flush();
            if (seconds > 0 && all.isEmpty()) line.command(count);
        }
        return died ? 1 : 0;
    }

    /// Prints sizes, with the time since the start and what the heap holds.
    void print(String sizes) {
        var runtime = Runtime.getRuntime();
        spec.commandLine().getOut().println("stats seconds="
                + (System.nanoTime() - begun) / 1_000_000_000 + " " + sizes
                + " heap=" + (runtime.totalMemory() - runtime.freeMemory()));
    }
}
