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

    /// By a stream, whose other end has proven by TLS to be this peer: where datagrams do not pass.
    ///
    /// @param flow the number of the stream, at this end
    record Stream(long flow, NodeId peer) implements Path {
        @Override public String toString() { return peer + " by TLS"; }
    }

    /// Handed on by another node, with which both have a session; what passes it is sealed between
    /// the two ends.
    record Via(NodeId relay, NodeId peer) implements Path {
        @Override public String toString() { return peer + " by " + relay; }
    }

    /// Which is the better one, the lower: straight, by a stream, by another node.
    default int rank() {
        return switch (this) {
            case Direct _ -> 0;
            case Stream _ -> 1;
            case Via _ -> 2;
        };
    }

    /// Bytes that are the same for the same path only.
    default byte[] encode() {
        var out = ByteBuffer.allocate(Peer.MAX_BYTES + NodeId.BYTES);
        switch (this) {
            case Direct(var at) -> Peer.encode(at, out);
            case Stream(long flow, var peer) -> {
                peer.encode(out);
                out.putLong(flow);
            }
            case Via(var relay, var peer) -> {
                relay.encode(out);
                peer.encode(out);
            }
        }
        return Arrays.copyOf(out.array(), out.position());
    }
}
