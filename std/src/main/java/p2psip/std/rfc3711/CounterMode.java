package p2psip.std.rfc3711;

import module java.base;

/// AES-CM: the counter begins at what SSRC, index and salt make of it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3711#section-4.1.1 RFC 3711 §4.1.1
final class CounterMode implements Keystream {
    private static final long SRTCP_INDEX = 0x7fff_ffffL, WORD = 0xffff_ffffL;

    private final AesCounter aes;
    private final long high, low;
    private final boolean rtcp;

    CounterMode(byte[] key, byte[] salt, boolean rtcp) {
        aes = new AesCounter(key);
        high = AesCounter.half(salt, 0);
        low = AesCounter.half(salt, 8);
        this.rtcp = rtcp;
    }

    @Override public void apply(byte[] packet, int from, int clear, int end, long index) {
        // IV   salt of 14 bytes                                0000
        //          SSRC       index of 48 bits
        //= rfc3711#4.1.1-1 a distinct segment of keystream for each packet
        //= rfc3711#4.1.1-3 its IV is made of SSRC, index and salting key
        //= rfc3711#4.1.1-4 SRTCP has the SSRC of its first header and the index of 31 bits
        aes.apply(high ^ Layout.ssrc(packet, from, rtcp) & WORD,
                low ^ (rtcp ? index & SRTCP_INDEX : index) << 16, packet, clear, end);
    }
}
