package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.RealHost;
import p2psip.app.sipd.Sipd;
import p2psip.std.rfc2396.Host;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The verb `sipd`: a SIP server, registrar and proxy.
@Command(name = "sipd", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Runs a SIP server: phones register at it, and it brings their calls to each other.",
    "Prints one line beginning with `ready` when it listens. Ctrl-C ends it."})
public final class SipdVerb implements Verb {
    @Option(names = {"-l", "--local"}, paramLabel = "HOST:PORT", split = ",",
            defaultValue = "127.0.0.1:5060",
            description = "Where to listen; may be given several times (default: ${DEFAULT-VALUE}).")
    List<String> local;

    @Option(names = {"-t", "--transport"}, paramLabel = "udp|tcp", split = ",",
            defaultValue = "udp,tcp",
            description = "How to listen; may be given several times (default: ${DEFAULT-VALUE}).")
    List<String> transports;

    @Option(names = {"-r", "--domain"}, paramLabel = "DOMAIN", split = ",",
            description = "A domain whose users are ours (default: the addresses listened at).")
    List<String> domains = List.of();

    @Option(names = "--users", paramLabel = "FILE", description = {
        "Who may register and call out, a line each: user:password, or user:realm:HA1",
        "with HA1 the hash of user:realm:password, MD5 or SHA-256, in hexadecimal.",
        "Without it anybody may register any name."})
    Path users;

    @Option(names = "--stats", paramLabel = "SECONDS",
            description = "Print the sizes of the tables every so often.")
    int stats;

    @Mixin Tracing tracing;

    @Spec CommandSpec spec;

    @Override public Integer call() {
        return tracing.with(spec.commandLine().getOut(), tap ->
                run(RealHost.Options.of(Optional.empty(), tap)));
    }

    private int run(RealHost.Options host) {
        var options = new Sipd.Options(Listening.wish(local, transports, host.addresses()),
                Listening.domains(domains), Optional.ofNullable(users)
                        .map(f -> UsersFile.read(f, spec.commandLine().getErr())), tracing.traced());
        try (var real = new RealHost(host)) {
            var line = real.start("sipd", room -> new Sipd(options, room));
            real.stopOnInterrupt(new Sipd.Stop());
            return run(line);
        }
    }

    private int run(p2psip.app.host.Host.Line line) {
        var out = spec.commandLine().getOut();
        long begun = System.nanoTime();
        while (!line.ended()) {
            var told = line.told(Duration.ofSeconds(stats > 0 ? stats : 3600));
            for (var each : told)
                switch (each) {
                    case Sipd.Ready ready -> out.println(text(ready));
                    case Sipd.NotReady(var wanted, var why) -> throw new UserMistake(
                            "cannot listen at " + Host.text(wanted) + ": " + why
                                    + "; choose another address or port with -l");
                    case Sipd.Statistics s -> out.println(text(s, System.nanoTime() - begun));
                    case p2psip.app.host.Host.Died _ -> { return 1; }
                    default -> { }
                }
            out.flush();
            if (stats > 0 && told.isEmpty()) line.command(new Sipd.Count());
        }
        return 0;
    }

    private static String text(Sipd.Ready ready) {
        var udpFirst = ready.points().getFirst();
        return "ready sip=" + Host.text(udpFirst.address()) + " transports=" + ready.points().stream()
                .map(p -> p.transport().name().toLowerCase(Locale.ROOT)).distinct()
                .collect(Collectors.joining(",")) + " domain=" + ready.domain();
    }

    private static String text(Sipd.Statistics s, long nanos) {
        var runtime = Runtime.getRuntime();
        return "stats seconds=%d transactions=%d contexts=%d pending=%d connections=%d addresses=%d"
                .formatted(nanos / 1_000_000_000, s.transactions(), s.contexts(), s.pending(),
                        s.connections(), s.addresses()) + " contacts=%d heap=%d".formatted(
                        s.contacts(), runtime.totalMemory() - runtime.freeMemory());
    }
}
