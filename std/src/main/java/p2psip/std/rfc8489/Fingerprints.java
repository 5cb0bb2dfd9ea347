package p2psip.std.rfc8489;

import module java.base;
import p2psip.std.Bytes;

/// The attribute that tells a STUN message from another protocol's with great certainty.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-14.7 RFC 8489 §14.7
public final class Fingerprints {
    private static final int SIZE = 8, MASK = 0x5354554e;

    private Fingerprints() {}

    /// The message with its fingerprint added at its end.
    public static Bytes append(Bytes message) {
        int end = message.size();
        var out = ByteBuffer.allocate(end + SIZE).put(message.buffer())
                .putShort((short) Attribute.Type.FINGERPRINT.number).putShort((short) 4);
        return Bytes.wrap(Integrity.lengthened(
                out.putInt(crc(message, end)).array(), end + SIZE));
    }

    /// Whether the message ends in a fingerprint that is right, or has none.
    public static boolean isRightIfThere(Bytes message) {
        var at = Integrity.offset(message, Attribute.Type.FINGERPRINT);
        //= rfc8489#14.7-2 nothing comes after the fingerprint
        return at.isEmpty() || at.getAsInt() == message.size() - SIZE
                && message.buffer().getInt(at.getAsInt() + 4) == crc(message, at.getAsInt());
    }

    /// Whether the message ends in a fingerprint that is right.
    public static boolean isRight(Bytes message) {
        return Integrity.offset(message, Attribute.Type.FINGERPRINT).isPresent()
                && isRightIfThere(message);
    }

    private static int crc(Bytes message, int end) {
        var crc = new CRC32();
        crc.update(Integrity.lengthened(message.slice(0, end).toArray(), end + SIZE));
        //= rfc8489#14.7¶2 the CRC of all before it, made unlike that of other protocols by XOR
        return (int) crc.getValue() ^ MASK;
    }
}
