package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.*;

/// Where a super-node may be, as the user wrote it: a host name or an address, and a port.
///
/// @param port from 1 to 65535
/// @param id   whose place it is: whoever has another key is not believed; anybody's if it is empty
public record Place(String host, int port, Optional<NodeId> id) {
    private static final Pattern HOST_PORT =
            Pattern.compile("(?:\\[([^\\[\\]]+)\\]|([^:\\[\\]]+)):(\\d{1,5})");

    /// Anybody's.
    public Place(String host, int port) { this(host, port, Optional.empty()); }

    /// That of somebody who is known.
    static Place of(Peer peer) {
        return new Place(peer.address().getAddress().getHostAddress(),
                peer.address().getPort(), Optional.of(peer.id()));
    }

    /// Reads `host:port` or `[IPv6 address]:port`.
    ///
    /// @throws SyntaxException if it is neither
    public static Place parse(String text) {
        var match = HOST_PORT.matcher(text.strip());
        int port = match.matches() ? Integer.parseInt(match.group(3)) : 0;
        if (port < 1 || port > 65535) throw new SyntaxException("not host:port: " + text);
        return new Place(match.group(1) != null ? match.group(1) : match.group(2), port);
    }

    /// Reads places with commas between: `192.0.2.1:5070,example.com:5070`.
    ///
    /// @throws SyntaxException if one of them is not a place
    public static List<Place> parseList(String text) {
        return text.isBlank() ? List.of()
                : Stream.of(text.split(",", -1)).map(Place::parse).toList();
    }

    /// The host, where it is an address.
    Optional<InetAddress> literal() {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
