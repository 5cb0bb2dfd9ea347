package p2psip.std.rfc3550;

import module java.base;

/// When the next RTCP packet goes out, and how that changes as participants come and go.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.3 RFC 3550 §6.3
public final class Schedule implements ReportTiming {
    /// What UDP and IP add to a packet.
    public static final int OVERHEAD = 28;

    /// How many packets wait for the next report; one more is not taken.
    public static final int MAX_WAITING = 32;

    /// Below what the interval does not go.
    ///
    /// @param first before the first packet
    /// @param later after it
    /// @param timeout where time-outs are counted
    public record Minimum(Duration first, Duration later, Duration timeout) {
        //= rfc3550#6.2-18,19,20 a lower bound of the interval, half of it before the first packet
        public static final Minimum FIXED = new Minimum(Interval.MINIMUM.dividedBy(2),
                Interval.MINIMUM, Interval.MINIMUM);

        /// The smaller one for a session between two.
        //= rfc3550#6.2-22,26 360 divided by the bandwidth in kilobits a second, if that is less
        //= rfc3550#6.2-24 in a unicast session for participants who send no data as well
        public static Minimum reduced(double bandwidth) {
            double seconds = bandwidth <= 0 ? 5 : Math.min(5, 360_000 / bandwidth);
            var reduced = Duration.ofNanos((long) (seconds * 1e9));
            //= rfc3550#6.2-25 the fixed minimum is used for time-outs here too
            return new Minimum(reduced.dividedBy(2), reduced, Interval.MINIMUM);
        }
    }

    /// So often a turn is put off, each time by a part of an interval, where others have sent too
    /// much: nobody is silenced by one who floods.
    private static final int MAX_DELAYS = 4;

    private final Ledger ledger = new Ledger();
    private int delays;
    private final RandomGenerator random;
    private final Minimum minimum;
    private int overhead;
    private final List<RtcpPacket> waiting = new ArrayList<>();
    private Interval interval;

    // the state that the RFC names
    private Instant tp = Instant.EPOCH;
    private Instant tn = Instant.MAX;
    private int pmembers = 1;
    private double avgRtcpSize;
    private boolean initial = true;
    /// The interval that was computed last.
    private Duration t = Duration.ZERO;

    Schedule(Interval interval, RandomGenerator random) {
        this(interval, Minimum.FIXED, OVERHEAD, random);
    }

    public Schedule(ControlShare share, Minimum minimum, int overhead, RandomGenerator random) {
        this(new Interval(share), minimum, overhead, random);
    }

    private Schedule(Interval interval, Minimum minimum, int overhead, RandomGenerator random) {
        this.interval = interval;
        this.minimum = minimum;
        this.overhead = overhead;
        this.random = random;
    }

    //= rfc3550#6.3.2-1 the timer is implemented as a deadline that others look at
    @Override public Instant due() { return tn; }

    /// When the last packet was due.
    public Instant previous() { return tp; }

    @Override public void stop() { tn = Instant.MAX; }

    @Override public Duration last() { return t; }

    @Override public void share(ControlShare share) { interval = new Interval(share); }

    @Override public void overhead(int bytes) { overhead = bytes; }

    @Override public void start(int size, Instant now) {
        initial = true;
        delays = 0;
        //= rfc3550#6.3.2¶1 one participant, none has sent, and the size of the first packet
        pmembers = 1;
        avgRtcpSize = size + overhead;
        tp = now;
        t = next(1, 0, false);
        tn = now.plus(t);
    }

    private Duration next(int members, int senders, boolean weSent) {
        //= rfc3550#6.2-28 with fewer participants the interval decreases
        return Interval.random(interval.deterministic(members, senders, weSent, avgRtcpSize,
                initial ? minimum.first : minimum.later), random);
    }

    @Override public Duration timeout(Group group) {
        return deterministic(group.members(), group.senders());
    }

    /// The interval without chance, as for somebody who sends no data.
    Duration deterministic(int members, int senders) {
        return interval.deterministic(members, senders, false, avgRtcpSize, minimum.timeout);
    }

    //= rfc3550#6.3.3¶3 the average moves a sixteenth of the way towards each packet's size
    @Override public void sized(int size, Instant now) {
        avgRtcpSize = (size + overhead) / 16.0 + avgRtcpSize * 15 / 16;
        ledger.add(size + overhead, now);
    }

    @Override public Turn turn(Group group, Instant now) {
        if (!reconsider(group.members(), group.senders(), group.weSent(), now)) return Turn.NONE;
        //= rfc3550#6.2-8 limited: where all have sent enough it waits for half an interval
        if (delays == MAX_DELAYS || !ledger.full(avgRtcpSize, interval.share(), now))
            return Turn.REGULAR;
        delays++;
        tn = now.plus(scaled(t, (random.nextDouble() + 0.5) / 2));
        return Turn.NONE;
    }

    /// Reconsideration: whether to send now, after all that has been heard since the timer was set.
    /// If not, it is set anew.
    boolean reconsider(int members, int senders, boolean weSent, Instant now) {
        //= rfc3550#6.3-2 by the algorithm of this section
        t = next(members, senders, weSent);
        //= rfc3550#6.2-27 against startup effects, when many join simultaneously
        tn = tp.plus(t);
        //= rfc3550#6.3.6¶4 pmembers is set to members
        pmembers = members;
        //= rfc3550#6.3.6¶3 transmitted only if tp + T is not after the current time
        return !tn.isAfter(now);
    }

    @Override public void sent(Turn turn, int size, Group group, Instant now) {
        sized(size, now);
        //= rfc3550#6.3.6¶5 once a packet is transmitted, initial is false
        initial = false;
        pass(group, now);
    }

    /// The turn is over, whether or not something has been sent.
    public void pass(Group group, Instant now) {
        delays = 0;
        tp = now;
        t = next(group.members(), group.senders(), group.weSent());
        tn = now.plus(t);
    }

    /// A turn is left out, in return for a packet that went out between two.
    public void skip() {
        var previous = tn;
        tn = tp.plus(t.multipliedBy(2));
        tp = previous;
    }

    /// Reverse reconsideration: fewer members, so everything comes sooner.
    @Override public void shrink(int members, Instant now) {
        if (members >= pmembers) return;
        double ratio = (double) members / pmembers;
        //= rfc3550#6.3.4¶3 tn comes nearer by members/pmembers
        if (tn.isBefore(Instant.MAX)) tn = now.plus(scaled(Duration.between(now, tn), ratio));
        //= rfc3550#6.3.4¶4 and so does tp
        tp = now.minus(scaled(Duration.between(tp, now), ratio));
        pmembers = members;
    }

    private static Duration scaled(Duration time, double ratio) {
        return Duration.ofNanos((long) (time.toNanos() * ratio));
    }

    @Override public void sends(Group group, Instant now) {
        //= rfc3550#6.3.8-1 a new sender may have its SR sooner, by reverse reconsideration
        shrink(group.members(), now);
        // nor does it wait for what receivers wait for where they have no bandwidth
        if (t.compareTo(Interval.NEVER.dividedBy(4)) >= 0 && tn.isBefore(Instant.MAX))
            pass(group, now);
    }

    @Override public boolean ask(RtcpPacket packet, Group group, Instant now) {
        return waiting.size() < MAX_WAITING && waiting.add(packet);
    }

    @Override public void heard(RtcpPacket packet, Instant now) { }

    @Override public List<RtcpPacket> take() {
        var all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }
}
