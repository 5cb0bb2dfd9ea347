package p2psip.std.rfc3611;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3550.Session.*;
import p2psip.std.rfc3611.ExtendedReport.*;
import p2psip.std.rfc3611.XrCapability.RoundTrip;
import p2psip.std.rfc4566.*;

/// Times that go to and fro, and what two sides have agreed on.
class ExtendedReportsTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
    private static final XrCapability ALL = new XrCapability(List.of("voip-metrics"),
            Optional.of(new RoundTrip(false, XrCapability.MAX_SIZE)));
    private static final XrCapability SENDER = new XrCapability(List.of(),
            Optional.of(new RoundTrip(true, XrCapability.MAX_SIZE)));

    private static ExtendedReports reports(XrCapability agreed) {
        return new ExtendedReports(agreed, ExtendedReports.Measured.NOTHING);
    }

    private static List<Block> said(
            ExtendedReports reports, long ssrc, boolean weSent, Instant now) {
        return reports.packets(ssrc, weSent, now).stream()
                .flatMap(p -> ExtendedReport.parse(p).orElseThrow().blocks().stream()).toList();
    }

    /// Alice only listens, and so has no sender reports that Bob could answer.
    //= rfc3611#4.7.3-1 the round trip by DLRR blocks
    //= rfc3611#5.2-6,7 an initiator gets its responses
    @Test void who_only_listens_learns_how_far_it_is() {
        var alice = reports(ALL);
        var bob = reports(ALL);
        alice.packets(1, false, NOW).forEach(p -> bob.heard(p, NOW.plusMillis(100)));
        bob.packets(2, true, NOW.plusMillis(1500))
                .forEach(p -> alice.heard(p, NOW.plusMillis(1600)));
        assertThat(alice.roundTrip(2).orElseThrow().toMillis()).isBetween(199L, 201L);
        assertThat(alice.roundTrip(3)).isEmpty();
        assertThat(bob.roundTrip(1)).isEmpty();
    }

    //= rfc3611#5.1-8 with "sender" only senders of data respond
    @Test void who_answers() {
        for (boolean weSent : List.of(true, false)) for (var mode : List.of(ALL, SENDER)) {
            var bob = reports(mode);
            reports(ALL).packets(1, false, NOW).forEach(p -> bob.heard(p, NOW));
            assertThat(said(bob, 2, weSent, NOW).stream().anyMatch(b -> b instanceof Delays))
                    .isEqualTo(weSent || mode == ALL);
        }
        var nobody = reports(XrCapability.NONE);
        reports(ALL).packets(1, false, NOW).forEach(p -> nobody.heard(p, NOW));
        //= rfc3611#5.1-14 without parameters no XR blocks at all
        assertThat(nobody.packets(2, true, NOW)).isEmpty();
        assertThat(nobody.packets(2, false, NOW)).isEmpty();
    }

    //= rfc3611#5.1-9 no more than the maximum size
    //= rfc3611#5.1-10 and all of them by turns, in round robin fashion
    @Test void answers_have_a_limit() {
        var bob = reports(new XrCapability(List.of(), Optional.of(new RoundTrip(false, 40))));
        for (long ssrc = 1; ssrc <= 500; ssrc++)
            bob.heard(new ExtendedReport(ssrc, List.of(new ReferenceTime(
                    NtpTimestamp.of(NOW)))).packet(), NOW);
        var answered = new TreeSet<Long>();
        for (int i = 0; i < 34; i++) for (var block : said(bob, 1000, true, NOW)) {
            assertThat(((Delays) block).delays()).hasSizeLessThanOrEqualTo(3);
            ((Delays) block).delays().forEach(d -> answered.add(d.ssrc()));
        }
        assertThat(answered).hasSize(ExtendedReports.MAX_REFERENCES).contains(500L);
        var none = reports(new XrCapability(List.of(), Optional.of(new RoundTrip(false, 15))));
        none.heard(new ExtendedReport(1, List.of(new ReferenceTime(NtpTimestamp.of(NOW))))
                .packet(), NOW);
        assertThat(said(none, 2, true, NOW)).isEmpty();
    }

    //= rfc3611#5.1-13 no other blocks than the ones indicated
    //= rfc3611#5.2-1,4 those that correspond to unilateral parameters are sent
    @Test void only_what_is_wanted_is_told() {
        var meter = new ReceptionMeter(7, 8000);
        meter.received(RtpPacket.of(false, 0, new SequenceNumber(1), 0, 7, Bytes.EMPTY), NOW);
        var metrics = meter.metrics(Duration.ZERO, Duration.ZERO,
                VoipMetrics.Buffer.fixed(VoipMetrics.Concealment.STANDARD, 40, 80), 25.1);
        var reports = new ExtendedReports(ALL,
                () -> List.of(metrics, meter.summary(), meter.losses(100)));
        assertThat(said(reports, 1, true, NOW)).containsExactly(metrics);
    }

    /// In a session, where reports of both go along with those of RTCP.
    @Test void reports_go_along_with_rtcp() {
        var reports = reports(ALL);
        var session = new Session(new Parameters(Set.of(0), 160_000, 8000, "x"),
                new Schedule(ControlShare.of(160_000), Schedule.Minimum.FIXED, Schedule.OVERHEAD,
                        new SplittableRandom(1)), reports, new SplittableRandom(2));
        session.handle(new Input.Join(), NOW);
        session.handle(new Input.RtcpReceived(new CompoundPacket(
                new RtcpPacket.ReceiverReport(5, List.of(), Bytes.EMPTY),
                RtcpPacket.SourceDescription.cname(5, "five"),
                new ExtendedReport(5, List.of(new ReferenceTime(NtpTimestamp.of(NOW)))).packet())
                .encode(), new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5)), NOW);
        var blocks = new ArrayList<Block>();
        while (blocks.isEmpty()) for (var output : session.wake(session.deadline()))
            if (output instanceof Output.SendRtcp(var datagram))
                ExtendedReport.parse(CompoundPacket.parse(datagram.buffer()).packets().getLast())
                        .ifPresent(report -> blocks.addAll(report.blocks()));
        assertThat(blocks).hasSize(2).hasOnlyElementsOfTypes(ReferenceTime.class, Delays.class);
    }

    private static Optional<XrCapability> of(String session, String media) {
        var description = SessionDescription.parse("v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\n"
                + "c=IN IP4 192.0.2.1\nt=0 0\n" + session + "m=audio 5004 RTP/AVP 0\n" + media);
        return XrCapability.of(description, description.media().getFirst());
    }

    //= rfc3611#5-2 the attribute is as defined there
    @Test void lines_are_read_and_written() {
        var line = "rtcp-xr:pkt-loss-rle=100 pkt-dup-rle stat-summary=loss,dup,jitt,TTL"
                + " voip-metrics rcvr-rtt=sender:100";
        var capability = of("", "a=" + line + "\n").orElseThrow();
        assertThat(capability.attribute().toString()).isEqualTo(line);
        assertThat(capability.roundTrip()).contains(new RoundTrip(true, 100));
        assertThat(capability.size(Losses.class)).isEqualTo(100);
        assertThat(capability.size(Duplicates.class)).isEqualTo(XrCapability.MAX_SIZE);
        //= rfc3611#5.1-7 which participants respond: all or senders
        assertThat(of("", "a=rtcp-xr:rcvr-rtt=all\n").orElseThrow().roundTrip())
                .contains(new RoundTrip(false, XrCapability.MAX_SIZE));
        assertThat(of("", "a=rtcp-xr:rcvr-rtt=some new-one pkt-loss-rle=x\n"))
                .contains(XrCapability.NONE);
        //= rfc3611#5.1-11 the list of parameters may be empty
        assertThat(of("", "a=rtcp-xr:\n")).contains(XrCapability.NONE);
        //= rfc3611#5.1-12 and without the attribute nothing is said of XR
        assertThat(of("", "")).isEmpty();
    }

    //= rfc3611#5.1-5 no space character within a list
    //= rfc3611#5.1-6 not TTL and HL together
    @Test void parameters_that_cannot_be() {
        for (var wrong : List.of("stat-summary=loss, dup", "stat-summary=TTL,HL", "voip-metrics=1"))
            assertThatThrownBy(() -> new XrCapability(List.of(wrong), Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class);
        assertThat(of("", "a=rtcp-xr:stat-summary=TTL,HL stat-summary=loss, dup\n").orElseThrow()
                .blocks()).isEmpty();
    }

    //= rfc3611#5.1-1 a media level specification replaces one at session level
    @Test void the_medium_comes_before_the_session() {
        assertThat(of("a=rtcp-xr:voip-metrics\n", "")).contains(new XrCapability(
                List.of("voip-metrics"), Optional.empty()));
        assertThat(of("a=rtcp-xr:voip-metrics\n", "a=rtcp-xr:rcvr-rtt=all\n").orElseThrow()
                .blocks()).isEmpty();
    }

    //= rfc3611#5.2-13 no collaborative parameter that is absent from the offer
    //= rfc3611#5.2-2 unilateral parameters are as the answerer wishes
    //= rfc3611#5.2-14 who understands but wishes nothing answers without parameters
    @Test void an_offer_is_answered() {
        assertThat(SENDER.answer(ALL)).isEqualTo(new XrCapability(ALL.blocks(),
                SENDER.roundTrip()));
        assertThat(XrCapability.NONE.answer(ALL).roundTrip()).isEmpty();
        assertThat(ALL.answer(XrCapability.NONE)).isEqualTo(XrCapability.NONE);
    }

    //= rfc3611#5.1-4 the fields that the list indicates are in the summary
    @Test void a_summary_has_what_is_wanted() {
        var all = new Summary(7, 1, 2, OptionalLong.of(1), OptionalLong.of(2),
                Optional.of(new Summary.Jitter(1, 2, 3, 4)),
                Optional.of(new Summary.Hops(false, 1, 2, 3, 4)));
        var some = new XrCapability(List.of("stat-summary=loss,HL"), Optional.empty()).wanted(all);
        assertThat(some).isEqualTo(new Summary(7, 1, 2, OptionalLong.of(1), OptionalLong.empty(),
                Optional.empty(), all.hops()));
        assertThat(new XrCapability(List.of("stat-summary"), Optional.empty()).wanted(all))
                .isEqualTo(all);
    }
}
