package p2psip.std.rfc4566;

import module java.base;
import p2psip.std.rfc2396.HostName;

/// The `c=` line: where media is sent to, or comes from.
///
/// @param address a literal address or a domain name, of multicast the first of several
/// @param ttl of IPv4 multicast, and of nothing else
/// @param count how many contiguous multicast addresses, else 1
/// @spec https://www.rfc-editor.org/rfc/rfc4566#section-5.7 RFC 4566 §5.7
public record Connection(String netType, String addrType, String address, OptionalInt ttl,
        int count) {
    public Connection {
        Fields.words(List.of(netType, addrType, address));
        boolean known = netType.equals("IN") && (addrType.equals("IP4") || addrType.equals("IP6"));
        if (known && address.indexOf('/') >= 0) throw new SyntaxException("address: " + address);
        boolean multicast = known && isMulticast(address);
        //= rfc4566#5.7-6,9 a multicast address has a TTL for IPv4 and none for IPv6
        if (known && ttl.isPresent() != (multicast && addrType.equals("IP4")))
            throw new SyntaxException("a TTL belongs to IPv4 multicast, and to nothing else");
        //= rfc4566#5.7-12 only multicast has several addresses
        if (known && !multicast && count != 1)
            throw new SyntaxException("several addresses, but no multicast: " + address);
    }

    /// One unicast address.
    public static Connection of(InetAddress address) {
        return new Connection("IN", address instanceof Inet6Address ? "IP6" : "IP4",
                HostName.numeric(address), OptionalInt.empty(), 1);
    }

    /// The address, if it is a literal one: parsing asks no DNS.
    public Optional<InetAddress> inetAddress() { return literal(address); }

    public boolean multicast() { return isMulticast(address); }

    static Connection parse(String value) {
        var f = Fields.split(value, 3);
        var slashed = f.get(2).split("/", -1);
        //= rfc4566#5.7-3,4,5 other values than IN, IP4 and IP6 are let pass with their sub-fields
        boolean known = f.get(0).equals("IN") && f.get(1).startsWith("IP");
        if (!known || slashed.length == 1)
            return new Connection(f.get(0), f.get(1), f.get(2), OptionalInt.empty(), 1);
        boolean ip4 = f.get(1).equals("IP4");
        if (slashed.length > (ip4 ? 3 : 2)) throw new SyntaxException("address: " + f.get(2));
        //= rfc4566#5.7-7 the TTL is between 0 and 255
        var ttl = ip4 ? OptionalInt.of(Fields.number(slashed[1], 0, 255)) : OptionalInt.empty();
        var last = slashed[slashed.length - 1];
        int count = ip4 && slashed.length == 2 ? 1 : Fields.number(last, 1, 65535);
        return new Connection(f.get(0), f.get(1), slashed[0], ttl, count);
    }

    private static boolean isMulticast(String address) {
        return literal(address).filter(InetAddress::isMulticastAddress).isPresent();
    }

    private static Optional<InetAddress> literal(String address) {
        try {
            return Optional.of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The value of the line.
    @Override public String toString() {
        return netType + " " + addrType + " " + address
                + (ttl.isEmpty() ? "" : "/" + ttl.getAsInt())
                + (count == 1 ? "" : "/" + count);
    }
}
