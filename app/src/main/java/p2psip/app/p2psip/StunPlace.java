package p2psip.app.p2psip;

import module java.base;
import p2psip.app.host.Way;
import p2psip.app.stun.Asking;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc2396.StunUri;
import p2psip.std.rfc2396.SyntaxException;

/// Where a STUN server is, as a command line says it: by host and port, or by a URI.
final class StunPlace {
    private static final int PORT = 3478;
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:\\[\\]]+))(?::(\\d{1,5}))?");

    /// What RFC 7065 writes behind a turn URI and many behind a stun URI.
    private static final Pattern TRANSPORT = Pattern.compile("(.*)\\?transport=(udp|tcp)");

    private StunPlace() {}

    /// @param tcp whether by TCP, where it does not say
    static Asking.Server parse(String text, boolean tcp) {
        if (text.matches("(?i)stuns?:(?!\\d+$).*")) return parseUri(text, tcp);
        var parts = FORM.matcher(text);
        int port = parts.matches() && parts.group(3) != null
                ? Integer.parseInt(parts.group(3)) : PORT;
        if (!parts.matches() || port < 1 || port > 65_535)
            throw new UserMistake(text + " is no server: say HOST:PORT, or [IPV6]:PORT");
        return new Asking.Server(parts.group(1) != null ? parts.group(1) : parts.group(2), port,
                way(tcp));
    }

    private static Optional<Way> way(boolean tcp) {
        return tcp ? Optional.of(new Way.Tcp()) : Optional.empty();
    }

    private static Asking.Server parseUri(String text, boolean tcp) {
        var by = TRANSPORT.matcher(text);
        boolean said = by.matches();
        StunUri uri;
        try {
            uri = StunUri.parse(said ? by.group(1) : text);
        } catch (SyntaxException e) {
            throw new UserMistake(text + ": " + e.getMessage()
                    + "; say stun:HOST:PORT, or stun:[IPV6]:PORT");
        }
        var literal = HostName.literal(uri.host());
        var host = literal.map(HostName::numeric).orElse(uri.host());
        if (!uri.secure()) return new Asking.Server(host, uri.portOrUsual(),
                way(said ? by.group(2).equals("tcp") : tcp));
        //= rfc8489#8.1-1 a stuns URI with an IP address is rejected: no name, nothing to prove
        if (literal.isPresent()) throw new UserMistake(
                text + ": by TLS a server proves its name; say stuns:NAME:PORT");
        if (said && by.group(2).equals("udp"))
            throw new UserMistake(text + ": TLS over UDP is not spoken here; leave ?transport out");
        return new Asking.Server(host, uri.portOrUsual(), Optional.of(new Way.Tls(host)));
    }
}
