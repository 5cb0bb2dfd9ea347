package p2psip.std.rfc2617;

import module java.base;

/// Quality of protection: what the digest covers.
///
/// @spec https://www.rfc-editor.org/rfc/rfc2617#section-3.2.1 RFC 2617 §3.2.1
public enum Qop {
    /// The method and the URI.
    AUTH("auth"),
    /// The body as well: fails when somebody between rewrites it, as media relays do with SDP.
    AUTH_INT("auth-int");

    private final String token;

    Qop(String token) { this.token = token; }

    public static Optional<Qop> of(String token) {
        return Arrays.stream(values()).filter(q -> q.token.equalsIgnoreCase(token)).findFirst();
    }

    @Override public String toString() { return token; }
}
