package p2psip.std.rfc3550;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.Session.*;

/// Whatever comes to the ports of a session, nothing is thrown and nothing grows.
class RobustnessTest {
    /// At night fifty times as many.
    private static final int PACKETS = Integer.getInteger("tries.least", 0) > 0 ? 1_000_000
            : 20_000;

    private static final InetSocketAddress THERE =
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 4000);
    private static final Bytes VOICE = Bytes.wrap(new byte[160]);

    private final SplittableRandom random = new SplittableRandom(3550);
    private Instant now = Instant.ofEpochSecond(1_000_000);

    private Bytes mutated(List<Bytes> originals) {
        var bytes = originals.get(random.nextInt(originals.size())).toArray();
        for (int i = random.nextInt(1, 4); i > 0; i--) switch (random.nextInt(4)) {
            case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(1, bytes.length + 9));
            // another type, or length
            default -> bytes[Math.min(bytes.length - 1, random.nextInt(1, 4))] =
                    (byte) random.nextInt(190, 210);
        }
        return Bytes.wrap(bytes);
    }

    @Test void mutated_packets_do_no_harm() {
        var alice = session(1);
        var bob = session(2);
        for (var session : List.of(alice, bob)) session.handle(new Input.Join(), now);
        var originals = new ArrayList<Bytes>();
        for (int i = 0; i < 5; i++) originals.add(((Output.SendRtp) bob.handle(
                new Input.Send(i == 0, 0, i * 160L, VOICE), now).getLast()).datagram());
        while (originals.size() < 10) {
            now = bob.deadline();
            for (var output : bob.wake(now))
                if (output instanceof Output.SendRtcp(var datagram)) originals.add(datagram);
        }
        for (var output : bob.handle(new Input.Leave("over"), now))
            if (output instanceof Output.SendRtcp(var datagram)) originals.add(datagram);
        for (int i = 0; i < PACKETS; i++) {
            var bytes = mutated(originals);
            alice.handle(i % 2 == 0 ? new Input.RtpReceived(bytes, THERE)
                    : new Input.RtcpReceived(bytes, THERE), now);
            if (i % 50 == 0) {
                now = now.plusMillis(20);
                if (!alice.deadline().isAfter(now)) alice.wake(now);
            }
        }
        assertThat(alice.sources()).isLessThanOrEqualTo(Session.MAX_SOURCES);
    }

    private static Session session(long seed) {
        return new Session(new Parameters(Set.of(0, 101), 160_000, 8000, "someone@one"),
                new SplittableRandom(seed));
    }
}
