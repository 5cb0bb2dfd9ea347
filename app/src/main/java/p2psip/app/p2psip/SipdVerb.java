package p2psip.app.p2psip;

import module java.base;
import com.google.gson.JsonObject;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.*;
import p2psip.app.web.*;
import p2psip.std.Net;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.Transport;
import picocli.CommandLine.*;
import picocli.CommandLine.Model.CommandSpec;

/// The verb `sipd`: a SIP server, registrar and proxy.
@Command(name = "sipd", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Run a SIP server: phones register at it, and it brings them their calls.",
    "It prints a line that begins with `ready` when it listens; Ctrl-C ends it. Without --users"
            + " anybody may register any name. Options may stand in a file, each on a line of its"
            + " own: p2psip sipd @FILE.",
    "One that runs with --home DIR can be asked, by the commands below with the same --home."})
public final class SipdVerb implements Verb {
    private static final int LONGEST_DRAIN = 86_400, PORTS = 65_535,
            LEAST_TIMER = 90, LONGEST_TIMER = 86_400;

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

    @Option(names = "--session-timer", paramLabel = "SECONDS", description = "Have calls refreshed"
            + " at least so often, from 90 on: one whose telephone has died ends then (default: no"
            + " matter).")
    Optional<Integer> refresh = Optional.empty();

    @Option(names = "--trust", paramLabel = "ADDRESS[/BITS],...", split = ",",
            hideParamSyntax = true, description = "Servers that are told, and believed, who a"
            + " caller is (P-Asserted-Identity): addresses from which no stranger can send.")
    List<String> trusted = List.of();

    @Option(names = "--privacy", description = "Tell nobody who is not trusted who a caller is that"
            + " wants it so (Privacy: id), and refuse what cannot be kept private.")
    boolean hides;

    @Option(names = "--dispositions", description = "Let callers have it redirect, or follow"
            + " redirections (Request-Disposition): they learn where telephones are.")
    boolean obliges;

    @Option(names = "--home", paramLabel = "DIR", scope = ScopeType.INHERIT,
            description = "The server's folder: registrations are kept there, so that they and the"
                    + " calls that are up outlive it, and it can be asked.")
    Path home;

    @Option(names = "--drain", paramLabel = "SECONDS", description = "When told to end let nothing"
            + " begin, and end when no call is left, at the latest after so long (default: 0).")
    int drain;

    @Option(names = "--product", paramLabel = "NAME", description = "Call itself so in what it"
            + " answers (default: it has no name).")
    Optional<String> product = Optional.empty();

    @Option(names = "--log", description = "Print a line for each registration, call and refusal;"
            + " with the levels of journald where that reads it.")
    boolean log;

    @Option(names = "--control", paramLabel = "PORT", description = "The port of 127.0.0.1 where it"
            + " can be asked, if it has a --home (default: any that is free).")
    int control;

    @Option(names = "--no-control", description = "Let nobody ask it.")
    boolean noControl;

    @Mixin UsersOption users;
    @Mixin TlsOption shown;
    @Mixin DnsOption dns;
    @Mixin StatsOption stats;
    @Mixin Tracing tracing;

    @Spec CommandSpec spec;

    @Override public Integer call() {
        return tracing.with(spec.commandLine().getOut(), tap -> {
            if (home == null) return run(RealHost.Options.of(Optional.empty(), tap));
            //  two servers cannot share an address, so one that moves elsewhere helps nobody
            try (var folder = Home.free(home).orElseThrow(() -> new UserMistake("a server lives in "
                    + home + " already: end it, or choose another with --home DIR"))) {
                return run(RealHost.Options.of(Optional.of(folder), tap));
            }
        });
    }

    private int run(RealHost.Options host) {
        var credentials = shown.read();
        var options = options(host, credentials);
        Numbers.within(0, LONGEST_DRAIN, "--drain", drain);
        try (var real = new RealHost(host.with(credentials).asking(dns.read()))) {
            var line = real.start("sipd", room -> new Sipd(options, room));
            var patience = Duration.ofSeconds(drain);
            if (drain == 0) real.stopOnInterrupt(new Sipd.Stop());
            else real.stopOnInterrupt(
                    new Sipd.Drain(patience), patience.plus(RealHost.FAREWELL));
            var asker = Asker.ofServer(line);
            //  at a terminal it is the news that this has gone
            if (!Terminal.here()) Hangup.heard(() -> reload(real, options, asker).ifPresent(why ->
                    spec.commandLine().getErr().println("p2psip: not reloaded: " + why)));
            try (var _ = control(host.home(), asker, () -> reload(real, options, asker))) {
                return stats.listen(line, new Sipd.Count(), told -> told(told, asker));
            }
        }
    }

