package p2psip.std.rfc6887;

import module java.base;
import p2psip.std.Bytes;

/// What a server says: to a request, or unasked.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+-+-------------+---------------+---------------+
/// |  version = 2  |1|   opcode    |       0       |    result     |
/// +---------------+-+-------------+---------------+---------------+
/// |                     lifetime in seconds                       |
/// +---------------------------------------------------------------+
/// |             epoch: since when its mappings are there          |
/// +---------------------------------------------------------------+
/// |                             0 (12 bytes)                      |
/// +---------------------------------------------------------------+
/// |   what MAP asked, with the assigned address and port ...      |
/// +---------------------------------------------------------------+
/// ```
///
/// @param version  the server's: 0 says that it speaks NAT-PMP
/// @param lifetime of the mapping, or of the error: so long the same answer is to be expected
/// @param epoch    in seconds
/// @param mapped   what a response to MAP says beside
/// @spec https://www.rfc-editor.org/rfc/rfc6887#section-7.2 RFC 6887 §7.2
public record Response(int version, int opcode, int result, long lifetime, long epoch,
        Optional<Mapped> mapped) {

    /// Opcodes.
    public static final int ANNOUNCE = 0, MAP = 1;

    /// Result codes (§7.4) that a client makes a difference of.
    public static final int SUCCESS = 0, UNSUPP_VERSION = 1, NOT_AUTHORIZED = 2;

    private static final int HEADER = 24, RESPONSE = 0x80, OPCODE = 0x7f, LEAST = 4;

    /// The longest message.
    private static final int MOST = 1100;

    /// A mapping, as it is.
    ///
    /// @param external where it begins
    public record Mapped(Bytes nonce, int protocol, int internalPort, InetSocketAddress external) {
        private static final int BYTES = MapRequest.BYTES - HEADER;

        private static Mapped parse(ByteBuffer in) {
            var nonce = Bytes.from(in, MapRequest.NONCE);
            int protocol = Byte.toUnsignedInt(in.get());
            int internal = Short.toUnsignedInt(in.position(in.position() + 3).getShort());
            int port = Short.toUnsignedInt(in.getShort());
            return new Mapped(nonce, protocol, internal,
                    new InetSocketAddress(FixedAddress.parse(in), port));
        }

        private void encode(ByteBuffer out) {
            nonce.to(out).put((byte) protocol).position(out.position() + 3)
                    .putShort((short) internalPort).putShort((short) external.getPort());
            FixedAddress.encode(external.getAddress(), out);
        }
    }

    /// Reads one; of options behind it, and of reserved bits, nothing is read.
    ///
    /// @throws SyntaxException if it is none
    public static Response parse(Bytes datagram) {
        if (datagram.size() < LEAST || datagram.size() > MOST
                || (datagram.at(1) & RESPONSE) == 0) throw new SyntaxException("no response");
        int version = Byte.toUnsignedInt(datagram.at(0)), opcode = datagram.at(1) & OPCODE;
        //  all versions have the result code in this byte; of NAT-PMP's answer no more is needed
        if (version != MapRequest.VERSION) return new Response(version, opcode,
                Byte.toUnsignedInt(datagram.at(3)), 0, 0, Optional.empty());
        if (datagram.size() < HEADER) throw new SyntaxException("a response cut short");
        var in = datagram.buffer().position(4);
        //= rfc6887#7.2-3,4 what is reserved is ignored
        long lifetime = Integer.toUnsignedLong(in.getInt());
        long epoch = Integer.toUnsignedLong(in.getInt());
        in.position(HEADER);
        boolean maps = opcode == MAP && in.remaining() >= Mapped.BYTES;
        //= rfc6887#7.3-12 options that appear behind it are not understood, and ignored
        return new Response(version, opcode, Byte.toUnsignedInt(datagram.at(3)), lifetime, epoch,
                maps ? Optional.of(Mapped.parse(in)) : Optional.empty());
    }

    public Bytes encode() {
        var out = ByteBuffer.allocate(HEADER + (mapped.isPresent() ? Mapped.BYTES : 0));
        out.put((byte) version).put((byte) (opcode | RESPONSE)).put((byte) 0).put((byte) result)
                .putInt((int) lifetime).putInt((int) epoch).position(HEADER);
        mapped.ifPresent(m -> m.encode(out));
        return Bytes.wrap(out.array());
    }
}
