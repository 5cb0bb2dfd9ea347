package p2psip.app.fuzz;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.*;

/// A bad network to put in front of a server: carries datagrams between it and its clients, and
/// loses some, either way.
///
/// The server sees each client at another address but at the port that is the client's own, so that
/// what it answers to the port in a Via comes this way too.
public final class LossyRelay implements Machine<Event, Effect> {
    /// So many clients it carries for; what others send is lost.
    private static final int CLIENTS = 1_000;

    /// @param front  where clients send to
    /// @param server where that goes
    /// @param as     the address at which the server sees the clients
    /// @param loss   how many datagrams are lost, 0 to 1
    public record Options(InetSocketAddress front, InetSocketAddress server, InetAddress as,
            double loss) {}

    /// Told when it carries.
    public record Ready(InetSocketAddress front) {}

    /// Told when a socket cannot be had.
    public record NotReady(InetSocketAddress wanted, String why) {}

    /// Asks for [Carried].
    public record Count() {}

    /// How many datagrams came in, and how many of these were lost.
    public record Carried(long all, long lost) {}

    private final Options options;
    private final RandomGenerator random;
    private final Map<InetSocketAddress, InetSocketAddress> clients = new LinkedHashMap<>();
    private boolean begun;
    private long all, lost;

    public LossyRelay(Options options, RandomGenerator random) {
        this.options = options;
        this.random = random;
    }

    @Override public Instant deadline() { return Instant.MAX; }

    @Override public List<Effect> wake(Instant now) {
        if (begun) return List.of();
        begun = true;
        return List.of(new Effect.Bind(Id.PROGRAM, options.front));
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        return switch (event) {
            case Event.Bound(var id, var local) when id.equals(Id.PROGRAM) ->
                    List.of(new Effect.Tell(new Ready(local)));
            case Event.NotBound(_, var wanted, var why) ->
                    List.of(new Effect.Tell(new NotReady(wanted, why)));
            case Event.Command(Count _) -> List.of(new Effect.Tell(new Carried(all, lost)));
            case Event.Datagram(_, var local, var remote, var bytes) -> carry(local, remote, bytes);
            case Event.OfNetwork _, Event.OfDisk _, Event.OfKeys _, Event.Heard _,
                    Event.Command _ -> List.of();
        };
    }

    private List<Effect> carry(InetSocketAddress local, InetSocketAddress remote, Bytes bytes) {
        all++;
        if (random.nextDouble() < options.loss) {
            lost++;
            return List.of();
        }
        var client = clients.get(local);
        if (client != null) return List.of(new Effect.Datagram(options.front, client, bytes));
        var outside = new InetSocketAddress(options.as, remote.getPort());
        var send = new Effect.Datagram(outside, options.server, bytes);
        if (clients.containsKey(outside)) return List.of(send);
        if (clients.size() >= CLIENTS) return List.of();
        clients.put(outside, remote);
        return List.of(new Effect.Bind(Id.PROGRAM.with(clients.size()), outside), send);
    }
}
