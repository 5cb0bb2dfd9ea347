package p2psip.std.rfc3263;

import module java.base;

/// Which domains have said in the DNS that they speak SIPS: if one of them says so no longer,
/// somebody may have changed the answer so that a call goes in the clear.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3263#section-7 RFC 3263 §7
final class Secured {
    /// How many domains are remembered; for one more the one is forgotten that was seen first.
    static final int LIMIT = 1_000;

    private final SequencedSet<String> domains = new LinkedHashSet<>();

    /// Takes in what a domain says now, and answers whether it has said better before.
    boolean ceased(String domain, boolean says) {
        //= rfc3263#7-1 whether the NAPTR records of a domain contain SIPS
        if (!says) return domains.contains(domain);
        domains.addLast(domain);
        if (domains.size() > LIMIT) domains.removeFirst();
        return false;
    }
}
