package p2psip.std.rfc4585;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3550.RtcpPacket.*;
import p2psip.std.rfc3550.Session.*;
import p2psip.std.rfc4585.FeedbackTiming.Settings;

/// When feedback goes out, and what reports do meanwhile. Dice show the middle, so intervals are
/// exact.
class FeedbackTimingTest {
    private static final RandomGenerator MIDDLE = () -> 1L << 63;
    private static final Instant START = Instant.ofEpochSecond(1_000_000);
    /// A receiver's share of 12 octets a second: an interval of some seconds for each member.
    private static final ControlShare SHARE = new ControlShare(96, 96);
    private static final Settings MANY =
            new Settings(false, Duration.ZERO, Duration.ofSeconds(1));

    private Instant now = START;
    private final List<String> log = new ArrayList<>();

    private static Session session(Settings settings) {
        return new Session(new Parameters(Set.of(0), 160_000, 8000, "x"),
                new FeedbackTiming(SHARE, settings, MIDDLE), Addendum.NONE,
                new SplittableRandom(1));
    }

    private Session joined(Settings settings) {
        var session = session(settings);
        session.handle(new Input.Join(), now);
        return session;
    }

    private static RtcpPacket nack(Integer... lost) {
        return Feedback.GenericNack.of(1, 2, List.of(lost)).packet();
    }

    private List<RtcpPacket> said(List<Output> outputs) {
        return outputs.stream().filter(Output.SendRtcp.class::isInstance).flatMap(o ->
                CompoundPacket.parse(((Output.SendRtcp) o).datagram().buffer())
                        .packets().stream()).toList();
    }

    private List<RtcpPacket> tell(Session session, RtcpPacket packet) {
        return said(session.handle(new Input.Tell(packet), now));
    }

    /// Wakes it until it sends something.
    private List<RtcpPacket> next(Session session) {
        for (int i = 0; i < 1000; i++) {
            now = session.deadline();
            var said = said(session.wake(now));
            if (!said.isEmpty()) return said;
        }
        throw new AssertionError("silent");
    }

    private static Input heard(RtcpPacket... more) {
        return new Input.RtcpReceived(new CompoundPacket(Stream.concat(Stream.of(
                new ReceiverReport(9, List.of(), Bytes.EMPTY), SourceDescription.cname(9, "nine")),
                Stream.of(more)).toList()).encode(),
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 9));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    //= rfc4585#3.5.1-1 between two the initial Tmin is 0, among many it is 1 second
    //= rfc4585#3.5.3-5 and after the first report 0
    @Test void the_first_report() {
        //= rfc4585#3.5.3-10 Tmin is set to 0
        var wide = ControlShare.of(10_000_000);
        for (boolean alone : List.of(true, false)) {
            var timing = new FeedbackTiming(wide,
                    new Settings(alone, Duration.ZERO, Duration.ofSeconds(1)), MIDDLE);
            timing.start(100, START);
            var first = timing.due();
            assertThat(seconds(START, first)).isBetween(alone ? 0 : 0.8, alone ? 0.01 : 0.83);
            var group = new ReportTiming.Group(1, 0, false);
            assertThat(timing.turn(group, first)).isEqualTo(ReportTiming.Turn.REGULAR);
            timing.sent(ReportTiming.Turn.REGULAR, 100, group, first);
            assertThat(seconds(first, timing.due())).isLessThan(0.01);
        }
    }

    //= rfc4585#3.5.2-3 T_dither_max is 0 between two: it is scheduled at once
    //= rfc4585#3.5.2-20 and transmitted, in a minimal compound packet
    //= rfc4585#3.1-2,5,6 one report, one SDES with only the CNAME, and behind them the message
    @Test void between_two_feedback_goes_out_at_once() {
        var session = joined(Settings.CALL);
        next(session);
        now = now.plusMillis(100);
        var said = tell(session, nack(5));
        //= rfc4585#3.1-4 the SDES contains the CNAME item
        assertThat(said).containsExactly(
                new ReceiverReport(session.ssrc(), List.of(), Bytes.EMPTY),
                SourceDescription.cname(session.ssrc(), "x"), nack(5));
    }

