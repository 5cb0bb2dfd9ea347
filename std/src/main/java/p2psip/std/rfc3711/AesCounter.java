package p2psip.std.rfc3711;

import static java.nio.ByteOrder.BIG_ENDIAN;

import module java.base;

/// AES in Segmented Integer Counter Mode: as many bytes of keystream as there are to encipher.
///
/// The JDK's own counter mode expands the key again for each packet; a cipher that only enciphers
/// blocks is made once, and is given the counters themselves.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3711#section-4.1.1 RFC 3711 §4.1.1
final class AesCounter {
    private static final int BLOCK = 16, BLOCKS = 32;
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, BIG_ENDIAN);

    private final Cipher aes;
    private final byte[] counters = new byte[BLOCK * BLOCKS];
    private final byte[] keystream = new byte[BLOCK * BLOCKS];

    AesCounter(byte[] key) { aes = aes(key); }

    static Cipher aes(byte[] key) {
        try {
            var cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);   // every JDK has it, for keys of these sizes
        }
    }

    /// Adds keystream to `[from, to)`, which deciphers what is enciphered.
    ///
    /// @param high the first half of the first counter
    /// @param low the second, whose last 16 bits are zero
    void apply(long high, long low, byte[] data, int from, int to) {
        if (to - from > BLOCK << 16) throw new IllegalArgumentException("too long: " + (to - from));
        long block = 0;
        for (int at = from; at < to; at += BLOCK * BLOCKS) {
            int size = Math.min(to - at, BLOCK * BLOCKS);
            //= rfc3711#4.1.1-2 the outputs of AES in the encrypt direction, one after the other
            int whole = size + BLOCK - 1 & -BLOCK;
            for (int i = 0; i < whole; i += BLOCK) {
                WORD.set(counters, i, high);
                WORD.set(counters, i + 8, low | block++);
            }
            encipher(whole);
            xor(data, at, size);
        }
    }

    private void encipher(int size) {
        try {
            aes.update(counters, 0, size, keystream, 0);
        } catch (ShortBufferException e) {
            throw new AssertionError(e);   // the arrays are of one size
        }
    }

    private void xor(byte[] data, int at, int size) {
        int i = 0;
        for (; i + 8 <= size; i += 8) WORD.set(data, at + i,
                (long) WORD.get(data, at + i) ^ (long) WORD.get(keystream, i));
        for (; i < size; i++) data[at + i] ^= keystream[i];
    }

    /// Half of a block that begins with a salt, filled up with zeros.
    static long half(byte[] salt, int from) {
        return (long) WORD.get(Arrays.copyOf(salt, BLOCK), from);
    }
}
