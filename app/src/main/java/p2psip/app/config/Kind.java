package p2psip.app.config;

import module java.base;
import p2psip.app.host.Effect;
import p2psip.app.lookup.Pins;
import p2psip.app.media.MediaProxy;
import p2psip.app.node.LookupChoice;
import p2psip.app.p2p.*;
import p2psip.app.sip.SipPort;
import p2psip.app.trace.Trace;
import p2psip.std.Net;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc2617.Algorithm;
import p2psip.std.rfc3261.Transport;

/// What the values of a key look like and mean.
///
/// @param <T>  what one is for the program
/// @param form for people: `PORT|auto`
/// @param read what a value means; of one that is none what is wrong with it, thrown as a
///             [ConfigMistake]: `is no port: give ...`
public record Kind<T>(String form, Function<String, T> read) {
    /// Of a duration, and of a port; the port of name servers.
    private static final int DAY = 86_400, PORTS = 65_535, DNS = 53;

    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(s|m|h)?");

    static final Kind<Boolean> BOOL = new Kind<>("yes|no", text -> switch (text) {
        case "yes", "true" -> true;
        case "no", "false" -> false;
        default -> throw new ConfigMistake("is neither yes nor no");
    });

    /// Nothing: as it is best.
    static final Kind<Optional<Boolean>> BOOL_OR_AUTO = new Kind<>("yes|no|auto", text ->
            switch (text) {
                case "yes" -> Optional.of(true);
                case "no" -> Optional.of(false);
                case "auto" -> Optional.empty();
                default -> throw new ConfigMistake("is none: give yes or no or auto");
            });

    /// No port: the usual one, or another if that is taken.
    static final Kind<Optional<Integer>> PORT = new Kind<>("PORT|auto", text ->
            text.equals("auto") ? Optional.empty() : Optional.of(port(text, ", or 0 for any")));

    /// No port: nobody listens.
    static final Kind<Optional<Integer>> PORT_OR_OFF = new Kind<>("PORT|off", text ->
            text.equals("off") ? Optional.empty() : Optional.of(port(text, ", or 0 for any")));

    /// How often; never if there is none.
    static final Kind<Optional<Duration>> EVERY = new Kind<>("TIME|off", Kind::every);

    static final Kind<List<InetAddress>> ADDRESSES = list("ADDRESS,...", text ->
            HostName.literal(text).orElseThrow(() -> new ConfigMistake(
                    "is no IP address: give one of this machine's")));

    /// None: those of the system.
    static final Kind<Optional<InetSocketAddress>> NAME_SERVER = new Kind<>(
            "ADDRESS[:PORT]|system", text -> {
                if (text.equals("system")) return Optional.empty();
                try {
                    var host = HostName.at(text, 0);
                    var address = HostName.literal(host.name());
                    if (host.end() == text.length() && address.isPresent()) return Optional.of(
                            new InetSocketAddress(address.get(), host.port().orElse(DNS)));
                } catch (p2psip.std.rfc2396.SyntaxException e) {
                    // said below
                }
                throw new ConfigMistake("is no name server: give its address, or system");
            });

    static final Kind<List<Net>> NETS = list("ADDRESS[/BITS],...", text -> {
        try {
            return Net.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigMistake("is no network: give one as 192.0.2.0/24");
        }
    });

    static final Kind<List<Place>> PLACES = new Kind<>("HOST:PORT,...", text -> {
        try {
            return Place.parseList(text);
        } catch (SyntaxException e) {
            throw new ConfigMistake(": " + e.getMessage()
                    + "; give host:port, with commas between");
        }
    });

