package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.node.*;
import p2psip.app.trace.*;
import p2psip.app.voip.Telephone;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `demo`: two nodes, two phones, one call, drawn as a ladder.
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Run two nodes and two phones, let them call, and draw what happened.",
    "On loopback; the call has sound both ways and digits. Each line says who sent what and when,"
            + " and each state which section of which RFC it is of. The last line is"
            + " `call: ok rtp=N/N lost=0`: packets received of those expected, by both phones."})
public final class DemoVerb implements Verb {
    @Option(names = "--sim", description = "In virtual time, on a simulated network.")
    boolean simulated;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Of the simulation: the same seed gives the same run.")
    long seed;

    @Mixin Tracing tracing;
    @Spec CommandSpec spec;

    @Override public Integer call() {
        var ladder = new Ladder();
        return tracing.with(spec.commandLine().getOut(), tap -> show(ladder, tap.andThen(trace -> {
            if (isShown(trace.what())) ladder.accept(trace);
        })));
    }

    private int show(Ladder ladder, Consumer<Trace> tap) {
        var out = spec.commandLine().getOut();
        out.println("Two nodes, two phones, one call. An arrow is a message; * is a state that is"
                + " entered,\nand in brackets the rule that has it. Seconds on the left.");
        out.flush();
        try {
            var outcome = simulated ? simulate(tap) : real(tap);
            out.print(ladder.draw(tracing.screen()));
            out.println("call: ok " + outcome);
            return 0;
        } catch (Telephone.Failed | RunningNode.Failed | Demonstration.NoCall e) {
            out.print(ladder.draw(tracing.screen()));
            out.println("call: failed " + e.getMessage());
            return 1;
        }
    }

    /// The ring's gossip goes on all the time and is not part of the call.
    private static boolean isShown(Trace.What what) {
        return !what.subject().equals(Optional.of(Trace.Subject.RING))
                || what instanceof Trace.What.Message m && Stream.of("Route Put", "Route Get",
                        "Values").anyMatch(m.summary()::startsWith);
    }

    private String simulate(Consumer<Trace> tap) {
        var network = new Network(seed, tap);
        return run(address -> network.host(address.getHostAddress()), Demonstration.PLACES);
    }

    private String real(Consumer<Trace> tap) {
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        var hosts = new ArrayList<RealHost>();
        try {
            return run(_ -> {
                var host = new RealHost(new RealHost.Options(Optional.empty(), List.of(loopback),
                        Optional.empty(), tap));
                hosts.add(host);
                return host;
            }, Collections.nCopies(4, loopback));
        } finally {
            hosts.forEach(RealHost::close);
        }
    }

    private static String run(Demonstration.Hosts hosts, List<InetAddress> at) {
        try (var demonstration = new Demonstration(hosts, at, Optional.empty())) {
            demonstration.register();
            return demonstration.call();
        }
    }
}
