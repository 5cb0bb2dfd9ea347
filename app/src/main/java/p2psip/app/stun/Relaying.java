package p2psip.app.stun;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.trace.Trace;
import p2psip.std.*;
import p2psip.std.rfc8489.Guard;
import p2psip.std.rfc8656.*;
import p2psip.std.rfc8656.FiveTuple.Carrier;

/// A TURN server on a host: binds where clients come to, by UDP, TCP or TLS, opens and closes the
/// relayed addresses, and cuts streams into messages; all else is [TurnServer]'s.
public final class Relaying implements Machine<Event, Effect> {

    /// One place to listen at.
    ///
    /// @param way nothing for UDP
    public record Place(Optional<Way> way, InetSocketAddress at) {
        Carrier carrier() {
            return way.map(w -> switch (w) {
                case Way.Tcp() -> Carrier.TCP;
                case Way.Tls _, Way.Keyed _ -> Carrier.TLS;
            }).orElse(Carrier.UDP);
        }
    }

    /// @param nonces how long a nonce is good for
    /// @param traced whether states are noted
    public record Options(List<Place> places, TurnServer.Settings settings, String realm,
            Guard.Users users, Duration nonces, boolean traced) {
        public Options { places = List.copyOf(places); }
    }

    /// Told when it listens everywhere.
    public record Ready(List<Place> places) {}

    /// Told when it cannot listen somewhere; it ends then.
    public record NotReady(Place wanted, String why) {}

    /// Commands: to end, and to tell [Statistics].
    public record Stop() {}
    public record Count() {}

    public record Statistics(int allocations, int relays, int streams) {}

    /// How long a stream may be open without an allocation; and how often that is looked at.
    static final Duration IDLE = Duration.ofSeconds(30);

    /// How many streams without an allocation there may be; one more is closed at once.
    static final int STRANGERS = 1_000;

    /// Which sockets: those for clients by their place, those for peers by a number of their own.
    private static final int CLIENTS = 0, STREAMS = 1, PEERS = 2;

    private record Stream(FiveTuple tuple, StreamFraming framing, Instant since) {}

    private final Options options;
    private final TurnServer server;
    private final Map<Long, Place> binding = new LinkedHashMap<>();
    private final List<Place> bound = new ArrayList<>();
    private final Map<Id, Stream> streams = new LinkedHashMap<>();
    private final Map<FiveTuple, Id> byTuple = new HashMap<>();
    private Instant look = Instant.MIN;
    private boolean begun;
    private long relays;

    public Relaying(Options options, RandomGenerator random) {
        this.options = options;
        //= rfc8656#5-4 a nonce made by chance, which is good for less than an hour
        this.server = new TurnServer(options.settings, new Guard.LongTerm(
                options.realm, options.users, options.nonces, random), random);
    }

    @Override public Instant deadline() {
        var due = server.deadline();
        return look.isBefore(due) ? look : due;
    }

    @Override public List<Effect> wake(Instant now) {
        if (!begun) return begin();
        var effects = new ArrayList<>(effects(server.wake(now)));
        if (!look.isAfter(now)) {
            look = streams.isEmpty() ? Instant.MAX : now.plus(IDLE);
            streams.forEach((id, stream) -> {
                if (!server.serves(stream.tuple) && !now.isBefore(stream.since.plus(IDLE)))
                    effects.add(new Effect.Close(id));
            });
        }
        return effects;
    }

