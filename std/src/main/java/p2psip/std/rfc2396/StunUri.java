package p2psip.std.rfc2396;

import module java.base;

/// Where a STUN server is: `stun:example.org:3478`, or `stuns:` by TLS. Not among those that SIP
/// knows by kind: to SIP it is opaque.
///
/// @param secure whether by TLS
/// @param host   as written; an IPv6 address with its brackets
/// @param port   if one is written
/// @spec https://www.rfc-editor.org/rfc/rfc7064#section-3 RFC 7064 §3
public record StunUri(boolean secure, String host, OptionalInt port) {
    static final int PORT = 3478, SECURE_PORT = 5349;

    /// @throws SyntaxException if it is none
    public static StunUri parse(String text) {
        int colon = text.indexOf(':');
        var scheme = text.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
        if (!scheme.equals("stun") && !scheme.equals("stuns"))
            throw new SyntaxException("not a stun URI: " + text);
        var host = HostName.at(text, colon + 1);
        if (host.end() != text.length())
            throw new SyntaxException("more than host and port: " + text);
        return new StunUri(scheme.equals("stuns"), host.name(), host.port());
    }

    /// The port that is written, or that of the scheme.
    public int portOrUsual() { return port.orElse(secure ? SECURE_PORT : PORT); }

    @Override public String toString() {
        return (secure ? "stuns:" : "stun:") + host + (port.isPresent() ? ":" + port.getAsInt()
                : "");
    }
}
