package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.node.Rehearsal;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The hidden verb `rehearse`: what the JVM is shown when the launcher has built, so that it knows
/// at the next start which classes and which compiled methods a busy node needs.
@Command(name = "rehearse", mixinStandardHelpOptions = true, hidden = true, description =
        "Have a ring flooded with calls to nobody, in virtual time and then on loopback.")
public final class RehearseVerb implements Verb {
    @Option(names = "--strangers", paramLabel = "N", defaultValue = "200",
            description = "How many call in virtual time; on loopback it is one in a hundred"
            + " (default: ${DEFAULT-VALUE}).")
    int strangers;

    @Spec CommandSpec spec;

    @Override public Integer call() {
        Numbers.within(1, 10_000, "--strangers", strangers);
        say("in virtual time", simulated(strangers));
        say("on loopback", real(Math.ceilDiv(strangers, 100)));
        return 0;
    }

    private static Rehearsal.Outcome simulated(int strangers) {
        var network = new Network(1);
        IntFunction<InetAddress> places = number -> InetAddress.ofLiteral(
                "10.0." + number / 250 + "." + (1 + number % 250));
        try (var rehearsal = new Rehearsal(
                number -> network.host(places.apply(number).getHostAddress()), places)) {
            return rehearsal.run(strangers);
        }
    }

    private static Rehearsal.Outcome real(int strangers) {
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        var options = new RealHost.Options(Optional.empty(), List.of(loopback), Optional.empty(),
                _ -> { });
        var hosts = new TreeMap<Integer, RealHost>();
        try (var rehearsal = new Rehearsal(number -> hosts.computeIfAbsent(Math.min(number, 6),
                _ -> new RealHost(options)), _ -> loopback)) {
            return rehearsal.run(strangers);
        } finally {
            hosts.values().forEach(RealHost::close);
        }
    }

    private void say(String where, Rehearsal.Outcome outcome) {
        spec.commandLine().getOut().println(where + ": calls=" + outcome.calls() + " sent="
                + outcome.sent() + " answers=" + outcome.answers());
    }
}
