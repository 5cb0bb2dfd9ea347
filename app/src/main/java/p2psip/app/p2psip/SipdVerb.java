package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.RealHost;
import p2psip.app.sipd.Sipd;
import p2psip.app.sipd.Users;
import p2psip.app.trace.PcapngWriter;
import p2psip.app.trace.Printer;
import p2psip.app.trace.Trace;
import p2psip.std.rfc2396.Host;
import picocli.CommandLine.Command;
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

    @Option(names = "-d", description = "Print every message and change of state.")
    boolean debug;

    @Option(names = "--pcap", paramLabel = "FILE",
            description = "Write all that is sent and received to a capture (pcapng).")
    Path pcap;

    @Option(names = "--stats", paramLabel = "SECONDS",
            description = "Print the sizes of the tables every so often.")
    int stats;

    @Spec CommandSpec spec;

    @Override public Integer call() {
        var options = new Sipd.Options(
                Listening.wish(local, transports, RealHost.Options.of(Optional.empty()).addresses()),
                Listening.domains(domains), Optional.ofNullable(users).map(this::read), debug);
        try (var capture = pcap == null ? OutputStream.nullOutputStream()
                : new BufferedOutputStream(Files.newOutputStream(pcap), 1 << 16)) {
            return run(options, new PcapngWriter(capture));
        } catch (IOException e) {
            throw new UserMistake("cannot write " + pcap + " (" + e.getClass().getSimpleName()
                    + "): name a file that can be written");
        }
    }

    private int run(Sipd.Options options, PcapngWriter capture) {
        Consumer<Trace> tap = pcap == null ? _ -> { } : capture;
        if (debug) tap = tap.andThen(new Printer(
                spec.commandLine().getOut()::println, ZoneId.systemDefault()));
        try (var host = new RealHost(RealHost.Options.of(Optional.empty(), tap))) {
            var line = host.start("sipd", room -> new Sipd(options, room));
            host.stopOnInterrupt(new Sipd.Stop());
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

    private Users read(Path file) {
        try {
            if (Files.getFileStore(file).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(file).stream()
                            .anyMatch(p -> p.name().startsWith("OTHERS")))
                spec.commandLine().getErr().println("p2psip: " + file
                        + " holds secrets and others may read it: chmod 600 " + file);
            return Users.parse(Files.readAllLines(file));
        } catch (IllegalArgumentException e) {
            throw new UserMistake(file + ", " + e.getMessage()
                    + "; write user:password or user:realm:HA1");
        } catch (IOException e) {
            throw new UserMistake("cannot read " + file + " (" + e.getClass().getSimpleName()
                    + "): name a file of users that you may read");
        }
    }
}
