package p2psip.std.rfc3550;

import module java.base;

/// When the next RTCP packet goes out, and how that changes as participants come and go.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.3 RFC 3550 §6.3
final class Schedule {
    /// What UDP and IP add to a packet.
    private static final int OVERHEAD = 28;

    private final Interval interval;
    private final RandomGenerator random;

    // the state that the RFC names
    private Instant tp = Instant.EPOCH;
    private Instant tn = Instant.MAX;
    private int pmembers = 1;
    private double avgRtcpSize;
    private boolean initial = true;
    /// The interval that was computed last.
    private Duration t = Duration.ZERO;

    Schedule(Interval interval, RandomGenerator random) {
        this.interval = interval;
        this.random = random;
    }

    //= rfc3550#6.3.2-1 the timer is implemented as a deadline that others look at
    Instant due() { return tn; }

    void stop() { tn = Instant.MAX; }

    /// The interval used last, for what is counted in intervals.
    Duration last() { return t; }

    /// Begins, when joining and when leaving.
    ///
    /// @param size of the packet to be sent
    void start(int size, Instant now) {
        initial = true;
        //= rfc3550#6.3.2¶1 one participant, none has sent, and the size of the first packet
        pmembers = 1;
        avgRtcpSize = size + OVERHEAD;
        tp = now;
        t = next(1, 0, false);
        tn = now.plus(t);
    }

    private Duration next(int members, int senders, boolean weSent) {
        //= rfc3550#6.2-28 with fewer participants the interval decreases
        return interval.random(members, senders, weSent, avgRtcpSize, initial, random);
    }

    /// The interval without chance, as for somebody who sends no data.
    Duration deterministic(int members, int senders) {
        //= rfc3550#6.2-25 the fixed minimum is used for time-outs, before the first packet too
        return interval.deterministic(members, senders, false, avgRtcpSize, false);
    }

    //= rfc3550#6.3.3¶3 the average moves a sixteenth of the way towards each packet's size
    void sized(int size) { avgRtcpSize = (size + OVERHEAD) / 16.0 + avgRtcpSize * 15 / 16; }

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

    void sent(int size, int members, int senders, boolean weSent, Instant now) {
        sized(size);
        //= rfc3550#6.3.6¶5 once a packet is transmitted, initial is false
        initial = false;
        tp = now;
        t = next(members, senders, weSent);
        tn = now.plus(t);
    }

    /// Reverse reconsideration: fewer members, so everything comes sooner.
    void shrink(int members, Instant now) {
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
}
