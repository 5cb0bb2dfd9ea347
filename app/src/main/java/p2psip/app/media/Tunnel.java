package p2psip.app.media;

import module java.base;
import p2psip.app.crypto.Orchid;
import p2psip.std.rfc4566.*;

/// Descriptions as they go over a Link, where an address is that of a node and a port a channel,
/// and as telephones get them.
final class Tunnel {
    /// What would lead a telephone past its node.
    private static final Set<String> BYPASSES = Set.of("rtcp", "candidate", "remote-candidates",
            "end-of-candidates", "ice-ufrag", "ice-pwd", "ice-options", "ice-pacing");

    private Tunnel() {}

    /// Whether a medium is one that can be carried: datagrams, to one receiver, not refused.
    static boolean carries(SessionDescription description, Media medium) {
        return medium.port() != 0 && medium.ports() == 1 && !medium.proto().startsWith("TCP")
                && !description.connection(medium).multicast();
    }

    /// Whether a medium is to be sent by a Link.
    static boolean isTunnelled(SessionDescription description, Media medium) {
        return description.connection(medium).inetAddress().filter(Orchid::isOne).isPresent();
    }

    /// The same medium elsewhere.
    static Media at(Media medium, InetAddress address, int port) {
        return new Media(medium.type(), port, 1, medium.proto(), medium.formats(),
                medium.information(), List.of(Connection.of(address)), medium.bandwidths(),
                medium.key(), medium.attributes().stream()
                        .filter(attribute -> !BYPASSES.contains(attribute.name())).toList());
    }

    /// Without anything that leads past the node, in the part that is for the whole session.
    static SessionDescription with(SessionDescription description, List<Media> media) {
        return new SessionDescription(description.origin(), description.name(),
                description.information(), description.uri(), description.emails(),
                description.phones(), description.connections(), description.bandwidths(),
                description.times(), description.adjustments(), description.key(),
                description.attributes().stream()
                        .filter(attribute -> !BYPASSES.contains(attribute.name())).toList(), media);
    }
}
