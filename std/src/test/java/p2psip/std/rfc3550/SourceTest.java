package p2psip.std.rfc3550;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

/// The algorithms of Appendix A, one packet each 20 ms unless said otherwise.
class SourceTest {
    private final Source source = new Source(1, 8000, Instant.EPOCH);
    private int clock;

    /// How many packets are delivered when this one arrives.
    private int receive(int seq) { return receive(seq, clock++ * 20, seq * 160L); }

    private int receive(int seq, int atMillis, long timestamp) {
        var packet = RtpPacket.of(false, 0, new SequenceNumber(seq & 0xffff),
                timestamp & 0xffff_ffffL, 1, Bytes.EMPTY);
        return source.receive(packet, Instant.ofEpochMilli(atMillis)).size();
    }

    private void receiveAll(int from, int to) {
        for (int seq = from; seq < to; seq++) receive(seq);
    }

    //= rfc3550#A.1-9,10 two in sequence, then it is believed, and what was held is delivered
    @Test void a_source_is_on_probation_first() {
        assertThat(receive(10)).isZero();
        assertThat(source.valid()).isFalse();
        assertThat(receive(20)).isZero();
        assertThat(receive(21)).isEqualTo(2);
        assertThat(source.valid()).isTrue();
        assertThat(receive(22)).isOne();
        assertThat(source.received()).isEqualTo(3);
        assertThat(source.expected()).isEqualTo(3);
    }

    /// Seed R5: any reordering added a whole cycle.
    @Test void packets_overtake_each_other() {
        receiveAll(0, 10);
        for (int seq : new int[] {12, 11, 10, 13}) assertThat(receive(seq)).isOne();
        assertThat(source.extendedHighest()).isEqualTo(13);
        assertThat(source.lost()).isZero();
    }

    //= rfc3550#6.4.1-16 the cycles are counted above the low 16 bits
    //= rfc3550#6.4.1-14 a duplicate makes the loss negative
    @Test void the_numbers_wrap_around() {
        receiveAll(65530, 65550);
        receive(65534);
        assertThat(source.extendedHighest()).isEqualTo(65549);
        assertThat(source.expected()).isEqualTo(20);
        assertThat(source.lost()).isEqualTo(-1);
    }

    //= rfc3550#A.1-12 the statistics begin again when a source restarts
    @Test void a_great_leap_is_believed_the_second_time() {
        receiveAll(0, 100);
        assertThat(receive(30000)).isZero();
        assertThat(receive(30002)).isZero();
        assertThat(receive(100)).isOne();
        assertThat(receive(40000)).isZero();
        assertThat(receive(40001)).isOne();
        assertThat(source.expected()).isOne();
        assertThat(source.received()).isOne();
        assertThat(source.expectedInAll()).isEqualTo(102);
        assertThat(source.receivedInAll()).isEqualTo(102);
    }

    //= rfc3550#A.1-13 a dropout of 2999 is loss, one of 3000 is another beginning
    @Test void a_gap_may_be_so_wide_and_no_wider() {
        receiveAll(0, 2);
        assertThat(receive(3000)).isOne();
        assertThat(receive(6000)).isZero();
    }

    //= rfc3550#6.4.1-18 jitter is rounded as in Appendix A.8, a sixteenth with eight added
    @Test void jitter_is_rounded_as_the_appendix_does() {
        for (var steps : List.of(List.of(103, 15, 7), List.of(100, 1, 5))) {
            var source = new Source(1, 8000, Instant.EPOCH);
            var stamps = List.of(0, 0, 0, steps.get(0), steps.get(0) + steps.get(1));
            for (int seq = 0; seq < stamps.size(); seq++) source.receive(RtpPacket.of(false, 0,
                    new SequenceNumber(seq), stamps.get(seq), 1, Bytes.EMPTY), Instant.EPOCH);
            assertThat(source.jitter()).isEqualTo(steps.get(2).longValue());
        }
    }

    //= rfc3550#6.4.1¶15 loss in 256ths, since the last report only
    @Test void losses_are_reported_by_interval() {
        receiveAll(0, 60);
        assertThat(source.block(Instant.EPOCH).fractionLost()).isZero();
        receive(61);
        assertThat(source.block(Instant.EPOCH).fractionLost()).isEqualTo(128);
        receiveAll(82, 102);
        var block = source.block(Instant.EPOCH);
        assertThat(block.fractionLost()).isEqualTo(128);
        assertThat(block.lost()).isEqualTo(21);
        assertThat(block.highest()).isEqualTo(101);
        assertThat(source.block(Instant.EPOCH).fractionLost()).isZero();
        for (int i = 0; i < 31; i++) receive(101);
        block = source.block(Instant.EPOCH);
        assertThat(block.fractionLost()).isZero();
        assertThat(block.lost()).isEqualTo(-10);
    }

    //= rfc3550#A.3-1 no more than 24 bits
    @Test void the_count_of_losses_is_clamped() {
        receiveAll(0, 2);
        for (int seq = 2000; seq < 0x7f_ffff + 20000; seq += 2900) receive(seq);
        assertThat(source.lost()).isEqualTo(0x7f_ffff);
        var twice = RtpPacket.of(false, 0, new SequenceNumber(1), 0, 1, Bytes.EMPTY);
        var often = new Source(1, 8000, Instant.EPOCH);
        for (int i = 0; i < 0x80_0010; i++) often.pass(i > 0 ? twice : RtpPacket.of(
                false, 0, new SequenceNumber(0), 0, 1, Bytes.EMPTY), Instant.EPOCH);
        assertThat(often.lost()).isEqualTo(-0x80_0000);
    }

