package p2psip.std.rfc2396;

import module java.base;

/// A URI of a scheme that SIP only carries: `urn:service:sos`, `http://...`, `im:bob@example.com`.
///
/// @param rest what stands behind the colon, as written
/// @spec https://www.rfc-editor.org/rfc/rfc3986#section-3 RFC 3986 §3
public record OpaqueUri(String scheme, String rest) implements Uri {

    static OpaqueUri parse(String scheme, String rest) {
        if (!scheme.matches("[a-z][a-z0-9+.-]*"))
            throw new SyntaxException("bad URI scheme: " + scheme);
        if (rest.isEmpty()) throw new SyntaxException("bad URI: " + scheme + ":");
        Escapes.check(rest);
        return new OpaqueUri(scheme, rest);
    }

    @Override public boolean matches(Uri other) { return equals(other); }

    @Override public String toString() { return scheme + ":" + rest; }
}
