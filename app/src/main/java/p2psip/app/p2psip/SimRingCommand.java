package p2psip.app.p2psip;

import module java.base;
import p2psip.app.web.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// `sim ring`: a simulated ring to be watched, and meddled with, in a page.
@Command(name = "ring", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Let a ring of nodes live in this program and show it in a page, where nodes are added, killed"
            + " and cut off from each other, and time is stopped, stepped through and rewound.",
    "The same seed, and the same done at the same times, is the same ring. Ends with Ctrl-C."})
final class SimRingCommand implements Callable<Integer> {
    @Option(names = "--web", required = true, description = "Show it in a page: its address, for a"
            + " browser of this machine, is printed.")
    boolean web;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "30",
            description = "How many nodes there are at the beginning (default: ${DEFAULT-VALUE}).")
    int nodes;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "The same seed gives the same ring (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(names = "--loss", paramLabel = "P", defaultValue = "0",
            description = "How many of hundred datagrams are lost (default: ${DEFAULT-VALUE}).")
    double loss;

    @Option(names = "--control", paramLabel = "PORT", defaultValue = "9081", description = "The"
            + " port of 127.0.0.1 (default: ${DEFAULT-VALUE}, or another if that is taken).")
    int port;

    @Spec CommandSpec spec;

    @Override public Integer call() {
        Numbers.within(1, 300, "--nodes", nodes);
        Numbers.within(0, 90, "--loss", loss);
        Numbers.within(0, 65_535, "--control", port);
        try {
            var home = Files.createTempDirectory("p2psip-ring");
            home.toFile().deleteOnExit();
            var events = new Events();
            try (var stage = new RingStage(seed, nodes, loss / 100, events);
                    var control = new Control(home, port, Theatre.of(stage, events))) {
                var out = spec.commandLine().getOut();
                out.println(control.console());
                out.flush();
                Thread.currentThread().join();   // until it is interrupted
            }
        } catch (IOException | Control.NotOpen e) {
            throw new UserMistake(e.getMessage());
        } catch (InterruptedException e) {
            // it is over
        }
        return 0;
    }
}
