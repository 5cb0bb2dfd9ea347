package p2psip.std.rfc3550;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.Session.*;

/// What receiving a packet costs in memory: fifty a second come for each call and direction, and
/// what is made for each of them must be thrown away.
class ReceivePathTest {
    private static final InetSocketAddress THERE =
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 4000);
    private static final int WARM = 60_000, COUNTED = 20_000;
    /// What the measuring itself takes, for each packet at most.
    private static final double MEASURING = 0.5;

    private final Session alice = new Session(
            new Parameters(Set.of(0, 101), 160_000, 8000, "alice@one"), new SplittableRandom(1));
    private final Bytes[] packets = new Bytes[1000];
    private final Instant now = Instant.ofEpochSecond(1_000_000);
    /// Keeps what is read from being left out.
    private long sink;

    ReceivePathTest() {
        alice.handle(new Input.Join(), now);
        for (int i = 0; i < packets.length; i++)
            packets[i] = RtpPacket.of(i == 0, 0, new SequenceNumber(i), i * 160L, 77,
                    Bytes.wrap(new byte[160])).encode();
    }

    private static double allocated(int packets, IntConsumer each) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        for (int i = 0; i < WARM; i++) each.accept(i);
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = WARM; i < WARM + packets; i++) each.accept(i);
        return (threads.getThreadAllocatedBytes(thread) - before) / (double) packets;
    }

    private Bytes packet(int i) { return packets[i % packets.length]; }

    @Test void the_short_way_makes_nothing() {
        alice.handle(new Input.RtpReceived(packet(0), THERE), now);
        alice.handle(new Input.RtpReceived(packet(1), THERE), now);
        assertThat(allocated(COUNTED, i -> {
            if (alice.receive(packet(i), THERE, now) == Hearing.USE) sink++;
        })).isLessThan(MEASURING);
        assertThat(sink).isGreaterThan(COUNTED / 2);
    }

    /// With the packet, its payload and the list of outputs.
    @Test void the_long_way_makes_little() {
        assertThat(allocated(COUNTED, i -> {
            for (var output : alice.handle(new Input.RtpReceived(packet(i), THERE), now))
                if (output instanceof Output.Deliver(var packet))
                    sink += packet.timestamp() + packet.payload().at(7);
        })).isLessThan(300);
        assertThat(sink).isPositive();
    }

    @Test void who_speaks_by_the_short_way_does_not_time_out() {
        for (int i = 0; i < 5000; i++) {
            var at = now.plusMillis(i * 20L);
            for (var output : alice.wake(at))
                assertThat(output).isNotInstanceOf(Output.TimedOut.class);
            if (alice.receive(packet(i), THERE, at) == Hearing.HANDLE)
                alice.handle(new Input.RtpReceived(packet(i), THERE), at);
        }
        assertThat(alice.receptions()).hasSize(1);
    }

    @Test void who_has_been_away_is_on_probation_again() {
        for (int i = 0; i < 3; i++) alice.handle(new Input.RtpReceived(packet(i), THERE), now);
        assertThat(alice.receive(packet(3), THERE, now)).isEqualTo(Hearing.USE);
        var gone = false;
        while (!gone) gone = alice.wake(alice.deadline()).stream()
                .anyMatch(o -> o instanceof Output.TimedOut);
        var later = alice.deadline().minusMillis(1);
        assertThat(alice.receive(packet(4), THERE, later)).isEqualTo(Hearing.HANDLE);
        assertThat(alice.handle(new Input.RtpReceived(packet(4), THERE), later)).isEmpty();
    }

    @Test void who_contributes_later_takes_part_too() {
        for (int i = 0; i < 3; i++) alice.handle(new Input.RtpReceived(packet(i), THERE), now);
        var mixed = new RtpPacket(false, 0, new SequenceNumber(3), 480, 77, List.of(5L),
                RtpPacket.Extension.NONE, Bytes.EMPTY, 0).encode();
        assertThat(alice.receive(mixed, THERE, now)).isEqualTo(Hearing.HANDLE);
        assertThat(alice.handle(new Input.RtpReceived(mixed, THERE), now))
                .containsExactly(new Output.Deliver(RtpPacket.parse(mixed)));
        assertThat(alice.knows(5)).isTrue();
    }

    @Test void both_ways_tell_the_same() {
        var bob = new Session(new Parameters(Set.of(0, 101), 160_000, 8000, "alice@one"),
                new SplittableRandom(1));
        bob.handle(new Input.Join(), now);
        var random = new SplittableRandom(3);
        for (int i = 0; i < 3000; i++) {
            var from = random.nextInt(9) > 0 ? THERE
                    : new InetSocketAddress(THERE.getAddress(), 5);
            var packet = RtpPacket.of(false, random.nextInt(20) == 0 ? 8 : 0,
                    new SequenceNumber(i + random.nextInt(random.nextInt(50) == 0 ? 9000 : 3)
                            & 0xffff), i * 160L, random.nextInt(30) == 0 ? 5 : 77,
                    Bytes.wrap(new byte[random.nextInt(3)])).encode();
            if (random.nextInt(40) == 0) packet = packet.slice(0, random.nextInt(packet.size()));
            var at = now.plusMillis(i * 20L);
            var one = alice.handle(new Input.RtpReceived(packet, from), at);
            var two = switch (bob.receive(packet, from, at)) {
                case USE -> List.<Output>of(new Output.Deliver(RtpPacket.parse(packet)));
                case DROP -> List.<Output>of();
                case HANDLE -> bob.handle(new Input.RtpReceived(packet, from), at);
            };
            assertThat(two).isEqualTo(one);
        }
        assertThat(bob.receptions()).isEqualTo(alice.receptions()).isNotEmpty();
    }
}
