package p2psip.std.rfc6455;

import module java.base;
import p2psip.std.Bytes;

/// A piece of a message, or something about the connection.
///
/// ```
///  0               1               2               3
/// +-+-+-+-+-------+-+-------------+-------------------------------+
/// |F|R|R|R|opcode |M| 0 ... 125   |  16 bits of length after 126, |
/// |I|S|S|S|  (4)  |A| 126         |  64 after 127                 |
/// |N|V|V|V|       |S| 127         |                               |
/// +-+-+-+-+-------+K+-------------+-------------------------------+
/// | masking key, 32 bits, if MASK |  payload ...                  |
/// +-------------------------------+-------------------------------+
/// ```
///
/// @param last whether its message ends with it
/// @spec https://www.rfc-editor.org/rfc/rfc6455#section-5.2 RFC 6455 §5.2
record Frame(boolean last, Opcode opcode, Bytes payload) {

    /// The most bytes of what is about the connection.
    static final int MAX_CONTROL = 125;

    private static final int FIN = 0x80, MASK = 0x80, SHORT = 126, LONG = 127;

    Frame { check(last, opcode, payload.size()); }

    private static void check(boolean last, Opcode opcode, int size) {
        //= rfc6455#5.5-1 a control frame: at most 125 bytes, and not fragmented
        //= rfc6455#5.4-2 control frames are not fragmented
        if (opcode.isControl() && (!last || size > MAX_CONTROL))
            throw new SyntaxException(opcode + " is cut or too long");
    }

    /// As a server sends it.
    Bytes encode() { return encode(false, 0); }

    /// As a client sends it.
    ///
    /// @param key a new one for each, which nobody can foresee
    //= rfc6455#6.1-8 the data that a client sends is masked
    Bytes encode(int key) { return encode(true, key); }

    private Bytes encode(boolean masked, int key) {
        int size = payload.size(), mask = masked ? MASK : 0;
        var out = ByteBuffer.allocate(14 + size).put((byte) ((last ? FIN : 0) | opcode.number()));
        //= rfc6455#5.2-2 the reserved bits are 0: no extension is negotiated
        //= rfc6455#5.2-6 the length in the minimal number of bytes
        if (size < SHORT) out.put((byte) (mask | size));
        else if (size <= 0xffff) out.put((byte) (mask | SHORT)).putShort((short) size);
        else out.put((byte) (mask | LONG)).putLong(size);
        //= rfc6455#5.3-1 a masked frame has its bit set, and its key before the payload
        if (masked) out.putInt(key);
        int at = out.position();
        payload.to(out);
        if (masked) mask(out.array(), at, size, key);
        return Bytes.slice(out.array(), 0, out.position());
    }

    /// Masks bytes, or takes the mask off.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc6455#section-5.3 RFC 6455 §5.3
    private static void mask(byte[] bytes, int from, int size, int key) {
        for (int i = 0; i < size; i++) bytes[from + i] ^= (byte) (key >>> 24 - 8 * (i & 3));
    }

    /// The next frame of a buffer, which is moved behind it; empty, and the buffer where it was, if
    /// it is not there yet. What is wrong is told as soon as it can be seen.
    ///
    /// @param masked whether the peer is a client
    /// @param most   bytes of a payload
    /// @throws SyntaxException if the peer may not send it
    static Optional<Frame> next(ByteBuffer in, boolean masked, int most) {
        int begin = in.position();
        var frame = read(in, masked, most);
        if (frame.isEmpty()) in.position(begin);
        return frame;
    }

    private static Optional<Frame> read(ByteBuffer in, boolean masked, int most) {
        if (in.remaining() < 2) return Optional.empty();
        int first = in.get() & 0xff, second = in.get() & 0xff;
        //= rfc6455#5.2-3 a nonzero reserved bit fails the connection
        if ((first & 0x70) != 0) throw new SyntaxException("a reserved bit is set");
        var opcode = Opcode.of(first & 15);
        //= rfc6455#5.1-3,6 by a Close frame with status code 1002
        //= rfc6455#5.1-2,5 what is to be masked and is not, or the other way round, ends it
        if ((second & MASK) != 0 != masked)
            throw new SyntaxException(masked ? "not masked" : "masked");
        boolean last = (first & FIN) != 0;
        int said = second & 127, more = said == SHORT ? 2 : said == LONG ? 8 : 0;
        check(last, opcode, said);
        if (in.remaining() < more) return Optional.empty();
        long size = more == 2 ? in.getShort() & 0xffff : more == 8 ? in.getLong() : said;
        //= rfc6455#5.2-5 the first of 64 bits is 0
        if (size < 0) throw new SyntaxException("a length of more than 63 bits");
        if (more == 2 && size < SHORT || more == 8 && size <= 0xffff)
            throw new SyntaxException("a length in more bytes than it needs");
        //= rfc6455#10.4-1 it is protected against frames that exceed its limit
        if (size > most) throw new SyntaxException(CloseCode.TOO_BIG, size + " bytes of " + most);
        if (in.remaining() < (masked ? 4 : 0) + size) return Optional.empty();
        int key = masked ? in.getInt() : 0;
        var payload = new byte[(int) size];
        in.get(payload);
        //= rfc6455#6.2-7 of what a client sends the mask is removed
        if (masked) mask(payload, 0, payload.length, key);
        return Optional.of(new Frame(last, opcode, Bytes.wrap(payload)));
    }
}
