package p2psip.std.rfc8656;

import module java.base;

/// The two kinds of addresses, by their numbers in attributes.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8656#section-18.6 RFC 8656 §18.6
public enum Family {
    IPV4, IPV6;

    public int number() { return ordinal() + 1; }

    /// Nothing if there is none of that number.
    static Optional<Family> of(int number) {
        return number == 1 ? Optional.of(IPV4) : number == 2 ? Optional.of(IPV6) : Optional.empty();
    }

    public static Family of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    static Family of(InetSocketAddress address) { return of(address.getAddress()); }
}
