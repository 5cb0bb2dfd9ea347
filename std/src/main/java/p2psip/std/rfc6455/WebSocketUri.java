package p2psip.std.rfc6455;

import module java.base;
import p2psip.std.rfc2396.HostName;

/// Where a server is and what is asked of it: `ws://example.org/sip`, or `wss:` by TLS.
///
/// @param secure   whether by TLS
/// @param host     as written; an IPv6 address with its brackets
/// @param port     if one is written
/// @param resource path and query, which begin with `/`
/// @spec https://www.rfc-editor.org/rfc/rfc6455#section-3 RFC 6455 §3
public record WebSocketUri(boolean secure, String host, OptionalInt port, String resource) {
    private static final int PORT = 80, SECURE_PORT = 443;

    /// What may stand in path and query (RFC 3986).
    private static final Pattern RESOURCE =
            Pattern.compile("/([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*+");

    public WebSocketUri {
        //= rfc6455#4.1-3,4 with an invalid component there is nothing to connect to
        //= rfc6455#3-2,3 no fragment: a # that begins none is written as %23
        if (!RESOURCE.matcher(resource).matches())
            throw new SyntaxException("no resource of a server: " + resource);
    }

    /// @throws p2psip.std.SyntaxException if it is none
    public static WebSocketUri parse(String text) {
        int authority = text.indexOf("://") + 3;
        var scheme = text.substring(0, authority < 3 ? 0 : authority - 3).toLowerCase(Locale.ROOT);
        if (!scheme.equals("ws") && !scheme.equals("wss"))
            throw new SyntaxException("not a ws or wss URI: " + text);
        var host = HostName.at(text, authority);
        var rest = text.substring(host.end());
        return new WebSocketUri(scheme.equals("wss"), host.name(), host.port(),
                rest.isEmpty() || rest.startsWith("?") ? "/" + rest : rest);
    }

    /// The port that is written, or that of the scheme.
    public int portOrUsual() {
        //= rfc6455#3-1 the port is optional: 80, and 443 with TLS
        return port.orElse(secure ? SECURE_PORT : PORT);
    }

    /// Host and port, if that is not the usual one, as the Host field has them.
    String authority() {
        return host + (portOrUsual() == (secure ? SECURE_PORT : PORT) ? "" : ":" + portOrUsual());
    }

    @Override public String toString() {
        return (secure ? "wss://" : "ws://") + host
                + (port.isPresent() ? ":" + port.getAsInt() : "") + resource;
    }
}
