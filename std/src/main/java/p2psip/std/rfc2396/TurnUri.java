package p2psip.std.rfc2396;

import module java.base;

/// Where a TURN server is, and by what it is spoken to: `turn:example.org?transport=tcp`, or
/// `turns:` by TLS.
///
/// @param secure    whether by TLS
/// @param host      as written; an IPv6 address with its brackets
/// @param port      if one is written
/// @param transport if one is written: `udp`, `tcp` or another, as written
/// @spec https://www.rfc-editor.org/rfc/rfc7065#section-3 RFC 7065 §3
public record TurnUri(boolean secure, String host, OptionalInt port, Optional<String> transport) {
    private static final String TRANSPORT = "?transport=";

    /// RFC 3986's `unreserved`.
    private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9._~-]+");

    /// @throws SyntaxException if it is none
    public static TurnUri parse(String text) {
        int colon = text.indexOf(':');
        var scheme = text.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
        if (!scheme.equals("turn") && !scheme.equals("turns"))
            throw new SyntaxException("not a turn URI: " + text);
        var host = HostName.at(text, colon + 1);
        return new TurnUri(scheme.equals("turns"), host.name(), host.port(),
                transport(text, text.substring(host.end())));
    }

    private static Optional<String> transport(String text, String rest) {
        if (rest.isEmpty()) return Optional.empty();
        var value = rest.startsWith(TRANSPORT) ? rest.substring(TRANSPORT.length()) : "";
        if (!UNRESERVED.matcher(value).matches())
            throw new SyntaxException("more than host, port and transport: " + text);
        return Optional.of(value);
    }

    /// The port that is written, or that of the scheme.
    public int portOrUsual() {
        return port.orElse(secure ? StunUri.SECURE_PORT : StunUri.PORT);
    }

    @Override public String toString() {
        return (secure ? "turns:" : "turn:") + host + (port.isPresent() ? ":" + port.getAsInt()
                : "") + transport.map(TRANSPORT::concat).orElse("");
    }
}
