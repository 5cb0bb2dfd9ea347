package p2psip.std.rfc3711;

import module java.base;

/// The sources of a session, by the names that their packets bear.
///
/// There are as many as one wants to have. When they are too many those go whose last packet was
/// under a master key that is no longer in use, for nothing of theirs can come again; else there is
/// no place: to forget one that may still be heard would let in again what it had sent.
final class SrtpStreams {
    private final int limit;
    private final List<SrtpStream> all = new ArrayList<>();
    private int last;

    SrtpStreams(int limit) { this.limit = limit; }

    /// Where it is in the list, or -1.
    //= rfc3711#8-3 under one key each SSRC is one stream, which its SSRC identifies
    int find(int ssrc) {
        if (last < all.size() && all.get(last).ssrc() == ssrc) return last;
        for (int i = 0; i < all.size(); i++) if (all.get(i).ssrc() == ssrc) return last = i;
        return -1;
    }

    SrtpStream at(int index) { return all.get(index); }

    /// Whether there is room for one more, if need be made.
    ///
    /// @param live the master keys in use
    boolean room(Collection<Keyring> live) {
        return all.size() < limit || all.stream().anyMatch(one -> !live.contains(one.key()));
    }

    SrtpStream add(int ssrc, Keyring key, Collection<Keyring> live) {
        if (all.size() >= limit) all.removeIf(one -> !live.contains(one.key()));
        var stream = new SrtpStream(ssrc, key);
        all.add(stream);
        return stream;
    }

    void forget(int ssrc) { all.removeIf(stream -> stream.ssrc() == ssrc); }

    int size() { return all.size(); }
}
