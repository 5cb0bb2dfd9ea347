package p2psip.std.rfc3711;

/// The suites whose packets are proven by HMAC-SHA1.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3711#section-5 RFC 3711 §5
public enum HmacSuite implements CryptoSuite {
    /// What everybody has.
    //= rfc3711#5.1-1 AES in counter mode is the default
    //= rfc3711#5.2-1 HMAC-SHA1 is the default too
    //= rfc3711#5.3-1 and so is a master key of 128 bits
    AES_CM_128_HMAC_SHA1_80(Kind.COUNTER, 16, 10),
    //= rfc3711#5.2-4 a smaller tag may be used for SRTP, if somebody chooses it
    //= rfc3711#9.5-4 weak authentication of 32 bits, not none
    AES_CM_128_HMAC_SHA1_32(Kind.COUNTER, 16, 4),
    //= rfc3711#4.1.2-1 f8 has keys and salts of the sizes that counter mode has
    F8_128_HMAC_SHA1_80(Kind.F8, 16, 10),
    //= rfc3711#9.2-7 keys of 192 bits for those who have concerns
    AES_192_CM_HMAC_SHA1_80(Kind.COUNTER, 24, 10),
    AES_192_CM_HMAC_SHA1_32(Kind.COUNTER, 24, 4),
    AES_256_CM_HMAC_SHA1_80(Kind.COUNTER, 32, 10),
    AES_256_CM_HMAC_SHA1_32(Kind.COUNTER, 32, 4),
    /// Proven, not enciphered.
    NULL_HMAC_SHA1_80(Kind.NONE, 16, 10),
    NULL_HMAC_SHA1_32(Kind.NONE, 16, 4);

    private enum Kind { COUNTER, F8, NONE }

    //= rfc3711#5.1-3 the session salt has 112 bits
    //= rfc3711#5.3-2 and so has the master salt
    private static final int SALT = 14;
    //= rfc3711#5.2-2 the key of HMAC-SHA1 has 160 bits, and its tag 80 by default
    private static final int AUTHENTICATION = 20;
    //= rfc3711#9.5-3 no weak authentication for SRTCP
    //= rfc3711#4.2-2 n_tag is fixed, whatever the key
    private static final int RTCP_TAG = 10;

    private final Kind kind;
    private final int keySize, rtpTag;

    HmacSuite(Kind kind, int keySize, int rtpTag) {
        this.kind = kind;
        this.keySize = keySize;
        this.rtpTag = rtpTag;
    }

    //= rfc3711#5.1-2 n_e is 128 bits by default
    @Override public int keySize() { return keySize; }

    @Override public int saltSize() { return SALT; }

    //= rfc3711#3.1-8 there is a tag in every suite
    //= rfc3711#7.5-1,2 of 80 bits, or shorter for SRTP alone
    //= rfc3711#5.2-3 the tag of SRTCP is never smaller than 80 bits
    @Override public int growth(boolean rtcp) { return rtcp ? RTCP_TAG : rtpTag; }

    @Override public boolean allowsClearRtp() { return true; }

    @Override public Transform transform(
            KeyDerivation derivation, long period, boolean rtcp) {
        //= rfc3711#4.3.1-1 for every transform by SRTP's key derivation
        //= rfc3711#4.3.1-6 the session keys, by their labels, a salting key among them
        var key = derivation.encryption(period, rtcp, keySize);
        var salt = derivation.salt(period, rtcp, SALT);
        //= rfc3711#3.4-8 the authentication transform of SRTCP is the same as that of SRTP
        return new HmacTransform(keystream(key, salt, rtcp), derivation.authentication(
                period, rtcp, AUTHENTICATION), growth(rtcp), rtcp);
    }

    private Keystream keystream(byte[] key, byte[] salt, boolean rtcp) {
        return switch (kind) {
            case COUNTER -> new CounterMode(key, salt, rtcp);
            case F8 -> new F8Mode(key, salt, rtcp);
            //= rfc3711#4.1.3-1 the NULL cipher copies plaintext, where it stands
            //= rfc3711#5.1-4 the NULL cipher is there for everybody
            case NONE -> (_, _, _, _, _) -> { };
        };
    }
}
