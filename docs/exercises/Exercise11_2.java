import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.*;
import module java.base;
import org.junit.jupiter.api.Test;

/// # Is it signed?
///
/// A record has been signed with an Ed25519 key. Say whether the signature is right for this text
/// and this public key. Whatever is wrong, the answer is no, never an exception.
///
/// Hint: `Signature.getInstance("Ed25519")`, then initVerify, update, verify.
///
/// Hint: a signature of the wrong length makes `verify` throw.
class Exercise11_2 {
    // answer
    boolean isSigned(String text, byte[] signature, PublicKey key) {
        try {
            var check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(text.getBytes(StandardCharsets.UTF_8));   //~ check.update(new byte[0]);
            return check.verify(signature);   //~ return signature.length == 64;
        } catch (GeneralSecurityException e) {
            return false;   //~ return true;
        }
    }
    // start
    //| boolean isSigned(String text, byte[] signature, PublicKey key) {
    //|     return true;
    //| }
    // end

    private static KeyPair pair() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    private static byte[] sign(String text, KeyPair pair) throws GeneralSecurityException {
        var signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return signature.sign();
    }

    @Test void by_bob() throws GeneralSecurityException {
        var bob = pair();
        assertThat(isSigned("bob is at node 7", sign("bob is at node 7", bob), bob.getPublic()))
                .isTrue();
    }

    @Test void not_if_a_letter_was_changed() throws GeneralSecurityException {
        var bob = pair();
        assertThat(isSigned("bob is at node 8", sign("bob is at node 7", bob), bob.getPublic()))
                .isFalse();
    }

    @Test void not_by_somebody_else() throws GeneralSecurityException {
        assertThat(isSigned("bob is at node 7", sign("bob is at node 7", pair()),
                pair().getPublic())).isFalse();
    }

    @Test void nor_by_something_that_is_no_signature() throws GeneralSecurityException {
        assertThat(isSigned("bob is at node 7", new byte[3], pair().getPublic())).isFalse();
    }
}
