package p2psip.std.rfc3550;

import module java.base;

/// The addresses from which packets have come under this participant's own SSRC.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-8.2 RFC 3550 §8.2
final class Conflicts {
    /// How many are kept; then the oldest goes.
    static final int LIMIT = 16;

    //= rfc3550#8.2-18 an address is forgotten when it has been quiet for ten intervals
    private static final Duration MEMORY = Interval.MINIMUM.multipliedBy(10);

    private record Conflict(boolean rtcp, InetSocketAddress address) {}

    private final Map<Conflict, Instant> conflicts = new LinkedHashMap<>();

    /// Takes note of a packet. Answers whether its address is known already: then it is this
    /// participant's own packet, come back by a loop, and not somebody else's.
    boolean loop(boolean rtcp, InetSocketAddress from, Instant now) {
        conflicts.values().removeIf(at -> at.plus(MEMORY).isBefore(now));
        //= rfc3550#8.2-16 addresses of RTP and of RTCP are tracked separately
        boolean known = conflicts.put(new Conflict(rtcp, from), now) != null;
        //= rfc3550#8.2-17 the list is short
        if (conflicts.size() > LIMIT) conflicts.remove(conflicts.keySet().iterator().next());
        return known;
    }
}
