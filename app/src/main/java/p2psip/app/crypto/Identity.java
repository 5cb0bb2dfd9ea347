package p2psip.app.crypto;

import module java.base;
import p2psip.std.Bytes;

/// A name and the Ed25519 key pair that speaks for it: an address of record, or a node.
///
/// @param name `sip:alice@example.com`, or [#NODE] for the node itself
public record Identity(String name, PublicKey publicKey, PrivateKey privateKey) {

    /// The name of the node's own identity in its store.
    public static final String NODE = "node";

    /// Makes a new key pair.
    ///
    /// @param random secure on a real host; a seeded one gives the same pair each time
    public static Identity generate(String name, RandomGenerator random) {
        var pair = KeyPairs.generate("Ed25519", random);
        return new Identity(name, pair.getPublic(), pair.getPrivate());
    }

    /// The 32 bytes of the public key.
    public Bytes key() { return Keys.raw(publicKey); }

    /// The point on the ring that only this identity can claim.
    public NodeId id() { return NodeId.of(key()); }

    public byte[] sign(byte[] message) { return Keys.sign(privateKey, message); }

    /// Never the private key.
    @Override public String toString() { return name + " " + id(); }
}
