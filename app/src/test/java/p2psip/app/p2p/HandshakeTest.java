package p2psip.app.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.app.crypto.*;
import p2psip.std.Bytes;

class HandshakeTest {
    private static final SplittableRandom RANDOM = new SplittableRandom(1);
    private static final Identity A = Identity.generate("a", RANDOM);
    private static final Identity B = Identity.generate("b", RANDOM);
    private static final KeyPair MINE = KeyPairs.generate("X25519", RANDOM);
    private static final KeyPair THEIRS = KeyPairs.generate("X25519", RANDOM);
    private static final Packet.Init INIT =
            Handshake.init(A, 1, MINE, Bytes.wrap(new byte[16]), Net.at(1001));
    private static final Packet.Accept ACCEPT = Handshake.accept(B, INIT, 2, THEIRS, Net.at(1002));
    private static final byte[] HEADER = Packet.header(1, 0), TEXT = {1, 2, 3};

    @Test void both_sides_agree_on_two_different_keys() {
        var caller = Handshake.agree(MINE, ACCEPT.ephemeral(), INIT, ACCEPT).orElseThrow();
        var callee = Handshake.agree(THEIRS, INIT.ephemeral(), INIT, ACCEPT).orElseThrow();
        var packet = caller.caller().seal(0, HEADER, TEXT);
        assertThat(packet.slice(0, HEADER.length)).isEqualTo(Bytes.copyOf(HEADER));
        var sealed = packet.slice(HEADER.length, packet.size());
        assertThat(callee.caller().open(0, HEADER, sealed)).contains(Bytes.copyOf(TEXT));
        assertThat(callee.callee().open(0, HEADER, sealed)).isEmpty();
        assertThat(callee.caller().open(1, HEADER, sealed)).isEmpty();
        assertThat(callee.caller().open(0, Packet.header(2, 0), sealed)).isEmpty();
    }

    //= rfc7748#6.1-1 a point of small order, which gives the all-zero value, aborts
    @Test void a_key_with_which_anyone_shares_the_secret_is_refused() {
        for (var weak : List.of(new byte[32], one()))
            assertThat(Handshake.agree(MINE, Bytes.wrap(weak), INIT, ACCEPT)).isEmpty();
    }

    //= rfc7748#5-1,2 the most significant bit is masked, and non-canonical values are reduced
    @Test void a_key_written_in_another_way_is_the_same_key() {
        var theirs = ACCEPT.ephemeral().toArray();
        theirs[31] |= (byte) 0x80;
        assertThat(sealed(Bytes.wrap(theirs))).isEqualTo(sealed(ACCEPT.ephemeral()));
        var nine = new byte[32];
        nine[0] = 9;
        var prime = HexFormat.of().parseHex("ed" + "ff".repeat(30) + "7f");
        prime[0] += 9;
        assertThat(sealed(Bytes.wrap(prime))).isEqualTo(sealed(Bytes.wrap(nine)));
    }

    private static Bytes sealed(Bytes theirs) {
        return Handshake.agree(MINE, theirs, INIT, ACCEPT).orElseThrow().caller()
                .seal(0, HEADER, TEXT);
    }

    private static byte[] one() {
        var one = new byte[32];
        one[0] = 1;
        return one;
    }
}
