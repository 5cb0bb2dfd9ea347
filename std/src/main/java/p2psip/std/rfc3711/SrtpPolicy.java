package p2psip.std.rfc3711;

/// What both sides have agreed on for one direction, but for the keys.
///
/// @param keyDerivationRate after how many packets keys are derived anew, a power of 2; 0 for never
/// @param encryptRtp whether RTP is enciphered, or only proven
/// @param encryptRtcp whether RTCP is
/// @spec https://www.rfc-editor.org/rfc/rfc3711#section-8.2 RFC 3711 §8.2
public record SrtpPolicy(
        CryptoSuite suite, long keyDerivationRate, boolean encryptRtp, boolean encryptRtcp) {
    public static final long MAX_RATE = 1L << 24;

    /// What everybody has.
    //= rfc3711#9.5-1 HMAC-SHA1 with a tag of 80 bits and a key of 160
    public static final SrtpPolicy DEFAULT = of(HmacSuite.AES_CM_128_HMAC_SHA1_80);

    //= rfc3711#9.5-2 packets are never used without message authentication: each suite has it
    //= rfc3711#9.5-9,10,11 there is no null authentication, which replay and forgery would ask for
    //= rfc4568#8.1-1 integrity and replay protection are always on
    public SrtpPolicy {
        if (keyDerivationRate < 0 || keyDerivationRate > MAX_RATE
                || Long.bitCount(keyDerivationRate) > 1)
            throw new IllegalArgumentException("key derivation rate " + keyDerivationRate);
        if (!encryptRtp && !suite.allowsClearRtp())
            throw new IllegalArgumentException(suite.name() + " encrypts all RTP");
    }

    /// Everything is enciphered, with keys derived once.
    //= rfc3711#5.3-2 the default key derivation rate is zero
    public static SrtpPolicy of(CryptoSuite suite) {
        return new SrtpPolicy(suite, 0, true, true);
    }

    //= rfc3711#11.4-3 a rate other than zero only if somebody asks for it
    public SrtpPolicy withKeyDerivationRate(long rate) {
        return new SrtpPolicy(suite, rate, encryptRtp, encryptRtcp);
    }

    public SrtpPolicy withEncryption(boolean rtp, boolean rtcp) {
        return new SrtpPolicy(suite, keyDerivationRate, rtp, rtcp);
    }

    boolean encrypts(boolean rtcp) { return rtcp ? encryptRtcp : encryptRtp; }
}
