package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.stun.*;
import p2psip.std.Net;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc8656.*;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.*;

/// The verb `turn`: a TURN server.
@Command(name = "turn", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Run a TURN server: a relay for those whom nobody reaches, with an answer to STUN as well.",
    "It prints a line that begins with `ready` when it listens; Ctrl-C ends it."})
public final class TurnVerb implements Verb {
    private static final int PORT = 3478;

    //= rfc8656#5-4 a nonce is good for half an hour
    private static final Duration NONCES = Duration.ofMinutes(30);

    @Option(names = {"-l", "--listen"}, paramLabel = "HOST:PORT,...", split = ",",
            hideParamSyntax = true, defaultValue = "127.0.0.1:" + PORT,
            description = "Where clients come to (default: ${DEFAULT-VALUE}).")
    private List<String> listen = List.of();

    @Option(names = "--tcp", description = "Listen by TCP there too.")
    private boolean tcp;

    @Option(names = "--tls", paramLabel = "HOST:PORT,...", split = ",", hideParamSyntax = true,
            description = "Listen by TLS at these, with --cert and --key (its own port is 5349).")
    private List<String> tls = List.of();

    @Mixin private TlsOption shown;

    @Option(names = "--users", paramLabel = "FILE",
            description = "Who may use it: a line each, user:password.")
    private Optional<Path> users = Optional.empty();

    @Option(names = "--secret-file", paramLabel = "FILE", description = "A secret that is shared"
            + " with whoever gives out names that end: `expiry:name`, with the HMAC-SHA1 of it as"
            + " password (coturn's static-auth-secret).")
    private Optional<Path> secret = Optional.empty();

    @Option(names = "--realm", paramLabel = "NAME", defaultValue = "p2psip",
            description = "What users are asked for their password by (default:"
            + " ${DEFAULT-VALUE}).")
    private String realm = "";

    @Option(names = "--relay", paramLabel = "ADDRESS,...", split = ",", hideParamSyntax = true,
            description = "The address that it relays from, or one of IPv4 and one of IPv6"
            + " (default: that of the first --listen).")
    private List<String> relays = List.of();

    @Option(names = "--ports", paramLabel = "LOW-HIGH", defaultValue = "49152-65535",
            description = "The ports that it relays from (default: ${DEFAULT-VALUE}).")
    private String ports = "";

    @Option(names = "--allow-peer", paramLabel = "NET,...", split = ",", hideParamSyntax = true,
            description = "Relay to these too: 192.168.0.0/16, or one address. Without it nothing"
            + " is relayed to this machine, nor to addresses of no public network.")
    private List<String> allowed = List.of();

    @Option(names = "--quota", paramLabel = "NUMBER", defaultValue = "20", description =
            "How many allocations one user may have (default: ${DEFAULT-VALUE}).")
    private int quota;

    @Option(names = "--rfc5766", description = "Take the channel numbers of RFC 5766 too, as older"
            + " clients choose them, among them coturn's turnutils_uclient.")
    private boolean old;

    @Mixin private StatsOption stats;
    @Mixin private Tracing tracing;

    @Spec private CommandSpec spec;

    @Override public Integer call() {
        var settings = settings();
        var credentials = shown.read();
        var places = places(credentials);
        return tracing.with(spec.commandLine().getOut(), tap -> {
            try (var host = new RealHost(RealHost.Options.of(Optional.empty(), tap)
                    .with(credentials))) {
                var line = host.start("turn", room -> new Relaying(new Relaying.Options(places,
                        settings, realm, users(room.wall()), NONCES, tracing.traced()),
                        room.random()));
                host.stopOnInterrupt(new Relaying.Stop());
                return stats.listen(line, new Relaying.Count(), this::told);
            }
        });
    }