    /// Every packet is received once, in any order within reach: nothing is lost.
    @Property(tries = 100) void shuffled_packets_are_all_counted(
            @ForAll @IntRange(max = 65535) int from, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var source = new Source(1, 8000, Instant.EPOCH);
        var order = new TreeMap<Integer, Integer>();
        for (int i = 0; i < 500; i++) order.put(
                (i * 100 + (i < 2 ? 0 : random.nextInt(900))) * 1000 + i, i);
        for (int i : order.values()) source.receive(RtpPacket.of(false, 0,
                new SequenceNumber(from + i & 0xffff), 0, 1, Bytes.EMPTY), Instant.EPOCH);
        assertThat(source.lost()).isZero();
        assertThat(source.received()).isEqualTo(500);
        assertThat(source.extendedHighest()).isEqualTo(from + 499);
    }

    /// Of another codec of the same stream.
    @Test void another_clock_leaves_the_jitter_as_long_as_it_was() {
        for (int i = 0; i < 50; i++) receive(i, 20 * i + i % 2 * 4, 160L * i);
        long before = source.jitter();
        assertThat(before).isBetween(20L, 40L);
        source.clock(48_000);
        assertThat(source.jitter()).isBetween(6 * before, 6 * before + 6);
        for (int i = 50; i < 200; i++) receive(i, 20 * i, 960L * i);
        assertThat(source.jitter()).isLessThan(48);
    }

    /// Seed R9: the ancestor used the sender's clock where the arrival belongs.
    //= rfc3550#6.4.1-19 the formula, with arrivals 4 ms late and in time by turns
    @Test void jitter_is_that_of_the_arrivals() {
        receiveAll(0, 50);
        assertThat(source.jitter()).isZero();
        double j = 0;
        for (int i = 50; i < 150; i++) {
            receive(i, i * 20 + (i % 2) * 4, i * 160L);
            if (i > 50) j += (32 - j) / 16;
        }
        assertThat((double) source.jitter()).isCloseTo(j, org.assertj.core.data.Offset.offset(1.0));
    }

    @Test void jitter_does_not_mind_the_wrap_of_the_timestamp() {
        for (int i = 0; i < 50; i++) receive(i, i * 20, 0xffff_ff00L + i * 160L);
        assertThat(source.jitter()).isZero();
    }

    /// A server that plays one recording after the other under one SSRC, each from timestamp 0.
    @Test void a_jump_of_the_timestamp_is_no_jitter() {
        receiveAll(0, 50);
        for (int seq = 50; seq < 100; seq++) receive(seq, seq * 20, 2_304_000 + seq * 160L);
        assertThat(source.jitter()).isZero();
        for (int seq = 100; seq < 150; seq++) receive(seq, seq * 20, seq * 160L);
        assertThat(source.jitter()).isZero();
    }

    @Test void what_counts_by_another_clock_is_no_jitter() {
        receiveAll(0, 50);
        source.pass(RtpPacket.of(false, 31, new SequenceNumber(50), 777, 1, Bytes.EMPTY),
                Instant.ofEpochMilli(1000));
        receive(51, 51 * 20, 51 * 160L);
        assertThat(source.jitter()).isZero();
        assertThat(source.received()).isEqualTo(52);
    }

    @Test void four_seconds_late_is_jitter_and_five_are_none() {
        receiveAll(0, 50);
        receive(50, 50 * 20 + 4000, 50 * 160L);
        assertThat(source.jitter()).isEqualTo(4 * 8000 / 16);
        receive(51, 51 * 20 + 9000, 51 * 160L);
        assertThat(source.jitter()).isEqualTo(4 * 8000 / 16);
    }

    @Test void the_last_sender_report_is_answered() {
        receiveAll(0, 5);
        assertThat(source.block(Instant.EPOCH).lastSr()).isZero();
        source.report(new NtpTimestamp(0x1234_5678_9abc_def0L), Instant.ofEpochSecond(10));
        var block = source.block(Instant.ofEpochMilli(15_250));
        assertThat(block.lastSr()).isEqualTo(0x5678_9abcL);
        assertThat(block.delay()).isEqualTo(0x5_4000);
    }

    //= rfc3550#8.2-21 no switching to and fro
    @Test void a_source_may_move_when_its_old_address_is_silent() {
        var old = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 1);
        var other = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 2);
        assertThat(source.comesFrom(false, old, Instant.EPOCH)).isTrue();
        assertThat(source.comesFrom(false, other, Instant.ofEpochSecond(1))).isFalse();
        assertThat(source.comesFrom(true, other, Instant.ofEpochSecond(1))).isTrue();
        assertThat(source.comesFrom(false, other, Instant.ofEpochSecond(2))).isTrue();
        assertThat(source.comesFrom(false, old, Instant.ofEpochSecond(3))).isFalse();
    }
}
