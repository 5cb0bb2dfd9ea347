package p2psip.app.crypto;

import module java.base;
import p2psip.std.rfc2396.HostName;

/// A node of the overlay: who it is and where its overlay datagrams go.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------------------------------------------------------+
/// |                        id (20 bytes)                          |
/// +---------------+-------------------------------+---------------+
/// | 4 or 16       | port                          |  IP address   |
/// +---------------+-------------------------------+  (4 or 16)    |
/// |                                                               |
/// +---------------------------------------------------------------+
/// ```
///
/// @param address an address, never a name
public record Peer(NodeId id, InetSocketAddress address) {

    /// The longest wire form, that with an IPv6 address.
    public static final int MAX_BYTES = NodeId.BYTES + 1 + 2 + 16;

    public Peer {
        if (address.isUnresolved())
            throw new IllegalArgumentException("a name is not an address: " + address);
    }

    /// Reads a peer at the buffer's position and moves past it.
    ///
    /// @throws SyntaxException if it is cut short or its address is neither IPv4 nor IPv6
    public static Peer parse(ByteBuffer in) {
        var id = NodeId.parse(in);
        return new Peer(id, parseAddress(in));
    }

    public void encode(ByteBuffer out) {
        id.encode(out);
        encode(address, out);
    }

    /// Reads an address alone: length, port and IP address as in the figure above.
    ///
    /// @throws SyntaxException if it is cut short or neither IPv4 nor IPv6
    public static InetSocketAddress parseAddress(ByteBuffer in) {
        if (in.remaining() < 3) throw new SyntaxException("address cut short");
        int length = in.get(), port = Short.toUnsignedInt(in.getShort());
        if (length != 4 && length != 16)
            throw new SyntaxException("address of neither 4 nor 16 bytes");
        if (in.remaining() < length) throw new SyntaxException("address cut short");
        var ip = new byte[length];
        in.get(ip);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ip), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);   // the length is right
        }
    }

    /// Writes an address alone.
    public static void encode(InetSocketAddress address, ByteBuffer out) {
        var ip = address.getAddress().getAddress();
        out.put((byte) ip.length).putShort((short) address.getPort()).put(ip);
    }

    /// `id@host:port`, as trace and logs show it.
    @Override public String toString() {
        return id + "@" + HostName.text(address);
    }
}
