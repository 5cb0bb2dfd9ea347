package p2psip.std.rfc3711;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3711.Packets.*;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import p2psip.std.Bytes;

/// What the network does to a stream: loses, delays, mixes, brings twice; and what the two sides do
/// meanwhile.
class SrtpPropertiesTest {

    /// RFC 3711 §3.3.1: of the three that have this sequence number the closest.
    //= rfc3711#3.3.1-2 the ROC is incremented when SEQ wraps
    @Property(tries = 500) void an_index_is_estimated_as_the_closest(
            @ForAll @LongRange(max = (1L << 48) - 1) long last,
            @ForAll @IntRange(max = 65_535) int sequence) {
        var window = new ReplayWindow(48);
        window.begin(last);
        long estimate = window.estimate(sequence);
        assertThat(estimate & 0xffff).isEqualTo(sequence);
        assertThat(distance(estimate, last)).isLessThanOrEqualTo(1 << 15);
        for (long roc = (last >>> 16) - 1; roc <= (last >>> 16) + 1; roc++)
            assertThat(distance(roc << 16 | sequence, last))
                    .isGreaterThanOrEqualTo(distance(estimate, last));
    }

    private static long distance(long one, long other) {
        return Math.abs(one - other << 16 >> 16);
    }

    /// Against the plainest that there could be: a set of all there were.
    //= rfc3711#3.3.2-3 accepted if ahead of the window, or inside and not received
    //= rfc3711#3.3.2-4 the list has each index
    //= rfc3711#3.3.1-6 s_l is updated by each packet that is ahead
    @Property(tries = 200) void the_window_is_a_set_that_forgets(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var window = new ReplayWindow(31);
        var seen = new HashSet<Long>();
        long at = random.nextInt(5_000), highest = -1;
        for (int i = 0; i < 3_000; i++) {
            at = Math.max(0, at + random.nextInt(-40, 42)
                    + (random.nextInt(100) == 0 ? random.nextInt(-1_500, 2_500) : 0));
            boolean fresh = highest < 0 || at > highest - ReplayWindow.SIZE && !seen.contains(at);
            assertThat(window.fresh(at)).isEqualTo(fresh);
            if (!fresh) continue;
            window.take(at);
            seen.add(at);
            highest = Math.max(highest, at);
        }
    }

    //= rfc3711#3.3.1-5 s_l begins with the first packet that is observed
    @Property(tries = 60) void through_loss_and_disorder_each_packet_is_read_once(
            @ForAll long seed, @ForAll @IntRange(max = 65_535) int first) {
        var random = new SplittableRandom(seed);
        var sender = new SrtpSender(POLICY, KEY);
        var receiver = new SrtpReceiver(POLICY, KEY);
        var wire = new TreeMap<Long, Integer>();
        var plain = new ArrayList<Bytes>();
        var sealed = new ArrayList<Bytes>();
        for (int i = 0; i < 300; i++) {
            var packet = rtp(SSRC, first + i & 0xffff, 30);
            plain.add(bytes(packet));
            sealed.add(sealed(sender, packet));
            // the very first comes first, or nobody knows where the numbers began
            if (i > 0 && random.nextInt(10) == 0) continue;
            for (int copies = random.nextInt(8) == 0 ? 2 : 1; copies > 0; copies--)
                wire.put((i == 0 ? -1000L : i + random.nextInt(40)) << 20
                        | random.nextInt(1 << 20), i);
        }
        var read = new HashSet<Integer>();
        for (int i : wire.values()) {
            var packet = buffer(sealed.get(i));
            var verdict = receiver.unprotectRtp(packet);
            assertThat(verdict).isEqualTo(read.add(i) ? Verdict.DONE : Verdict.REPLAYED);
            if (verdict == Verdict.DONE) assertThat(bytes(packet)).isEqualTo(plain.get(i));
        }
    }

    //= rfc3711#3.3.1-1 the ROC of the sender is zero when it starts
    @Property(tries = 8) void through_wraps_with_gaps_as_long_as_one_may_lose(
            @ForAll long seed, @ForAll @IntRange(max = 32_767) int first) {
        var random = new SplittableRandom(seed);
        var sender = new SrtpSender(POLICY, KEY);
        var receiver = new SrtpReceiver(POLICY, KEY);
        long index = first;
        for (int i = 0; i < 40; i++) {
            var packet = rtp((int) index & 0xffff);
            assertThat(sender.protectRtp(packet)).isEqualTo(Verdict.DONE);
            assertThat(receiver.unprotectRtp(packet)).as("index " + index).isEqualTo(Verdict.DONE);
            index += random.nextInt(1, 32_700);
        }
        assertThat(index >>> 16).isPositive();
    }

