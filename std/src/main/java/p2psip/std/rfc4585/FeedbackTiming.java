package p2psip.std.rfc4585;

import module java.base;
import p2psip.std.rfc3550.*;

/// When RTCP goes out where feedback matters: reports as chance and bandwidth have it, without the
/// least interval; feedback at once or after a short while, for which a later report is left out.
///
/// Alone with its peer, a participant says what it has to say at once. Among many it waits by
/// chance, and keeps silent if another says the same in the meantime.
///
/// @spec https://www.rfc-editor.org/rfc/rfc4585#section-3.5 RFC 4585 §3.5
public final class FeedbackTiming implements ReportTiming {
    /// How long what others have said is remembered, `T_retention`.
    //= rfc4585#3.4-3 at least 2 seconds
    static final Duration RETENTION = Duration.ofSeconds(2);
    /// How much of that; what is beyond is forgotten, the oldest first.
    static final int MAX_HEARD = 128;
    /// How many messages wait to be sent; one more is not taken.
    static final int MAX_WAITING = Schedule.MAX_WAITING;

    /// @param pointToPoint between two who stay alone
    /// @param regular the least interval between two whole reports (`trr-int`), or zero
    /// @param useful for how long it is any use to tell (`T_max_fb_delay`)
    public record Settings(boolean pointToPoint, Duration regular, Duration useful) {
        /// Between two, and feedback is of use for a second.
        public static final Settings CALL =
                new Settings(true, Duration.ZERO, Duration.ofSeconds(1));

        /// Where some may not know feedback, and time out who does not report as they do.
        //= rfc4585#5-1,2,3 T_rr_interval is five seconds where AVP entities may be involved
        public static final Settings MIXED =
                new Settings(false, Duration.ofSeconds(5), Duration.ofSeconds(1));

        //= rfc4585#3.5.1-1 what is initial: Tmin of 0 between two, of 1 second among many
        private Schedule.Minimum minimum() {
            return new Schedule.Minimum(pointToPoint ? Duration.ZERO : Duration.ofSeconds(1),
                    //= rfc4585#3.5.3-5,10 after the first report Tmin is 0
                    Duration.ZERO,
                    //= rfc4585#3.5.4-1 time-outs are computed with T_rr_interval in place of Tmin
                    regular.isZero() ? Schedule.Minimum.FIXED.timeout() : regular);
        }
    }

    private record Heard(Feedback message, Instant at) {}

    private final Settings settings;
    private final EarlyForm form;
    private final RandomGenerator random;
    private final Schedule schedule;
    private final List<RtcpPacket> waiting = new ArrayList<>();
    private final Deque<Heard> heard = new ArrayDeque<>();

    // the state that the RFC names
    private boolean allowEarly = true;
    private Optional<Instant> tRrLast = Optional.empty();
    private Instant te = Instant.MAX;
    /// Whether the turn that was given last is an early one.
    private boolean early;

    /// @param overhead what is added to each packet below RTCP, in bytes
    /// @param form in which feedback goes out early
    public FeedbackTiming(ControlShare share, Settings settings, int overhead, EarlyForm form,
            RandomGenerator random) {
        this.settings = settings;
        this.form = form;
        this.random = random;
        schedule = new Schedule(share, settings.minimum(), overhead, random);
    }

    /// With the usual headers and form.
    public FeedbackTiming(ControlShare share, Settings settings, RandomGenerator random) {
        this(share, settings, Schedule.OVERHEAD, EarlyForm.MINIMAL, random);
    }

    @Override public Instant due() {
        return te.isBefore(schedule.due()) ? te : schedule.due();
    }

    @Override public void stop() {
        te = Instant.MAX;
        schedule.stop();
    }

    @Override public Duration last() { return schedule.last(); }

    @Override public Duration timeout(Group group) { return schedule.timeout(group); }

    @Override public void start(int size, Instant now) {
        allowEarly = true;
        tRrLast = Optional.empty();
        te = Instant.MAX;
        schedule.start(size, now);
    }

    //= rfc4585#3.5.4-2 each packet received or sent, early or regular, moves avg_rtcp_size
    @Override public void sized(int size, Instant now) { schedule.sized(size, now); }

    @Override public void shrink(int members, Instant now) { schedule.shrink(members, now); }

    @Override public void sends(Group group, Instant now) { schedule.sends(group, now); }

    @Override public void share(ControlShare share) { schedule.share(share); }

    @Override public void overhead(int bytes) { schedule.overhead(bytes); }

    @Override public boolean ask(RtcpPacket packet, Group group, Instant now) {
        if (waiting.size() >= MAX_WAITING) return false;
        var feedback = Feedback.parse(packet);
        // what is no feedback waits for the next report
        if (feedback.isEmpty()) return waiting.add(packet);
        forget(now);
        //= rfc4585#3.5.2-15 what was heard since t0 - T_retention is checked first
        if (heard.stream().anyMatch(h -> h.message.covers(feedback.get()))) return false;
        return early(feedback.get(), now) && waiting.add(packet);
    }

