package p2psip.app.host;

import module java.base;
import p2psip.std.Bytes;

/// What the peer of a stream has proven to be.
public sealed interface Proven {

    /// Who has a certificate for this name, from somebody who is trusted here.
    record Name(String name) implements Proven {}

    /// Who has this Ed25519 key, 32 bytes.
    record Key(Bytes key) implements Proven {}
}
