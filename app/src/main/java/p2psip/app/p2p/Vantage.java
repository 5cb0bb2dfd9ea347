package p2psip.app.p2p;

import module java.base;

/// From where a node speaks: its own addresses, and how others see it.
///
/// @param own  the socket's, the preferred first; loopback alone where there is nothing else
/// @param seen what others say
record Vantage(List<InetSocketAddress> own, List<Seen> seen) {

    /// @param by the one who says it
    /// @param as where this node's datagrams come from, there
    record Seen(InetSocketAddress by, InetSocketAddress as) {}

    static final Vantage NOWHERE = new Vantage(List.of(), List.of());

    Vantage {
        own = List.copyOf(own);
        seen = List.copyOf(seen);
    }

    /// Where it is seen that is none of its own addresses: a router has given them.
    List<InetSocketAddress> outside() {
        return seen.stream().map(Seen::as).filter(at -> !own.contains(at)).distinct().toList();
    }

    /// One socket has all addresses of a family; checks are sent from the first.
    Optional<InetSocketAddress> base(InetSocketAddress remote) {
        return own.stream().filter(address -> isAlike(address, remote)).findFirst();
    }

    private static boolean isAlike(InetSocketAddress a, InetSocketAddress b) {
        return a.getAddress().getClass() == b.getAddress().getClass();
    }
}