    private Sipd.Options options(RealHost.Options host, Credentials credentials) {
        if (ways.stateless && users.file != null) throw new UserMistake(
                "--stateless cannot ask for passwords: leave out --users");
        var wish = Listening.wish(local, transports, host.addresses()).from(pages());
        return new Sipd.Options(wish.transports().stream().noneMatch(Transport::secure)
                ? wish : wish.in(TlsOption.name(credentials, "TLS")),
                Listening.domains(domains), users.read(), Listening.domains(edge),
                Listening.routes(service), ways.mode(), tracing.traced())
                .with(new Sipd.Conduct(name(), log, false)).with(favours());
    }

    private Sipd.Favours favours() {
        refresh.ifPresent(seconds -> Numbers.within(LEAST_TIMER, LONGEST_TIMER, "--session-timer",
                seconds));
        try {
            return new Sipd.Favours(refresh.map(Duration::ofSeconds),
                    trusted.stream().map(Net::parse).toList(), hides, obliges);
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--trust " + String.join(",", trusted) + " is no network: give"
                    + " one as 192.0.2.0/24");
        }
    }

    private Optional<String> name() {
        if (product.filter(name -> !name.matches("[A-Za-z0-9.!%*_+`'~/ -]{1,100}")).isPresent())
            throw new UserMistake("--product " + product.get()
                    + " is no name of a product: write it as Name/1.0");
        return product;
    }

    private interface Opened extends AutoCloseable {
        @Override void close();
    }

    /// Has the server be asked, if its operator likes.
    private Opened control(Optional<Home> folder, Asker<Inquiry, Inquiry.Reply> asker,
            Supplier<Optional<String>> reload) {
        if (folder.isEmpty()) return () -> { };
        Control.forget(folder.get().path());
        if (noControl) return () -> { };
        try {
            int port = (int) Numbers.within(0, PORTS, "--control", control);
            return new Control(folder.get().path(), port,
                    Administration.of(asker, stats::program, reload))::close;
        } catch (Control.NotOpen e) {
            spec.commandLine().getErr().println("p2psip: " + e.getMessage());
            return () -> { };
        }
    }

    /// Reads the users and certificates again; answers why that cannot be, and then all stays.
    private Optional<String> reload(RealHost real, Sipd.Options options,
            Asker<Inquiry, Inquiry.Reply> asker) {
        try {
            var credentials = shown.read();
            var name = options.wish().domain();
            if (name.isPresent() && credentials.own().stream()
                    .noneMatch(own -> own.proves(name.get())))
                return Optional.of("the certificate is not for " + name.get()
                        + ", by which name it listens");
            asker.apply(new Inquiry.Renew(users.read()));
            real.renew(credentials);
            return Optional.empty();
        } catch (UserMistake e) {
            return Optional.of(e.getMessage());
        }
    }

    /// As browsers write an origin.
    private List<String> pages() {
        for (var origin : origins)
            if (!SipPort.isOrigin(origin))
                throw new UserMistake("--ws-origin " + origin
                        + " is no origin of a page: write it as https://example.com");
        return origins;
    }

    private void told(Object told, Asker<Inquiry, Inquiry.Reply> asker) {
        switch (told) {
            case Inquiry.Answered(long id, var reply) -> asker.told(id, reply);
            case Logbook.Line(var level, var text) -> spec.commandLine().getOut().println(
                    Journald.here().line(level, text));
            case Sipd.Ready ready -> spec.commandLine().getOut().println(text(ready));
            case Sipd.NotReady(var wanted, var why) -> throw new UserMistake(
                    "cannot listen at " + HostName.text(wanted) + ": " + why
                            + "; choose another address or port with -l");
            case Sipd.Statistics s -> stats.print(text(s));
            default -> { }
        }
    }

    // Asked of one that runs

    @Command(name = "contacts", mixinStandardHelpOptions = true,
            description = "Show who is registered, and where.")
    int contacts() {
        return table("contacts", List.of("USER", "CONTACT", "BY", "SECONDS"),
                "nobody is registered");
    }

    @Command(name = "kick", mixinStandardHelpOptions = true, description =
            "End all registrations of an address; its phones may register again.")
    int kick(@Parameters(paramLabel = "AOR", description = "Whose: sip:alice@example.com.")
            String aor) {
        out().println("ended: " + Running.text(server().delete("contacts",
                aor.startsWith("sip:") ? aor : "sip:" + aor), "number"));
        return 0;
    }

    @Command(name = "users", mixinStandardHelpOptions = true,
            description = "Show who may register, without the secrets.")
    int users() {
        var answer = server().get("users");
        if (answer.get("anybody").getAsBoolean()) out().println("anybody may register");
        else print(answer, "users", List.of("NAME", "REALM", "KEPT"), "nobody may register");
        return 0;
    }

    @Command(name = "bans", mixinStandardHelpOptions = true,
            description = "Show who has guessed passwords and is banned for a while.")
    int bans() {
        return table("bans", List.of("SOURCE", "MISTAKES", "SECONDS"), "nobody is banned");
    }

    @Command(name = "unban", mixinStandardHelpOptions = true,
            description = "Forgive an address, and those that are banned with it.")
    int unban(@Parameters(paramLabel = "ADDRESS", description = "Which: 192.0.2.1.")
            String address) {
        server().delete("bans", address.replaceAll("/.*", ""));
        out().println("forgiven: " + address);
        return 0;
    }

    @Command(name = "reload", mixinStandardHelpOptions = true, description =
            "Have it read its users and certificates again; connections that are up stay so.")
    int reload() {
        server().post(new JsonObject(), "reload");
        out().println("reloaded");
        return 0;
    }

    @Command(name = "check", mixinStandardHelpOptions = true, description = {
        "Look at options, users and certificates as a server would, and start none: written behind"
                + " the options of a server, p2psip sipd @FILE check.",
        "It prints a line for each thing found; the exit code is 1 if something is wrong."})
    int check() {
        var check = new SipdCheck();
        var host = RealHost.Options.of(Optional.empty());
        var credentials = check.look(shown::read);
        credentials.flatMap(all -> check.look(() -> options(host, all))).ifPresent(options -> {
            check.good("it would listen at " + options.wish().places().stream()
                    .map(HostName::text).collect(Collectors.joining(", ")));
            check.good(options.users().map(all -> "users: " + all.size())
                    .orElse("anybody may register: there is no list of users"));
        });
        credentials.stream().flatMap(all -> all.own().stream()).forEach(own ->
                check.certificate(own, domains, Instant.now()));
        if (home != null) folder(check);
        check.findings().forEach(out()::println);
        return check.well() ? 0 : 1;
    }

    private void folder(SipdCheck check) {
        var there = home.toAbsolutePath();
        while (Files.notExists(there) && there.getParent() != null) there = there.getParent();
        if (Files.isDirectory(there) && Files.isWritable(there))
            check.good("what is to be kept is kept in " + home);
        else check.wrong("--home " + home + " cannot be written");
    }

    private Client server() {
        if (home == null)
            throw new UserMistake("which server? Name its folder with --home DIR");
        return Client.of(home);
    }

    private int table(String what, List<String> columns, String none) {
        print(server().get(what), what, columns, none);
        return 0;
    }

    /// A row for each of a list, a column for each of its names.
    private void print(JsonObject answer, String what, List<String> columns, String none) {
        var rows = new ArrayList<List<String>>(List.of(columns));
        Running.list(answer, what).map(each -> columns.stream()
                .map(column -> Running.text(each, column.toLowerCase(Locale.ROOT))).toList())
                .forEach(rows::add);
        if (rows.size() == 1) out().println(none);
        else Running.table(out(), rows);
        if (answer.has("more") && answer.get("more").getAsInt() > 0)
            out().println("and " + answer.get("more") + " more");
        out().flush();
    }

    private PrintWriter out() { return spec.commandLine().getOut(); }

    private static String text(Sipd.Ready ready) {
        var udpFirst = ready.points().getFirst();
        return "ready sip=" + HostName.text(udpFirst.address()) + " transports="
                + ready.points().stream()
                .map(p -> p.transport().name().toLowerCase(Locale.ROOT)).distinct()
                .collect(Collectors.joining(",")) + Listening.beside(ready.points())
                + " domain=" + ready.domain();
    }

    private static String text(Sipd.Statistics s) {
        return "transactions=%d contexts=%d pending=%d connections=%d addresses=%d contacts=%d"
                .formatted(s.transactions(), s.contexts(), s.pending(), s.connections(),
                        s.addresses(), s.contacts());
    }
}
