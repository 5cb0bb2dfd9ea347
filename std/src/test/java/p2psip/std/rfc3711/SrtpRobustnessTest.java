package p2psip.std.rfc3711;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3711.Packets.*;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc7714.AeadSuite;

/// Whatever comes to the ports of a session, nothing is thrown, nothing is believed, nothing grows.
class SrtpRobustnessTest {
    /// At night fifty times as many, RTP and RTCP, for each suite its part.
    private static final int PACKETS = Integer.getInteger("tries.least", 0) > 0 ? 1_000_000
            : 20_000;

    private final SplittableRandom random = new SplittableRandom(3711);

    @Test void mutated_packets_do_no_harm() {
        var suites = Stream.<CryptoSuite>concat(
                Arrays.stream(HmacSuite.values()).filter(s -> !s.name().endsWith("32")),
                Arrays.stream(AeadSuite.values())).toList();
        for (var suite : suites) for (int mki : List.of(0, 4))
            assault(suite, mki, PACKETS / suites.size() / 2);
    }

    private void assault(CryptoSuite suite, int mki, int packets) {
        var policy = SrtpPolicy.of(suite);
        var key = suite.randomKey(random).withMki(Bytes.wrap(new byte[mki]));
        var sender = new SrtpSender(policy, key);
        var receiver = new SrtpReceiver(policy, key);
        var originals = new ArrayList<Bytes>();
        for (int i = 0; i < 8; i++) {
            originals.add(sealed(sender, rtp(SSRC, i, 40 * i)));
            originals.add(sealedRtcp(sender, rtcp(SSRC, 4 * i)));
        }
        for (int i = 0; i < packets; i++) {
            boolean rtcp = random.nextBoolean();
            var original = originals.get(2 * random.nextInt(8) + (rtcp ? 1 : 0));
            var bytes = mutated(original);
            var packet = buffer(Bytes.wrap(bytes));
            var verdict = rtcp ? receiver.unprotectRtcp(packet) : receiver.unprotectRtp(packet);
            if (Arrays.equals(bytes, original.toArray())) continue;
            assertThat(verdict).as(suite.name()).isNotEqualTo(Verdict.DONE);
            assertThat(bytes(packet)).isEqualTo(Bytes.wrap(bytes));
            // what is plain is as little believed by whoever sends
            if (random.nextInt(20) == 0) sender.protectRtp(packet);
        }
        assertThat(receiver.streams()).isLessThanOrEqualTo(1);
    }

    private byte[] mutated(Bytes original) {
        var bytes = original.toArray();
        for (int i = random.nextInt(1, 4); i > 0; i--) switch (random.nextInt(4)) {
            case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(1, bytes.length + 9));
            default -> bytes[0] = (byte) random.nextInt(0x80, 0xc0);
        }
        return bytes;
    }
}
