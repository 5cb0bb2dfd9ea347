package p2psip.app.p2p;

import module java.base;

/// The overlay's sockets. A socket of one address is all there is; one that is everywhere is so for
/// IPv4, and beside it there is one, of the same port, for each IPv6 address of the host.
final class Sockets {
    private final InetSocketAddress first;
    private final SequencedSet<InetSocketAddress> six = new LinkedHashSet<>();

    Sockets(InetSocketAddress first) { this.first = first; }

    /// That which was opened first.
    InetSocketAddress first() { return first; }

    /// Those that are to be opened beside it.
    ///
    /// @param addresses the host's
    List<InetSocketAddress> wanted(List<InetAddress> addresses) {
        boolean everywhere = first.getAddress() instanceof Inet4Address
                && first.getAddress().isAnyLocalAddress();
        //= rfc6886#4.2-1 who makes use of a port of the router implements IPv6 support as well
        return !everywhere ? List.of() : addresses.stream().filter(Inet6Address.class::isInstance)
                .limit(Overlay.MAX_OWN).map(ip -> new InetSocketAddress(ip, first.getPort()))
                .toList();
    }

    void opened(InetSocketAddress local) { six.add(local); }

    /// From which something is sent to another: one of its family, of loopback where it is that.
    InetSocketAddress to(InetSocketAddress remote) {
        var ip = remote.getAddress();
        return ip instanceof Inet4Address || first.getAddress() instanceof Inet6Address ? first
                : six.stream().filter(own -> own.getAddress().isLoopbackAddress()
                        == ip.isLoopbackAddress()).findFirst().orElse(first);
    }
}
