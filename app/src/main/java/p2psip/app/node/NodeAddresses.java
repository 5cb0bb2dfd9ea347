package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.Contact;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.*;

/// The addresses at which a node listens, as its contact records have them.
final class NodeAddresses {
    private NodeAddresses() {}

    /// Those that are good for other machines; if there is none, those of loopback.
    static List<Contact.Address> published(List<ListeningPoint> points) {
        boolean alone = points.stream().allMatch(NodeAddresses::isLoopback);
        //  other nodes have no certificate to show, and are no pages
        return points.stream().filter(NodeAddresses::isPlain)
                .filter(p -> alone || !isLoopback(p)).limit(Contact.MAX_ADDRESSES)
                .map(p -> new Contact.Address("sip:" + HostName.text(p.address()) + ";transport="
                        + p.transport().parameter())).toList();
    }

    private static boolean isPlain(ListeningPoint point) {
        return point.transport() == Transport.UDP || point.transport() == Transport.TCP;
    }

    private static boolean isLoopback(ListeningPoint point) {
        return point.address().getAddress().isLoopbackAddress();
    }
}
