package p2psip.app.dht;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.trace.Knife;
import p2psip.std.Bytes;

/// The parts of what overlay and ring both write: a node, an address, long bytes in short.
public final class PeerParts {
    private static final String PEER = "app/crypto/Peer";

    private PeerParts() {}

    /// A node: where it stands on the ring, and where its datagrams go.
    public static void peer(Knife knife, Peer peer) {
        id(knife, peer.id());
        address(knife, peer.address());
    }

    public static void id(Knife knife, NodeId id) {
        point(knife, "id", id, "The node's place on the ring: the hash of its key.", PEER);
    }

    public static void address(Knife knife, InetSocketAddress address) {
        var ip = address.getAddress().getAddress();
        knife.number(8, "address length", ip.length, ip.length == 4 ? "IPv4." : "IPv6.", PEER);
        knife.number(16, "port", address.getPort(), "Of its overlay.", PEER);
        knife.bytes("IP address", Bytes.wrap(ip), address.getAddress().getHostAddress(),
                "Where its datagrams go.", PEER);
    }

    static void point(Knife knife, String name, NodeId point, String meaning, String source) {
        knife.bytes(name, Bytes.hex(point.toString()), point.toString(), meaning, source);
    }

    /// Begin and end of many bytes.
    public static String shortened(Bytes bytes) {
        var hex = bytes.hex();
        return hex.length() <= 40 ? hex
                : hex.substring(0, 16) + "…" + hex.substring(hex.length() - 8);
    }
}
