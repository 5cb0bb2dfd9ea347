package p2psip.std.rfc8489;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.std.*;

/// How a long-term password becomes a key: by MD5 or by SHA-256; others are only passed on.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8489#section-18.5 RFC 8489 §18.5
public record Algorithm(int number, Bytes parameters) {
    public static final Algorithm MD5 = new Algorithm(1, Bytes.EMPTY);
    public static final Algorithm SHA_256 = new Algorithm(2, Bytes.EMPTY);

    /// Whether a key can be made with it.
    public boolean isSupported() { return equals(MD5) || equals(SHA_256); }

    Bytes hash(String text) {
        return Bytes.wrap(Digests.hash(equals(MD5) ? "MD5" : "SHA-256", text.getBytes(UTF_8)));
    }
}
