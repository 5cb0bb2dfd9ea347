package p2psip.app.stun;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.*;
import p2psip.std.rfc5780.BehaviorServer;
import p2psip.std.rfc8489.BindingServer;
import p2psip.std.rfc8656.StreamFraming;

/// A STUN server on a host, which tells whoever asks what the routers on the way do: binds all its
/// places, and answers from the one that it is asked to. By streams it answers where it is asked.
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

    /// How many streams there may be; one more, and the one that has been silent longest is closed.
    static final int CALLERS = 1_000;

    /// How long a stream may be silent before it is held to be dead.
    static final Duration SILENCE = Duration.ofMinutes(10);

    private record Caller(InetSocketAddress from, StreamFraming framing, Instant heard) {}

    private final BehaviorServer server;
    private final List<Relaying.Place> streams;
    private final BindingServer binding = new BindingServer("p2psip 0.1.0", false);
    private final SequencedMap<Id, Caller> callers = new LinkedHashMap<>();
    private final List<InetSocketAddress> bound = new ArrayList<>();
    private long answered;
    private boolean begun;

    public Serving(BehaviorServer server) { this(server, List.of()); }

    /// @param streams where it listens by TCP or TLS
    public Serving(BehaviorServer server, List<Relaying.Place> streams) {
        this.server = server;
        this.streams = List.copyOf(streams);
    }

    @Override public Instant deadline() {
        return !begun ? Instant.MIN : callers.isEmpty() ? Instant.MAX
                : callers.firstEntry().getValue().heard.plus(SILENCE);
    }

    @Override public List<Effect> wake(Instant now) {
        if (begun) return silent(now);
        begun = true;
        var effects = new ArrayList<Effect>();
        for (var place : server.places())
            effects.add(new Effect.Bind(Id.PROGRAM.with(effects.size()), place));
        for (var place : streams) effects.add(new Effect.Listen(
                Id.PROGRAM.with(effects.size()), place.way().orElseThrow(), place.at()));
        return effects;
    }

    //= rfc8489#6.2.2-6 a connection stays until its client closes it or seems to be dead
    private List<Effect> silent(Instant now) {
        var effects = new ArrayList<Effect>();
        while (!deadline().isAfter(now))
            effects.add(new Effect.Close(callers.pollFirstEntry().getKey()));
        return effects;
    }

    private List<Effect> accepted(Id id, InetSocketAddress from, Instant now) {
        callers.put(id, new Caller(from, StreamFraming.ofStun(), now));
        //= rfc8489#6.2.2-9 overload: the connection that has been silent longest makes room
        //= rfc8489#6.2.2-7 no request waits for its response then: each was sent at once
        return callers.size() <= CALLERS ? List.of()
                : List.of(new Effect.Close(callers.pollFirstEntry().getKey()));
    }

    private List<Effect> received(Id id, Bytes bytes, Instant now) {
        var caller = callers.remove(id);
        if (caller == null) return List.of();
        var effects = new ArrayList<Effect>();
        boolean heard = false;
        for (var message : caller.framing.feed(bytes)) {
            heard = true;
            //= rfc8489#6.2.2-8 by the connection that the request came by, never by a new one
            binding.answer(message, caller.from).ifPresent(answer -> {
                answered++;
                effects.add(new Effect.Write(id, answer));
            });
        }
        if (caller.framing.broken()) {
            effects.add(new Effect.Close(id));
            return effects;
        }
        if (heard) callers.put(id, new Caller(caller.from, caller.framing, now));
        else callers.putFirst(id, caller);
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
            case Event.Bound(_, var local) -> {
                bound.add(local);
                yield bound.size() < server.places().size() + streams.size() ? List.of()
                        : List.of(new Effect.Tell(new Ready(List.copyOf(bound))));
            }
            case Event.Accepted(var id, _, _, var from, _) -> accepted(id, from, now);
            case Event.Received(var id, var bytes) -> received(id, bytes, now);
            case Event.Closed(var id, _, _) -> {
                callers.remove(id);
                yield List.of();
            }
            case Event.NotBound(_, var wanted, var why) ->
                    List.of(new Effect.Tell(new NotReady(wanted, why)), new Effect.Exit());
            case Event.Command(Count _) -> List.of(new Effect.Tell(new Statistics(answered)));
            case Event.Command(Stop _) -> List.of(new Effect.Exit());
            case Event.OfNetwork _, Event.OfDisk _, Event.OfKeys _, Event.Heard _,
                    Event.Command _ -> List.of();
        };
    }
}