    //= rfc4585#3.5.2-21 then allow_early is FALSE, and tn moves to tp + 2*T_rr
    @Test void an_early_packet_costs_a_regular_one() {
        var session = joined(Settings.CALL);
        next(session);
        var tp = now;
        var tn = session.deadline();
        now = now.plusMillis(100);
        assertThat(tell(session, nack(5))).isNotEmpty();
        assertThat(seconds(tp, session.deadline())).isEqualTo(2 * seconds(tp, tn));
        now = now.plusMillis(100);
        //= rfc4585#3.5.2-8,9,11 not allowed, and tn far away: it is discarded
        assertThat(tell(session, nack(6))).isEmpty();
        assertThat(next(session)).hasSize(2).noneMatch(p -> p instanceof Unknown);
        now = now.plusMillis(100);
        assertThat(tell(session, nack(7))).contains(nack(7));
    }

    //= rfc4585#3.5.2-9,10 where tn is near enough it goes along with the Regular packet
    @Test void what_is_not_allowed_early_may_wait_for_the_report() {
        var session = joined(new Settings(true, Duration.ZERO, Duration.ofMinutes(1)));
        next(session);
        tell(session, nack(5));
        now = now.plusMillis(100);
        assertThat(tell(session, nack(6))).isEmpty();
        var due = session.deadline();
        assertThat(tell(session, nack(7))).isEmpty();
        assertThat(session.deadline()).isEqualTo(due);
        //= rfc4585#3.5.2-2 merged into one
        assertThat(next(session)).contains(nack(6, 7));
        //= rfc4585#3.5.3-4 sent, and allow_early is TRUE
        assertThat(tell(session, nack(8))).contains(nack(8));
        assertThat(next(session)).noneMatch(p -> p instanceof Unknown);
    }

    private Session amongMany() {
        var session = joined(MANY);
        session.handle(heard(), now);
        next(session);
        now = now.plusMillis(1);
        return session;
    }

    //= rfc4585#3.4-4,5 transmission is delayed by chance: by dice that show the middle, by half
    //= rfc4585#3.5.2-12 scheduled for t0 + RND * T_dither_max, which is half of T_rr
    @Test void among_many_it_waits_by_chance() {
        var session = amongMany();
        var tp = now.minusMillis(1);
        double interval = seconds(tp, session.deadline());
        assertThat(tell(session, nack(5))).isEmpty();
        assertThat(seconds(now, session.deadline())).isCloseTo(interval / 4,
                org.assertj.core.api.Assertions.within(1e-6));
        //= rfc4585#3.5.2-1 another is included in the packet that is scheduled, whose time stays
        var te = session.deadline();
        now = now.plusMillis(1);
        assertThat(tell(session, nack(6))).isEmpty();
        assertThat(session.deadline()).isEqualTo(te);
        assertThat(next(session)).contains(nack(5, 6));
    }

    //= rfc4585#3.5.2-6,7 not early where the Regular packet comes as soon: stored for that
    @Test void what_is_near_its_report_goes_with_it() {
        var session = amongMany();
        var due = session.deadline();
        now = due.minus(Duration.between(now, due).multipliedBy(2).dividedBy(5));
        assertThat(tell(session, nack(5))).isEmpty();
        assertThat(session.deadline()).isEqualTo(due);
        assertThat(next(session)).contains(nack(5));
    }

    //= rfc4585#3.5.2-13,16 another says the same: R discards its own, and tn stays as it was
    @Test void what_another_has_said_is_not_said_again() {
        var session = amongMany();
        var tn = session.deadline();
        tell(session, nack(5));
        assertThat(session.deadline()).isBefore(tn);
        session.handle(heard(nack(5, 6)), now);
        assertThat(session.deadline()).isEqualTo(tn);
        assertThat(next(session)).noneMatch(p -> p instanceof Unknown);
    }

