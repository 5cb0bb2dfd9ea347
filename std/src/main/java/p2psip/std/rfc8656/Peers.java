package p2psip.std.rfc8656;

import module java.base;
import p2psip.std.Net;

/// To which peers a server relays. Not into its own house: neither to itself nor to any address
/// that the Internet does not route, unless that is allowed by name; a relay that goes anywhere
/// would let its users into the network behind it.
///
/// @param allowed exceptions: ranges that are relayed to all the same
/// @param own     the server's own addresses
public record Peers(List<Net> allowed, Set<InetAddress> own) {
    private static final List<Net> NOBODYS = Stream.of(
            // this host and network, private, shared by carriers, loopback, link-local
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
            "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15",
            // multicast, reserved, broadcast
            "224.0.0.0/4", "240.0.0.0/4",
            // unspecified and loopback with all that embeds IPv4, local, discarded, multicast
            "::/96", "64:ff9b::/32", "100::/64", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8")
            .map(Net::parse).toList();

    private static final List<Net> TUNNELS = Stream.of("2001::/32", "2002::/16")
            .map(Net::parse).toList();

    public Peers {
        allowed = List.copyOf(allowed);
        own = Collections.unmodifiableSet(new LinkedHashSet<>(own));
    }

    /// Whether data may be relayed to an address.
    public boolean allow(InetAddress address) {
        //= rfc8656#21.4-2 never to Teredo or 6to4
        return !tunnelled(address) && (in(allowed, address)
                || !in(NOBODYS, address) && !own.contains(address));
    }

    /// Whether an address is that of a tunnel, behind which a packet could turn back.
    static boolean tunnelled(InetAddress address) { return in(TUNNELS, address); }

    private static boolean in(List<Net> nets, InetAddress address) {
        for (var net : nets) if (net.has(address)) return true;
        return false;
    }
}
