package p2psip.app.host;

import module java.base;
import p2psip.app.crypto.Identity;

/// How a stream of bytes is carried.
public sealed interface Way {

    /// TCP, as it is.
    record Tcp() implements Way {}

    /// TLS in TCP.
    ///
    /// @param domain who opens: which name the peer's certificate must prove; who listens: which
    ///               name its own does
    /// @param asks   who listens: whether peers are asked to prove a name, too; one that has none
    ///               is taken all the same, and so is one that proves nothing
    /// @param naming how names are found in a certificate, and compared
    record Tls(String domain, boolean asks, Naming naming) implements Way {
        public Tls(String domain, boolean asks) { this(domain, asks, Naming.USUAL); }

        public Tls(String domain) { this(domain, false); }
    }

    /// By whose rules a certificate is for a name.
    enum Naming {
        /// Those of most: names of the DNS, where `*` may be the first label.
        USUAL,
        /// Those of SIP ([p2psip.std.rfc5922]): domains, and no wildcards.
        SIP
    }

    /// TLS 1.3 in TCP between two that have keys and no names: each shows a certificate that its
    /// own Ed25519 key has signed, and proves that it has the key. Whose key may come is for the
    /// node to say, who is told it.
    record Keyed(Identity self) implements Way {}
}
