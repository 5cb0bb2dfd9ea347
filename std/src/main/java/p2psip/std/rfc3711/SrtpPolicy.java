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

    //= rfc3711#9.5-2 nothing says that packets are not proven: each suite has message authentication
    public SrtpPolicy {
        if (keyDerivationRate < 0 || keyDerivationRate > MAX_RATE
                || Long.bitCount(keyDerivationRate) > 1)
            throw new IllegalArgumentException("key derivation rate " + keyDerivationRate);
        //= rfc7714#8.2-1 with AEAD all SRTP packets are encrypted
        if (!encryptRtp && !suite.allowsClearRtp())
            throw new IllegalArgumentException(suite.name() + " encrypts all RTP");
    }

    /// Everything is enciphered, with keys derived once.
    //= rfc3711#3.4-7 SRTCP is by default encrypted by the transform of the SRTP streams
    //= rfc3711#5.3-2 the default key derivation rate is zero
    public static SrtpPolicy of(CryptoSuite suite) {
        return new SrtpPolicy(suite, 0, true, true);
    }

    public SrtpPolicy withKeyDerivationRate(long rate) {
        return new SrtpPolicy(suite, rate, encryptRtp, encryptRtcp);
    }

    public SrtpPolicy withEncryption(boolean rtp, boolean rtcp) {
        return new SrtpPolicy(suite, keyDerivationRate, rtp, rtcp);
    }

    boolean encrypts(boolean rtcp) { return rtcp ? encryptRtcp : encryptRtp; }
}
