package p2psip.std.rfc3611;

import module java.base;
import p2psip.std.Ticks;
import p2psip.std.rfc3550.RtpPacket;
import p2psip.std.rfc3611.ExtendedReport.*;

/// Counts how the packets of one source come, for the blocks of extended reports.
///
/// It is told of every packet that comes, also of one that is too late or comes twice, and by the
/// jitter buffer which of them were of no use.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3611#section-4.1 RFC 3611 §4.1
public final class ReceptionMeter {
    /// Of how many packets it is remembered whether they have come; a block reports on no more.
    static final int MEMORY = 4096;
    /// A packet that is so far behind is late, not lost.
    //= rfc3611#4.7.1-3 much later than a jitter buffer waits, so that lateness is a discard first
    static final int LATE = 256;

    /// No packet travels so many seconds longer than the one before.
    private static final long JUMP = 5;

    private static final byte ABSENT = 0, RECEIVED = 1, DUPLICATE = 2, DISCARDED = 4;

    private final long ssrc;
    private final int clockRate;
    private final byte[] states = new byte[MEMORY];
    private final long[] timestamps = new long[MEMORY];

    private boolean begun;
    /// Sequence numbers with their cycles: the last and the highest that came, the first of this
    /// report's interval, the first on which bursts have not been judged.
    private long recent, highest, from, unjudged;
    private long duplicates;
    private BurstCounter bursts = new BurstCounter();
    private boolean timed;
    private int transit;
    private long series, sum, min, max;
    private double squares;
    private double spacing;

    public ReceptionMeter(long ssrc, int clockRate) {
        this.ssrc = ssrc;
        this.clockRate = clockRate;
    }

    /// A packet has come.
    //= rfc3611#4.1-1,2 from the first on, no threshold; and all sequence numbers are valid
    public void received(RtpPacket packet, Instant now) {
        long seq = unwrapped(packet.sequence());
        if (!begun) begin(seq);
        recent = seq;
        advance(seq);
        if (seq <= highest - MEMORY) return;
        int place = (int) Math.floorMod(seq, (long) MEMORY);
        if (states[place] != ABSENT) {
            duplicates++;
            states[place] |= DUPLICATE;
            return;
        }
        //= rfc3611#4.1-8 a loss that was reported may become a receipt
        states[place] |= RECEIVED;
        timestamps[place] = packet.timestamp();
        arrive(packet.timestamp(), now, seq);
    }

    private void begin(long seq) {
        begun = true;
        highest = seq - 1;
        from = unjudged = seq;
    }

    //= rfc3611#4.1-3 no more than 32,768 ahead or behind the most recent one
    private long unwrapped(int seq) {
        int delta = (short) (seq - (int) recent);
        //= rfc3611#4.1-4 equally distant, it is the one without a rollover
        if (delta == Short.MIN_VALUE && seq > (int) (recent & 0xffff)) delta = -delta;
        return begun ? recent + delta : seq;
    }

    private void advance(long seq) {
        while (highest < seq) {
            highest++;
            judge(bursts, highest - LATE);
            states[(int) Math.floorMod(highest, (long) MEMORY)] = ABSENT;
        }
        if (from <= highest - MEMORY) from = highest - MEMORY + 1;
    }

    /// Judges all before that one.
    private void judge(BurstCounter counter, long end) {
        for (; unjudged < end; unjudged++) {
            byte state = states[(int) Math.floorMod(unjudged, (long) MEMORY)];
            if ((state & DISCARDED) != 0) counter.discarded();
            else if (state == ABSENT) counter.lost();
            else counter.received();
        }
    }

    /// The jitter buffer had no use for a packet.
    public void discarded(int sequence) {
        long seq = unwrapped(sequence);
        if (begun && seq <= highest && seq > highest - MEMORY)
            states[(int) Math.floorMod(seq, (long) MEMORY)] |= DISCARDED;
    }

    private void arrive(long timestamp, Instant now, long seq) {
        int was = transit;
        transit = (int) (Ticks.at(now, clockRate) - timestamp);
        long before = timestamps[(int) Math.floorMod(seq - 1, (long) MEMORY)];
        long step = timestamp - before & 0xffff_ffffL;
        if (seq > unjudged && step > 0 && step < clockRate) spacing = step;
        long d = Math.abs((long) transit - was);
        boolean first = !timed;
        timed = true;
        // of the first packet there is nothing to compare, and a clock that jumps is no jitter
        if (first || d > JUMP * clockRate) return;
        series++;
        sum += d;
        squares += (double) d * d;
        min = series == 1 ? d : Math.min(min, d);
        max = Math.max(max, d);
    }

