package p2psip.std.rfc5627;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import javax.crypto.*;
import javax.crypto.spec.*;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.server.Aor;

/// Temporary GRUUs, which tell nobody whose they are but who has made them. All that they mean is
/// in their user part, sealed, so no table grows with them:
/// ```
/// tgruu.   nonce (96) | epoch (64) | user of the address (256), with zeros behind | tag (96)
///                     |<------------------ encrypted ------------------->|
/// ```
/// in base64url. As all are of one length and no nonce comes twice, two of them do not show whether
/// they are of one user. A user with a longer name has none.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5627#appendix-A.2 RFC 5627 §A.2
public final class TemporaryGruus {
    static final String PREFIX = "tgruu.";

    private static final int NONCE = 12, TAG = 12, NAME = 32, ALL = NONCE + 8 + NAME + TAG;

    /// What one means.
    record Meaning(Aor aor, long epoch) {}

    private final SecretKeySpec sealing, numbering;

    /// @param secret kept where the bindings are: with another one, those that were made mean
    ///               nothing any more
    public TemporaryGruus(Bytes secret) {
        sealing = new SecretKeySpec(hash(new SecretKeySpec(secret.toArray(), "HmacSHA256"),
                "temporary GRUU: sealing", 16), "AES");
        numbering = new SecretKeySpec(hash(new SecretKeySpec(secret.toArray(), "HmacSHA256"),
                "temporary GRUU: numbering", 32), "HmacSHA256");
    }

    /// The one that was made last for a binding of an address.
    ///
    /// @param uri the address as others know it, without parameters
    Optional<SipUri> of(SipUri uri, Aor aor, Assignment to) {
        var name = aor.user().getBytes(UTF_8);
        if (name.length > NAME) return Optional.empty();
        //= rfc5627#5.1-9,10 this construction makes it unlikely that two are equal, as hashes are
        var nonce = hash(numbering, aor + "\n" + to.epoch() + "\n" + to.rank(), NONCE);
        var plain = ByteBuffer.allocate(8 + NAME).putLong(to.epoch()).put(name).array();
        //= rfc5627#5.1-11 without the key a pair of them says nothing of address and instance
        var sealed = ByteBuffer.allocate(ALL).put(nonce)
                .put(cipher(Cipher.ENCRYPT_MODE, nonce, aor.domain(), plain).orElseThrow());
        var user = PREFIX + Base64.getUrlEncoder().withoutPadding()
                .encodeToString(sealed.array());
        return Optional.of(Gruu.with(new SipUri(uri.scheme(), user, "", uri.host(), uri.port(),
                Params.NONE, Params.NONE), ""));
    }

    /// What the user part of a URI means in a domain; empty if it was not made with this secret.
    //= rfc5627#5.4-1 each says of which address of record it is, and of which instance
    Optional<Meaning> meaning(String user, String domain) {
        if (!user.startsWith(PREFIX)) return Optional.empty();
        try {
            var sealed = Base64.getUrlDecoder().decode(user.substring(PREFIX.length()));
            if (sealed.length != ALL) return Optional.empty();
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), domain,
                    Arrays.copyOfRange(sealed, NONCE, ALL)).map(plain -> {
                        int end = plain.length;
                        while (plain[end - 1] == 0) end--;
                        return new Meaning(new Aor(new String(plain, 8, end - 8, UTF_8), domain),
                                ByteBuffer.wrap(plain).getLong());
                    });
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> cipher(int mode, byte[] nonce, String domain, byte[] text) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, sealing, new GCMParameterSpec(TAG * 8, nonce));
            cipher.updateAAD(domain.getBytes(UTF_8));
            return Optional.of(cipher.doFinal(text));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);   // every JDK has it
        }
    }

    private static byte[] hash(SecretKeySpec key, String text, int size) {
        var hash = Digests.hmac("HmacSHA256", key.getEncoded(), text.getBytes(UTF_8));
        return Arrays.copyOf(hash, size);
    }
}
