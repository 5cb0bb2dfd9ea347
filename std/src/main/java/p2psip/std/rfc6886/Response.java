package p2psip.std.rfc6886;

import module java.base;
import p2psip.std.Bytes;

/// What a router says.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |  version = 0  |  128 + opcode |            result             |
/// +---------------+---------------+-------------------------------+
/// |            epoch: since when its mappings are there           |
/// +---------------------------------------------------------------+
/// |  outside address (4), or: internal port, outside port,        |
/// |  lifetime in seconds (8)                                      |
/// +---------------------------------------------------------------+
/// ```
///
/// @param epoch in seconds
/// @param said  what it says beside; nothing where it refuses
/// @spec https://www.rfc-editor.org/rfc/rfc6886#section-3.5 RFC 6886 §3.5
public record Response(int opcode, int result, long epoch, Optional<Said> said) {

    public static final int SUCCESS = 0;

    private static final int HEADER = 8, ADDRESS = 12, MAPPING = 16, RESPONSE = 128;

    /// What it says.
    public sealed interface Said {
        record Address(InetAddress outside) implements Said {}
        record Mapping(int internalPort, int port, long lifetime) implements Said {}
    }

    /// @throws SyntaxException if it is none
    public static Response parse(Bytes datagram) {
        if (datagram.size() < HEADER || datagram.size() > MAPPING
                || datagram.at(0) != Request.VERSION || datagram.at(1) >= 0)
            throw new SyntaxException("no response");
        int opcode = Byte.toUnsignedInt(datagram.at(1)) - RESPONSE;
        var in = datagram.buffer().position(2);
        int result = Short.toUnsignedInt(in.getShort());
        long epoch = Integer.toUnsignedLong(in.getInt());
        //= rfc6886#3.2-2 if the result is not zero the address is ignored
        //= rfc6886#3.5-10,11 every other result code is an error, whether it is defined or not
        if (result != SUCCESS) return new Response(opcode, result, epoch, Optional.empty());
        return new Response(opcode, result, epoch, Optional.of(said(opcode, in)));
    }

    private static Said said(int opcode, ByteBuffer in) {
        if (opcode == Request.ADDRESS && in.remaining() >= ADDRESS - HEADER)
            return new Said.Address(ip(in));
        if (opcode == Request.UDP && in.remaining() == MAPPING - HEADER)
            return new Said.Mapping(Short.toUnsignedInt(in.getShort()),
                    Short.toUnsignedInt(in.getShort()), Integer.toUnsignedLong(in.getInt()));
        throw new SyntaxException("a response cut short, or to nothing asked");
    }

    private static InetAddress ip(ByteBuffer in) {
        var bytes = new byte[4];
        in.get(bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);   // the length is right
        }
    }

    public Bytes encode() {
        var out = ByteBuffer.allocate(opcode == Request.ADDRESS ? ADDRESS : MAPPING)
                .put(Request.VERSION).put((byte) (opcode + RESPONSE)).putShort((short) result)
                .putInt((int) epoch);
        said.ifPresent(what -> {
            switch (what) {
                case Said.Address(var outside) -> out.put(outside.getAddress());
                case Said.Mapping(int internal, int port, long lifetime) -> out
                        .putShort((short) internal).putShort((short) port).putInt((int) lifetime);
            }
        });
        return Bytes.wrap(out.array());
    }
}
