package p2psip.std.rfc7714;

import p2psip.std.rfc3711.*;

/// The suites of AES-GCM, which enciphers and proves in one.
///
/// @spec https://www.rfc-editor.org/rfc/rfc7714#section-12 RFC 7714 §12
//= rfc7714#12-1 both are here: AEAD_AES_128_GCM and AEAD_AES_256_GCM
public enum AeadSuite implements CryptoSuite {
    AEAD_AES_128_GCM(16),
    AEAD_AES_256_GCM(32);

    private static final int SALT = 12;

    private final int keySize;

    AeadSuite(int keySize) { this.keySize = keySize; }

    @Override public int keySize() { return keySize; }

    @Override public int saltSize() { return SALT; }

    @Override public int growth(boolean rtcp) { return GcmTransform.TAG; }

    //= rfc7714#8.2-1 all SRTP packets are both authenticated and encrypted
    @Override public boolean allowsClearRtp() { return false; }

    @Override public Transform transform(
            KeyDerivation derivation, long period, boolean rtcp) {
        //= rfc7714#3-2 the encryption key is as large as the master key
        //= rfc7714#1-3 and of that size as long as the session lasts
        //= rfc7714#11-1,2 made by the KDF of AES_CM, of 128 bits or of 256
        return new GcmTransform(derivation.encryption(period, rtcp, keySize),
                derivation.salt(period, rtcp, SALT), rtcp);
    }
}
