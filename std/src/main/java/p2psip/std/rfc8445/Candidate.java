package p2psip.std.rfc8445;

import module java.base;

/// An address at which one side may be reached.
///
/// @param foundation equal for candidates that will probably work or fail together
/// @param component  1 for RTP or what is alone, 2 for RTCP
/// @param priority   the greater the better, from 1 to 2³¹ − 1
/// @param base       from where is sent what is to come from this address; of a peer's candidate
///                   the address itself
/// @param related    for diagnosis: of a reflexive one its base, of a relayed one its mapped
///                   address
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-5.3 RFC 8445 §5.3
public record Candidate(CandidateType type, String foundation, int component, long priority,
        InetSocketAddress address, InetSocketAddress base, Optional<InetSocketAddress> related) {

    static final long GREATEST = Integer.MAX_VALUE;

    public Candidate {
        if (component < 1 || component > 256)
            throw new IllegalArgumentException("component " + component);
        if (priority < 1 || priority > GREATEST)
            throw new IllegalArgumentException("priority " + priority);
        if (address.isUnresolved() || base.isUnresolved())
            throw new IllegalArgumentException("no address: " + address);
    }

    /// A peer's candidate: nobody here knows its base.
    public static Candidate remote(CandidateType type, String foundation, int component,
            long priority, InetSocketAddress address) {
        return new Candidate(type, foundation, component, priority, address, address,
                Optional.empty());
    }

    InetAddress ip() { return address.getAddress(); }

    /// Whether the two can be a pair.
    //= rfc8445#6.1.2.2-1 link-local addresses of IPv6 are paired with link-local ones only
    boolean suits(Candidate remote) {
        boolean six = ip() instanceof Inet6Address;
        return component == remote.component && six == remote.ip() instanceof Inet6Address
                && (!six || ip().isLinkLocalAddress() == remote.ip().isLinkLocalAddress());
    }

    @Override public String toString() {
        return type.token() + " " + address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
