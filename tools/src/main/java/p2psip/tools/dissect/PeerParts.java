package p2psip.tools.dissect;

import module java.base;
import p2psip.app.crypto.Peer;
import p2psip.std.Bytes;

/// The parts of what overlay and ring both write: a node, an address, long bytes in short.
final class PeerParts {
    private static final String PEER = "app/crypto/Peer";

    private PeerParts() {}

    /// A node: where it stands on the ring, and where its datagrams go.
    static void peer(Knife knife) {
        var peer = Peer.parse(knife.next(Math.min(knife.left(), Peer.MAX_BYTES)).buffer());
        knife.bytes("id", Bytes.hex(peer.id().toString()), peer.id().toString(),
                "The node's place on the ring: the hash of its key.", PEER);
        address(knife);
    }

    static void address(Knife knife) {
        var address = Peer.parseAddress(knife.next(Math.min(knife.left(), 19)).buffer());
        var ip = address.getAddress().getAddress();
        knife.number(8, "address length", ip.length, ip.length == 4 ? "IPv4." : "IPv6.", PEER);
        knife.number(16, "port", address.getPort(), "Of its overlay.", PEER);
        knife.bytes("IP address", Bytes.wrap(ip), address.getAddress().getHostAddress(),
                "Where its datagrams go.", PEER);
    }

    static String shortened(Bytes bytes) {
        var hex = bytes.hex();
        return hex.length() <= 40 ? hex
                : hex.substring(0, 16) + "…" + hex.substring(hex.length() - 8);
    }
}
