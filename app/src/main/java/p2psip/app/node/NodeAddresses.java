package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.Contact;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.server.*;

/// Between the addresses at which a node listens and those in a contact record.
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

    /// Where the node that serves an address of record is reached: by UDP, which turns to TCP by
    /// itself where a message is large.
    ///
    /// @param points where this node listens: an address of a family it lacks is left out
    static List<Target> targets(Contact contact, List<ListeningPoint> points) {
        var families = points.stream().map(p -> p.address().getAddress().getClass()).toList();
        return contact.addresses().stream().flatMap(address -> target(address.uri()).stream())
                .filter(t -> families.contains(t.address().getAddress().getClass())).toList();
    }

    /// Where an address of a record leads; empty if it is not one we can use, for anybody may have
    /// signed it.
    private static Optional<Target> target(String text) {
        try {
            var uri = SipUri.parse(text);
            var transport = Transport.named(uri.params().get("transport").orElse("udp"));
            return transport.filter(t -> t == Transport.UDP)
                    .flatMap(t -> HostName.literal(uri.host()))
                    .filter(ip -> !ip.isMulticastAddress() && !ip.isAnyLocalAddress())
                    .map(ip -> Target.of(Transport.UDP,
                            new InetSocketAddress(ip, uri.portOrDefault())));
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }
}
