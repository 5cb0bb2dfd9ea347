package p2psip.std.rfc7714;

import module java.base;
import p2psip.std.rfc3711.Transform;

/// AES-GCM: what is enciphered is followed by the tag that proves it and what was before it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc7714#section-5 RFC 7714 §5
final class GcmTransform implements Transform {
    //= rfc7714#1-1,2 the authentication tag is 16 octets, never truncated
    static final int TAG = 16;
    private static final int IV = 12;

    private final Cipher gcm;
    private final SecretKeySpec key;
    private final byte[] salt;
    private final boolean rtcp;
    private final byte[] iv = new byte[IV], word = new byte[4];
    /// Grows to the longest packet there was.
    private byte[] scratch = new byte[0];

    GcmTransform(byte[] key, byte[] salt, boolean rtcp) {
        this.key = new SecretKeySpec(key, "AES");
        this.salt = salt;
        this.rtcp = rtcp;
        try {
            gcm = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);   // every JDK has it
        }
    }

    @Override public int expansion() { return TAG; }

    //= rfc7714#7.1-1,2 AEAD is the authentication: no SRTP authentication tag is present besides
    @Override public int tag() { return 0; }

    @Override public void sign(byte[] packet, int from, int end, long index, int tagAt) {}

    @Override public boolean proves(byte[] packet, int from, int end, long index, int tagAt) {
        return true;
    }

    @Override public void encipher(byte[] packet, int from, int clear, int end, long index) {
        try {
            run(Cipher.ENCRYPT_MODE, packet, from, clear, end, index);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);   // no key and no plaintext is refused
        }
    }

    @Override public boolean decipher(byte[] packet, int from, int clear, int end, long index) {
        try {
            run(Cipher.DECRYPT_MODE, packet, from, clear, end + TAG, index);
            return true;
        } catch (AEADBadTagException e) {
            //= rfc7714#5.3-1,2 what does not pass authentication is not released
            return false;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);   // only tags are refused
        }
    }

    //= rfc7714#13.1-4 the block counter is reset with each packet: the cipher does that
    //= rfc7714#9.2-1 the MKI behind it is raw data: neither enciphered nor authenticated
    //= rfc7714#5.3-3 nor does the cipher decrypt before the tag has been validated
    private void run(int mode, byte[] packet, int from, int clear, int end, long index)
            throws GeneralSecurityException {
        iv(packet, from, index);
        gcm.init(mode, key, new GCMParameterSpec(8 * TAG, iv));
        //= rfc7714#9.3-1 but for the raw data of an MKI
        //= rfc7714#9-1 RTCP that is not encrypted is all associated data, and authenticated
        gcm.updateAAD(packet, from, clear - from);
        if (rtcp) {
            for (int i = 0; i < word.length; i++) word[i] = (byte) (index >>> 24 - 8 * i);
            gcm.updateAAD(word);
        }
        if (scratch.length < end - clear + TAG) scratch = new byte[end - clear + TAG];
        int size = gcm.doFinal(packet, clear, end - clear, scratch, 0);
        System.arraycopy(scratch, 0, packet, clear, size);
    }

    // IV           salt of 12 bytes
    //  SRTP   0000 SSRC     ROC      SEQ
    //  SRTCP  0000 SSRC     0000 0 + index
    //= rfc7714#10-2,3 the IV has 12 octets
    private void iv(byte[] packet, int from, long index) {
        System.arraycopy(salt, 0, iv, 0, IV);
        int ssrc = from + (rtcp ? 4 : 8);
        for (int i = 0; i < 4; i++) iv[2 + i] ^= packet[ssrc + i];
        long own = rtcp ? index & 0x7fff_ffffL : index;
        for (int i = 0; i < 6; i++) iv[IV - 1 - i] ^= (byte) (own >>> 8 * i);
    }
}
