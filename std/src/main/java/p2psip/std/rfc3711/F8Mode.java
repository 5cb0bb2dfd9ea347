package p2psip.std.rfc3711;

import module java.base;

/// AES in f8-mode: each block of keystream goes into the next one.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3711#section-4.1.2 RFC 3711 §4.1.2
final class F8Mode implements Keystream {
    private static final int BLOCK = 16;

    private final Cipher aes, masked;
    private final boolean rtcp;
    private final byte[] start = new byte[BLOCK], next = new byte[BLOCK], stream = new byte[BLOCK];

    F8Mode(byte[] key, byte[] salt, boolean rtcp) {
        aes = AesCounter.aes(key);
        //= rfc3711#4.1.2.1-3 the mask is the salt, filled up with 0x55
        var mask = new byte[key.length];
        for (int i = 0; i < mask.length; i++)
            mask[i] = (byte) (key[i] ^ (i < salt.length ? salt[i] : 0x55));
        masked = AesCounter.aes(mask);
        this.rtcp = rtcp;
    }

    @Override public void apply(byte[] packet, int from, int clear, int end, long index) {
        //= rfc3711#4.1.2.1-1 the IV is made of the header, differently for SRTCP
        var iv = ByteBuffer.wrap(next);
        if (rtcp) {
            //= rfc3711#4.1.2.3-1 the SRTCP IV: 0..0, E and index, then the first header
            //= rfc3711#4.1.2.3-2 as it stands, the first header with its SSRC
            iv.putInt(0).putInt((int) index).put(packet, from, 8);
        } else {
            //= rfc3711#4.1.2.2-1 the SRTP IV: 0x00, the header, ROC
            //= rfc3711#4.1.2.2-2 the header from M to SSRC
            iv.put((byte) 0).put(packet, from + 1, 11).putInt((int) (index >>> 16));
        }
        //= rfc3711#4.1.2.1-2 IV' = E(k_e XOR m, IV), and S(-1) is zero
        encipher(masked, next, start);
        Arrays.fill(stream, (byte) 0);
        //= rfc3711#4.1.2.1-4 no packet has anything like 2^32 blocks
        for (int at = clear, j = 0; at < end; at += BLOCK, j++) {
            for (int i = 0; i < BLOCK; i++) next[i] = (byte) (start[i] ^ stream[i]);
            for (int i = 0; i < 4; i++) next[BLOCK - 1 - i] ^= (byte) (j >>> 8 * i);
            encipher(aes, next, stream);
            for (int i = 0; i < BLOCK && at + i < end; i++) packet[at + i] ^= stream[i];
        }
    }

    private static void encipher(Cipher cipher, byte[] block, byte[] out) {
        try {
            cipher.update(block, 0, BLOCK, out, 0);
        } catch (ShortBufferException e) {
            throw new AssertionError(e);   // blocks are of one size
        }
    }
}
