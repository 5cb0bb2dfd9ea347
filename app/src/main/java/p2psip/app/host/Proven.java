package p2psip.app.host;

import module java.base;
import p2psip.std.Bytes;

/// What the peer of a stream has proven to be.
public sealed interface Proven {

    /// Who has a certificate for this name, from somebody who is trusted here.
    ///
    /// @param all for which it is
    record Name(String name, List<String> all) implements Proven {
        public Name { all = List.copyOf(all); }

        public Name(String name) { this(name, List.of(name)); }
    }

    /// Who has this Ed25519 key, 32 bytes.
    record Key(Bytes key) implements Proven {}
}
