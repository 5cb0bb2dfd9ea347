package p2psip.app.lookup;

import module java.base;
import p2psip.app.crypto.*;

/// Another node that this one speaks with.
///
/// @param relay     who hands on to it, where it is not reached straight
/// @param link      whether their telephones have to do with each other
/// @param since     how long they do
/// @param heard     when it was heard last
/// @param roundTrip how long its answers take, if that was measured
/// @param sent      bytes sent to it in the session that is in use
/// @param received  bytes that came from it
public record Neighbour(Peer peer, Role role, Optional<NodeId> relay, boolean link,
        Instant since, Instant heard, Optional<Duration> roundTrip, long sent, long received) {

    /// What it is to this node.
    public enum Role {
        /// A super-node beside this one on the ring.
        NEIGHBOUR,

        /// The super-node that serves this node, which is none.
        SERVES,

        /// Another super-node.
        SUPER_NODE,

        /// It is not known to be a super-node.
        ORDINARY
    }
}
