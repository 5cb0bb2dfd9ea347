package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.rfc2396.HostName;

/// Where this element takes in messages.
///
/// @param address a socket's own address, never a wildcard
/// @param sentBy  as Via names it
public record ListeningPoint(Transport transport, InetSocketAddress address, String sentBy) {

    /// One that Via names by its address.
    public ListeningPoint(Transport transport, InetSocketAddress address) {
        this(transport, address, HostName.text(address));
    }

    /// How near a remote address is: the same machine by the same interface, the same family ...
    public int nearness(InetAddress remote) {
        var local = address.getAddress();
        if (local.getAddress().length != remote.getAddress().length) return 0;
        if (local.equals(remote)) return 3;
        return local.isLoopbackAddress() == remote.isLoopbackAddress() ? 2 : 1;
    }
}
