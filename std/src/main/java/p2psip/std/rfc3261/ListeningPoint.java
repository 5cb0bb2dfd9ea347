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

    /// The near end of a flow: one of these, or one that has no name.
    public static ListeningPoint of(Flow flow, List<ListeningPoint> points) {
        return points.stream().filter(point -> point.isEndOf(flow)).findFirst()
                .orElseGet(() -> new ListeningPoint(flow.transport(), flow.local()));
    }

    /// Whether a flow begins here.
    public boolean isEndOf(Flow flow) {
        return transport == flow.transport() && address.equals(flow.local());
    }

    /// The nearest of those from which an address can be reached, the first of several.
    public static Optional<ListeningPoint> nearest(
            List<ListeningPoint> points, Transport transport, InetAddress remote) {
        return points.stream().filter(p -> p.transport == transport && p.nearness(remote) > 0)
                .max(Comparator.comparingInt(p -> p.nearness(remote)));
    }

    /// How near a remote address is: the same machine by the same interface, the same family ...
    private int nearness(InetAddress remote) {
        var local = address.getAddress();
        if (local.getAddress().length != remote.getAddress().length) return 0;
        if (local.equals(remote)) return 3;
        return local.isLoopbackAddress() == remote.isLoopbackAddress() ? 2 : 1;
    }
}
