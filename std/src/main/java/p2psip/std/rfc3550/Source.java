package p2psip.std.rfc3550;

import module java.base;
import p2psip.std.Ticks;

/// What is known of one source: the sequence it sends, how it arrives, when it was last heard.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3550#appendix-A.1 RFC 3550 §A.1
final class Source {
    static final int MIN_SEQUENTIAL = 2;
    //= rfc3550#A.1-13 a small fraction of all sequence numbers
    static final int MAX_DROPOUT = 3000;
    static final int MAX_MISORDER = 100;

    /// How long the old address of a source must be silent before a new one is believed.
    static final Duration SWITCH = Duration.ofSeconds(2);

    /// No packet travels so many seconds longer than the one before: if it seems to, the clock of
    /// the sender has jumped, which is no jitter.
    private static final int JUMP = 5;

    private static final InetSocketAddress NOWHERE = new InetSocketAddress(0);

    /// From where packets have come last, and when.
    private static final class Sighting {
        private InetSocketAddress from = NOWHERE;
        private Instant at = Instant.MIN;

        boolean fits(InetSocketAddress other, Instant now) {
            //= rfc3550#8.2-21 no flip-flopping: the old address must have been silent for a while
            if (at != Instant.MIN && !from.equals(other) && at.plus(SWITCH).isAfter(now))
                return false;
            //= rfc3550#8.2-20 a new transport address is accepted
            from = other;
            at = now;
            return true;
        }
    }

    /// No sequence number that sixteen bits can be.
    private static final int NONE = -1;

    private final long ssrc;
    private int clockRate;

    private int max;
    private long cycles;
    private long base;
    private int bad = NONE;
    private int probation;
    private boolean sequenced;
    private long received;
    private long receivedBefore, expectedBefore;
    private long expectedPrior;
    private long receivedPrior;
    private int transit;
    private boolean timed;
    private long jitter;
    private final List<RtpPacket> held = new ArrayList<>();

    private boolean described;
    private String cname = "";
    /// By the type of the item, of which there are few that are taken.
    private final Map<Integer, String> told = new TreeMap<>();
    private Instant noted = Instant.MAX;
    private NtpTimestamp lastSr = NtpTimestamp.NONE;
    private Instant lastSrAt = Instant.MIN;
    private Instant heard;
    private Instant sent = Instant.MIN;
    private Instant left = Instant.MAX;
    /// Whether it has: asked at each packet, and nearer than the time.
    private boolean gone;
    //= rfc3550#8.2-12 two source transport addresses, for RTP and RTCP
    private final Sighting rtpSighting = new Sighting(), rtcpSighting = new Sighting();

    Source(long ssrc, int clockRate, Instant now) {
        this.ssrc = ssrc;
        this.clockRate = clockRate;
        this.heard = now;
    }

    long ssrc() { return ssrc; }

    String cname() { return cname; }

    Instant heard() { return heard; }

    /// When it last sent a data packet: [Instant#MIN] if never.
    Instant sent() { return sent; }

    /// When it said BYE: [Instant#MAX] if it has not.
    Instant left() { return left; }

    //= rfc3550#6.2.1-2 valid are those of several packets in order, and those with a CNAME
    boolean valid() { return described || sequential(); }

    /// Whether packets have come in order.
    boolean sequential() { return sequenced && probation == 0; }

    /// Whether it counts: valid, and not gone.
    boolean member() { return !gone && valid(); }

    void hear(Instant now) { heard = now; }

    void leave(Instant now) {
        left = now;
        gone = true;
    }

    /// Whether a packet comes from where the last ones came from, or may: a telephone that moves
    /// is followed, two that send at the same time under one name are not.
    boolean comesFrom(boolean rtcp, InetSocketAddress from, Instant now) {
        return (rtcp ? rtcpSighting : rtpSighting).fits(from, now);
    }

    /// Whether a goodbye in its name may be believed that comes from there.
    boolean mayLeave(InetSocketAddress from) {
        //= rfc3550#8.2¶14 a BYE is validated by a matching source transport address
        return rtcpSighting.from == NOWHERE || rtcpSighting.from.equals(from);
    }

    void describe(String cname) {
        described = true;
        this.cname = cname;
    }

    /// What it says of itself beside its CNAME; answers whether that is news.
    boolean tell(int type, String text, Instant now) {
        if (type == RtcpPacket.SourceDescription.NOTE) noted = now;
        if (text.isEmpty()) return told.remove(type) != null;
        return !text.equals(told.put(type, text));
    }

    /// A note that has not been repeated since then is no longer meant.
    boolean denote(Instant since) {
        return noted.isBefore(since) && told.remove(RtcpPacket.SourceDescription.NOTE) != null;
    }

    void report(NtpTimestamp ntp, Instant now) {
        lastSr = ntp;
        lastSrAt = now;
    }

