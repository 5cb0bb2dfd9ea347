package p2psip.std.rfc6887;

import module java.base;
import p2psip.std.Bytes;

/// A request for a mapping: what comes to an outside address is sent to a port of the client's.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+-+-------------+-------------------------------+
/// |  version = 2  |0|  opcode = 1 |              0                |
/// +---------------+-+-------------+-------------------------------+
/// |                     lifetime in seconds                       |
/// +---------------------------------------------------------------+
/// |                  the client's address (16 bytes)              |
/// +---------------------------------------------------------------+
/// |                      nonce (12 bytes)                         |
/// +---------------+-----------------------------------------------+
/// |   protocol    |                      0                        |
/// +---------------+---------------+-------------------------------+
/// |         internal port         |        suggested port         |
/// +-------------------------------+-------------------------------+
/// |                 suggested address (16 bytes)                  |
/// +---------------------------------------------------------------+
/// ```
///
/// @param lifetime  in seconds; 0 to have it deleted
/// @param client    from which address it is sent
/// @param protocol  17 for UDP
/// @param suggested the outside address and port that would be liked best; zeros for any
/// @spec https://www.rfc-editor.org/rfc/rfc6887#section-11.1 RFC 6887 §11.1
public record MapRequest(long lifetime, InetAddress client, Bytes nonce, int protocol,
        int internalPort, InetSocketAddress suggested) {
    static final int VERSION = 2, MAP = 1, BYTES = 60, NONCE = 12;

    /// Reads one, as a server does; options behind it are not looked at.
    ///
    /// @throws SyntaxException if it is none
    public static MapRequest parse(Bytes datagram) {
        if (datagram.size() < BYTES || datagram.at(0) != VERSION || datagram.at(1) != MAP)
            throw new SyntaxException("no MAP request");
        var in = datagram.buffer().position(4);
        long lifetime = Integer.toUnsignedLong(in.getInt());
        var client = FixedAddress.parse(in);
        var nonce = Bytes.from(in, NONCE);
        int protocol = Byte.toUnsignedInt(in.get());
        int internal = Short.toUnsignedInt(in.position(in.position() + 3).getShort());
        int port = Short.toUnsignedInt(in.getShort());
        return new MapRequest(lifetime, client, nonce, protocol, internal,
                new InetSocketAddress(FixedAddress.parse(in), port));
    }

    public Bytes encode() {
        //= rfc6887#7.1-1 reserved bits are zero on transmission
        //= rfc6887#11.1-1 so are the reserved 24 bits of MAP, sent as 0
        var out = ByteBuffer.allocate(BYTES).put((byte) VERSION).put((byte) MAP);
        out.position(4).putInt((int) lifetime);
        //= rfc6887#8.1-2 the source address of the message stands in the request
        FixedAddress.encode(client, out);
        nonce.to(out).put((byte) protocol).position(out.position() + 3)
                .putShort((short) internalPort).putShort((short) suggested.getPort());
        FixedAddress.encode(suggested.getAddress(), out);
        return Bytes.wrap(out.array());
    }
}