    private List<Effect> begin() {
        begun = true;
        look = Instant.MAX;
        var effects = new ArrayList<Effect>();
        for (var place : options.places) {
            long number = binding.size();
            binding.put(number, place);
            effects.add(place.way.<Effect>map(way -> new Effect.Listen(
                            new Id(Id.Part.PROGRAM, STREAMS, number), way, place.at))
                    .orElseGet(() -> new Effect.Bind(
                            new Id(Id.Part.PROGRAM, CLIENTS, number), place.at)));
        }
        return effects;
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        return switch (event) {
            case Event.Datagram(var id, var local, var remote, var bytes) -> effects(
                    id.child() == PEERS ? server.fromPeer(local, remote, bytes, now)
                    : server.fromClient(
                            new FiveTuple(Carrier.UDP, remote, local), bytes, now));
            case Event.Received(var id, var bytes) -> received(id, bytes, now);
            case Event.Accepted(var id, var way, var local, var remote, _) ->
                    accepted(id, new Place(Optional.of(way), local), remote, now);
            case Event.Closed(var id, _, _) -> closed(id, now);
            case Event.Bound(var id, var local) -> id.child() == PEERS
                    ? effects(server.handle(new TurnServer.Input.Opened(local), now))
                    : listening(id, local);
            case Event.NotBound(var id, var wanted, var why) -> id.child() == PEERS
                    ? effects(server.handle(new TurnServer.Input.NotOpened(wanted), now))
                    : List.of(new Effect.Tell(new NotReady(binding.get(id.number()), why)),
                            new Effect.Exit());
            case Event.Command(Count _) -> List.of(new Effect.Tell(
                    new Statistics(server.size(), server.relays(), streams.size())));
            case Event.Command(Stop _) -> List.of(new Effect.Exit());
            case Event.Command _, Event.Connected _, Event.Resolved _, Event.Routers _,
                    Event.Answered _, Event.Unreachable _, Event.OfAssociation _, Event.OfWeb _,
                    Event.OfDisk _, Event.OfKeys _, Event.Heard _ -> List.of();
        };
    }

    private List<Effect> listening(Id id, InetSocketAddress local) {
        bound.add(new Place(binding.get(id.number()).way, local));
        return bound.size() < binding.size() ? List.of()
                : List.of(new Effect.Tell(new Ready(List.copyOf(bound))));
    }

    private List<Effect> accepted(Id id, Place place, InetSocketAddress remote, Instant now) {
        if (streams.size() - server.size() >= STRANGERS) return List.of(new Effect.Close(id));
        var tuple = new FiveTuple(place.carrier(), remote, place.at);
        streams.put(id, new Stream(tuple, new StreamFraming(options.settings.channels()), now));
        byTuple.put(tuple, id);
        if (look.equals(Instant.MAX)) look = now.plus(IDLE);
        return List.of();
    }

    private List<Effect> received(Id id, Bytes bytes, Instant now) {
        var stream = streams.get(id);
        if (stream == null) return List.of();
        var effects = new ArrayList<Effect>();
        for (var message : stream.framing.feed(bytes))
            effects.addAll(effects(server.fromClient(stream.tuple, message, now)));
        if (stream.framing.broken()) effects.add(new Effect.Close(id));
        return effects;
    }

    private List<Effect> closed(Id id, Instant now) {
        var stream = streams.remove(id);
        if (stream == null) return List.of();
        byTuple.remove(stream.tuple, id);
        return effects(server.handle(new TurnServer.Input.Gone(stream.tuple), now));
    }

    /// Few outputs are more than one: those of the hot paths are one or none.
    private List<Effect> effects(List<TurnServer.Output> outputs) {
        return switch (outputs.size()) {
            case 0 -> List.of();
            case 1 -> effect(outputs.getFirst());
            default -> outputs.stream().flatMap(output -> effect(output).stream()).toList();
        };
    }

    private List<Effect> effect(TurnServer.Output output) {
        return switch (output) {
            case TurnServer.Output.ToPeer(var relay, var peer, var data) ->
                    List.of(new Effect.Datagram(relay, peer, data));
            case TurnServer.Output.ToClient(var tuple, var message) -> toClient(tuple, message);
            case TurnServer.Output.Open(_, var relay) -> List.of(new Effect.Bind(
                    new Id(Id.Part.PROGRAM, PEERS, relays++), relay));
            case TurnServer.Output.Close(var relay) -> List.of(new Effect.Unbind(relay));
            case TurnServer.Output.Changed(var tuple, var state) -> options.traced
                    ? List.of(new Effect.Note(new Trace.What.State(
                            "allocation " + tuple.carrier() + " " + tuple.client(), state)))
                    : List.of();
        };
    }

    private List<Effect> toClient(FiveTuple tuple, Bytes message) {
        if (!tuple.carrier().stream())
            return List.of(new Effect.Datagram(tuple.server(), tuple.client(), message));
        var id = byTuple.get(tuple);
        return id == null ? List.of() : List.of(new Effect.Write(id, message));
    }
}
