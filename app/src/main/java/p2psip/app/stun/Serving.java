package p2psip.app.stun;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.Machine;
import p2psip.std.rfc5780.BehaviorServer;

/// A STUN server on a host, which tells whoever asks what the routers on the way do: binds all its
/// places, and answers from the one that it is asked to.
public final class Serving implements Machine<Event, Effect> {

    /// Told when it listens everywhere.
    public record Ready(List<InetSocketAddress> places) {}

    /// Told when it cannot listen somewhere; it ends then.
    public record NotReady(InetSocketAddress place, String why) {}

    /// Commands: to end, and to tell [Statistics].
    public record Stop() {}
    public record Count() {}

    /// @param answered how many have been
    public record Statistics(long answered) {}

    private final BehaviorServer server;
    private int bound;
    private long answered;
    private Instant begin = Instant.MIN;

    public Serving(BehaviorServer server) { this.server = server; }

    @Override public Instant deadline() { return begin; }

    @Override public List<Effect> wake(Instant now) {
        begin = Instant.MAX;
        var effects = new ArrayList<Effect>();
        for (var place : server.places())
            effects.add(new Effect.Bind(Id.PROGRAM.with(effects.size()), place));
        return effects;
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        return switch (event) {
            case Event.Datagram(_, var local, var remote, var bytes) ->
                    server.answer(bytes, local, remote).map(reply -> {
                        answered++;
                        return List.<Effect>of(
                                new Effect.Datagram(reply.from(), reply.to(), reply.bytes()));
                    }).orElse(List.of());
            case Event.Bound _ -> ++bound < server.places().size() ? List.of()
                    : List.of(new Effect.Tell(new Ready(server.places())));
            case Event.NotBound(_, var wanted, var why) ->
                    List.of(new Effect.Tell(new NotReady(wanted, why)), new Effect.Exit());
            case Event.Command(Count _) -> List.of(new Effect.Tell(new Statistics(answered)));
            case Event.Command(Stop _) -> List.of(new Effect.Exit());
            case Event.OfNetwork _, Event.OfDisk _, Event.OfKeys _, Event.Heard _,
                    Event.Command _ -> List.of();
        };
    }
}
