package p2psip.std.rfc3711;

import module java.base;

/// A keystream, and a tag of HMAC-SHA1 behind it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3711#section-4.2 RFC 3711 §4.2
final class HmacTransform implements Transform {
    private static final String ALGORITHM = "HmacSHA1";
    private static final int HASH = 20;

    private final Keystream keystream;
    private final Mac mac;
    private final int tag;
    private final boolean rtcp;
    private final byte[] roc = new byte[4], hash = new byte[HASH];

    HmacTransform(Keystream keystream, byte[] key, int tag, boolean rtcp) {
        this.keystream = keystream;
        this.tag = tag;
        this.rtcp = rtcp;
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);   // every JDK has it, and no key is refused
        }
    }

    @Override public int expansion() { return 0; }

    @Override public int tag() { return tag; }

    @Override public void encipher(byte[] packet, int from, int clear, int end, long index) {
        //= rfc3711#4.2.1-1 SRTP_PREFIX_LENGTH is 0: no keystream is kept back
        keystream.apply(packet, from, clear, end, index);
    }

    @Override public boolean decipher(byte[] packet, int from, int clear, int end, long index) {
        keystream.apply(packet, from, clear, end, index);
        return true;
    }

    @Override public void sign(byte[] packet, int from, int end, long index, int tagAt) {
        hash(packet, from, end, index);
        //= rfc3711#4.2.1-3 of the output as many bytes as the tag has, the left-most
        System.arraycopy(hash, 0, packet, tagAt, tag);
    }

    @Override public boolean proves(byte[] packet, int from, int end, long index, int tagAt) {
        hash(packet, from, end, index);
        // in a time that does not tell how many bytes were right
        int different = 0;
        for (int i = 0; i < tag; i++) different |= hash[i] ^ packet[tagAt + i];
        return different == 0;
    }

    private void hash(byte[] packet, int from, int end, long index) {
        //= rfc3711#4.2.1-2 HMAC of the session key and of M
        mac.update(packet, from, end - from);
        //= rfc3711#4.2-1 M of SRTP ends with the ROC, that of SRTCP with its index
        if (!rtcp) {
            for (int i = 0; i < roc.length; i++) roc[i] = (byte) (index >>> 40 - 8 * i);
            mac.update(roc, 0, roc.length);
        }
        try {
            mac.doFinal(hash, 0);
        } catch (ShortBufferException e) {
            throw new AssertionError(e);   // the hash has its size
        }
    }
}
