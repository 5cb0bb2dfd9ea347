package p2psip.app.crypto;

import module java.base;
import p2psip.std.Bytes;

/// The address of an identity: an ORCHIDv2 of its public key, as RFC 7343 §2 makes it. It looks as
/// an IPv6 address and leads nowhere; where a Link ends it stands for who is there.
///
/// ```
/// 2001:20::/28 (28 bits) | 1: SHA-256 (4 bits) | the middle 96 bits of
///                                                SHA-256(context (16 bytes) | key (32 bytes))
/// ```
public final class Orchid {
    /// The port that goes with it, where there must be one.
    public static final int PORT = 5060;

    /// Tells our addresses from those that other protocols make of the same key.
    private static final byte[] CONTEXT =
            HexFormat.of().parseHex("55816fd72ed1520831db3cc05bb86492");

    private static final int PREFIX = 0x20010020, PREFIX_MASK = 0xfffffff0, SHA_256 = 1;

    private Orchid() {}

    /// @param key an Ed25519 public key, 32 bytes
    public static InetSocketAddress of(Bytes key) {
        var hash = Keys.sha256(ByteBuffer.allocate(CONTEXT.length + key.size())
                .put(CONTEXT).put(key.buffer()).array());
        var address = ByteBuffer.allocate(16).putInt(PREFIX | SHA_256)
                .put(hash, (hash.length - 12) / 2, 12).array();
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), PORT);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);   // the length is right
        }
    }

    /// Whether an address is of that kind: nobody can be sent to there.
    public static boolean isOne(InetAddress address) {
        return address instanceof Inet6Address
                && (ByteBuffer.wrap(address.getAddress()).getInt() & PREFIX_MASK) == PREFIX;
    }
}
