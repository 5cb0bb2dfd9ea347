package p2psip.std.rfc2617;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;

/// The `algorithm` directive: how `H` is computed, and whether A1 is a key of the session.
///
/// @spec https://www.rfc-editor.org/rfc/rfc7616#section-6.1 RFC 7616 §6.1
public enum Algorithm {
    MD5("MD5", "MD5"),
    MD5_SESS("MD5-sess", "MD5"),
    SHA_256("SHA-256", "SHA-256"),
    SHA_256_SESS("SHA-256-sess", "SHA-256"),
    SHA_512_256("SHA-512-256", "SHA-512/256"),
    SHA_512_256_SESS("SHA-512-256-sess", "SHA-512/256");

    private final String token;
    private final String digest;

    Algorithm(String token, String digest) {
        this.token = token;
        this.digest = digest;
    }

    /// The algorithm of that name, in any case; empty if it is not understood.
    public static Optional<Algorithm> of(String token) {
        return Arrays.stream(values()).filter(a -> a.token.equalsIgnoreCase(token)).findFirst();
    }

    /// Whether A1 takes in the first nonce and cnonce of the session.
    public boolean session() { return this != base(); }

    /// The same hash without `-sess`: what a stored H(A1) is made with.
    public Algorithm base() {
        return switch (this) {
            case MD5, MD5_SESS -> MD5;
            case SHA_256, SHA_256_SESS -> SHA_256;
            case SHA_512_256, SHA_512_256_SESS -> SHA_512_256;
        };
    }

    /// `H(data)` in lower-case hexadecimal, of the parts joined by colons in UTF-8.
    //= rfc7616#4-2,3 a username may have any characters but the colon, and so may a password
    //= rfc2617#3.2.2.4-2 no white space on either side of the colons
    String h(String... parts) { return h(String.join(":", parts).getBytes(UTF_8)); }

    String h(byte[] data) {
        try {
            //= rfc2617#3.1.3¶2 the digest is written by four bits, as lower-case hexadecimal digits
            return HexFormat.of().formatHex(MessageDigest.getInstance(digest).digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);   // every JDK has these three
        }
    }

    /// The directive's value, as on the wire.
    @Override public String toString() { return token; }
}