    /// Whether there is anything to report on.
    public boolean begun() { return begun && highest >= from; }

    private int first() { return (int) (from & 0xffff); }

    private int end() { return (int) (highest + 1 & 0xffff); }

    /// The numbers since the last interval began.
    public Summary summary() {
        long mean = series == 0 ? 0 : Math.round((double) sum / series);
        double variance = series == 0 ? 0
                : squares / series - Math.pow((double) sum / series, 2);
        return new Summary(ssrc, first(), end(), OptionalLong.of(count(ABSENT)),
                OptionalLong.of(duplicates), Optional.of(new Summary.Jitter(min, max, mean,
                        Math.round(Math.sqrt(Math.max(0, variance))))), Optional.empty());
    }

    private long count(byte state) {
        return LongStream.rangeClosed(from, highest).filter(seq -> at(seq) == state).count();
    }

    private byte at(long seq) { return states[(int) Math.floorMod(seq, (long) MEMORY)]; }

    /// Which packets have come since the interval began.
    ///
    /// @param most bytes that the block has: it is thinned until it fits
    public Losses losses(int most) {
        for (int thinning = 0;; thinning++) {
            int step = 1 << thinning;
            var received = LongStream.rangeClosed(from, highest)
                    .filter(seq -> (seq & step - 1) == 0).mapToObj(seq -> at(seq) != ABSENT)
                    .toList();
            //= rfc3611#5.1-3 the largest size that the whole block has
            //= rfc3611#7-1 and a limit of the size there is in any case
            if (12 + 2 * SequenceRuns.chunks(received).size() <= most || thinning == 15)
                return new Losses(ssrc, thinning, first(), end(), received);
        }
    }

    /// The next interval begins.
    public void next() {
        from = highest + 1;
        duplicates = 0;
        series = sum = min = max = 0;
        squares = 0;
    }

    /// How good the call is, since it began.
    ///
    /// @param roundTrip zero if it is not known
    /// @param endSystem what this end adds to the delay: its buffers; zero if it is not known
    /// @param robustness of the codec against loss, as [CallQuality] wants it
    //= rfc3611#4.7-2 of what is unknown the value says so
    //= rfc3611#4.7.3-4 the value of the end system's delay is provided in all reports
    //= rfc3611#4.7.7-1 and the buffer's most recent values
    public VoipMetrics metrics(Duration roundTrip, Duration endSystem, VoipMetrics.Buffer buffer,
            double robustness) {
        var counter = bursts.copy();
        long judged = unjudged;
        if (begun) judge(counter, highest + 1);
        unjudged = judged;
        counter.close();
        //= rfc3611#4.7.2-4,6 lengths are estimated, by what packets are apart
        double millis = spacing * 1000 / clockRate;
        double bad = (counter.lossRate() + counter.discardRate()) / 256.0;
        var quality = CallQuality.of(bad, counter.ratio(),
                roundTrip.toMillis() / 2.0 + endSystem.toMillis(), robustness);
        return new VoipMetrics(ssrc, counter.lossRate(), counter.discardRate(),
                counter.burstDensity(), counter.gapDensity(), millis(counter.burst() * millis),
                millis(counter.gap() * millis),
                //= rfc3611#4.7.3-2 populated as soon as an estimate is available
                //= rfc3611#4.7.3-5 of the end system's delay 0 if there are no data
                millis(roundTrip.toMillis()), millis(endSystem.toMillis()),
                VoipMetrics.UNKNOWN, VoipMetrics.UNKNOWN, VoipMetrics.UNKNOWN, BurstCounter.GMIN,
                //= rfc3611#4.7.5-1 the quality metrics are provided
                begun ? quality.factor() : VoipMetrics.UNKNOWN, VoipMetrics.UNKNOWN,
                begun ? CallQuality.of(bad, 1, 0, robustness).tenfold() : VoipMetrics.UNKNOWN,
                begun ? quality.tenfold() : VoipMetrics.UNKNOWN, buffer);
    }

    private static int millis(double millis) { return (int) Math.clamp(millis, 0, 0xffff); }
}
