package p2psip.app.host;

/// How a stream of bytes is carried.
public sealed interface Way {

    /// TCP, as it is.
    record Tcp() implements Way {}

    /// TLS in TCP.
    ///
    /// @param domain who opens: which name the peer's certificate must prove; who listens: which
    ///               name its own does
    record Tls(String domain) implements Way {}
}
