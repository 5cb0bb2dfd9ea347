package p2psip.app.host;

import p2psip.std.Bytes;

/// One stream of a [RealHost]. Only the loop calls it.
sealed interface Connection permits TcpConnection, TlsConnection {
    Resident owner();

    Id id();

    /// Whether it is a peer that has come and is not yet there for the node.
    boolean shaking();

    /// Writes, at once or when it has connected; ends it if too much waits already.
    void write(Bytes bytes);

    /// The node wants no more of it.
    void close();
}
