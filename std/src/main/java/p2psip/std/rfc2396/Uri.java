package p2psip.std.rfc2396;

import module java.base;

/// A URI as SIP uses it: where to reach somebody, or what to call something.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-19.1 RFC 3261 §19.1
public sealed interface Uri permits SipUri, TelUri, OpaqueUri {

    /// In lower case.
    String scheme();

    /// Whether it asks for SIPS.
    default boolean secure() { return scheme().equals("sips"); }

    /// Whether the other URI means the same, by the rules of its scheme. Not [Object#equals], for
    /// it is not transitive: a parameter that only one of two has may not count, and may count for
    /// a third.
    boolean matches(Uri other);

    /// Reads a `SIP-URI`, a `SIPS-URI`, a tel URI, or an `absoluteURI` of another scheme, whose
    /// rest is kept as it is.
    ///
    /// @throws SyntaxException if it is none
    /// @spec https://www.rfc-editor.org/rfc/rfc3261#section-25.1 RFC 3261 §25.1
    static Uri parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) throw new SyntaxException("URI without a scheme: " + text);
        var scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        var rest = text.substring(colon + 1);
        return switch (scheme) {
            case "sip", "sips" -> SipUri.parse(scheme, rest);
            case "tel" -> TelUri.parse(rest);
            default -> OpaqueUri.parse(scheme, rest);
        };
    }
}