    private TurnServer.Settings settings() {
        var own = new LinkedHashMap<Family, InetAddress>();
        var addresses = relays.isEmpty() ? List.of(place("--listen", listen.getFirst())
                .getAddress()) : relays.stream().map(r -> Addresses.literal("--relay", r)).toList();
        for (var address : addresses) {
            if (address.isAnyLocalAddress()) throw new UserMistake(address.getHostAddress()
                    + " is no address to relay from: give --relay one that peers can reach");
            if (own.put(Family.of(address), address) != null) throw new UserMistake(
                    "--relay has two addresses of one family: give one of IPv4, one of IPv6");
        }
        var range = ports.split("-", 2);
        try {
            return new TurnServer.Settings("p2psip 0.1.0", own, Integer.parseInt(range[0]),
                    Integer.parseInt(range[range.length - 1]), Limits.USUAL.perUser(
                            (int) Numbers.within(1, Limits.USUAL.allocations(), "--quota", quota)),
                    new Peers(nets(), own(own.values())),
                    old ? ChannelData.OLD_LAST : ChannelData.LAST);
        } catch (NumberFormatException e) {
            throw new UserMistake("--ports " + ports + ": give LOW-HIGH, as 49152-65535");
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--ports " + ports + ": " + e.getMessage());
        }
    }

    private Set<InetAddress> own(Collection<InetAddress> relays) {
        var own = new LinkedHashSet<>(relays);
        own.addAll(RealHost.Options.of(Optional.empty()).addresses());
        return own;
    }

    private List<Net> nets() {
        return allowed.stream().map(text -> {
            try {
                return Net.parse(text);
            } catch (IllegalArgumentException e) {
                throw new UserMistake("--allow-peer " + text + ": " + e.getMessage()
                        + "; write it as 192.0.2.0/24");
            }
        }).toList();
    }

    static InetSocketAddress place(String option, String text) {
        var host = Addresses.host(option, text);
        return new InetSocketAddress(Addresses.literal(option,
                host.name().equalsIgnoreCase("localhost") ? "127.0.0.1" : host.name()),
                host.port().orElse(option.equals("--tls") ? 5349 : PORT));
    }

    private List<Relaying.Place> places(Credentials credentials) {
        var places = new ArrayList<Relaying.Place>();
        for (var text : listen) {
            var at = place("--listen", text);
            places.add(new Relaying.Place(Optional.empty(), at));
            if (tcp) places.add(new Relaying.Place(Optional.of(new Way.Tcp()), at));
        }
        for (var text : tls) places.add(new Relaying.Place(
                Optional.of(new Way.Tls(TlsOption.name(credentials, "--tls"))),
                place("--tls", text)));
        return places;
    }

    private TurnUsers users(InstantSource wall) {
        if (users.isEmpty() && secret.isEmpty()) throw new UserMistake(
                "a relay for anybody is none: give --users FILE or --secret-file FILE");
        var shared = secret.map(file -> lines(file).stream().findFirst().map(String::strip)
                .filter(line -> !line.isEmpty()).orElseThrow(() -> new UserMistake(
                        file + " is empty: write the secret into its first line")));
        try {
            return TurnUsers.of(realm, users.map(this::lines).orElse(List.of()), shared, wall);
        } catch (IllegalArgumentException e) {
            throw new UserMistake(users.map(file -> file + ", ").orElse("") + e.getMessage()
                    + "; write user:password, and a --realm of up to 127 characters");
        }
    }

    private List<String> lines(Path file) {
        try {
            if (UsersOption.othersRead(file))
                spec.commandLine().getErr().println("p2psip: " + file
                        + " holds secrets and others may read it: chmod 600 " + file);
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw UserMistake.reading(file, e, "name a file that you may read");
        }
    }

    private void told(Object told) {
        switch (told) {
            case Relaying.Ready(var all) -> spec.commandLine().getOut().println("ready turn="
                    + all.stream().map(place -> HostName.text(place.at()) + place.way()
                            .map(way -> switch (way) {
                                case Way.Tcp() -> "/tcp";
                                case Way.Tls _, Way.Keyed _ -> "/tls";
                            }).orElse("/udp")).collect(Collectors.joining(","))
                    + " realm=" + realm);
            case Relaying.NotReady(var place, var why) -> throw new UserMistake(
                    "cannot listen at " + HostName.text(place.at()) + ": " + why
                            + "; choose another address or port with --listen or --tls");
            case Relaying.Statistics(int allocations, int open, int streams) -> stats.print(
                    "allocations=%d relays=%d streams=%d".formatted(allocations, open, streams));
            default -> { }
        }
    }
}
