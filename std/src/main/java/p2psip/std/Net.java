package p2psip.std;

import module java.base;

/// A range of addresses: those that begin with the same bits.
///
/// @param bits how many of them count, from the first
public record Net(InetAddress address, int bits) {
    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F.:]+)(?:/(\\d{1,3}))?");

    /// @throws IllegalArgumentException if there are not so many bits in an address
    public Net {
        if (bits < 0 || bits > 8 * address.getAddress().length)
            throw new IllegalArgumentException("no address has " + bits + " bits in front");
    }

    /// `192.0.2.0/24`, `2001:db8::/32`, or one address alone.
    ///
    /// @throws IllegalArgumentException if it is none of these
    public static Net parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) throw new IllegalArgumentException("no range of addresses");
        var address = InetAddress.ofLiteral(parts.group(1));
        return new Net(address, parts.group(2) == null ? 8 * address.getAddress().length
                : Integer.parseInt(parts.group(2)));
    }

    /// Whether an address is private to a network: of those that RFC 1918 and RFC 4193 give to
    /// everybody, or link-local.
    public static boolean isPrivate(InetAddress address) {
        return address.isSiteLocalAddress() || address.isLinkLocalAddress()
                || UNIQUE_LOCAL.has(address);
    }

    private static final Net UNIQUE_LOCAL = parse("fc00::/7");

    @Override public String toString() { return address.getHostAddress() + "/" + bits; }

    /// Whether an address is in it; none of the other family is.
    public boolean has(InetAddress other) {
        byte[] mine = address.getAddress(), theirs = other.getAddress();
        if (mine.length != theirs.length) return false;
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = bits - bit >= 8 ? 0xff : 0xff << 8 - (bits - bit);
            if (((mine[bit / 8] ^ theirs[bit / 8]) & mask) != 0) return false;
        }
        return true;
    }
}
