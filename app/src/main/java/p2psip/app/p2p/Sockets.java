package p2psip.app.p2p;

import module java.base;

/// The overlay's sockets, all of one port: one of each address that it is to use; or one that is
/// everywhere for IPv4, and beside it one of each IPv6 address of the host.
final class Sockets {
    private final InetSocketAddress first;
    private final SequencedSet<InetSocketAddress> beside = new LinkedHashSet<>();

    Sockets(InetSocketAddress first) { this.first = first; }

    /// That which was opened first.
    InetSocketAddress first() { return first; }

    /// Those that are to be opened beside it.
    ///
    /// @param addresses that it is to use: the host's, or those that its user has named
    List<InetSocketAddress> wanted(List<InetAddress> addresses) {
        //  one that is everywhere for IPv6 is so for IPv4 as well
        //= rfc6886#4.2-1 who makes use of a port of the router implements IPv6 support as well
        return addresses.stream().filter(ip -> !first.getAddress().isAnyLocalAddress()
                        ? !ip.equals(first.getAddress()) : first.getAddress() instanceof
                        Inet4Address && ip instanceof Inet6Address)
                .limit(Overlay.MAX_OWN).map(ip -> new InetSocketAddress(ip, first.getPort()))
                .toList();
    }

    void opened(InetSocketAddress local) { beside.add(local); }

    /// From which something is sent to another: one of its family, of loopback where it is that.
    InetSocketAddress to(InetSocketAddress remote) {
        var ip = remote.getAddress();
        if (first.getAddress().isAnyLocalAddress() && (ip instanceof Inet4Address
                || first.getAddress() instanceof Inet6Address)) return first;
        return Stream.concat(Stream.of(first), beside.stream()).filter(own ->
                        own.getAddress().getClass() == ip.getClass() && own.getAddress()
                        .isLoopbackAddress() == ip.isLoopbackAddress())
                .findFirst().orElse(first);
    }
}
