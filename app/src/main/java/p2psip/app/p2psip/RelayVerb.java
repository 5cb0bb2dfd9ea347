package p2psip.app.p2psip;

import module java.base;
import p2psip.app.fuzz.LossyRelay;
import p2psip.app.host.RealHost;
import p2psip.std.rfc2396.HostName;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The hidden verb `relay`: a bad network on one machine, to try servers and phones on.
@Command(name = "relay", mixinStandardHelpOptions = true, hidden = true, description =
        "Carry datagrams to a server and back, and lose some. Ctrl-C ends it.")
public final class RelayVerb implements Verb {
    @Option(names = {"-l", "--local"}, required = true, paramLabel = "HOST:PORT",
            description = "Where clients send to.")
    String local;

    @Option(names = "--to", required = true, paramLabel = "HOST:PORT", description = "The server.")
    String server;

    @Option(names = "--as", paramLabel = "HOST", defaultValue = "127.0.0.2",
            description = "The address at which the server sees clients"
            + " (default: ${DEFAULT-VALUE}).")
    String as;

    @Option(names = "--loss", paramLabel = "PART", defaultValue = "0.05",
            description = "How many datagrams are lost, 0 to 1 (default: ${DEFAULT-VALUE}).")
    double loss;

    @Mixin StatsOption stats;
    @Spec CommandSpec spec;

    @Override public Integer call() {
        var options = new LossyRelay.Options(Addresses.socket("-l", local),
                Addresses.socket("--to", server), Addresses.literal("--as", as),
                Numbers.within(0, 1, "--loss", loss));
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var line = host.start("relay", room -> new LossyRelay(options, room.random()));
            return stats.listen(line, new LossyRelay.Count(),
                    told -> spec.commandLine().getOut().println(text(told)));
        }
    }

    private static String text(Object told) {
        return switch (told) {
            case LossyRelay.Ready(var front) -> "ready relay=" + HostName.text(front);
            case LossyRelay.NotReady(var wanted, var why) -> throw new UserMistake(
                    "cannot listen at " + HostName.text(wanted) + ": " + why
                    + "; choose another address");
            case LossyRelay.Carried(long all, long lost) -> "carried=" + all + " lost=" + lost;
            default -> told.toString();
        };
    }
}
