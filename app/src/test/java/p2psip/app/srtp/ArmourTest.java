package p2psip.app.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import p2psip.app.srtp.Armour.Refused;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3711.*;
import p2psip.std.rfc4568.CryptoAttribute.Protection;
import p2psip.std.rfc7714.AeadSuite;

class ArmourTest {
    private static final List<CryptoSuite> SUITES = List.of(HmacSuite.AES_CM_128_HMAC_SHA1_80,
            HmacSuite.AES_CM_128_HMAC_SHA1_32, HmacSuite.AES_256_CM_HMAC_SHA1_80,
            HmacSuite.F8_128_HMAC_SHA1_80, AeadSuite.AEAD_AES_128_GCM, AeadSuite.AEAD_AES_256_GCM);

    private final SplittableRandom random = new SplittableRandom(4568);
    private final Armour alice = new Armour(), bob = new Armour();

    private Protection key(CryptoSuite suite) {
        return new Protection(SrtpPolicy.of(suite), List.of(suite.randomKey(random)));
    }

    private void agree(Protection hers, Protection his, boolean anew) {
        alice.told(hers, anew, his, anew);
        bob.told(his, anew, hers, anew);
    }

    private static Bytes packet(int number, long ssrc) {
        return RtpPacket.of(false, 0, new SequenceNumber(number & 0xffff), number * 160L, ssrc,
                Bytes.wrap(new byte[160])).encode();
    }

    private static Optional<Bytes> send(Armour from, Armour to, Bytes plain) {
        return from.put(true, plain).flatMap(sealed -> to.take(true, sealed, false));
    }

    @Test void without_keys_nothing_passes() {
        assertThat(alice.put(true, packet(1, 7))).isEmpty();
        assertThat(alice.take(true, packet(1, 7), false)).isEmpty();
    }

    /// Re-keying, as often as you like, while sequence numbers wrap and packets are lost, and the
    /// source has another SSRC now and then: what is sent is heard.
    //= rfc4568#5.1.4-2 in order to re-key, or to change the suite
    @Property void what_is_sent_is_heard_whatever_key_is_next(
            @ForAll List<@IntRange(max = 40) Integer> steps, @ForAll @IntRange(max = 5) int first) {
        agree(key(SUITES.get(first)), key(SUITES.get(first)), true);
        int number = 65_000;
        long ssrc = 7;
        for (int step : steps) {
            number++;
            if (step < SUITES.size()) agree(key(SUITES.get(step)), key(SUITES.get(step)), false);
            else if (step < 8) {
                ssrc++;
                number = step;
            } else number += step * 20;   // those between are lost
            var plain = packet(number, ssrc);
            assertThat(send(alice, bob, plain)).contains(plain);
            assertThat(send(bob, alice, plain)).contains(plain);
        }
        assertThat(bob.refused()).isEqualTo(Refused.NONE);
    }

    //= rfc5764#5.2-1 old and new keys are there for some time
    @Test void what_was_under_way_when_the_key_changed_is_heard() {
        var suite = AeadSuite.AEAD_AES_128_GCM;
        agree(key(suite), key(suite), true);
        var late = alice.put(true, packet(1, 7)).orElseThrow();
        agree(key(suite), key(suite), false);
        assertThat(send(alice, bob, packet(2, 7))).isPresent();
        assertThat(bob.take(true, late, false)).contains(packet(1, 7));
        var later = alice.put(true, packet(3, 7)).orElseThrow();
        agree(key(suite), key(suite), true);   // of another association
        assertThat(bob.take(true, later, false)).contains(packet(3, 7));
    }

    @Test void what_is_agreed_again_does_not_begin_anew() {
        var hers = key(HmacSuite.AES_CM_128_HMAC_SHA1_80);
        var his = key(HmacSuite.AES_CM_128_HMAC_SHA1_80);
        agree(hers, his, true);
        var sealed = alice.put(true, packet(1, 7)).orElseThrow();
        assertThat(bob.take(true, sealed, false)).isPresent();
        agree(hers, his, true);
        assertThat(bob.take(true, sealed, false)).isEmpty();
        assertThat(bob.refused()).hasToString("forged=0 replayed=1");
    }

    @Test void what_is_not_believed_is_counted() {
        agree(key(AeadSuite.AEAD_AES_128_GCM), key(AeadSuite.AEAD_AES_128_GCM), true);
        var sealed = alice.put(true, packet(1, 7)).orElseThrow();
        var forged = sealed.toArray();
        forged[20] ^= 1;
        assertThat(bob.take(true, Bytes.wrap(forged), false)).isEmpty();
        assertThat(bob.take(true, packet(2, 7), true)).isEmpty();
        assertThat(bob.take(true, Bytes.EMPTY, false)).isEmpty();
        assertThat(bob.take(true, sealed, false)).isPresent();
        assertThat(bob.take(true, sealed, false)).isEmpty();
        assertThat(bob.refused()).hasToString("forged=1 replayed=1 unreadable=2");
    }
}
