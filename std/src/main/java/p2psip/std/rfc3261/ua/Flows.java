package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Flow;
import p2psip.std.rfc5626.Outbound;

/// The ways by which a user agent is registered: one, or one for each of its outbound proxies, of
/// which any leads to it and from it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-4.2 RFC 5626 §4.2
final class Flows {
    /// One of them, which its registration keeps up to date.
    static final class Way {
        /// Its reg-id: 1 is the first.
        final int number;
        /// What its requests visit first.
        final List<Address> routes;
        /// Whether it is registered.
        boolean up;
        /// What registered it, as long as that lives.
        Optional<Flow> flow = Optional.empty();
        /// What the registrar has added to the routes of other requests.
        List<Address> service = List.of();
        /// Where the registrar says that we are to be reached, until the registration lapses.
        Optional<SipUri> target = Optional.empty();

        private Way(int number, List<Address> routes) {
            this.number = number;
            this.routes = routes;
        }
    }

    private final List<Way> ways;

    Flows(Profile profile) {
        //= rfc5626#4.2.1-7 the same numbers each time, for the proxies are in the same order
        //= rfc5626#4.2.1-6 each way has a reg-id of its own
        //= rfc5626#10-1 from 1 on, never 0
        var proxies = profile.outbound().map(Outbound::proxies).orElse(List.of());
        ways = proxies.isEmpty() ? List.of(new Way(1, profile.routes()))
                : IntStream.range(0, proxies.size())
                        .mapToObj(i -> new Way(i + 1, List.of(proxies.get(i)))).toList();
    }

    List<Way> all() { return ways; }

    /// The way that requests of no dialog take: the first that is there.
    Way best() { return ways.stream().filter(way -> way.up).findFirst().orElse(ways.getFirst()); }

    /// Where we are to be reached, if that is said by a registration that has not lapsed.
    Optional<SipUri> target() {
        return best().target.or(() -> ways.stream().flatMap(way -> way.target.stream())
                .findFirst());
    }

    /// Whether any other way is there.
    boolean others(Way than) { return ways.stream().anyMatch(way -> way != than && way.up); }
}
