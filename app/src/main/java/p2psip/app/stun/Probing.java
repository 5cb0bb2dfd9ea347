package p2psip.app.stun;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.Machine;
import p2psip.std.rfc5780.*;
import p2psip.std.rfc8489.Authentication;

/// Asks a STUN server what the routers on the way do to a new port, tells [Findings] or
/// [NotFound], and ends: finds the server's address, binds a socket, and is a [Discovery] there.
public final class Probing implements Machine<Event, Effect> {
    /// What it tells where there is nothing to find.
    public record NotFound(String why) {}

    private final Approach approach;
    private final Authentication authentication;
    private final List<InetAddress> own;
    private final RandomGenerator random;
    private Optional<Discovery> discovery = Optional.empty();
    private InetSocketAddress server = new InetSocketAddress(0), local = server;

    /// @param host the server's name or address
    /// @param own  the addresses of this host
    public Probing(String host, int port, Authentication authentication, List<InetAddress> own,
            RandomGenerator random) {
        this.approach = new Approach(host, port);
        this.authentication = authentication;
        this.own = List.copyOf(own);
        this.random = random;
    }

    @Override public Instant deadline() {
        return discovery.map(Discovery::deadline).orElseGet(approach::deadline);
    }

    @Override public List<Effect> wake(Instant now) {
        return discovery.isPresent() ? effects(discovery.get().wake(now)) : approach.begin();
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        return switch (event) {
            case Event.Resolved resolved -> approach.found(resolved).map(at -> {
                server = at;
                return List.of(Approach.bind(Id.PROGRAM, at));
            }).orElseGet(() -> end(new NotFound(Approach.NOWHERE)));
            case Event.NotBound(_, _, var why) -> end(new NotFound(why));
            case Event.Bound(_, var bound) -> {
                local = bound;
                var places = own.stream()
                        .map(address -> new InetSocketAddress(address, bound.getPort()))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
                discovery = Optional.of(new Discovery(server, places, authentication,
                        Discovery.TIMING, random));
                yield effects(discovery.get().wake(now));
            }
            case Event.Datagram(_, _, var from, var bytes) -> effects(discovery.orElseThrow()
                    .handle(new Discovery.Input.Received(from, bytes), now));
            case Event.OfNetwork _, Event.OfDisk _, Event.OfKeys _, Event.Heard _,
                    Event.Command _ -> List.of();
        };
    }

    private List<Effect> effects(List<Discovery.Output> outputs) {
        return outputs.stream().flatMap(output -> switch (output) {
            case Discovery.Output.Send(var to, var bytes) ->
                    Stream.<Effect>of(new Effect.Datagram(local, to, bytes));
            case Discovery.Output.Entered _ -> Stream.<Effect>of();
            case Discovery.Output.Found(var findings) -> end(findings).stream();
            case Discovery.Output.Failed(int code, var why) ->
                    end(new NotFound(code == 0 ? why : code + " " + why)).stream();
        }).toList();
    }

    private static List<Effect> end(Object told) {
        return List.of(new Effect.Tell(told), new Effect.Exit());
    }
}
