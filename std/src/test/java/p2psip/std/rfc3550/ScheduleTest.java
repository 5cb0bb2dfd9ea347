package p2psip.std.rfc3550;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;

/// The numbers behind a session, one by one: when reports go out, who is a member, who has been
/// heard from where.
class ScheduleTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
    /// Of 100 octets a second 5 are for RTCP, and 3.75 of them for who sends no data.
    private static final Interval NARROW = new Interval(800);

    /// With dice that always show the middle.
    private final Schedule schedule = new Schedule(NARROW, () -> 1L << 63);

    private static double seconds(Duration time) { return time.toNanos() / 1e9; }

    private double due(Instant since) { return seconds(Duration.between(since, schedule.due())); }

    //= rfc3550#6.3.2¶1 one member, and the size of the first packet with its UDP and IP headers
    @Test void the_first_report_is_due_after_the_interval_of_one() {
        schedule.start(100, NOW);
        assertThat(due(NOW)).isCloseTo(128 / 3.75 / (Math.E - 1.5), within(1e-6));
        schedule.reconsider(10, 0, false, NOW);
        schedule.start(100, NOW);
        var due = schedule.due();
        for (int members : List.of(5, 1)) schedule.shrink(members, NOW);
        assertThat(schedule.due()).isEqualTo(due);
    }

    //= rfc3550#6.3.3¶3 a sixteenth of the way to the size of each packet
    @Test void the_average_size_follows_each_packet() {
        schedule.start(100, NOW);
        schedule.sized(260, NOW);
        assertThat(seconds(schedule.deterministic(1, 0))).isCloseTo(138 / 3.75, within(1e-6));
    }

    @Test void the_minimum_is_five_seconds() {
        var wide = new Schedule(new Interval(160_000), () -> 1L << 63);
        wide.start(100, NOW);
        assertThat(wide.deterministic(1, 0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(seconds(wide.last())).isCloseTo(2.5 / (Math.E - 1.5), within(1e-6));
    }

    //= rfc3550#6.2-26 the reduced minimum is 360 divided by the bandwidth in kilobits
    //= rfc3550#6.2-22,24 smaller the larger the bandwidth, for those who send no data as well
    //= rfc3550#6.2-25 and time-outs have the fixed minimum
    @Test void in_a_call_of_much_bandwidth_the_minimum_is_smaller() {
        for (var e : Map.of(72_000.0, 5.0, 360_000.0, 1.0, 3_600_000.0, 0.1, 0.0, 5.0)
                .entrySet()) {
            var minimum = Schedule.Minimum.reduced(e.getKey());
            assertThat(seconds(minimum.later())).isCloseTo(e.getValue(), within(1e-9));
            assertThat(seconds(minimum.first())).isCloseTo(e.getValue() / 2, within(1e-9));
            assertThat(minimum.timeout()).isEqualTo(Duration.ofSeconds(5));
        }
    }

    //= rfc3550#6.3.1-2 the two parameters, S and R, are what senders and receivers share
    @Test void senders_and_receivers_have_bandwidth_of_their_own() {
        var interval = new Interval(new ControlShare(400, 200));
        assertThat(interval.deterministic(10, 5, true, 100, false))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(interval.deterministic(10, 5, false, 100, false))
                .isEqualTo(Duration.ofSeconds(20));
        assertThat(interval.deterministic(10, 7, true, 75, false))
                .isEqualTo(Duration.ofSeconds(10));
    }

    //= rfc3550#6.3.1-3 if R is zero receivers wait for ever, and nothing is divided by zero
    @Test void who_has_no_bandwidth_is_silent_until_it_sends() {
        var session = new Session(new Session.Parameters(Set.of(0), 800, 8000, "x"),
                new Schedule(new ControlShare(800, 0), Schedule.Minimum.FIXED, Schedule.OVERHEAD,
                        () -> 1L << 63), Addendum.NONE, new SplittableRandom(1));
        session.handle(new Session.Input.Join(), NOW);
        session.handle(new Session.Input.RtcpReceived(report(5), at(5)), NOW);
        assertThat(session.deadline()).isAfter(NOW.plus(Duration.ofDays(10_000)));
        session.handle(new Session.Input.Send(false, 0, 0, Bytes.EMPTY), NOW);
        assertThat(session.deadline()).isBefore(NOW.plusSeconds(10));
        assertThat(new ControlShare(0, 0).fraction()).isZero();
        assertThat(new ControlShare(800, 0).fraction()).isEqualTo(1);
        for (var nothing : List.of(new ControlShare(0, 0), new ControlShare(0, 800)))
            assertThat(new Interval(nothing).deterministic(0, 0, true, 100, false))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(new Interval(new ControlShare(0, 0)).deterministic(2, 1, false, 100, true))
                .isEqualTo(Interval.NEVER);
    }

    @Test void bandwidth_may_change() {
        var session = joined();
        session.handle(new Session.Input.Share(ControlShare.of(16)), NOW);
        session.wake(session.deadline());
        assertThat(due(session, NOW)).isGreaterThan(300);
    }

    //= rfc3550#6.2-8 limited: who sees that enough has been sent waits, but not for ever
    @Test void one_who_floods_delays_others_and_does_not_silence_them() {
        schedule.start(100, NOW);
        var group = new ReportTiming.Group(2, 0, false);
        var first = schedule.due();
        for (int i = 0; i < 1000; i++) schedule.sized(1000, first);
        for (int i = 0; i < 20; i++) schedule.sized(100, first);
        int delays = 0;
        while (schedule.turn(group, schedule.due()) == ReportTiming.Turn.NONE) delays++;
        assertThat(delays).isBetween(4, 7);
        assertThat(Duration.between(NOW, schedule.due()))
                .isLessThan(schedule.timeout(group).multipliedBy(5));
        var quiet = schedule.due().plusSeconds(Ledger.SPAN + 20);
        schedule.sent(ReportTiming.Turn.REGULAR, 100, group, quiet);
        assertThat(schedule.turn(group, schedule.due())).isEqualTo(ReportTiming.Turn.REGULAR);
    }

    @Test void a_ledger_of_ten_minutes() {
        var ledger = new Ledger();
        var share = new ControlShare(400, 400);   // a hundred octets a second
        ledger.add(58_000, NOW);
        assertThat(ledger.full(500, share, NOW)).isFalse();
        assertThat(ledger.full(1000, share, NOW)).isTrue();
        assertThat(ledger.full(1000, share, NOW.plusSeconds(600))).isTrue();
        assertThat(ledger.full(1000, share, NOW.plusSeconds(620))).isFalse();
        for (int i = 0; i < 100; i++) ledger.add(1000, NOW.plusSeconds(700 + i * 20));
        assertThat(ledger.full(27_000, share, NOW.plusSeconds(700 + 99 * 20))).isFalse();
        assertThat(ledger.full(28_000, share, NOW.plusSeconds(700 + 99 * 20))).isTrue();
        assertThat(ledger.full(1, share, NOW)).as("a clock that steps back").isFalse();
    }

    //= rfc3550#6.3.4¶3 tn: what is left until the next report shrinks with the group
    //= rfc3550#6.3.4¶4 tp, and so does what has passed since the last
    @Test void when_half_of_them_go_all_comes_sooner() {
        schedule.start(100, NOW);
        var later = NOW.plusSeconds(10);
        schedule.reconsider(4, 0, false, later);
        double left = due(later);
        schedule.shrink(2, later);
        assertThat(due(later)).isCloseTo(left / 2, within(1e-6));
        schedule.reconsider(2, 0, false, later);
        assertThat(due(later.minusSeconds(5))).isCloseTo(seconds(schedule.last()), within(1e-6));
    }

    /// A participant at the narrow one's bandwidth, who has joined.
    private static Session joined() {
        var session = new Session(new Session.Parameters(Set.of(0), 800, 8000, "x"),
                () -> 1L << 63);
        session.handle(new Session.Input.Join(), NOW);
        return session;
    }

    private static Bytes report(long ssrc, RtcpPacket... more) {
        return new CompoundPacket(Stream.concat(Stream.of(
                new RtcpPacket.ReceiverReport(ssrc, List.of(), Bytes.EMPTY),
                RtcpPacket.SourceDescription.cname(ssrc, "x")), Stream.of(more)).toList()).encode();
    }

    private static double due(Session session, Instant since) {
        return seconds(Duration.between(since, session.deadline()));
    }

    //= rfc3550#6.3-4 a state of the session: the first packet's size, a receiver's 20 octets
    //= rfc3550#6.1-16 and the next comes an interval of a receiver later
    @Test void who_sends_no_data_has_the_intervals_of_a_receiver() {
        var session = joined();
        double interval = (20 + 28) / 3.75 / (Math.E - 1.5);
        assertThat(due(session, NOW)).isCloseTo(interval, within(1e-6));
        var first = session.deadline();
        assertThat(session.wake(first)).hasSize(1);
        assertThat(due(session, first)).isCloseTo(interval, within(1e-6));
    }

    //= rfc3550#6.2-30 who leaves many begins anew, alone and with the size of its BYE, 28 octets
    //= rfc3550#6.3.7¶3 each BYE that it hears is a member, and has a size
    @Test void leaving_is_reckoned_by_those_who_leave() {
        var session = joined();
        session.handle(new Session.Input.Send(false, 0, 0, Bytes.EMPTY), NOW);
        for (int ssrc = 1; ssrc < 50; ssrc++)
            session.handle(new Session.Input.RtcpReceived(report(ssrc), at(ssrc)), NOW);
        session.handle(new Session.Input.Leave(""), NOW);
        assertThat(due(session, NOW)).isCloseTo((28 + 28) / 3.75 / (Math.E - 1.5), within(1e-6));
        session.handle(new Session.Input.RtcpReceived(report(7,
                new RtcpPacket.Bye(List.of(7L), "far too late")), at(7)), NOW);
        assertThat(session.wake(session.deadline())).isEmpty();
        assertThat(due(session, NOW)).isCloseTo(2 * (56 * 15 / 16.0 + (44 + 28) / 16.0) / 3.75
                / (Math.E - 1.5), within(1e-6));
    }

    //= rfc3550#6.3.5-2 by reverse reconsideration, so a tenth of the interval counts as past
    //= rfc3550#6.3.5-3 and that check is made when the timer expires
    @Test void who_times_out_changes_the_schedule_as_a_bye_does() {
        var session = new Session(new Session.Parameters(Set.of(0), 160_000, 8000, "x"),
                () -> 1L << 63);
        session.handle(new Session.Input.Join(), NOW);
        for (int ssrc = 1; ssrc < 10; ssrc++)
            session.handle(new Session.Input.RtcpReceived(report(ssrc), at(ssrc)), NOW);
        var now = NOW;
        var told = List.<Session.Output>of();
        while (!now.isAfter(NOW.plusSeconds(25))) {
            now = session.deadline();
            told = session.wake(now);
        }
        assertThat(told).hasSize(9).hasOnlyElementsOfType(Session.Output.TimedOut.class);
        assertThat(due(session, now)).isCloseTo(0.9 * 5 / (Math.E - 1.5), within(1e-6));
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), port);
    }

    //= rfc3550#8.2-18 remembered for ten intervals
    //= rfc3550#8.2-16 RTP and RTCP apart
    @Test void a_loop_is_known_by_its_address_for_fifty_seconds() {
        var conflicts = new Conflicts();
        assertThat(conflicts.loop(true, at(1), NOW)).isFalse();
        assertThat(conflicts.loop(false, at(1), NOW)).isFalse();
        assertThat(conflicts.loop(true, at(1), NOW.plusSeconds(50))).isTrue();
        assertThat(conflicts.loop(true, at(1), NOW.plusSeconds(101))).isFalse();
    }

    //= rfc3550#8.2-17 the list is kept short
    @Test void of_too_many_addresses_the_oldest_is_forgotten() {
        var conflicts = new Conflicts();
        for (int port = 1; port <= Conflicts.LIMIT; port++) conflicts.loop(true, at(port), NOW);
        assertThat(conflicts.loop(true, at(1), NOW)).isTrue();
        conflicts.loop(true, at(99), NOW);
        assertThat(conflicts.loop(true, at(2), NOW)).isTrue();
        assertThat(conflicts.loop(true, at(1), NOW)).isFalse();
    }

    //= rfc3550#6.2.1-4 who said BYE is kept for an interval, and then no longer
    //= rfc3550#6.2.1-11 this participant is one of the group's size
    @Test void who_leaves_is_remembered_for_an_interval() {
        var members = new Members(10, 8000);
        members.heard(5, NOW).orElseThrow().describe("five");
        assertThat(members.members()).isEqualTo(2);
        members.get(5).orElseThrow().leave(NOW);
        assertThat(members.members()).isEqualTo(1);
        members.expire(Duration.ofSeconds(5), NOW.plusSeconds(5));
        assertThat(members.contains(5)).isTrue();
        members.expire(Duration.ofSeconds(5), NOW.plusSeconds(6));
        assertThat(members.contains(5)).isFalse();
    }

    //= rfc3550#6.4.1-10 a report's RTP timestamp is that of its own moment
    @Test void half_a_second_is_four_thousand_samples() {
        var outgoing = new Outgoing(8000, new SplittableRandom(1));
        var sent = RtpPacket.parse(
                outgoing.packet(false, 0, 160, List.of(), RtpPacket.Extension.NONE, Bytes.EMPTY,
                        NOW));
        assertThat(outgoing.report(List.of(), NOW.plusMillis(1500)).rtp() - sent.timestamp()
                & 0xffff_ffffL).isEqualTo(12_000);
    }
}
