package p2psip.std.rfc6887;

import module java.base;

/// Addresses as PCP has them: always sixteen bytes, one of IPv4 with `::ffff:` in front.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6887#section-5 RFC 6887 §5
final class FixedAddress {
    private static final int BYTES = 16, IPV4 = 4;
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private FixedAddress() {}

    static void encode(InetAddress address, ByteBuffer out) {
        //= rfc6887#5-2 all zeros of IPv6 are sixteen zeros
        //= rfc6887#5-3 all zeros of IPv4 have the bits of a mapped address, ::ffff:0:0
        if (address instanceof Inet4Address) out.put(MAPPED);
        out.put(address.getAddress());
    }

    static InetAddress parse(ByteBuffer in) {
        var bytes = new byte[BYTES];
        in.get(bytes);
        //= rfc6887#5-1 it is a mapped IPv4 address by all of its first 96 bits
        boolean mapped = Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
        try {
            return InetAddress.getByAddress(
                    mapped ? Arrays.copyOfRange(bytes, BYTES - IPV4, BYTES) : bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);   // the length is right
        }
    }
}
