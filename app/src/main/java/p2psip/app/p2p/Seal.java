package p2psip.app.p2p;

import module java.base;
import p2psip.std.Bytes;

/// One direction of a session: AES-GCM under its own key, the sequence number being the nonce.
final class Seal {

    /// How much longer the sealed form is.
    static final int TAG = 16;

    /// Length of a key.
    static final int KEY = 16;

    private final SecretKeySpec key;
    private final Cipher cipher;

    Seal(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);   // every JDK has AES-GCM
        }
    }

    /// Seals `plain` and authenticates `header` with it: the header, and the sealed form behind it.
    /// A sequence number is used once only.
    Bytes seal(long sequence, byte[] header, byte[] plain) {
        var all = Arrays.copyOf(header, header.length + plain.length + TAG);
        try {
            init(Cipher.ENCRYPT_MODE, sequence);
            cipher.updateAAD(header);
            cipher.doFinal(plain, 0, plain.length, all, header.length);
            return Bytes.wrap(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal", e);
        }
    }

    /// What was sealed; nothing if it, its header or its number was changed.
    Optional<Bytes> open(long sequence, byte[] header, Bytes sealed) {
        try {
            init(Cipher.DECRYPT_MODE, sequence);
            cipher.updateAAD(header);
            return Optional.of(Bytes.wrap(sealed.lend(cipher::doFinal)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private void init(int mode, long sequence) throws GeneralSecurityException {
        var nonce = ByteBuffer.allocate(12).putInt(0).putLong(sequence).array();
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
    }
}
