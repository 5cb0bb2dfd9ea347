package p2psip.std.rfc5923;

import module java.base;

/// Which connections that others have opened are ways to them, too: those by which they have shown
/// a certificate and said `alias` in the Via of a request.
///
/// A way has the address and port that the Via advertises and one of the domains that were proven:
/// who says `alias` gets what is for his own domain, and no one else's.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5923#section-5 RFC 5923 §5
public final class Aliases {
    public static final String PARAMETER = "alias";

    /// As many domains of a certificate count, and as many ports of a peer.
    static final int NAMES = 8, PORTS = 4;

    private record Way(InetSocketAddress address, String domain) {}

    private final Map<Long, List<String>> proven = new HashMap<>();
    private final Map<Way, Long> ways = new HashMap<>();
    private final Map<Long, Set<Way>> byConnection = new HashMap<>();

    /// A peer that has connected has proven to be these domains.
    public void accepted(long connection, List<String> domains) {
        if (!domains.isEmpty()) proven.put(connection, domains.stream().limit(NAMES)
                //= rfc5923#8.2-8 the identities of its certificate are cached
                .map(domain -> domain.toLowerCase(Locale.ROOT)).toList());
    }

    /// A request with `alias` has come by a connection.
    ///
    /// @param address where the request comes from, at the port that its Via advertises
    public void said(long connection, InetSocketAddress address) {
        //= rfc5923#9.2-2,3 no entry in the table for who has presented no certificate
        //= rfc5923#8.2-7 nothing without the steps of authentication
        for (var domain : proven.getOrDefault(connection, List.of())) {
            var way = new Way(address, domain);
            var own = byConnection.computeIfAbsent(connection, _ -> new LinkedHashSet<>());
            if (own.size() < NAMES * PORTS && ways.putIfAbsent(way, connection) == null)
                own.add(way);
        }
    }

    /// The connection by which a domain is reached at an address.
    public Optional<Long> find(InetSocketAddress address, String domain) {
        return Optional.ofNullable(ways.get(new Way(address, domain.toLowerCase(Locale.ROOT))));
    }

    //= rfc5923#8.2-4 an aliased connection that does not exist any more is none
    public void ended(long connection) {
        proven.remove(connection);
        var own = byConnection.remove(connection);
        if (own != null) ways.keySet().removeAll(own);
    }

    /// How many ways there are.
    public int size() { return ways.size(); }
}
