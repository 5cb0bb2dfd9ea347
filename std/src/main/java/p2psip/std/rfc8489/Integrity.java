package p2psip.std.rfc8489;

import module java.base;
import p2psip.std.*;

/// The attributes that prove who sent a message: an HMAC over all before it, by SHA-1 or SHA-256.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-14.5 RFC 8489 §14.5
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-14.6 RFC 8489 §14.6
public enum Integrity {
    SHA_1("HmacSHA1", Attribute.Type.MESSAGE_INTEGRITY, 20),
    SHA_256("HmacSHA256", Attribute.Type.MESSAGE_INTEGRITY_SHA256, 32);

    private final String algorithm;
    private final Attribute.Type type;
    private final int size;

    Integrity(String algorithm, Attribute.Type type, int size) {
        this.algorithm = algorithm;
        this.type = type;
        this.size = size;
    }

    /// The message with this attribute added at its end.
    public Bytes append(Bytes message, Bytes key) {
        int end = message.size();
        var out = ByteBuffer.allocate(end + 4 + size).put(message.buffer());
        Message.put(out, type.number, hmac(message, end, key));
        return Bytes.wrap(lengthened(out.array(), end + 4 + size));
    }

    /// Whether a message has this attribute, and it is right for the key.
    public boolean verify(Bytes message, Bytes key) {
        var at = offset(message, type);
        if (at.isEmpty() || message.size() < at.getAsInt() + 4 + size) return false;
        var theirs = message.slice(at.getAsInt() + 4, at.getAsInt() + 4 + size);
        return MessageDigest.isEqual(theirs.toArray(),
                hmac(message, at.getAsInt(), key).toArray());
    }

    private Bytes hmac(Bytes message, int end, Bytes key) {
        //= rfc8489#14.5¶3 covered is what precedes it, the length as if it were last
        var covered = lengthened(message.slice(0, end).toArray(), end + 4 + size);
        return Bytes.wrap(Digests.hmac(algorithm, key.toArray(), covered));
    }

    /// The message with the length in its header as if it ended at `end`.
    static byte[] lengthened(byte[] message, int end) {
        ByteBuffer.wrap(message).putShort(2, (short) (end - Message.HEADER));
        return message;
    }

    /// Where the first attribute of a type begins.
    static OptionalInt offset(Bytes message, Attribute.Type type) {
        var in = message.buffer();
        for (int at = Message.HEADER; at + 4 <= message.size();) {
            if ((in.getShort(at) & 0xffff) == type.number) return OptionalInt.of(at);
            int size = in.getShort(at + 2) & 0xffff;
            at += 4 + size + Attribute.padding(size);
        }
        return OptionalInt.empty();
    }
}
