package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.Host;
import p2psip.app.sipd.Logbook;
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

    private volatile Optional<Duration> every = Optional.empty();

    /// How often from now on, in place of what the command line says; heard when the node has told
    /// something.
    void every(Optional<Duration> now) { every = now; }

    /// Hands over what a node tells until it has ended, and asks it to count when it is time.
    ///
    /// @param count the command that it answers with its sizes
    /// @param told  hears each thing told
    /// @return the exit code: 1 if the node has died of a bug
    int listen(Host.Line line, Object count, Consumer<Object> told) {
        boolean died = false;
        if (seconds.isPresent()) every = Optional.of(Duration.ofSeconds(
                (long) Numbers.within(1, DAY, "--stats", seconds.get())));
        long counted = System.nanoTime();
        while (true) {
            boolean ended = line.ended();   // asked first: what it told last is to be read too
            var all = line.told(ended ? Duration.ZERO : every.orElse(Duration.ofSeconds(DAY))
                    .minusNanos(System.nanoTime() - counted));
            for (var each : all) switch (each) {
                case Host.Died _ -> died = true;
                case Host.Notice(var text) -> spec.commandLine().getErr().println(
                        Journald.here().line(Logbook.Level.WARNING, "p2psip: " + text));
                default -> told.accept(each);
            }
            spec.commandLine().getOut().flush();
            if (ended) return died ? 1 : 0;
            if (System.nanoTime() - counted < every.orElse(Duration.ofSeconds(DAY)).toNanos())
                continue;
            counted = System.nanoTime();
            if (every.isPresent()) line.command(count);
        }
    }

    /// Prints sizes, with the time since the start and what the heap holds.
    void print(String sizes) {
        var program = program();
        spec.commandLine().getOut().println("stats seconds=" + program.get("seconds") + " " + sizes
                + " heap=" + program.get("heap"));
    }

    /// What the program knows beside: seconds since the start, bytes of the heap.
    SortedMap<String, Long> program() {
        var runtime = Runtime.getRuntime();
        return new TreeMap<>(Map.of("seconds", (System.nanoTime() - begun) / 1_000_000_000,
                "heap", runtime.totalMemory() - runtime.freeMemory()));
    }
}
