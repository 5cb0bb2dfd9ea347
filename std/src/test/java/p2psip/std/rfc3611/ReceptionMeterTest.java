package p2psip.std.rfc3611;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3611.ExtendedReport.*;
import p2psip.std.rfc3611.VoipMetrics.*;

/// Packets of 20 ms at 8,000 Hz, unless said otherwise.
class ReceptionMeterTest {
    private static final Buffer BUFFER = Buffer.fixed(Concealment.STANDARD, 40, 80);

    private final ReceptionMeter meter = new ReceptionMeter(7, 8000);

    private void receive(int seq, int lateMillis, int spacing) {
        meter.received(RtpPacket.of(false, 0, new SequenceNumber(seq & 0xffff),
                (long) seq * spacing & 0xffff_ffffL, 7, Bytes.EMPTY),
                Instant.ofEpochMilli(seq * (spacing / 8L) + lateMillis));
    }

    private void receive(int seq) { receive(seq, 0, 160); }

    private VoipMetrics metrics() {
        return meter.metrics(Duration.ZERO, Duration.ZERO, BUFFER, CallQuality.G711_CONCEALED);
    }

    /// The pattern of section 4.7.2, of packets 10 ms apart. It has 63 packets, where the section
    /// speaks of 64 and so of 520 ms; and it rounds densities to per cents before it takes them in
    /// 256ths, which here are the integer parts that it asks for.
    //= rfc3611#4.7.2-1 with a Gmin of 16
    //= rfc3611#4.7.2-2,3 burst density and gap density are populated
    //= rfc3611#4.7.2-4,6 durations are estimated from what packets are apart
    @Test void bursts_and_gaps_of_the_rfc() {
        var pattern = "11110111111111111111111X111X1011110111111111111111111X111111111";
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) != '0') receive(i, 0, 80);
            if (pattern.charAt(i) == 'X') meter.discarded(i);
        }
        var metrics = metrics();
        assertThat(List.of(metrics.lossRate(), metrics.discardRate(), metrics.burstDensity(),
                metrics.gapDensity(), metrics.burst(), metrics.gap(), metrics.gmin()))
                .containsExactly(12, 12, 85, 10, 120, 510, 16);
    }

    //= rfc3611#4.7.1-1 set to zero if no packets have been received
    //= rfc3611#4.7-2 and what is unknown has the value that says so
    @Test void without_packets_there_are_zeros() {
        var metrics = metrics();
        assertThat(List.of(metrics.lossRate(), metrics.discardRate(), metrics.burstDensity(),
                metrics.gapDensity(), metrics.burst(), metrics.gap())).containsOnly(0);
        assertThat(List.of(metrics.signal(), metrics.noise(), metrics.echo(), metrics.r(),
                metrics.externalR(), metrics.mosLq(), metrics.mosCq())).containsOnly(127);
        assertThat(meter.begun()).isFalse();
        //= rfc3611#4.7.3-5 the delay of the end system is not known: the value 0
        assertThat(metrics.roundTrip() + metrics.endSystem()).isZero();
    }

    //= rfc3611#4.7.2-1 sixteen received packets between two losses are a gap, fifteen are none
    @Test void fifteen_packets_between_two_losses_are_no_gap() {
        for (int between : List.of(15, 16)) {
            var counter = new BurstCounter();
            counter.lost();
            for (int i = 0; i < between; i++) counter.received();
            counter.lost();
            counter.close();
            assertThat(counter.burst()).isEqualTo(between == 15 ? 17 : 0);
        }
    }

    /// The burst of RFC 3611 has received packets in it, that of G.107 has none.
    @Test void the_r_factor_asks_for_losses_in_a_row() {
        var single = new BurstCounter();
        var pairs = new BurstCounter();
        for (int i = 0; i < 1000; i++) {
            if (i % 10 == 0) single.lost(); else single.received();
            if (i % 20 < 2) pairs.lost(); else pairs.received();
        }
        assertThat(single.ratio()).isEqualTo(1);
        assertThat(pairs.ratio()).isCloseTo(2 * 0.9, within(0.001));
        assertThat(pairs.copy().ratio()).isEqualTo(pairs.ratio());
    }

    @Test void losses_one_by_one_are_no_burst() {
        for (int i = 0; i < 200; i++) if (i % 20 != 7) receive(i);
        var metrics = metrics();
        assertThat(metrics.lossRate()).isEqualTo(10 * 256 / 200);
        assertThat(metrics.burstDensity()).isZero();
        assertThat(metrics.burst()).isZero();
        assertThat(metrics.gapDensity()).isEqualTo(metrics.lossRate());
        assertThat(metrics.gap()).isEqualTo(4000);
    }

    //= rfc3611#4.1-1 from the first packet, without a threshold
    //= rfc3611#4.1-8 what was lost may come later
    @Test void which_packets_have_come() {
        receive(65_534);
        assertThat(meter.losses(100)).isEqualTo(
                new Losses(7, 0, 65_534, 65_535, List.of(true)));
        receive(65_534 + 3);
        assertThat(meter.losses(100)).isEqualTo(
                new Losses(7, 0, 65_534, 2, List.of(true, false, false, true)));
        receive(65_534 + 1);
        assertThat(meter.losses(100).received()).containsExactly(true, true, false, true);
        meter.next();
        assertThat(meter.begun()).isFalse();
        receive(65_534 + 5);
        assertThat(meter.losses(100)).isEqualTo(new Losses(7, 0, 2, 4, List.of(false, true)));
    }

    //= rfc3611#4.1-3 no more than 32,768 ahead or behind
    //= rfc3611#4.1-4 and of two equally distant the one without a rollover
    @Test void the_nearer_way_round() {
        receive(10);
        receive(10 + 32_768);
        assertThat(meter.losses(60_000).end()).isEqualTo(10 + 32_768 + 1);
        var other = new ReceptionMeter(7, 8000);
        for (int seq : List.of(32_768 + 10, 10)) other.received(RtpPacket.of(false, 0,
                new SequenceNumber(seq), 0, 7, Bytes.EMPTY), Instant.EPOCH);
        assertThat(other.losses(60_000).end()).as("an old one").isEqualTo(32_768 + 11);
    }

    //= rfc3611#5.1-3 thinned until the block has no more than the size wanted
    //= rfc3611#7-1 an upper limit of the size
    @Test void a_block_has_a_limit() {
        var random = new SplittableRandom(5);
        for (int i = 0; i < 6000; i++) if (random.nextInt(3) > 0) receive(i);
        for (int most : List.of(500, 100, 20)) {
            var losses = meter.losses(most);
            assertThat(new ExtendedReport(1, List.of(losses)).packet().size() - 8)
                    .isLessThanOrEqualTo(most);
            assertThat(losses.thinning()).isPositive();
        }
        assertThat(meter.losses(60_000).received()).hasSize(ReceptionMeter.MEMORY);
    }

    @Test void a_summary_of_an_interval() {
        receive(0);
        for (int i = 1; i < 101; i++) if (i % 10 != 5) receive(i, i % 2 * 4, 160);
        receive(100);
        receive(100);
        var summary = meter.summary();
        assertThat(summary.lost()).hasValue(10);
        assertThat(summary.duplicates()).hasValue(2);
        assertThat(summary.begin()).isZero();
        assertThat(summary.end()).isEqualTo(101);
        var jitter = summary.jitter().orElseThrow();
        assertThat(jitter.max()).isEqualTo(32);
        assertThat(jitter.min()).isZero();
        assertThat((double) jitter.mean()).isCloseTo(32 * 8 / 9.0, within(1.0));
        assertThat(jitter.deviation()).isBetween(8L, 16L);
        meter.next();
        receive(101, 4, 160);
        assertThat(meter.summary().lost()).hasValue(0);
        assertThat(meter.summary().duplicates()).hasValue(0);
    }

    /// Whatever comes in whatever order, the counts are those of a simple list.
    @Property(tries = 40) void counts_are_those_of_a_list(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var meter = new ReceptionMeter(7, 8000);
        var seen = new TreeMap<Integer, Integer>();
        int at = 0;
        for (int i = 0; i < 800; i++) {
            at += random.nextInt(3);
            int seq = 40_000 + Math.max(0, at - random.nextInt(8));
            seen.merge(seq, 1, Integer::sum);
            meter.received(RtpPacket.of(false, 0, new SequenceNumber(seq & 0xffff), 0, 7,
                    Bytes.EMPTY), Instant.EPOCH);
        }
        int first = seen.firstKey(), last = seen.lastKey();
        if (meter.losses(60_000).begin() != (first & 0xffff)) return;   // began with a later one
        assertThat(meter.summary().lost()).hasValue(last - first + 1 - seen.size());
        assertThat(meter.summary().duplicates()).hasValue(
                seen.values().stream().mapToInt(n -> n - 1).sum());
        assertThat(meter.losses(60_000).received()).isEqualTo(IntStream.rangeClosed(first, last)
                .mapToObj(seen::containsKey).toList());
        var metrics = meter.metrics(Duration.ZERO, Duration.ZERO, BUFFER, 25.1);
        assertThat(metrics.lossRate()).isEqualTo(
                Math.min(255, (last - first + 1 - seen.size()) * 256 / (last - first + 1)));
        assertThat(meter.metrics(Duration.ZERO, Duration.ZERO, BUFFER, 25.1)).isEqualTo(metrics);
    }

    //= rfc3611#4.7.5-1 the quality metrics are provided
    //= rfc3611#4.7.3-2 the field of the round trip is populated as soon as there is an estimate
    @Test void quality_falls_with_loss_and_delay() {
        for (int i = 0; i < 500; i++) receive(i);
        var best = metrics();
        assertThat(best.r()).isEqualTo(93);
        assertThat(best.mosCq()).isEqualTo(44);
        var slow = meter.metrics(Duration.ofMillis(600), Duration.ofMillis(60), BUFFER, 25.1);
        assertThat(slow.roundTrip()).isEqualTo(600);
        assertThat(slow.endSystem()).isEqualTo(60);
        assertThat(slow.r()).isBetween(60, 70);
        assertThat(slow.mosLq()).isEqualTo(44);
        for (int i = 500; i < 1000; i++) if (i % 10 != 0) receive(i);
        var lossy = metrics();
        assertThat(lossy.r()).isBetween(70, 82);
        assertThat(lossy.mosLq()).isLessThan(44);
        assertThat(CallQuality.of(0.05, 1, 20, CallQuality.G711_PLAIN).r())
                .isLessThan(CallQuality.of(0.05, 1, 20, CallQuality.G711_CONCEALED).r() - 20);
        assertThat(new CallQuality(0).score()).isEqualTo(1);
        assertThat(new CallQuality(200).score()).isCloseTo(4.5, within(0.01));
    }
}
