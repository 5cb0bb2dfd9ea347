package p2psip.std.rfc8445;

import module java.base;

/// A way between the two that works: data go from the base of the local candidate to the remote
/// one.
///
/// @param local as the peer sees it
public record Path(Candidate local, Candidate remote) {

    /// Whether data take a detour over a relay, of either side.
    public boolean relayed() {
        return local.type() == CandidateType.RELAYED || remote.type() == CandidateType.RELAYED;
    }

    public InetSocketAddress base() { return local.base(); }

    public InetSocketAddress to() { return remote.address(); }

    @Override public String toString() { return local + " -> " + remote; }
}
