package p2psip.std.rfc3711;

import module java.base;
import p2psip.std.Bytes;

/// A secret that both sides have been told of, from which the keys of a session are derived.
///
/// @param salt need be no secret, but random
/// @param mki what packets name it by; empty if they do not name their key
/// @param rtpLifetime how many RTP packets it may protect, of all streams together
/// @param rtcpLifetime how many RTCP packets
/// @spec https://www.rfc-editor.org/rfc/rfc3711#section-3.2.1 RFC 3711 §3.2.1
public record MasterKey(
        Bytes key, Bytes salt, Bytes mki, long rtpLifetime, long rtcpLifetime) {
    /// How many packets a master key may protect at most.
    public static final long RTP_LIFETIME = 1L << 48, RTCP_LIFETIME = 1L << 31;
    /// How long a name may be, in bytes (RFC 4568 §6.1).
    //= rfc3711#3.1-5 the MKI is optional, and of a length that one configures
    public static final int MAX_MKI = 128;
    private static final int BLOCK = 14;

    public MasterKey {
        //= rfc3711#9.2-8 no key is padded: 128, 192 or 256 bits are what AES has
        if (!Set.of(16, 24, 32).contains(key.size()) || salt.size() > BLOCK
                || mki.size() > MAX_MKI)
            throw new IllegalArgumentException("key of " + key.size() + ", salt of " + salt.size()
                    + ", MKI of " + mki.size() + " bytes");
        if (rtpLifetime < 1 || rtpLifetime > RTP_LIFETIME
                || rtcpLifetime < 1 || rtcpLifetime > RTCP_LIFETIME)
            throw new IllegalArgumentException("lifetime " + rtpLifetime + ", " + rtcpLifetime);
    }

    /// A key that lives as long as a key may, and that packets do not name.
    public static MasterKey of(Bytes key, Bytes salt) {
        return new MasterKey(key, salt, Bytes.EMPTY, RTP_LIFETIME, RTCP_LIFETIME);
    }

    //= rfc3711#3.2.1-3 the master key is random
    static MasterKey random(int keySize, int saltSize, RandomGenerator random) {
        //= rfc3711#3.2.1-5,6 a master salt is used with every key, and when used is random too
        //= rfc3711#4.3.1-13 the master salt as random as the key
        //= rfc3711#9.2-1 from which the salting key has what randomness it has
        return of(Bytes.random(keySize, random), Bytes.random(saltSize, random));
    }

    public MasterKey withMki(Bytes mki) {
        return new MasterKey(key, salt, mki, rtpLifetime, rtcpLifetime);
    }

    /// For at most so many packets of either kind.
    public MasterKey withLifetime(long packets) {
        return new MasterKey(key, salt, mki, Math.min(packets, RTP_LIFETIME),
                Math.min(packets, RTCP_LIFETIME));
    }

    /// Nothing of the secret.
    //= rfc3711#3.2.1-3 master keys are kept secret in logs as well
    //= rfc7714#13.1-2 the master key of AEAD too
    @Override public String toString() {
        return "MasterKey[" + 8 * key.size() + " bits" + (mki.isEmpty() ? "" : ", " + mki.hex())
                + "]";
    }
}
