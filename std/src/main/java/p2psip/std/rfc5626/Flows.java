package p2psip.std.rfc5626;

import module java.base;
import p2psip.std.rfc2396.*;

/// The ways by which a user agent is registered: one, or one for each of its outbound proxies, of
/// which any leads to it and from it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-4.2 RFC 5626 §4.2
public final class Flows {
    private final List<Way> ways;

    /// @param routes   what the requests of a user agent visit first that registers no flows
    /// @param outbound of one that does
    public Flows(List<Address> routes, Optional<Outbound> outbound) {
        var proxies = outbound.map(Outbound::proxies).orElse(List.of());
        var instance = outbound.map(Outbound::instance);
        ways = proxies.isEmpty() ? List.of(new Way(1, routes, instance))
                //= rfc5626#4.2.1-7 the same numbers each time: the proxies are in the same order
                //= rfc5626#4.2.1-6 each way has a reg-id of its own
                //= rfc5626#10-1 from 1 on, never 0
                : IntStream.range(0, proxies.size()).mapToObj(i ->
                        new Way(i + 1, List.of(proxies.get(i)), instance)).toList();
    }

    public List<Way> all() { return ways; }

    /// The way that requests of no dialog take: the first that is there.
    public Way best() { return ways.stream().filter(Way::up).findFirst().orElse(ways.getFirst()); }

    /// Where we are to be reached, if that is said by a registration that has not lapsed.
    public Optional<SipUri> target() {
        return best().target().or(() -> ways.stream().flatMap(way -> way.target().stream())
                .findFirst());
    }

    /// Whether any other way is there.
    public boolean others(Way than) { return ways.stream().anyMatch(w -> w != than && w.up()); }

    /// How long to wait before a flow is made again that could not be made.
    public Duration pause(Way failed, RandomGenerator random) {
        return failed.pause(!others(failed), random);
    }
}
