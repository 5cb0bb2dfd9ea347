package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.Contact;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.ListeningPoint;

/// The addresses at which a node listens, as its contact records have them.
final class NodeAddresses {
    private NodeAddresses() {}

    /// Those that are good for other machines; if there is none, those of loopback.
    static List<Contact.Address> published(List<ListeningPoint> points) {
        boolean alone = points.stream().allMatch(NodeAddresses::isLoopback);
        return points.stream().filter(p -> alone || !isLoopback(p)).limit(Contact.MAX_ADDRESSES)
                .map(p -> new Contact.Address("sip:" + HostName.text(p.address()) + ";transport="
                        + p.transport().parameter())).toList();
    }

    private static boolean isLoopback(ListeningPoint point) {
        return point.address().getAddress().isLoopbackAddress();
    }
}
