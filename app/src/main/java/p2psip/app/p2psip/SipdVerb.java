package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.sipd.*;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.Transport;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `sipd`: a SIP server, registrar and proxy.
@Command(name = "sipd", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Run a SIP server: phones register at it, and it brings them their calls.",
    "It prints a line that begins with `ready` when it listens; Ctrl-C ends it. Without --users"
            + " anybody may register any name."})
public final class SipdVerb implements Verb {
    @Option(names = {"-l", "--local"}, paramLabel = "HOST:PORT,...", split = ",",
            hideParamSyntax = true,
            defaultValue = "127.0.0.1:5060",
            description = "Where to listen (default: ${DEFAULT-VALUE}).")
    List<String> local;

    @Option(names = {"-t", "--transport"}, paramLabel = "udp,tcp,tls,ws,wss", split = ",",
            hideParamSyntax = true,
            defaultValue = "udp,tcp",
            description = "By what to listen (default: ${DEFAULT-VALUE}): by TLS at the next port,"
                    + " by WebSocket (ws) at the port that is six higher, by that over TLS (wss) at"
                    + " the one after it.")
    List<String> transports;

    @Option(names = "--ws-origin", paramLabel = "ORIGIN,...", split = ",", hideParamSyntax = true,
            description = "Pages from there, https://example.com or http://127.0.0.1:8000, may be "
                    + "telephones (default: none; who is no browser may).")
    List<String> origins = List.of();

    @Option(names = {"-r", "--domain"}, paramLabel = "DOMAIN,...", split = ",",
            hideParamSyntax = true,
            description = "Domains whose users are ours (default: the addresses listened at).")
    List<String> domains = List.of();

    @Option(names = "--edge", paramLabel = "DOMAIN,...", split = ",", hideParamSyntax = true,
            description = "Domains elsewhere whose phones register and call through here: it"
                    + " carries what they send there, and puts itself into the path of their"
                    + " calls.")
    List<String> edge = List.of();

    @Option(names = "--service-route", paramLabel = "HOST:PORT,...", split = ",",
            hideParamSyntax = true,
            description = "Proxies by which those who register here are to send what they send,"
                    + " the first one first.")
    List<String> service = List.of();

    /// How it answers who is not served as by a proxy.
    static final class Ways {
        @Option(names = "--redirect", description = "Forward nothing: answer with where somebody"
                + " is, for the caller to go there.")
        boolean redirect;

        @Option(names = "--recurse", description = "Follow the redirections of our users: a call"
                + " goes on to where they say.")
        boolean recurse;

        @Option(names = "--stateless", description = "Forward without keeping anything in mind:"
                + " each request to one place, what comes again again. It asks for no passwords.")
        boolean stateless;

        Server.Mode mode() {
            return stateless ? Server.Mode.STATELESS : redirect ? Server.Mode.REDIRECT
                    : recurse ? Server.Mode.RECURSING : Server.Mode.PROXY;
        }
    }

    @ArgGroup
    Ways ways = new Ways();

    @Option(names = "--home", paramLabel = "DIR",
            description = "Keep registrations there, so that they outlive the server.")
    Path home;

    @Mixin UsersOption users;
    @Mixin TlsOption shown;
    @Mixin DnsOption dns;
    @Mixin StatsOption stats;
    @Mixin Tracing tracing;

    @Spec CommandSpec spec;

    @Override public Integer call() {
        return tracing.with(spec.commandLine().getOut(), tap -> {
            if (home == null) return run(RealHost.Options.of(Optional.empty(), tap));
            try (var folder = Home.open(home)) {
                folder.taken().ifPresent(spec.commandLine().getOut()::println);
                return run(RealHost.Options.of(Optional.of(folder), tap));
            }
        });
    }

    private int run(RealHost.Options host) {
        if (ways.stateless && users.file != null) throw new UserMistake(
                "--stateless cannot ask for passwords: leave out --users");
        var credentials = shown.read();
        var wish = Listening.wish(local, transports, host.addresses()).from(pages());
        var options = new Sipd.Options(wish.transports().stream().noneMatch(Transport::secure)
                ? wish : wish.in(TlsOption.name(credentials, "TLS")),
                Listening.domains(domains), users.read(),
                Listening.domains(edge), Listening.routes(service), ways.mode(), tracing.traced());
        try (var real = new RealHost(host.with(credentials).asking(dns.read()))) {
            var line = real.start("sipd", room -> new Sipd(options, room));
            real.stopOnInterrupt(new Sipd.Stop());
            return stats.listen(line, new Sipd.Count(), this::told);
        }
    }

    /// As browsers write an origin.
    private List<String> pages() {
        for (var origin : origins)
            if (!origin.matches("https?://[a-z0-9.-]+(:[0-9]+)?|https?://\\[[0-9a-f:]+](:[0-9]+)?"))
                throw new UserMistake("--ws-origin " + origin
                        + " is no origin of a page: write it as https://example.com");
        return origins;
    }

    private void told(Object told) {
        switch (told) {
            case Sipd.Ready ready -> spec.commandLine().getOut().println(text(ready));
            case Sipd.NotReady(var wanted, var why) -> throw new UserMistake(
                    "cannot listen at " + HostName.text(wanted) + ": " + why
                            + "; choose another address or port with -l");
            case Sipd.Statistics s -> stats.print(text(s));
            default -> { }
        }
    }

    private static String text(Sipd.Ready ready) {
        var udpFirst = ready.points().getFirst();
        return "ready sip=" + HostName.text(udpFirst.address()) + " transports="
                + ready.points().stream()
                .map(p -> p.transport().name().toLowerCase(Locale.ROOT)).distinct()
                .collect(Collectors.joining(",")) + ready.points().stream()
                .filter(p -> p.transport().defaultPort() != Transport.UDP.defaultPort())
                .map(p -> " " + p.transport().name().toLowerCase(Locale.ROOT) + "="
                        + HostName.text(p.address())).collect(Collectors.joining())
                + " domain=" + ready.domain();
    }

    private static String text(Sipd.Statistics s) {
        return "transactions=%d contexts=%d pending=%d connections=%d addresses=%d contacts=%d"
                .formatted(s.transactions(), s.contexts(), s.pending(), s.connections(),
                        s.addresses(), s.contacts());
    }
}
