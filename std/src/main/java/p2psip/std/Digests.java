package p2psip.std;

import module java.base;

/// Hashes, plain and with a key, by those algorithms that every JDK has.
public final class Digests {
    private Digests() {}

    /// @param algorithm as the JDK names it: `SHA-256`
    public static byte[] hash(String algorithm, byte[] data) {
        try {
            return MessageDigest.getInstance(algorithm).digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);   // every JDK has it
        }
    }

    /// @param algorithm as the JDK names it: `HmacSHA256`
    /// @param key       at least one byte
    /// @param parts     of what is hashed, which are one run of bytes
    public static byte[] hmac(String algorithm, byte[] key, byte[]... parts) {
        var mac = mac(algorithm, key);
        for (var part : parts) mac.update(part);
        return mac.doFinal();
    }

    /// For who hashes again and again with one key.
    public static Mac mac(String algorithm, byte[] key) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);   // every JDK has it, and no key is refused
        }
    }
}
