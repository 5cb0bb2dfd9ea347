package p2psip.app.crypto;

import module java.base;
import java.security.spec.NamedParameterSpec;
import org.bouncycastle.crypto.params.*;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import p2psip.std.Bytes;

/// Ed25519 keys and signatures between their 32 and 64 raw bytes and the JDK's objects. Signatures
/// are made and checked by Bouncy Castle, which needs a tenth of the JDK's time for it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8032#section-5.1 RFC 8032 §5.1
public final class Keys {

    /// Length of a raw public key.
    public static final int PUBLIC = 32;

    /// Length of a signature.
    public static final int SIGNATURE = 64;

    /// What stands before the 32 bytes in the X.509 form of an Ed25519 public key.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc8410#section-4 RFC 8410 §4
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final String ED25519 = NamedParameterSpec.ED25519.getName();

    private Keys() {}

    /// The 32 bytes of a public key.
    public static Bytes raw(PublicKey key) {
        var encoded = key.getEncoded();
        if (encoded.length != X509.length + PUBLIC
                || !Arrays.equals(X509, Arrays.copyOf(encoded, X509.length)))
            throw new IllegalArgumentException("not an Ed25519 key: " + key.getAlgorithm());
        return Bytes.slice(encoded, X509.length, encoded.length);
    }

    /// The public key of 32 bytes. That they are a point of the curve is found out by [#verify].
    ///
    /// @throws SyntaxException if they are not 32 bytes or the JDK refuses them
    public static PublicKey parse(Bytes raw) {
        if (raw.size() != PUBLIC) throw new SyntaxException("public key is not 32 bytes");
        var encoded = ByteBuffer.allocate(X509.length + PUBLIC).put(X509).put(raw.buffer());
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(encoded.array()));
        } catch (InvalidKeySpecException e) {
            throw new SyntaxException("not an Ed25519 public key", e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);   // every JDK since 15 has it
        }
    }

    /// Signs; some 70 us of one core.
    ///
    /// @throws IllegalArgumentException if it is no key for that
    public static byte[] sign(PrivateKey key, byte[] message) {
        //= rfc8037#3.2-1 a key of X25519 is not used for signing
        if (!(key instanceof EdECPrivateKey edwards)
                || !edwards.getParams().getName().equals(ED25519))
            throw new IllegalArgumentException("cannot sign with this key");
        var seed = edwards.getBytes().orElseThrow();
        //= rfc8032#8.5-1,2 Ed25519, no prehash variant: a security level of 128 bits is enough
        var signer = new Ed25519Signer();
        signer.init(true, new Ed25519PrivateKeyParameters(seed));
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    /// Whether this key signed this message; false also for keys and signatures that are nonsense.
    /// Some 90 us of one core.
    public static boolean verify(Bytes publicKey, byte[] message, byte[] signature) {
        if (publicKey.size() != PUBLIC) return false;
        try {
            var verifier = new Ed25519Signer();
            verifier.init(false, new Ed25519PublicKeyParameters(publicKey.toArray()));
            //= rfc8032#8.7-1 the entire message is there to be verified
            verifier.update(message, 0, message.length);
            return verifier.verifySignature(signature);
        } catch (IllegalArgumentException e) {
            //= rfc8032#5.1.7¶1 where decoding the key or the signature fails, it is invalid
            return false;
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);   // every JDK has SHA-256
        }
    }
}
