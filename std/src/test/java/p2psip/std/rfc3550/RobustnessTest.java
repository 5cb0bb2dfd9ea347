package p2psip.std.rfc3550;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.Session.*;

/// Whatever comes to the ports of a session, nothing is thrown and nothing grows.
class RobustnessTest {
    /// At night ten times as many.
    private static final int PACKETS = Integer.getInteger("tries.least", 0) > 0 ? 1_000_000
            : 100_000;

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
        originals.add(new RtpPacket(false, 0, new SequenceNumber(9), 5, bob.ssrc(),
                List.of(5L, 6L), new RtpPacket.Extension(0xbede, Bytes.hex("10aa21b1b2000000")),
                VOICE, 4).encode());
        originals.add(CompoundPacket.encode(List.of(
                new RtcpPacket.ReceiverReport(7, List.of(), Bytes.EMPTY),
                new RtcpPacket.Unknown(205, 1, Bytes.hex("0000000700000008000a0003")),
                new RtcpPacket.Unknown(207, 0, Bytes.hex("00000007040000020102030405060708")),
                new RtcpPacket.App(1, 7, "test", Bytes.hex("01020304")))));
        while (originals.size() < 12) {
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

    @Test void mutated_packets_do_a_mixer_and_a_relay_no_harm() {
        var mixer = new RtpMixer(new SplittableRandom(1));
        var relay = new Translator();
        var originals = new ArrayList<Bytes>();
        for (int cloud = 0; cloud < 3; cloud++) {
            mixer.handle(new RtpMixer.Input.Attach(cloud,
                    new Parameters(Set.of(0), 160_000, 8000, "m")), now);
            var party = session(cloud);
            party.handle(new Input.Join(), now);
            for (int i = 0; i < 5; i++) originals.add(((Output.SendRtp) party.handle(
                    new Input.Send(false, 0, i * 160L, Bytes.EMPTY), now).getLast()).datagram());
            originals.add(((Output.SendRtcp) party.handle(new Input.Leave("x"), now).getFirst())
                    .datagram());
        }
        for (int i = 0; i < PACKETS / 10; i++) {
            var bytes = mutated(originals);
            mixer.handle(new RtpMixer.Input.Tell(i % 3, i % 2 == 0
                    ? new Input.RtpReceived(bytes, THERE) : new Input.RtcpReceived(bytes, THERE)),
                    now);
            if (i % 2 == 0) relay.passes(i % 3 % 2, bytes, now);
            else relay.passesRtcp(i % 3 % 2, bytes, now);
            if (i % 50 == 0) {
                now = now.plusMillis(20);
                mixer.wake(now);
            }
        }
        assertThat(mixer.terminated()).isFalse();
    }

    private static Session session(long seed) {
        return new Session(new Parameters(Set.of(0, 101), 160_000, 8000, "someone@one"),
                new SplittableRandom(seed));
    }
}
