package p2psip.std.rfc8489;

import module java.base;
import p2psip.std.*;

/// The attributes that prove who sent a message: an HMAC over all before it, by SHA-1 or SHA-256.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-14.5 RFC 8489 §14.5
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-14.6 RFC 8489 §14.6
public enum Integrity {
    SHA_1("HmacSHA1", Table.INTEGRITY, 20),
    SHA_256("HmacSHA256", Table.INTEGRITY_SHA256, 32);

    private final String algorithm;
    private final int type, size;

    Integrity(String algorithm, int type, int size) {
        this.algorithm = algorithm;
        this.type = type;
        this.size = size;
    }

    /// The message with this attribute added at its end.
    public Bytes append(Bytes message, Bytes key) {
        //= rfc8489#14.5¶3 covered is what precedes it, the length as if it were last
        var covered = Message.lengthened(message, message.size() + 4 + size);
        var hmac = Digests.hmac(algorithm, key.toArray(), covered.toArray());
        return Message.append(message, List.of(new Attribute.Unknown(type, Bytes.wrap(hmac))));
    }

    /// Whether a message has this attribute, and it is right for the key.
    public boolean verify(Bytes message, Bytes key) {
        int at = Message.offset(message, type), end = at + 4 + size;
        return end <= message.size() && MessageDigest.isEqual(message.slice(at, end).toArray(),
                append(message.slice(0, at), key).slice(at, end).toArray());
    }
}
