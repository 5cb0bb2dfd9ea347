package p2psip.app.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
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
                .isInstanceOf(IllegalStateException.class);
    }

    @Test void a_public_key_and_its_bytes_are_one_thing() {
        assertThat(Keys.parse(ALICE.key())).isEqualTo(ALICE.publicKey());
        assertThat(Keys.raw(ALICE.publicKey())).isEqualTo(ALICE.key());
    }
}
