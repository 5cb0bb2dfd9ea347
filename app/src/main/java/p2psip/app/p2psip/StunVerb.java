package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.Effect;
import p2psip.app.host.Event;
import p2psip.app.host.RealHost;
import p2psip.std.Machine;
import p2psip.std.rfc2396.Host;
import p2psip.std.rfc8489.Attribute.Software;
import p2psip.std.rfc8489.Authentication;
import p2psip.std.rfc8489.Client;
import p2psip.std.rfc8489.Credential;
import p2psip.std.rfc8489.Message;
import p2psip.std.rfc8489.Timing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The verb `stun`: asks a STUN server for the address that the world sees this computer by.
@Command(name = "stun", mixinStandardHelpOptions = true, description = {
    "Ask a STUN server by which address it sees us, and print that.",
    "Exit code 0 if it answers, 1 if it does not, 2 for a mistake."})
public final class StunVerb implements Verb {
    private static final int PORT = 3478;
    private static final Duration LONGEST = Duration.ofMillis(39_500);

    @Parameters(paramLabel = "HOST[:PORT]", description = "The server (default port: 3478).")
    private String server;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "10",
            description =
            "How long to wait for an answer, at most 39.5 (default: ${DEFAULT-VALUE}).")
    private double timeout;

    @Option(names = "--user", paramLabel = "NAME", description = "A user of the server.")
    private String user = "";

    @Option(names = "--password", paramLabel = "WORD", description = "The user's password.")
    private String password = "";

    @Spec private CommandSpec spec;

    /// What the node tells: the address, or why there is none.
    private record Answer(Optional<InetSocketAddress> mapped, String why) {}

    @Override public Integer call() {
        if (!(timeout > 0) || timeout > LONGEST.toMillis() / 1e3)
            throw new UserMistake("--timeout " + timeout + " is not between 0 and 39.5 seconds");
        var patience = Duration.ofMillis(Math.round(timeout * 1_000));
        var place = Place.parse(server);
        var authentication = authentication();
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var line = host.start("stun", room -> new Asking(place, authentication, room.random()));
            var told = line.told(patience);
            var answer = told.isEmpty() ? new Answer(Optional.empty(), "no answer")
                    : (Answer) told.stream().filter(Answer.class::isInstance).findFirst()
                            .orElseThrow(() -> new IllegalStateException("" + told));
            if (answer.mapped.isEmpty()) {
                spec.commandLine().getErr().println("p2psip: " + server + ": " + answer.why);
                return 1;
            }
            spec.commandLine().getOut().println(Host.text(answer.mapped.get()));
            return 0;
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

    /// A host by name or address, and a port.
    private record Place(String host, int port) {
        private static final Pattern FORM =
                Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:\\[\\]]+))(?::(\\d{1,5}))?");

        static Place parse(String text) {
            var parts = FORM.matcher(text);
            int port = parts.matches() && parts.group(3) != null
                    ? Integer.parseInt(parts.group(3)) : PORT;
            if (!parts.matches() || port < 1 || port > 65_535)
                throw new UserMistake(text + " is no server: say HOST:PORT, or [IPV6]:PORT");
            return new Place(parts.group(1) != null ? parts.group(1) : parts.group(2), port);
        }
    }

    /// A machine that asks a server, tells what it heard, and ends.
    public static Machine<Event, Effect> asking(InetSocketAddress server, RandomGenerator random) {
        return new Asking(new Place(server.getAddress().getHostAddress(), server.getPort()),
                new Authentication.None(), random);
    }

    /// The node: finds the server's address, binds a socket, and asks.
    private static final class Asking implements Machine<Event, Effect> {
        private final Place place;
        private final Authentication authentication;
        private final RandomGenerator random;
        private Optional<Client> client = Optional.empty();
        private InetSocketAddress server = new InetSocketAddress(0), local = server;
        private Instant begin = Instant.MIN;

        Asking(Place place, Authentication authentication, RandomGenerator random) {
            this.place = place;
            this.authentication = authentication;
            this.random = random;
        }

        @Override public Instant deadline() { return client.map(Client::deadline).orElse(begin); }

        @Override public List<Effect> wake(Instant now) {
            if (client.isPresent()) return effects(client.get().wake(now));
            begin = Instant.MAX;
            return List.of(new Effect.Resolve(1, place.host));
        }

        @Override public List<Effect> handle(Event event, Instant now) {
            return switch (event) {
                case Event.Resolved(_, var addresses) when addresses.isEmpty() ->
                        end(new Answer(Optional.empty(), "no address is known for that name"));
                case Event.Resolved(_, var addresses) -> {
                    server = new InetSocketAddress(addresses.getFirst(), place.port);
                    var any = addresses.getFirst() instanceof Inet6Address ? "::" : "0.0.0.0";
                    yield List.of(new Effect.Bind(2,
                            new InetSocketAddress(InetAddress.ofLiteral(any), 0)));
                }
                case Event.NotBound(_, _, var why) -> end(new Answer(Optional.empty(), why));
                case Event.Bound(_, var bound) -> {
                    local = bound;
                    client = Optional.of(new Client(server, Message.BINDING,
                            //= rfc8489#6.1-3 requests say which SOFTWARE they are from
                            //= rfc8489#14.14-1 its manufacturer and version
                            List.of(new Software("p2psip 0.1")), authentication, Timing.UDP,
                            random));
                    yield effects(client.get().wake(now));
                }
                case Event.Datagram(_, var from, var bytes) -> effects(client.orElseThrow()
                        .handle(new Client.Input.Received(from, bytes), now));
                default -> List.of();
            };
        }

        private List<Effect> effects(List<Client.Output> outputs) {
            return outputs.stream().flatMap(output -> switch (output) {
                case Client.Output.Send(var to, var bytes) ->
                        Stream.of(new Effect.Datagram(local, to, bytes));
                case Client.Output.Succeeded(var response) -> {
                    var mapped = Client.mapped(response);
                    yield end(new Answer(mapped, "an answer without an address")).stream();
                }
                case Client.Output.Failed(int code, var why) -> end(new Answer(Optional.empty(),
                        code == 0 ? why : code + " " + why)).stream();
            }).toList();
        }

        private static List<Effect> end(Answer answer) {
            return List.of(new Effect.Tell(answer), new Effect.Exit());
        }
    }
}
