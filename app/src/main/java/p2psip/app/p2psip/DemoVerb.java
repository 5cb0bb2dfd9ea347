package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.Host;
import p2psip.app.host.Network;
import p2psip.app.host.RealHost;
import p2psip.app.p2p.Place;
import p2psip.app.trace.Ladder;
import p2psip.app.trace.Trace;
import p2psip.app.voip.Phone;
import p2psip.app.voip.Statistics;
import p2psip.app.voip.Telephone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The verb `demo`: two nodes, two phones, one call, drawn as a ladder.
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Starts two nodes and a phone at each on loopback, has one phone call the other with",
    "sound both ways and digits, and draws what happened: who, what, when, which section.",
    "The last line is `call: ok rtp=N/N lost=0`: packets received of those expected."})
public final class DemoVerb implements Verb {
    private static final String ALICE = "sip:alice@example.com", BOB = "sip:bob@example.com";
    private static final String KEYS = "123";
    private static final Duration PATIENCE = Duration.ofSeconds(20), TALK = Duration.ofSeconds(3);

    @Option(names = "--sim", description = "In virtual time, on a simulated network.")
    boolean simulated;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Of the simulation: the same seed gives the same run.")
    long seed;

    @Mixin Tracing tracing;
    @Spec CommandSpec spec;

    /// Makes the host of each participant.
    private interface Hosts {
        Host host(String name, InetAddress address);
    }

    @Override public Integer call() {
        var ladder = new Ladder();
        return tracing.with(spec.commandLine().getOut(), tap -> show(ladder, tap.andThen(trace -> {
            if (isShown(trace.what())) ladder.accept(trace);
        })));
    }

    private int show(Ladder ladder, Consumer<Trace> tap) {
        var out = spec.commandLine().getOut();
        try {
            var outcome = simulated ? simulate(tap) : real(tap);
            out.print(ladder.draw());
            out.println("call: ok " + outcome);
            return 0;
        } catch (Telephone.Failed | RunningNode.Failed | NoCall e) {
            out.print(ladder.draw());
            out.println("call: failed " + e.getMessage());
            return 1;
        }
    }

    /// The ring's gossip goes on all the time and is not part of the call.
    private static boolean isShown(Trace.What what) {
        return !(what instanceof Trace.What.Message m) || switch (m.protocol()) {
            case "P2P" -> false;
            case "DHT" -> m.summary().startsWith("Route Put") || m.summary().startsWith("Route Get")
                    || m.summary().startsWith("Values");
            default -> true;
        };
    }

    private String simulate(Consumer<Trace> tap) {
        var network = new Network(seed, tap);
        return run((_, address) -> network.host(address.getHostAddress()),
                IntStream.rangeClosed(1, 4).mapToObj(i -> InetAddress.ofLiteral("10.0.0." + i)).toList());
    }

    private String real(Consumer<Trace> tap) {
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        var hosts = new ArrayList<RealHost>();
        try {
            return run((_, _) -> {
                var host = new RealHost(new RealHost.Options(Optional.empty(), List.of(loopback),
                        Optional.empty(), tap));
                hosts.add(host);
                return host;
            }, Collections.nCopies(4, loopback));
        } finally {
            hosts.forEach(RealHost::close);
        }
    }

    private String run(Hosts hosts, List<InetAddress> at) {
        var first = node(hosts, "node A", at.get(0), List.of());
        var second = node(hosts, "node B", at.get(1), List.of(first.overlay()));
        try (var alice = phone(hosts, "alice", at.get(2), ALICE, first);
                var bob = phone(hosts, "bob", at.get(3), BOB, second)) {
            alice.register();
            bob.register();
            first.publishes(1);
            second.publishes(1);
            return call(alice, bob);
        } finally {
            first.line().command(new Node.Leave());
            second.line().command(new Node.Leave());
        }
    }

    private static String call(Telephone alice, Telephone bob) {
        var caller = alice.call(BOB);
        var callee = bob.answer(PATIENCE).orElseThrow(() -> new NoCall("nobody called bob"));
        caller.press(KEYS);
        caller.talk(TALK);
        var mine = caller.hangUp();
        callee.talk(PATIENCE);   // until it is over
        var heard = List.of(mine, callee.hangUp());
        if (!callee.keys().equals(KEYS))
            throw new NoCall("bob heard the keys '" + callee.keys() + "', not '" + KEYS + "'");
        for (var recorded : List.of(caller.recorded(), callee.recorded()))
            if (isSilent(recorded)) throw new NoCall("one side heard nothing");
        long received = heard.stream().mapToLong(Statistics::received).sum();
        long lost = heard.stream().mapToLong(Statistics::lost).sum();
        return "rtp=" + received + "/" + (received + lost) + " lost=" + lost;
    }

    /// What did not happen though nothing failed.
    private static final class NoCall extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoCall(String why) { super(why); }
    }

    private static boolean isSilent(short[] samples) {
        long energy = 0;
        for (short s : samples) energy += s * s;
        return samples.length == 0 || energy / samples.length < 1_000_000;
    }

    private static RunningNode node(
            Hosts hosts, String name, InetAddress address, List<Place> others) {
        return RunningNode.start(hosts.host(name, address), name, Node.Options.at(address, others));
    }

    private static Telephone phone(
            Hosts hosts, String name, InetAddress address, String aor, RunningNode node) {
        var setup = Phone.Setup.of(aor, node.sip()).recording();
        return Telephone.start(hosts.host(name, address), name, setup);
    }
}
