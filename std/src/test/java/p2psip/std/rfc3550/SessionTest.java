package p2psip.std.rfc3550;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.Session.*;

/// Two participants, or one and packets made by hand.
class SessionTest {
    private static final Bytes VOICE = Bytes.wrap(new byte[160]);
    private static final InetSocketAddress ALICE = at(4000);
    private static final InetSocketAddress BOB = at(6000);

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), port);
    }

    private final Session alice = session(1, "alice@one");
    private final Session bob = session(2, "bob@two");
    private Instant now = Instant.ofEpochSecond(1_000_000);

    private static Session session(long seed, String cname) {
        return session(new SplittableRandom(seed), cname);
    }

    private static Session session(RandomGenerator random, String cname) {
        return new Session(new Parameters(Set.of(0, 101), 160_000, 8000, cname), random);
    }

    @BeforeEach void join() {
        for (var session : List.of(alice, bob))
            assertThat(session.handle(new Input.Join(), now))
                    .containsExactly(new Output.Entered(State.JOINED));
    }

    private static <T> List<T> only(Class<T> type, List<Output> outputs) {
        return outputs.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private Bytes rtp(Session from, int n) {
        return ((Output.SendRtp) from.handle(
                new Input.Send(n == 0, 0, n * 160L, VOICE), now).getLast()).datagram();
    }

    /// Wakes a session at its deadlines until it sends RTCP.
    private Bytes rtcp(Session session) {
        for (int i = 0; i < 1000; i++) {
            now = session.deadline();
            var sent = only(Output.SendRtcp.class, session.wake(now));
            if (!sent.isEmpty()) return sent.getFirst().datagram();
        }
        throw new AssertionError("no RTCP");
    }

    private static CompoundPacket parsed(Bytes datagram) {
        return CompoundPacket.parse(datagram.buffer());
    }

    /// Ten seconds of a call, 50 packets a second, of which each tenth is lost.
    @Test void a_call() {
        int delivered = 0;
        var told = new ArrayList<Output>();
        var end = now.plusSeconds(10);
        for (int n = 0; n < 500; n++, now = now.plusMillis(20)) {
            only(Output.SendRtcp.class, alice.wake(now)).forEach(o -> told.addAll(
                    bob.handle(new Input.RtcpReceived(o.datagram(), at(4001)), now)));
            only(Output.SendRtcp.class, bob.wake(now)).forEach(o -> told.addAll(
                    alice.handle(new Input.RtcpReceived(o.datagram(), at(6001)), now)));
            var datagram = rtp(alice, n);
            if (n % 10 != 5) delivered += only(Output.Deliver.class,
                    bob.handle(new Input.RtpReceived(datagram, ALICE), now)).size();
        }
        assertThat(now).isEqualTo(end);
        assertThat(delivered).isEqualTo(450);
        assertThat(told).contains(new Output.Described(alice.ssrc(), "alice@one"),
                new Output.Described(bob.ssrc(), "bob@two"), new Output.Joined(bob.ssrc()));
        var report = only(Output.Reported.class, told).getLast();
        assertThat(report.by()).isEqualTo(bob.ssrc());
        assertThat(report.block().ssrc()).isEqualTo(alice.ssrc());
        assertThat(report.block().fractionLost()).isBetween(24, 27);
        assertThat(only(Output.RoundTrip.class, told)).isNotEmpty()
                .allMatch(r -> r.time().compareTo(Duration.ofMillis(1)) < 0);
        var reception = bob.receptions().getFirst();
        assertThat(reception.cname()).isEqualTo("alice@one");
        assertThat(reception.received()).isEqualTo(450);
        assertThat(reception.lost()).isEqualTo(50);
        assertThat(reception.jitter()).isZero();
    }

    /// Seed R2: the ancestor never sent RTCP, it only raised exceptions.
    //= rfc3550#6.4.1-10 the RTP timestamp goes with the NTP timestamp
    //= rfc3550#6.4.1-4 and the NTP timestamp is the time of the report
    @Test void a_sender_report_tells_time_and_counts() {
        var first = RtpPacket.parse(rtp(alice, 0).buffer());
        var sent = now;
        var report = (RtcpPacket.SenderReport) parsed(rtcp(alice)).packets().getFirst();
        assertThat(report.packets()).isOne();
        assertThat(report.octets()).isEqualTo(160);
        assertThat(report.ntp()).isEqualTo(NtpTimestamp.of(now));
        assertThat(report.rtp() - first.timestamp() & 0xffff_ffffL)
                .isEqualTo(Duration.between(sent, now).toNanos() * 8 / 1_000_000);
    }

    //= rfc3550#6.4-1 the form depends on whether the participant is a sender
    @Test void a_sender_who_falls_silent_is_a_receiver_again() {
        rtp(alice, 0);
        var forms = IntStream.range(0, 4)
                .mapToObj(_ -> parsed(rtcp(alice)).packets().getFirst().type()).toList();
        //= rfc3551#2-8 a data sender sends sender reports
        assertThat(forms.getFirst()).isEqualTo(RtcpPacket.SR);
        assertThat(forms.getLast()).isEqualTo(RtcpPacket.RR);
    }

    @Test void who_falls_silent_is_reported_once_more_and_then_no_more() {
        for (int seq = 1; seq < 4; seq++) receive(0, 77, seq, BOB);
        var blocks = IntStream.range(0, 3).mapToObj(_ ->
                ((RtcpPacket.Report) parsed(rtcp(alice)).packets().getFirst()).blocks().size());
        assertThat(blocks).containsExactly(1, 0, 0);
    }

    //= rfc3550#6.1-10 with nothing sent or received an empty RR leads
    //= rfc3550#6.4.2-1 the RR is empty when there is nothing to report
    //= rfc3550#6.1-3,4,6 each time, and the CNAME follows it: two packets in one
    @Test void a_silent_participant_reports_too() {
        var compound = parsed(rtcp(alice));
        //= rfc3551#2-10 CNAME is sent every interval, and other items are not
        assertThat(compound.packets()).containsExactly(
                new RtcpPacket.ReceiverReport(alice.ssrc(), List.of(), Bytes.EMPTY),
                RtcpPacket.SourceDescription.cname(alice.ssrc(), "alice@one"));
    }

    //= rfc3550#5.1-10,14 the start is random, of the timestamp as well
    //= rfc3550#5.1-19 and the SSRC
    @Test void numbers_begin_at_random() {
        assertThat(alice.ssrc()).isNotZero().isNotEqualTo(bob.ssrc());
        var one = RtpPacket.parse(rtp(alice, 0).buffer());
        var two = RtpPacket.parse(rtp(bob, 0).buffer());
        assertThat(one.marker()).isTrue();
        assertThat(one.sequenceNumber()).isNotEqualTo(two.sequenceNumber());
        assertThat(one.timestamp()).isNotEqualTo(two.timestamp());
        assertThat(RtpPacket.parse(rtp(alice, 1).buffer()).sequenceNumber())
                .isEqualTo(one.sequenceNumber().next());
    }

    @Test void the_payload_type_may_change() {
        //= rfc3550#5.1-7 a source changes its payload type during a session
        var types = IntStream.of(0, 101, 0).mapToObj(type -> RtpPacket.parse(
                ((Output.SendRtp) alice.handle(new Input.Send(false, type, 0, VOICE), now)
                        .getLast()).datagram().buffer()));
        assertThat(types.toList()).noneMatch(RtpPacket::marker)
                .extracting(RtpPacket::payloadType).containsExactly(0, 101, 0);
    }

    private List<Output> receive(int payloadType, long ssrc, int seq, InetSocketAddress from) {
        return alice.handle(new Input.RtpReceived(RtpPacket.of(false, payloadType,
                new SequenceNumber(seq), seq * 160L, ssrc, VOICE).encode(), from), now);
    }

    //= rfc3550#5.1-8 payload types that are not understood are ignored
    @Test void what_cannot_be_used_is_ignored() {
        assertThat(receive(8, 77, 1, BOB)).containsExactly(new Output.Ignored("payload type 8"));
        //= rfc3550#5.1-6 additional payload types are defined dynamically
        alice.handle(new Input.Understand(Set.of(8), 8000), now);
        assertThat(receive(8, 77, 1, BOB)).isEmpty();
        assertThat(receive(8, 77, 2, BOB)).hasSize(3).contains(new Output.Joined(77));
        for (var nonsense : List.of(Bytes.EMPTY, VOICE, Bytes.hex("80c90001"))) {
            assertThat(alice.handle(new Input.RtpReceived(nonsense, BOB), now))
                    .hasOnlyElementsOfType(Output.Ignored.class).hasSize(1);
            assertThat(alice.handle(new Input.RtcpReceived(nonsense, BOB), now))
                    .hasOnlyElementsOfType(Output.Ignored.class).hasSize(1);
        }
    }

    /// Comfort noise that nobody has agreed to, for example.
    @Test void what_is_ignored_is_not_lost() {
        for (int seq = 0; seq < 3; seq++)
            assertThat(receive(13, 77, seq, BOB)).hasOnlyElementsOfType(Output.Ignored.class);
        //= rfc3550#A.1-4 nobody is believed by packets of a type that is not known
        assertThat(alice.receptions()).isEmpty();
        for (int seq = 3; seq <= 30; seq++)
            assertThat(receive(seq > 10 && seq <= 20 ? 13 : 0, 77, seq, BOB))
                    .noneMatch(o -> o instanceof Output.Deliver(var p) && p.payloadType() == 13);
        receive(13, 77, 32, BOB);
        var reception = alice.receptions().getFirst();
        //= rfc3550#A.3¶1 received is what has arrived
        assertThat(reception.received()).isEqualTo(29);
        assertThat(reception.lost()).isEqualTo(1);
    }

    //= rfc3550#6.2-21 five seconds, less what chance takes off; only the first may be sooner
    @Test void reports_keep_their_distance() {
        rtcp(alice);
        for (int i = 0; i < 50; i++) {
            var last = now;
            rtcp(alice);
            assertThat(Duration.between(last, now)).isBetween(
                    Duration.ofMillis(2050), Duration.ofMillis(6160));
        }
    }

    //= rfc3550#6.2.1-4 the entry is marked, so stragglers do not bring it back
    @Test void a_participant_leaves() {
        receive(0, 77, 1, BOB);
        receive(0, 77, 2, BOB);
        var bye = new CompoundPacket(new RtcpPacket.ReceiverReport(77, List.of(), Bytes.EMPTY),
                RtcpPacket.SourceDescription.cname(77, "x"),
                new RtcpPacket.Bye(List.of(77L), "tired")).encode();
        assertThat(alice.handle(new Input.RtcpReceived(bye, BOB), now))
                .contains(new Output.Left(77, "tired"));
        assertThat(only(Output.Joined.class, receive(0, 77, 3, BOB))).isEmpty();
        assertThat(only(Output.Left.class, alice.handle(new Input.RtcpReceived(bye, BOB), now)))
                .isEmpty();
        for (int i = 0; i < 4; i++) rtcp(alice);   // and long after, it is somebody new
        receive(0, 77, 4, BOB);
        assertThat(only(Output.Joined.class, receive(0, 77, 5, BOB))).hasSize(1);
    }

    //= rfc3550#6.3.5-1 five intervals of silence
    @Test void a_silent_source_times_out() {
        receive(0, 77, 1, BOB);
        receive(0, 77, 2, BOB);
        var heard = now;
        var told = new ArrayList<Output>();
        while (told.isEmpty()) {
            now = alice.deadline();
            told.addAll(only(Output.TimedOut.class, alice.wake(now)));
        }
        assertThat(told).containsExactly(new Output.TimedOut(77));
        assertThat(Duration.between(heard, now)).isBetween(
                Duration.ofSeconds(25), Duration.ofSeconds(32));
        assertThat(alice.receptions()).isEmpty();
    }

    //= rfc3550#6.3.7-3 few members: BYE at once
    @Test void leaving_says_bye() {
        rtp(alice, 0);
        var out = alice.handle(new Input.Leave("hung up"), now);
        var bye = parsed(only(Output.SendRtcp.class, out).getFirst().datagram()).packets();
        assertThat(bye).hasSize(3);
        assertThat(bye.getLast()).isEqualTo(new RtcpPacket.Bye(List.of(alice.ssrc()), "hung up"));
        assertThat(alice.terminated()).isTrue();
        assertThat(alice.deadline()).isEqualTo(Instant.MAX);
        assertThat(alice.handle(new Input.Send(false, 0, 0, VOICE), now)).isEmpty();
    }

    //= rfc3550#6.3.7-1 fifty members: leaving waits its turn
    //= rfc3550#6.3.7¶3 and for longer, the more leave at the same time
    @Test void many_do_not_leave_at_once() {
        for (var leaving : List.of(alice, bob)) {
            rtp(leaving, 0);
            int others = leaving == alice ? 48 : 49;
            for (int ssrc = 1; ssrc <= others; ssrc++) leaving.handle(new Input.RtcpReceived(
                    report(ssrc), at(ssrc)), now);
            var out = leaving.handle(new Input.Leave(""), now);
            assertThat(only(Output.SendRtcp.class, out)).hasSize(leaving == alice ? 1 : 0);
        }
        var due = bob.deadline();
        assertThat(due).isAfter(now);
        for (int ssrc = 1; ssrc < 400; ssrc += 20) bob.handle(new Input.RtcpReceived(
                new CompoundPacket(new RtcpPacket.ReceiverReport(ssrc, List.of(), Bytes.EMPTY),
                        new RtcpPacket.Bye(LongStream.range(ssrc, ssrc + 20).boxed().toList(), ""))
                        .encode(), at(ssrc)), now);
        assertThat(bob.wake(due)).isEmpty();
        assertThat(bob.deadline()).isAfter(due.plusSeconds(5));
        assertThat(parsed(rtcp(bob)).packets().getLast()).isInstanceOf(RtcpPacket.Bye.class);
    }

    //= rfc3550#6.3.7-5 never heard of, never said BYE
    @Test void one_who_never_sent_leaves_in_silence() {
        assertThat(alice.handle(new Input.Leave(""), now))
                .containsExactly(new Output.Entered(State.LEFT));
    }

    //= rfc3550#8.2-1,11,15 a collision with another RTP source: but a loop has one address
    //= rfc3550#5.1-20 a collision is detected and resolved
    //= rfc3550#6.4.1-11 the packet count is reset
    @Test void somebody_else_has_the_same_ssrc() {
        rtp(alice, 0);
        long old = alice.ssrc();
        var out = receive(0, old, 1, BOB);
        var sent = parsed(only(Output.SendRtcp.class, out).getFirst().datagram()).packets();
        assertThat(((RtcpPacket.Bye) sent.getLast()).ssrcs()).containsExactly(old);
        assertThat(out).contains(new Output.Renamed(old, alice.ssrc()));
        assertThat(alice.ssrc()).isNotEqualTo(old);
        long second = alice.ssrc();
        for (int seq = 1; seq < 4; seq++) assertThat(receive(0, second, seq, BOB))
                .containsExactly(new Output.Ignored("own packets come back from " + BOB));
        assertThat(alice.ssrc()).isEqualTo(second);
        rtp(alice, 1);
        var report = (RtcpPacket.SenderReport) parsed(rtcp(alice)).packets().getFirst();
        assertThat(report.ssrc()).isEqualTo(second);
        assertThat(report.packets()).isEqualTo(1);
        //= rfc3550#6.4.1-12 the octet count too
        assertThat(report.octets()).isEqualTo(160);
    }

    @Test void whoever_has_taken_an_ssrc_is_heard_under_it() {
        long old = alice.ssrc();
        receive(0, old, 1, BOB);
        assertThat(receive(0, old, 2, BOB)).contains(new Output.Joined(old));
    }

    /// Dice that fall as they are told, and then at random.
    private static RandomGenerator dice(Queue<Integer> told, long seed) {
        var random = new SplittableRandom(seed);
        return () -> told.isEmpty() ? random.nextLong() : (long) told.remove() << 32;
    }

    //= rfc3550#8.2-23 a candidate that somebody has is followed by another
    @Test void an_ssrc_that_is_in_use_is_not_taken() {
        var told = new ArrayDeque<>(List.of(77));
        var carol = session(dice(told, 3), "carol@three");
        carol.handle(new Input.Join(), now);
        for (int ssrc : List.of(5, 6))
            carol.handle(new Input.RtcpReceived(report(ssrc), at(ssrc)), now);
        told.addAll(List.of(77, 5, 6, 9));
        carol.handle(new Input.RtcpReceived(report(77), at(7001)), now);
        assertThat(carol.ssrc()).isEqualTo(9);
    }

    //= rfc3550#7.1-6 it does not last: SSRC identifiers are unique
    @Test void two_begin_with_the_same_ssrc() {
        var carol = session(dice(new ArrayDeque<>(List.of(77)), 3), "carol@three");
        var dave = session(dice(new ArrayDeque<>(List.of(77)), 4), "dave@four");
        for (var one : List.of(carol, dave)) one.handle(new Input.Join(), now);
        assertThat(carol.ssrc()).isEqualTo(dave.ssrc());
        for (int n = 0; n < 5; n++) {
            var fromCarol = new Input.RtpReceived(rtp(carol, n), at(7000));
            var fromDave = new Input.RtpReceived(rtp(dave, n), at(8000));
            carol.handle(fromDave, now);
            dave.handle(fromCarol, now);
        }
        assertThat(carol.receptions()).extracting(Reception::ssrc).contains(dave.ssrc());
        assertThat(dave.receptions()).extracting(Reception::ssrc).contains(carol.ssrc());
        assertThat(carol.ssrc()).isNotEqualTo(dave.ssrc());
    }

    //= rfc3550#6.5.1-1 the CNAME says who it is, under whatever SSRC
    @Test void who_has_another_ssrc_has_the_same_name() {
        receive(0, alice.ssrc(), 1, BOB);
        assertThat(parsed(rtcp(alice)).packets().get(1))
                .isEqualTo(RtcpPacket.SourceDescription.cname(alice.ssrc(), "alice@one"));
    }

    /// Others know a listener by its reports: an identifier that it gives up must not linger.
    //= rfc3550#8.2-2 BYE for the old one, whether or not data went out under it, and when
    @Test void who_sends_no_sound_says_bye_for_the_old_ssrc_too() {
        rtcp(alice);
        rtp(bob, 0);
        for (int i = 0; i < 4; i++) rtcp(bob);   // so long ago that it is no sender any more
        for (var silent : List.of(alice, bob)) {
            long old = silent.ssrc();
            var out = silent.handle(new Input.RtcpReceived(report(old), at(7001)), now);
            assertThat(parsed(only(Output.SendRtcp.class, out).getLast().datagram()).packets())
                    .startsWith(new RtcpPacket.ReceiverReport(old, List.of(), Bytes.EMPTY))
                    .endsWith(new RtcpPacket.Bye(List.of(old), "SSRC collision"));
            assertThat(out).contains(new Output.Renamed(old, silent.ssrc()));
        }
    }

    @Test void who_never_sent_takes_another_ssrc_in_silence() {
        long old = alice.ssrc();
        var out = alice.handle(new Input.RtcpReceived(report(old), at(7001)), now);
        assertThat(out).contains(new Output.Renamed(old, alice.ssrc()));
        assertThat(only(Output.SendRtcp.class, out)).isEmpty();
    }

    private static Bytes report(long ssrc) {
        return new CompoundPacket(new RtcpPacket.ReceiverReport(ssrc, List.of(), Bytes.EMPTY),
                RtcpPacket.SourceDescription.cname(ssrc, "x")).encode();
    }

    //= rfc3550#8.2-3 of two colliding sources the first is kept
    @Test void two_others_have_the_same_ssrc() {
        receive(0, 77, 1, BOB);
        receive(0, 77, 2, BOB);
        var ignored = new Output.Ignored("SSRC 77 from two addresses");
        assertThat(receive(0, 77, 3, at(7000))).containsExactly(ignored);
        now = now.plusSeconds(3);
        receive(13, 77, 3, BOB);   // of no use, but the first is still there
        assertThat(receive(0, 77, 4, at(7000))).containsExactly(ignored);
        now = now.plusSeconds(3);
        assertThat(only(Output.Deliver.class, receive(0, 77, 4, at(7000)))).hasSize(1);
    }

    //= rfc3550#6.3.3¶1 contributors are members
    @Test void a_mixer_brings_others() {
        for (int seq = 1; seq < 3; seq++)
            alice.handle(new Input.RtpReceived(new RtpPacket(false, 0, new SequenceNumber(seq), 0,
                    77, List.of(5L, 6L, alice.ssrc()), RtpPacket.Extension.NONE, VOICE, 0).encode(),
                    BOB), now);
        alice.handle(new Input.RtpReceived(new RtpPacket(false, 0, new SequenceNumber(1), 0, 78,
                List.of(7L), RtpPacket.Extension.NONE, VOICE, 0).encode(), BOB), now);
        var bye = new CompoundPacket(new RtcpPacket.ReceiverReport(77, List.of(), Bytes.EMPTY),
                new RtcpPacket.Bye(List.of(5L, 6L, 7L), "")).encode();
        assertThat(only(Output.Left.class, alice.handle(new Input.RtcpReceived(bye, BOB), now)))
                .containsExactly(new Output.Left(5, ""), new Output.Left(6, ""));
    }

    //= rfc3550#6.1-11,18 more than 31 sources need another RR; a subset each interval, by turns
    //= rfc3550#6.4-2 additional RR packets are stacked
    @Test void many_sources_are_reported_by_turns() {
        var reported = new TreeSet<Long>();
        for (int round = 0; round < 3; round++) {
            for (int ssrc = 1; ssrc <= 60; ssrc++)
                for (int seq = 0; seq < 3; seq++) receive(0, ssrc, round * 3 + seq, at(ssrc));
            var packets = parsed(rtcp(alice)).packets();
            assertThat(packets).hasSize(3);
            packets.stream().filter(p -> p instanceof RtcpPacket.Report)
                    .forEach(p -> ((RtcpPacket.Report) p).blocks()
                            .forEach(block -> reported.add(block.ssrc())));
        }
        assertThat(reported).hasSize(60);
    }

    @Test void there_is_a_limit_to_sources() {
        for (int ssrc = 1; ssrc <= Session.MAX_SOURCES; ssrc++)
            assertThat(receive(0, ssrc, 1, BOB)).isEmpty();
        assertThat(receive(0, 5000, 1, BOB)).hasOnlyElementsOfType(Output.Ignored.class);
    }
}