    /// Takes note of a data packet; answers those that may be used now, which are none at first:
    /// they are held until the source is believed.
    List<RtpPacket> receive(RtpPacket packet, Instant now) {
        if (sequential())
            return note(packet.sequence(), packet.timestamp(), now) ? List.of(packet) : List.of();
        sent = now;
        boolean good = update(packet);
        arrive(packet.timestamp(), now);
        if (!good) return List.of();
        var all = List.copyOf(held);
        held.clear();
        return all;
    }

    /// Takes note of a data packet of a source that is believed; answers whether it may be used.
    boolean note(int seq, long timestamp, Instant now) {
        sent = now;
        boolean good = update(seq);
        //= rfc4733#2.5.2.2-11 all packets count for jitter, those of one timestamp as well
        arrive(timestamp, now);
        return good;
    }

    /// Takes note of a data packet that is no use: it is not lost. Its timestamp may count by
    /// another clock.
    void pass(RtpPacket packet, Instant now) {
        sent = now;
        if (sequential()) update(packet.sequence());
        else if (update(packet)) held.clear();
    }

    /// The first half of `update_seq` of Appendix A.1: a source on probation.
    private boolean update(RtpPacket packet) {
        int seq = packet.sequence();
        sequenced = true;
        //= rfc3550#A.1-9 a source is not believed before some packets have come in sequence
        if (!held.isEmpty() && seq != (max + 1 & SequenceNumber.MODULUS - 1)) held.clear();
        held.add(packet);
        probation = MIN_SEQUENTIAL - held.size();
        max = seq;
        if (probation > 0) return false;
        //= rfc3550#A.1-10 what came meanwhile is delivered now, and counts
        begin(held.getFirst().sequence());
        max = seq;
        if (seq < base) cycles = SequenceNumber.MODULUS;
        received = held.size();
        return true;
    }

    /// The second half: a source that is believed.
    private boolean update(int seq) {
        int delta = seq - max & SequenceNumber.MODULUS - 1;
        if (delta < MAX_DROPOUT) {
            //= rfc3550#6.4.1-16 a number smaller than the highest one begins a new cycle
            if (seq < max) cycles += SequenceNumber.MODULUS;
            max = seq;
            bad = NONE;
        } else if (delta <= SequenceNumber.MODULUS - MAX_MISORDER) {
            //= rfc3550#A.1-12 two packets in sequence after a great leap: the statistics are reset
            if (bad != seq) {
                bad = seq + 1 & SequenceNumber.MODULUS - 1;
                return false;
            }
            receivedBefore += received;
            expectedBefore += expected();
            begin(seq);
        }
        received++;
        return true;
    }

    /// `init_seq` of Appendix A.1.
    private void begin(int seq) {
        base = seq;
        max = seq;
        bad = NONE;
        cycles = 0;
        received = 0;
        receivedPrior = 0;
        expectedPrior = 0;
    }

    /// Timestamps count otherwise from now on: the jitter stays as long as it was.
    void clock(int clockRate) {
        jitter = jitter * clockRate / this.clockRate;
        this.clockRate = clockRate;
        timed = false;
    }

    /// The jitter of Appendix A.8.
    private void arrive(long timestamp, Instant now) {
        //= rfc3550#6.4.1-17 arrival in timestamp units, less the timestamp, is the transit
        int was = transit;
        transit = (int) (Ticks.at(now, clockRate) - timestamp);
        int d = Math.abs(transit - was);
        //= rfc3550#6.4.1-18 the jitter moves a sixteenth of the way to each new difference D
        if (timed && d < JUMP * clockRate) jitter += d - (jitter + 8 >> 4);
        timed = true;
    }

    long extendedHighest() { return cycles + max; }

    long received() { return received; }

    long expected() { return sequential() ? extendedHighest() - base + 1 : 0; }

    /// All packets, also those from before the source began anew.
    long receivedInAll() { return receivedBefore + received; }

    long expectedInAll() { return expectedBefore + expected(); }

    //= rfc3550#A.3-1 the count of losses has 24 bits and is clamped to them
    //= rfc3550#6.4.1-14,15 late is not lost, duplicates make the loss negative (Appendix A.3)
    int lost() { return Math.clamp(expected() - received, -0x80_0000, 0x7f_ffff); }

    /// In timestamp units.
    long jitter() { return jitter >> 4; }

    /// A report since the last one: the next counts its fraction from here.
    ReportBlock block(Instant now) {
        long expectedInterval = expected() - expectedPrior;
        long lostInterval = expectedInterval - (received - receivedPrior);
        expectedPrior = expected();
        receivedPrior = received;
        //= rfc3550#6.4.1¶15 the loss since the last report, in 256ths, never below zero
        int fraction = lostInterval <= 0 ? 0 : (int) ((lostInterval << 8) / expectedInterval);
        boolean reported = !lastSrAt.equals(Instant.MIN);
        return new ReportBlock(ssrc, fraction, lost(), extendedHighest() & 0xffff_ffffL, jitter(),
                reported ? lastSr.middle() : 0,
                reported ? NtpTimestamp.units(Duration.between(lastSrAt, now)) : 0);
    }
}
