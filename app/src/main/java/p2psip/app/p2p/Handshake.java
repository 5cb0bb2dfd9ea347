package p2psip.app.p2p;

import static java.nio.charset.StandardCharsets.US_ASCII;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.std.Bytes;

/// The cryptography of the one handshake of a session: X25519, signed by both with the Ed25519 keys
/// that their ids are hashes of.
///
/// Each signature covers its packet, the callee's also the whole packet it answers, and the keys
/// are derived from both packets: whoever changed a bit between the two shares no key with either.
/// Signing, verifying and agreeing cost about a millisecond together and happen inline; a caller
/// has to bring a cookie first.
final class Handshake {

    /// What stands before the 32 bytes in the X.509 form of an X25519 public key.
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b656e032100");

    /// The keys of a session.
    ///
    /// @param caller seals what the caller sends
    /// @param callee seals what the callee sends
    record Secrets(Seal caller, Seal callee) {}

    private Handshake() {}

    static Packet.Init init(Identity self, long caller, KeyPair ephemeral, Bytes cookie,
            InetSocketAddress address) {
        var unsigned = new Packet.Init(
                caller, raw(ephemeral), cookie, self.key(), address, Bytes.EMPTY);
        return new Packet.Init(caller, unsigned.ephemeral(), cookie, self.key(), address,
                Bytes.wrap(self.sign(signed(unsigned))));
    }

    /// Whether the owner of the key in it made this packet.
    static boolean genuine(Packet.Init init) {
        return Keys.verify(init.owner(), signed(init), init.signature().toArray());
    }

    static Packet.Accept accept(Identity self, Packet.Init init, long callee, KeyPair ephemeral,
            InetSocketAddress address) {
        var unsigned = new Packet.Accept(init.caller(), callee, raw(ephemeral), self.key(), address,
                Bytes.EMPTY);
        return new Packet.Accept(init.caller(), callee, unsigned.ephemeral(), self.key(), address,
                Bytes.wrap(self.sign(signed(init, unsigned))));
    }

    /// Whether the owner of the key in it made this packet, in answer to that Init.
    static boolean genuine(Packet.Init init, Packet.Accept accept) {
        return Keys.verify(accept.owner(), signed(init, accept), accept.signature().toArray());
    }

    /// The keys that follow from my ephemeral pair, theirs, and all that was said; nothing if
    /// theirs is a point of small order, with which anyone would share the secret.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5869#section-2 RFC 5869 §2
    static Optional<Secrets> agree(KeyPair mine, Bytes theirs, Packet.Init init,
            Packet.Accept accept) {
        try {
            //= rfc7748#5-1,2,3 the JDK masks the most significant bit and reduces modulo the prime
            //= rfc7748#5-4 and says that it takes constant time
            var agreement = KeyAgreement.getInstance("X25519");
            agreement.init(mine.getPrivate());
            agreement.doPhase(parse(theirs), true);
            var kdf = KDF.getInstance("HKDF-SHA256");
            var extract = HKDFParameterSpec.ofExtract().addIKM(agreement.generateSecret())
                    .addSalt(sha256(init.encode(), accept.encode()));
            return Optional.of(new Secrets(
                    new Seal(kdf.deriveData(
                            extract.thenExpand("p2psip caller".getBytes(US_ASCII), Seal.KEY))),
                    new Seal(kdf.deriveData(
                            extract.thenExpand("p2psip callee".getBytes(US_ASCII), Seal.KEY)))));
        } catch (InvalidKeyException | InvalidKeySpecException e) {
            //= rfc7748#6.1-1 the JDK has checked for the all-zero value and this aborts
            //= rfc7748#7-1 as that section allows, in checking for the all-zero output
            return Optional.empty();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new AssertionError(e);   // JDK 25 has both
        }
    }

    /// The 32 bytes of an X25519 public key.
    static Bytes raw(KeyPair pair) {
        var encoded = pair.getPublic().getEncoded();
        return Bytes.slice(encoded, X509.length, encoded.length);
    }

    private static PublicKey parse(Bytes raw)
            throws NoSuchAlgorithmException, InvalidKeySpecException {
        var encoded = ByteBuffer.allocate(X509.length + raw.size()).put(X509).put(raw.buffer());
        return KeyFactory.getInstance("X25519")
                .generatePublic(new X509EncodedKeySpec(encoded.array()));
    }

    private static byte[] signed(Packet.Init init) {
        return sha256(Bytes.utf8("p2psip init"), init.unsigned());
    }

    private static byte[] signed(Packet.Init init, Packet.Accept accept) {
        return sha256(Bytes.utf8("p2psip accept"), init.encode(), accept.unsigned());
    }

    private static byte[] sha256(Bytes... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) digest.update(part.buffer());
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);   // every JDK has SHA-256
        }
    }
}
