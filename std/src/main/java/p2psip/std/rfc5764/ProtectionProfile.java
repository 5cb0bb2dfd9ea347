package p2psip.std.rfc5764;

import module java.base;
import p2psip.std.rfc3711.*;
import p2psip.std.rfc7714.AeadSuite;

/// What the extension `use_srtp` of a DTLS handshake agrees on: a suite, by number.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5764#section-4.1.2 RFC 5764 §4.1.2
public enum ProtectionProfile {
    SRTP_AES128_CM_HMAC_SHA1_80(0x0001, HmacSuite.AES_CM_128_HMAC_SHA1_80),
    SRTP_AES128_CM_HMAC_SHA1_32(0x0002, HmacSuite.AES_CM_128_HMAC_SHA1_32),
    /// Nothing is encrypted. By the letter there is no key either, but SRTP's key derivation needs
    /// one: it is as long as that of AES, as in libsrtp.
    SRTP_NULL_HMAC_SHA1_80(0x0005, HmacSuite.NULL_HMAC_SHA1_80),
    SRTP_NULL_HMAC_SHA1_32(0x0006, HmacSuite.NULL_HMAC_SHA1_32),
    SRTP_AEAD_AES_128_GCM(0x0007, AeadSuite.AEAD_AES_128_GCM),
    SRTP_AEAD_AES_256_GCM(0x0008, AeadSuite.AEAD_AES_256_GCM);

    private static final long LIFETIME = 1L << 31;

    private final int value;
    private final CryptoSuite suite;

    ProtectionProfile(int value, CryptoSuite suite) {
        this.value = value;
        this.suite = suite;
    }

    /// The two bytes that stand for it.
    public int value() { return value; }

    public CryptoSuite suite() { return suite; }

    /// How many packets of each kind a key may protect.
    public long lifetime() {
        return suite instanceof HmacSuite ? LIFETIME : MasterKey.RTP_LIFETIME;
    }

    public static Optional<ProtectionProfile> of(int value) {
        return Arrays.stream(values()).filter(p -> p.value == value).findFirst();
    }

    /// What a server takes of those that a client offers: the one that it prefers itself; empty if
    /// there is none, and then the extension is not answered.
    ///
    /// @param offered numbers, known or not
    //= rfc5764#4.1.1-4 never one that the client has not offered
    //= rfc5764#4.1.1-5 with no shared profile the extension is not returned
    public static Optional<ProtectionProfile> select(
            List<ProtectionProfile> ours, List<Integer> offered) {
        return ours.stream().filter(p -> offered.contains(p.value)).findFirst();
    }
}
