package p2psip.std.rfc8656;

import module java.base;

/// The path between a client and the server, which stands for the client's allocation.
///
/// @param client   as the server sees it
/// @param server   where the server listens
/// @spec https://www.rfc-editor.org/rfc/rfc8656#section-6 RFC 8656 §6
public record FiveTuple(Carrier carrier, InetSocketAddress client, InetSocketAddress server) {

    /// What carries messages between client and server; to peers it is always UDP.
    public enum Carrier {
        UDP, TCP, TLS;

        /// Whether messages have no borders of their own there: ChannelData is padded.
        public boolean stream() { return this != UDP; }
    }
}