    //= rfc4585#3.5.2-17 no superset: it is transmitted as scheduled
    //= rfc4585#3.5.2-19 nor what is not understood
    @Test void what_another_has_said_in_part_is_said() {
        var session = amongMany();
        tell(session, nack(5, 6));
        var te = session.deadline();
        session.handle(heard(nack(5), new Feedback.OtherFeedback(205, 9, 9, 2, Bytes.EMPTY)
                .packet()), now);
        assertThat(session.deadline()).isEqualTo(te);
        assertThat(next(session)).contains(nack(5, 6));
    }

    //= rfc4585#3.5.2-14,15 what was heard before is stored and checked, from T_retention ago
    //= rfc4585#3.4-3 which is 2 seconds
    @Test void what_was_said_before_is_remembered_for_two_seconds() {
        for (int millis : List.of(2000, 2001)) {
            now = START;
            var session = amongMany();
            session.handle(heard(nack(5)), now);
            now = now.plusMillis(millis);
            session.wake(now);
            tell(session, nack(5));
            assertThat(next(session).contains(nack(5))).isEqualTo(millis > 2000);
        }
    }

    @Test void what_is_remembered_has_a_limit() {
        var timing = new FeedbackTiming(SHARE, MANY, MIDDLE);
        timing.start(100, now);
        var group = new ReportTiming.Group(3, 0, false);
        for (int i = 0; i <= FeedbackTiming.MAX_HEARD; i++) timing.heard(nack(i), now);
        assertThat(timing.ask(nack(1), group, now)).isFalse();
        assertThat(timing.ask(nack(0), group, now)).as("forgotten").isTrue();
        for (int i = 1; i < FeedbackTiming.MAX_WAITING; i++)
            assertThat(timing.ask(nack(1000 + i), group, now)).isTrue();
        assertThat(timing.ask(nack(4000), group, now)).isFalse();
    }

    private Session sparing(Duration regular) {
        return joined(new Settings(true, regular, Duration.ofSeconds(1)));
    }

    //= rfc4585#3.5.3-7,9 the first Regular packet in any case, and t_rr_last is set
    //= rfc4585#3.5.3-17,18 then one that is due too soon is suppressed: t_rr_last is unchanged
    //= rfc4585#3.5.3-11,13 after the interval a Regular packet is sent, and t_rr_last is set
    @Test void whole_reports_keep_their_distance() {
        var session = sparing(Duration.ofSeconds(60));
        var times = new ArrayList<Instant>();
        for (int i = 0; i < 5; i++) {
            assertThat(next(session)).hasSize(2);
            times.add(now);
        }
        for (int i = 1; i < 5; i++)
            assertThat(seconds(times.get(i - 1), times.get(i))).isBetween(60.0, 66.0);
    }

    //= rfc4585#3.5.3-14,15 if messages are waiting a packet is sent at tn, which includes them
    //= rfc4585#3.5.3-16 t_rr_last is unchanged: the regular ones come when they would have come
    @Test void messages_are_sent_where_reports_are_not() {
        var session = sparing(Duration.ofSeconds(60));
        next(session);
        var first = now;
        tell(session, nack(5));
        now = session.deadline().minusMillis(10);
        assertThat(tell(session, nack(6))).isEmpty();
        assertThat(next(session)).hasSize(3).contains(nack(6));
        assertThat(seconds(first, now)).isLessThan(30);
        assertThat(next(session)).hasSize(2);
        assertThat(seconds(first, now)).isBetween(60.0, 66.0);
    }

    //= rfc4585#3.5.2-22 as soon as tn is reached it is allowed again, though nothing is sent
    //= rfc4585#3.5.3-19 after each of the cases allow_early is TRUE
    @Test void a_turn_that_is_suppressed_allows_the_next_early_packet() {
        var session = sparing(Duration.ofSeconds(60));
        next(session);
        now = now.plusMillis(100);
        assertThat(tell(session, nack(5))).contains(nack(5));
        now = session.deadline();
        while (session.deadline().equals(now) || session.deadline().isBefore(now.plusSeconds(1))) {
            assertThat(session.wake(now)).isEmpty();
            now = session.deadline().isAfter(now.plusSeconds(1)) ? now : session.deadline();
        }
        now = now.plusMillis(100);
        assertThat(tell(session, nack(6))).contains(nack(6));
    }

