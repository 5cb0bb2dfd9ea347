package p2psip.app.host;

import module java.base;

/// The network interfaces of this computer.
final class Interfaces {
    private Interfaces() {}

    /// The interfaces that are up, loopback first.
    static List<NetworkInterface> up() {
        try {
            return NetworkInterface.networkInterfaces().filter(Interfaces::isUp)
                    .sorted(Comparator.comparing(i -> !isLoopback(i))).toList();
        } catch (SocketException e) {
            return List.of();   // a computer without any interface
        }
    }

    /// The addresses of this computer, loopback first, then IPv4 before IPv6. Those that are valid
    /// on one link only are left out: they mean nothing to a peer without the name of the
    /// interface.
    static List<InetAddress> addresses() {
        return up().stream().flatMap(NetworkInterface::inetAddresses)
                .filter(a -> !a.isLinkLocalAddress())
                .sorted(Comparator.<InetAddress, Boolean>comparing(a -> !a.isLoopbackAddress())
                        .thenComparing(a -> a instanceof Inet6Address))
                .toList();
    }

    /// The interfaces by which a datagram from an address leaves for a group.
    static List<NetworkInterface> from(InetAddress local) {
        if (local.isAnyLocalAddress() || local.isMulticastAddress()) return up();
        return up().stream().filter(i -> local.isLoopbackAddress() ? isLoopback(i)
                : i.inetAddresses().anyMatch(local::equals)).toList();
    }

    static boolean isLoopback(NetworkInterface i) {
        return i.inetAddresses().anyMatch(InetAddress::isLoopbackAddress);
    }

    private static boolean isUp(NetworkInterface i) {
        try {
            return i.isUp();
        } catch (SocketException e) {
            return false;
        }
    }
}
