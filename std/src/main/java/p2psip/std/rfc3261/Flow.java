package p2psip.std.rfc3261;

import module java.base;

/// A way between two sockets: messages go out on it, and come in on it.
///
/// For UDP and Links it is the pair of addresses (`id` 0); for a stream it is one connection, which
/// `id` tells from an earlier one between the same addresses.
public record Flow(Transport transport, InetSocketAddress local, InetSocketAddress remote,
        long id) {

    public static Flow udp(InetSocketAddress local, InetSocketAddress remote) {
        return new Flow(Transport.UDP, local, remote, 0);
    }

    /// @param local, remote the ORCHIDs of the two ends
    public static Flow link(InetSocketAddress local, InetSocketAddress remote) {
        return new Flow(Transport.LINK, local, remote, 0);
    }

    public boolean reliable() { return transport.reliable(); }
}