    //= rfc4585#3.5.4-1 the time-out is computed with T_rr_interval in place of Tmin
    @Test void time_outs_follow_the_interval() {
        for (int interval : List.of(0, 7, 60)) {
            var timing = new FeedbackTiming(ControlShare.of(10_000_000), new Settings(true,
                    Duration.ofSeconds(interval), Duration.ZERO), MIDDLE);
            timing.start(100, START);
            assertThat(timing.timeout(new ReportTiming.Group(2, 0, false)))
                    .isEqualTo(Duration.ofSeconds(interval == 0 ? 5 : interval));
        }
    }

    //= rfc4585#3.5.4-2 avg_rtcp_size follows packets received and sent, early ones too
    @Test void the_average_size_follows_all() {
        var timing = new FeedbackTiming(SHARE, Settings.CALL, MIDDLE);
        var group = new ReportTiming.Group(1, 0, false);
        timing.start(100, now);
        assertThat(timing.timeout(group).toMillis()).isEqualTo((100 + 28) * 8000L / 96);
        timing.sized(260, now);
        assertThat(timing.timeout(group).toMillis()).isEqualTo(138 * 8000L / 96);
        timing.ask(nack(1), group, now);
        assertThat(timing.turn(group, now)).isEqualTo(ReportTiming.Turn.MINIMAL);
        timing.sent(ReportTiming.Turn.MINIMAL, 270, group, now);
        assertThat(timing.timeout(group).toMillis()).isEqualTo(148 * 8000L / 96);
    }

    /// What is no feedback does not hurry.
    @Test void other_packets_wait_for_the_report() {
        var session = joined(Settings.CALL);
        next(session);
        var app = new App(1, session.ssrc(), "test", Bytes.EMPTY);
        assertThat(tell(session, app)).isEmpty();
        assertThat(tell(session, nack(5))).contains(nack(5)).doesNotContain(app);
        assertThat(next(session)).contains(app);
        //= rfc4585#3.1-9,10,12 in a regular packet the order is the same: report, SDES, and others
        tell(session, nack(5));
        tell(session, app);
        //= rfc4585#3.5.3-1 a full compound packet
        var regular = next(session);
        assertThat(regular.get(0)).isInstanceOf(ReceiverReport.class);
        assertThat(regular.get(1)).isInstanceOf(SourceDescription.class);
        assertThat(regular.getLast()).isEqualTo(app);
    }

    //= rfc4585#3.4-7 for each early packet a Regular one is left out, or there were twice as many
    @Test void feedback_takes_little_bandwidth_that_reports_would_not_have() {
        var octets = new ArrayList<Double>();
        for (boolean eager : List.of(false, true)) {
            now = START;
            var session = new Session(new Parameters(Set.of(0), 160_000, 8000, "x"),
                    new FeedbackTiming(SHARE, Settings.CALL, new SplittableRandom(5)),
                    Addendum.NONE, new SplittableRandom(1));
            session.handle(new Input.Join(), now);
            session.handle(heard(), now);
            double sent = 0;
            int lost = 0;
            var peer = now;
            for (var end = now.plusSeconds(3600); now.isBefore(end);) {
                var out = new ArrayList<Output>();
                if (session.deadline().isAfter(now.plusMillis(200))) now = now.plusMillis(200);
                else now = session.deadline();
                out.addAll(session.wake(now));
                if (eager) out.addAll(session.handle(new Input.Tell(nack(lost++ & 0xffff)), now));
                if (!now.isBefore(peer)) {
                    session.handle(heard(), now);
                    peer = now.plusSeconds(30);
                }
                for (var o : out) if (o instanceof Output.SendRtcp(var d)) sent += d.size() + 28;
            }
            octets.add(sent);
        }
        assertThat(octets.get(1)).isBetween(octets.get(0) * 0.8, octets.get(0) * 1.25);
    }
}
