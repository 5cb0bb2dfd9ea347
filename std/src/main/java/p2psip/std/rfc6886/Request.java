package p2psip.std.rfc6886;

import module java.base;
import p2psip.std.Bytes;

/// What a client asks.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+
/// |  version = 0  |  opcode = 0   |       for the outside address
/// +---------------+---------------+-------------------------------+
/// |  version = 0  |  opcode = 1   |              0                |  for a mapping of UDP
/// +---------------+---------------+-------------------------------+
/// |         internal port         |        suggested port         |
/// +-------------------------------+-------------------------------+
/// |                     lifetime in seconds                       |
/// +---------------------------------------------------------------+
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc6886#section-3.2 RFC 6886 §3.2
/// @spec https://www.rfc-editor.org/rfc/rfc6886#section-3.3 RFC 6886 §3.3
public sealed interface Request {

    /// Which address is outside?
    record Address() implements Request {
        @Override public Bytes encode() { return Bytes.wrap(new byte[] {VERSION, ADDRESS}); }
    }

    /// Map a port of UDP.
    ///
    /// @param suggested the outside port that would be liked best; 0 for any
    /// @param lifetime  in seconds; 0 to have the mapping deleted
    record Map(int internalPort, int suggested, long lifetime) implements Request {
        private static final int BYTES = 12;

        @Override public Bytes encode() {
            //= rfc6886#3.3-1 the reserved field is zero on transmission
            return Bytes.wrap(ByteBuffer.allocate(BYTES).put(VERSION).put(UDP).putShort((short) 0)
                    .putShort((short) internalPort).putShort((short) suggested)
                    .putInt((int) lifetime).array());
        }
    }

    byte VERSION = 0, ADDRESS = 0, UDP = 1;

    Bytes encode();

    /// Reads one, as a router does.
    ///
    /// @throws SyntaxException if it is none
    static Request parse(Bytes datagram) {
        if (datagram.size() >= 2 && datagram.at(0) == VERSION) {
            if (datagram.at(1) == ADDRESS) return new Address();
            if (datagram.at(1) == UDP && datagram.size() >= Map.BYTES) {
                var in = datagram.buffer().position(4);
                return new Map(Short.toUnsignedInt(in.getShort()),
                        Short.toUnsignedInt(in.getShort()), Integer.toUnsignedLong(in.getInt()));
            }
        }
        throw new SyntaxException("no request");
    }
}