    /// None if it is empty.
    static final Kind<Optional<Invitation>> INVITATION = new Kind<>("LINE", text -> {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Invitation.parse(text));
        } catch (SyntaxException e) {
            throw new ConfigMistake("is " + e.getMessage());
        }
    });

    static final Kind<Pins.Policy> POLICY = choice(Pins.Policy.values());

    static final Kind<MediaProxy.Mode> MEDIA = choice(MediaProxy.Mode.values());

    static final Kind<List<LookupChoice>> LOOKUPS = some(LookupChoice.values());

    /// Where a server of the web is.
    static final Kind<URI> WEB = new Kind<>("URL", text -> {
        try {
            var url = new URI(text);
            if (Effect.Http.isWeb(url) && url.getQuery() == null && url.getFragment() == null)
                return url;
        } catch (URISyntaxException e) {
            // said below
        }
        throw new ConfigMistake("is no address of the web: give one as http://127.0.0.1:8080");
    });

    static final Kind<List<Trace.Subject>> SUBJECTS = some(Trace.Subject.values());

    static final Kind<List<Algorithm>> ALGORITHMS = list("NAME,...", text ->
            Algorithm.of(text).orElseThrow(() -> new ConfigMistake(
                    "is not known: " + Arrays.toString(Algorithm.values()))));

    /// The name of a file; none if it is empty.
    static final Kind<Optional<String>> FILE = new Kind<>("FILE", text ->
            Optional.of(text).filter(name -> !name.isEmpty()));

    /// By what phones speak with a node.
    static final Kind<List<Transport>> TRANSPORTS = list("udp,tcp,tls,ws,wss", text ->
            Transport.named(text).filter(by -> by != Transport.LINK).orElseThrow(() ->
                    new ConfigMistake("is not known: use udp, tcp, tls, ws or wss")));

    /// Where pages are from, as browsers say it.
    static final Kind<List<String>> ORIGINS = list("ORIGIN,...", text -> {
        if (SipPort.isOrigin(text)) return text;
        throw new ConfigMistake("is no origin of a page: write it as https://example.com");
    });

    private static int port(String text, String or) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= PORTS)
            return Integer.parseInt(text);
        throw new ConfigMistake("is no port: give one from 1 to " + PORTS + or);
    }

    private static Optional<Duration> every(String text) {
        if (text.equals("off")) return Optional.empty();
        var m = DURATION.matcher(text);
        long seconds = !m.matches() ? 0 : Long.parseLong(m.group(1)) * switch (m.group(2)) {
            case "h" -> 3600;
            case "m" -> 60;
            case null, default -> 1;
        };
        if (seconds >= 1 && seconds <= DAY) return Optional.of(Duration.ofSeconds(seconds));
        throw new ConfigMistake("is out of range: give 10s, 5m or 2h, at most a day, or off");
    }

    private static <E extends Enum<E>> Kind<E> choice(E[] all) {
        return new Kind<>(Stream.of(all).map(Kind::word).collect(Collectors.joining("|")),
                text -> one(all, text));
    }

    private static <E extends Enum<E>> Kind<List<E>> some(E[] all) {
        return list(Stream.of(all).map(Kind::word).collect(Collectors.joining(",")),
                text -> one(all, text));
    }

    private static <E extends Enum<E>> E one(E[] all, String text) {
        return Stream.of(all).filter(each -> word(each).equalsIgnoreCase(text)).findFirst()
                .orElseThrow(() -> new ConfigMistake("is none: give " + Stream.of(all)
                        .map(Kind::word).collect(Collectors.joining(" or "))));
    }

    private static String word(Enum<?> value) { return value.name().toLowerCase(Locale.ROOT); }

    /// Values with commas between, each once.
    private static <E> Kind<List<E>> list(String form, Function<String, E> one) {
        return new Kind<>(form, text -> text.isEmpty() ? List.of()
                : Stream.of(text.split(",", -1)).map(String::strip).map(each -> {
                    try {
                        return one.apply(each);
                    } catch (ConfigMistake e) {
                        throw text.contains(",")
                                ? new ConfigMistake(": " + each + " " + e.getMessage()) : e;
                    }
                }).distinct().toList());
    }
}