    /// Whether a message is going to be sent, at whatever time.
    private boolean early(Feedback message, Instant now) {
        //= rfc4585#3.5.2-1 with a packet that is scheduled already, whose time stays
        if (te != Instant.MAX || waiting.stream().anyMatch(p -> Feedback.parse(p).isPresent()))
            return true;
        //= rfc4585#3.5.2-3 T_dither_max is 0 between two, else half of T_rr
        var dither = settings.pointToPoint ? Duration.ZERO : schedule.last().dividedBy(2);
        //= rfc4585#3.5.2-6,7 not early if the next Regular packet comes as soon: then with that
        if (now.plus(dither).isAfter(schedule.due())) return true;
        //= rfc4585#3.5.2-8,9 is it allowed? if not, is tn near enough
        if (!allowEarly)
            //= rfc4585#3.5.2-10,11 to be included there, or else it is discarded
            return Duration.between(now, schedule.due()).compareTo(settings.useful) < 0;
        //= rfc4585#3.5.2-12 scheduled for te, by a random number
        //= rfc4585#3.4-4,5 delayed by a random amount, and scheduled for that time
        te = now.plus(Duration.ofNanos((long) (dither.toNanos() * random.nextDouble())));
        return true;
    }

    private void forget(Instant now) {
        while (!heard.isEmpty() && heard.getFirst().at.plus(RETENTION).isBefore(now))
            heard.removeFirst();
    }

    //= rfc4585#3.5.2-13,14 what others say is monitored and stored, to detect overlaps
    @Override public void heard(RtcpPacket packet, Instant now) {
        Feedback.parse(packet).ifPresent(message -> {
            forget(now);
            if (heard.size() == MAX_HEARD) heard.removeFirst();
            heard.addLast(new Heard(message, now));
            //= rfc4585#3.5.2-16 then R discards its own, and the report stays as scheduled, for tn
            waiting.removeIf(p -> Feedback.parse(p).filter(message::covers).isPresent());
            //= rfc4585#3.5.2-17 what is no superset leaves it as scheduled
            if (waiting.stream().noneMatch(p -> Feedback.parse(p).isPresent())) te = Instant.MAX;
        });
    }

    @Override public Turn turn(Group group, Instant now) {
        if (!te.isAfter(now)) {
            early = true;
            //= rfc4585#3.5.2-20 when te is reached it is transmitted
            return form.form(
                    waiting.stream().filter(p -> Feedback.parse(p).isPresent()).toList(), now);
        }
        early = false;
        //= rfc4585#3.5.3-3,6 reconsideration when tn is reached
        if (schedule.due().isAfter(now) || schedule.turn(group, now) == Turn.NONE)
            return Turn.NONE;
        //= rfc4585#3.5.3-7 where none has been sent before, a Regular packet
        if (settings.regular.isZero() || tRrLast.isEmpty()
                //= rfc4585#3.5.3-11 and where the last is long enough ago
                || !tRrLast.get().plus(dithered()).isAfter(now))
            //= rfc4585#3.5.3-1 full compound packets in regular intervals
            //= rfc5506#4-1,7 regular RTCP stays compound
            //= rfc5506#4.1-1 the reduced size is not used for a regular report
            return Turn.REGULAR;
        //= rfc4585#3.5.3-14,15 else a minimal one, if messages are waiting
        if (waiting.stream().anyMatch(p -> Feedback.parse(p).isPresent())) return Turn.MINIMAL;
        //= rfc4585#3.5.3-17 or nothing: it is suppressed
        over(group, now);
        return Turn.NONE;
    }

    private Duration dithered() {
        return Duration.ofNanos(
                (long) (settings.regular.toNanos() * (random.nextDouble() + 0.5)));
    }

    /// A turn at `tn` is over.
    private void over(Group group, Instant now) {
        //= rfc4585#3.5.3-19 sent or suppressed, allow_early is TRUE, and tp and tn are updated
        //= rfc4585#3.5.2-22 also when tn was calculated anew by an early packet
        allowEarly = true;
        schedule.pass(group, now);
    }

    @Override public void sent(Turn turn, int size, Group group, Instant now) {
        if (early) {
            early = false;
            te = Instant.MAX;
            schedule.sized(size, now);
            //= rfc4585#3.5.2-21 allow_early is FALSE, tn is tp + 2*T_rr, and tp the previous tn
            //= rfc4585#3.4-7 so the average bandwidth stays as it is without early packets
            allowEarly = false;
            schedule.skip();
            return;
        }
        te = Instant.MAX;   // what was to go out early has gone with this one
        if (turn == Turn.REGULAR) {
            //= rfc4585#3.5.3-9,13 t_rr_last is set to tn
            //= rfc4585#3.5.3-16,18 and remains unchanged in all other cases
            tRrLast = Optional.of(now);
            form.reported();
        }
        schedule.sent(turn, size, group, now);
        //= rfc4585#3.5.3-4 after a Regular packet allow_early is TRUE
        allowEarly = true;
    }

    //= rfc4585#3.5.3-2,8,12 what is stored is included in regular packets too
    @Override public List<RtcpPacket> take() {
        var messages = new ArrayList<Feedback>();
        var all = new ArrayList<RtcpPacket>();
        for (var packet : waiting)
            Feedback.parse(packet).ifPresentOrElse(messages::add, () -> {
                if (!early) all.add(packet);
            });
        waiting.removeIf(packet -> !early || Feedback.parse(packet).isPresent());
        Feedback.merged(messages).forEach(message -> all.add(message.packet()));
        return all;
    }
}
