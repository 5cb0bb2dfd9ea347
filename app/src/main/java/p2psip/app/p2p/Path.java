package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.std.rfc2396.HostName;

/// How datagrams get to a peer.
sealed interface Path {

    /// Straight to an address.
    record Direct(InetSocketAddress at) implements Path {
        @Override public String toString() { return HostName.text(at); }
    }

    /// Handed on by another node, with which both have a session; what passes it is sealed between
    /// the two ends.
    record Via(NodeId relay, NodeId peer) implements Path {
        @Override public String toString() { return peer + " by " + relay; }
    }

    /// Bytes that are the same for the same path only.
    default byte[] encode() {
        var out = ByteBuffer.allocate(Peer.MAX_BYTES + NodeId.BYTES);
        switch (this) {
            case Direct(var at) -> Peer.encode(at, out);
            case Via(var relay, var peer) -> {
                relay.encode(out);
                peer.encode(out);
            }
        }
        return Arrays.copyOf(out.array(), out.position());
    }
}
