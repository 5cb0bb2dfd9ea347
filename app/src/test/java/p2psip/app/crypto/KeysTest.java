package p2psip.app.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import java.security.Signature;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

class KeysTest {
    private static final Identity ALICE = Identity.generate("alice", new SplittableRandom(1));
    private static final byte[] MESSAGE = "hello".getBytes(StandardCharsets.UTF_8);

    //= rfc8032#5.1.7¶1 a key or signature whose decoding fails, or an S out of range, is invalid
    @Test void what_cannot_be_decoded_verifies_nothing() {
        var right = ALICE.sign(MESSAGE);
        assertThat(Keys.verify(ALICE.key(), MESSAGE, right)).isTrue();
        assertThat(Keys.verify(ALICE.key(), MESSAGE, new byte[0])).isFalse();
        assertThat(Keys.verify(ALICE.key(), MESSAGE, Arrays.copyOf(right, 63))).isFalse();
        var large = right.clone();
        Arrays.fill(large, 32, 64, (byte) 0xff);
        assertThat(Keys.verify(ALICE.key(), MESSAGE, large)).isFalse();
        assertThat(Keys.verify(Bytes.wrap(new byte[31]), MESSAGE, right)).isFalse();
        var noPoint = new byte[32];
        Arrays.fill(noPoint, (byte) 0xff);
        assertThat(Keys.verify(Bytes.wrap(noPoint), MESSAGE, right)).isFalse();
    }

    @Test void a_key_for_agreement_signs_nothing() {
        var agreement = KeyPairs.generate("X25519", new SplittableRandom(1)).getPrivate();
        //= rfc8037#3.2-1 X25519 must not be used for signing
        assertThatThrownBy(() -> Keys.sign(agreement, MESSAGE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Of two implementations that know nothing of each other: a signature is the same to the byte,
    /// and what one finds good the other does, with a bit turned over anywhere or nowhere.
    @Property(tries = 60) void the_jdk_signs_and_judges_alike(@ForAll long seed,
            @ForAll @Size(max = 200) byte[] message, @ForAll @IntRange(max = 900) int turned)
            throws GeneralSecurityException {
        var identity = Identity.generate("bob", new SplittableRandom(seed));
        var signer = Signature.getInstance("Ed25519");
        signer.initSign(identity.privateKey());
        signer.update(message);
        var signature = signer.sign();
        assertThat(identity.sign(message)).isEqualTo(signature);
        var key = identity.key().toArray();
        if (turned < 8 * signature.length) signature[turned / 8] ^= (byte) (1 << turned % 8);
        else if (turned < 8 * (signature.length + key.length))
            key[turned / 8 - signature.length] ^= (byte) (1 << turned % 8);
        assertThat(Keys.verify(Bytes.wrap(key), message, signature))
                .isEqualTo(jdk(key, message, signature));
    }

    private static boolean jdk(byte[] key, byte[] message, byte[] signature) {
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(Keys.parse(Bytes.wrap(key)));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SyntaxException | GeneralSecurityException e) {
            return false;
        }
    }

    @Test void a_public_key_and_its_bytes_are_one_thing() {
        assertThat(Keys.parse(ALICE.key())).isEqualTo(ALICE.publicKey());
        assertThat(Keys.raw(ALICE.publicKey())).isEqualTo(ALICE.key());
    }
}
