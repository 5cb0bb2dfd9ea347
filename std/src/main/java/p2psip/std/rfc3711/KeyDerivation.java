package p2psip.std.rfc3711;

import module java.base;

/// Makes the keys of a session from a master key: AES in counter mode is the function that does it,
/// with a key as long as the master key (RFC 6188 for more than 128 bits).
///
/// @spec https://www.rfc-editor.org/rfc/rfc3711#section-4.3 RFC 3711 §4.3
public final class KeyDerivation {
    //= rfc3711#4.3.1-9 each kind of key has a label of its own
    private static final int ENCRYPTION = 0, AUTHENTICATION = 1, SALT = 2, RTCP = 3;

    private final AesCounter prf;
    private final long high, low;

    public KeyDerivation(MasterKey master) {
        //= rfc3711#4.3.3-1 the PRF is AES in counter mode under the master key
        //= rfc3711#4.3.1-7 which is a secure PRF of m = 128
        //= rfc6188#3.1-1,2,3 the function that derives keys is AES of the size of the key
        prf = new AesCounter(master.key().toArray());
        // a salt of 96 bits is multiplied by 2^16 (erratum 4938 of RFC 7714)
        var salt = master.salt().toArray();
        high = AesCounter.half(salt, 0);
        low = AesCounter.half(salt, 8);
    }

    /// The key that payloads are enciphered with.
    public byte[] encryption(long period, boolean rtcp, int size) {
        return derive(ENCRYPTION, period, rtcp, size);
    }

    /// The key that packets are proven with.
    public byte[] authentication(long period, boolean rtcp, int size) {
        return derive(AUTHENTICATION, period, rtcp, size);
    }

    /// What makes the counters of a session different from those of all others.
    public byte[] salt(long period, boolean rtcp, int size) {
        return derive(SALT, period, rtcp, size);
    }

    private byte[] derive(int label, long period, boolean rtcp, int size) {
        var key = new byte[size];
        //= rfc3711#4.3.2-2 labels 3, 4 and 5 for SRTCP
        //= rfc3711#3.2.1-8 so no session key is shared between SRTP and SRTCP
        int own = label + (rtcp ? RTCP : 0);
        // the index of SRTCP is 48 bits long for this, or else labels would stand elsewhere:
        // erratum 3712, and what everybody does
        //= rfc3711#4.3.1-8 label and period are added to the salt, right-aligned
        //= rfc3711#4.3.1-11,12 the session key or salt is what the master key makes of that
        prf.apply(high ^ own, low ^ period << 16, key, 0, size);
        return key;
    }
}