    /// New keys at random moments, told to the receiver some packets before they are used; the
    /// packets around that moment in any order.
    //= rfc3711#3.3.1-7 the ROC goes on after re-keying
    @Property(tries = 40) void through_re_keying(
            @ForAll long seed, @ForAll @IntRange(max = 65_535) int first) {
        var random = new SplittableRandom(seed);
        for (boolean named : List.of(false, true)) {
            int generation = 0;
            var key = key(generation, named);
            var sender = new SrtpSender(POLICY, key);
            var receiver = new SrtpReceiver(POLICY, key);
            int sequence = first;
            for (int burst = 0; burst < 12; burst++) {
                key = key(++generation, named);
                receiver.expect(key);
                var sealed = new ArrayList<Bytes>();
                int change = random.nextInt(20);
                for (int i = 0; i < 20; i++) {
                    if (i == change) sender.rekey(key);
                    sealed.add(sealed(sender, rtp(sequence++ & 0xffff)));
                }
                if (burst > 0) Collections.shuffle(sealed, new Random(seed));
                for (var datagram : sealed) assertThat(receiver.unprotectRtp(buffer(datagram)))
                        .isEqualTo(Verdict.DONE);
            }
        }
    }

    private static MasterKey key(int generation, boolean named) {
        var key = POLICY.suite().randomKey(new SplittableRandom(generation));
        return named ? key.withMki(Bytes.wrap(new byte[] {(byte) generation})) : key;
    }

    /// The peer takes another SSRC again and again, as after collisions; what it had sent under the
    /// old one still comes in.
    //= rfc3711#3.2.1-10 separate indices for each SSRC
    //= rfc5764#3-5 distinct SSRCs have distinct streams of keys
    @Property(tries = 40) void through_changes_of_ssrc(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var sender = new SrtpSender(POLICY, KEY);
        var receiver = new SrtpReceiver(POLICY, KEY);
        int ssrc = random.nextInt(), sequence = random.nextInt(32_768);
        var old = new ArrayList<Bytes>();
        for (int change = 0; change < 40; change++) {
            for (int i = 0; i < 10; i++) {
                var datagram = sealed(sender, rtp(ssrc, sequence++ & 0xffff, 20));
                if (i > 0 && random.nextInt(5) == 0) old.add(datagram);
                else assertThat(receiver.unprotectRtp(buffer(datagram))).isEqualTo(Verdict.DONE);
            }
            ssrc = random.nextInt();
            sequence = random.nextInt(32_768);
            for (var datagram : old)
                assertThat(receiver.unprotectRtp(buffer(datagram))).isEqualTo(Verdict.DONE);
            for (var datagram : old)
                assertThat(receiver.unprotectRtp(buffer(datagram))).isEqualTo(Verdict.REPLAYED);
            old.clear();
        }
        assertThat(receiver.streams()).isEqualTo(40);
    }

    /// Whatever is forged in between, the genuine stream is read as if nothing had been.
    @Property(tries = 40) void forgeries_change_nothing(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var policy = POLICY.withKeyDerivationRate(random.nextBoolean() ? 0 : 8);
        var sender = new SrtpSender(policy, KEY);
        var receiver = new SrtpReceiver(policy, KEY);
        int sequence = random.nextInt(65_536);
        for (int i = 0; i < 100; i++) {
            var datagram = sealed(sender, rtp(sequence++ & 0xffff));
            var report = sealedRtcp(sender, rtcp(SSRC, 8));
            for (int forged = 0; forged < 5; forged++) {
                var bytes = (forged % 2 == 0 ? datagram : report).toArray();
                bytes[random.nextInt(2, bytes.length)] ^= (byte) random.nextInt(1, 256);
                var packet = buffer(Bytes.wrap(bytes));
                assertThat(forged % 2 == 0 ? receiver.unprotectRtp(packet)
                        : receiver.unprotectRtcp(packet)).isNotEqualTo(Verdict.DONE);
            }
            assertThat(receiver.unprotectRtp(buffer(datagram))).isEqualTo(Verdict.DONE);
            assertThat(receiver.unprotectRtcp(buffer(report))).isEqualTo(Verdict.DONE);
        }
        assertThat(receiver.streams()).isEqualTo(1);
    }
}
