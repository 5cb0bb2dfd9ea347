package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.stun.*;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc5780.*;
import p2psip.std.rfc8489.*;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `stun`: asks a STUN server for the address that the world sees this computer by, and
/// what the routers on the way do; or is such a server.
@Command(name = "stun", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Ask a STUN server by which address it sees us, and print that.",
    "Exit code 0 if it answers, 1 if it does not, 2 for a mistake."})
public final class StunVerb implements Verb {
    private static final double LONGEST = 39.5;

    /// Longer than all tests of [Discovery] take together, and the DNS before them.
    private static final Duration TESTS = Duration.ofMinutes(1);

    //= rfc8489#8-1 the server is named by the user: no URI or domain is hard-coded
    @Parameters(paramLabel = "HOST[:PORT]", arity = "0..1",
            description = "The server (default port: 3478), or its URI: stun:HOST[:PORT], or by TLS"
            + " stuns:HOST[:PORT] (default port: 5349).")
    private Optional<String> server = Optional.empty();

    @Option(names = "--tcp", description = "Ask by TCP; with --serve: answer by TCP, too. A URI"
            + " says so by ?transport=tcp at its end.")
    private boolean tcp;

    @Option(names = "--behaviour", description = "Print what the routers on the way do instead:"
            + " for whom they map a port to which address, and whom they let in. It takes up to"
            + " half a minute.")
    private boolean behaviour;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "10",
            description =
            "How long to wait for the address, at most 39.5 (default: ${DEFAULT-VALUE}).")
    private double timeout;

    @Option(names = "--user", paramLabel = "NAME", description = "A user of the server.")
    private String user = "";

    @Option(names = "--password", paramLabel = "WORD", description = "The user's password.")
    private String password = "";

    @Option(names = "--serve", paramLabel = "ADDRESS,...", split = ",", hideParamSyntax = true,
            description = "Be a server at one address, or at two: then it can be asked for the"
            + " behaviour. It prints a line that begins with `ready`; Ctrl-C ends it.")
    private List<String> serve = List.of();

    @Option(names = "--ports", paramLabel = "PORT,PORT", split = ",", hideParamSyntax = true,
            defaultValue = "3478,3479",
            description = "Its ports at each address (default: ${DEFAULT-VALUE}).")
    private List<Integer> ports = List.of();

    @Option(names = "--tls", paramLabel = "HOST:PORT,...", split = ",", hideParamSyntax = true,
            description = "With --serve: answer by TLS at these, with --cert and --key (its own"
            + " port is 5349).")
    private List<String> tls = List.of();

    @Option(names = "--classic", description = "With --serve: answer clients of RFC 3489 as well."
            + " Their requests could be another protocol's, so the ports must be STUN's alone.")
    private boolean classic;

    @Mixin private TlsOption shown;
    @Mixin private StatsOption stats;

    @Spec private CommandSpec spec;

    @Override public Integer call() {
        if (server.isPresent() != serve.isEmpty())
            throw new UserMistake("give a server to ask, HOST:PORT, or --serve ADDRESS,ADDRESS");
        if (server.isEmpty()) return serve();
        var patience = Duration.ofMillis(
                Math.round(1_000 * Numbers.within(0.001, LONGEST, "--timeout", timeout)));
        var at = StunPlace.parse(server.get(), tcp);
        if (behaviour && at.way().isPresent()) throw new UserMistake(
                "--behaviour asks by UDP: what routers do to TCP nobody tells");
        if (classic) throw new UserMistake("--classic is for --serve: RFC 8489 is what we ask by");
        if (!tls.isEmpty()) throw new UserMistake("--tls is for --serve: ask a stuns: URI instead");
        var authentication = authentication();
        var options = RealHost.Options.of(Optional.empty()).with(shown.read());
        try (var host = new RealHost(options)) {
            return behaviour ? probe(host, at, authentication)
                    : ask(host, at, authentication, patience);
        }
    }

    private int ask(RealHost host, Asking.Server at, Authentication authentication,
            Duration patience) {
        var line = host.start("stun", room -> new Asking(at, authentication, room.random()));
        var answer = first(line.told(patience), Asking.Answer.class)
                .orElse(new Asking.Answer(Optional.empty(), "no answer"));
        if (answer.mapped().isEmpty()) return none(answer.why());
        spec.commandLine().getOut().println(HostName.text(answer.mapped().get()));
        return 0;
    }

    private int probe(RealHost host, Asking.Server at, Authentication authentication) {
        var line = host.start("stun", room -> new Probing(at.host(), at.port(), authentication,
                room.addresses(), room.random()));
        var told = line.told(TESTS);
        var found = first(told, Findings.class);
        if (found.isEmpty()) return none(first(told, Probing.NotFound.class)
                .map(Probing.NotFound::why).orElse("no answer"));
        var out = spec.commandLine().getOut();
        out.println("mapping: " + found.get().mapping()
                + (found.get().translated() ? "" : " (no address is translated)"));
        out.println("filtering: " + found.get().filtering());
        return 0;
    }

    private static <T> Optional<T> first(List<Object> told, Class<T> kind) {
        var first = told.stream().filter(kind::isInstance).map(kind::cast).findFirst();
        for (var each : told) if (each instanceof Host.Died died)
            throw new IllegalStateException("" + died);
        return first;
    }

    private int none(String why) {
        spec.commandLine().getErr().println("p2psip: " + server.orElse("") + ": " + why);
        return 1;
    }

    private int serve() {
        var addresses = serve.stream().map(text -> Addresses.literal("--serve", text)).toList();
        for (var address : addresses) if (address.isAnyLocalAddress()) throw new UserMistake(
                "--serve " + address.getHostAddress() + " is no address to answer from");
        for (int port : ports) Numbers.within(1, 65_535, "--ports", port);
        BehaviorServer stun;
        try {
            stun = new BehaviorServer("p2psip 0.1.0", addresses, ports, classic);
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--serve and --ports: " + e.getMessage());
        }
        var credentials = shown.read();
        var streams = streams(stun.places(), credentials);
        var options = RealHost.Options.of(Optional.empty()).with(credentials);
        try (var host = new RealHost(options)) {
            var line = host.start("stun", _ -> new Serving(stun, streams));
            host.stopOnInterrupt(new Serving.Stop());
            return stats.listen(line, new Serving.Count(), this::told);
        }
    }

    private List<Relaying.Place> streams(List<InetSocketAddress> places, Credentials credentials) {
        var all = new ArrayList<Relaying.Place>();
        //= rfc8489#12-4,5 by UDP, by TCP if it is wanted, and by TLS
        if (tcp) for (var place : places)
            all.add(new Relaying.Place(Optional.of(new Way.Tcp()), place));
        for (var text : tls) all.add(new Relaying.Place(Optional.of(new Way.Tls(
                TlsOption.name(credentials, "--tls"))), TurnVerb.place("--tls", text)));
        return all;
    }

    private void told(Object told) {
        switch (told) {
            case Serving.Ready(var places) -> spec.commandLine().getOut().println("ready stun="
                    + places.stream().map(HostName::text).collect(Collectors.joining(",")));
            case Serving.NotReady(var place, var why) -> throw new UserMistake("cannot listen at "
                    + HostName.text(place) + ": " + why
                    + "; choose other addresses or --ports");
            case Serving.Statistics(long answered) -> stats.print("answered=" + answered);
            default -> { }
        }
    }

    private Authentication authentication() {
        if (user.isEmpty() && password.isEmpty()) return new Authentication.None();
        try {
            return new Authentication.LongTerm(new Credential(user, password));
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--user and --password go together: " + e.getMessage());
        }
    }
}
