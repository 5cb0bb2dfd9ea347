package p2psip.app.voip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3551.G711;
import p2psip.std.rfc3611.*;

/// How a call sounds, at both ends, and who is told of it.
class QualityTest {
    private static final String PCMU = "m=audio 4000 RTP/AVP 0\n",
            WISHES = PCMU + "a=rtcp-xr:voip-metrics\n";

    private final MachineRoom room = new MachineRoom(Source.Tone.A);
    private int timestamp;

    private void called(String media) {
        room.request("INVITE", MachineRoom.sdp(media));
        room.request("ACK", "");
    }

    /// The peer speaks, and of so many packets one is lost; none of none.
    private void speak(int packets, int one) {
        var sound = new byte[160];
        Arrays.fill(sound, G711.PCMU.encode(8000));
        for (int n = 1; n <= packets; n++, timestamp += 160) {
            if (one == 0 || n % one != 0) room.rtp(0, timestamp, sound);
            else room.lose();
            room.run(20);
        }
    }

    private Quality quality() {
        room.command(new PhoneCommand.Measure(room.number()));
        return room.news(News.Measured.class).getLast().statistics().quality();
    }

    private List<VoipMetrics> metrics() {
        return room.reports().stream().flatMap(p -> ExtendedReport.parse(p).stream())
                .flatMap(report -> report.blocks().stream())
                .map(block -> (VoipMetrics) block).toList();
    }

    private static ReportBlock block(long ssrc, int lost, long jitter) {
        return new ReportBlock(ssrc, 0, lost, 1000, jitter, 0, 0);
    }

    private long ssrc() { return room.heard().getFirst().ssrc(); }

    @Test void a_call_without_loss_is_as_good_as_a_telephone_can_be() {
        called(PCMU);
        speak(500, 0);
        var quality = quality();
        assertThat(quality.here().loss()).isZero();
        assertThat(quality.concealed()).isZero();
        assertThat(quality.late()).isZero();
        assertThat(quality.here().r().getAsDouble()).isBetween(90.0, 93.2);
        assertThat(quality.level()).isBetween(-13.0, -11.5);   // 8000 of 32768
    }

    /// Every tenth packet lost, none beside another: `Ie = 95 * 10 / (10 + 25.1) = 27`.
    @Test void loss_is_concealed_and_counted() {
        called(PCMU);
        speak(501, 10);
        var quality = quality();
        assertThat(quality.here().loss()).isCloseTo(0.1, within(0.005));
        assertThat(quality.concealed()).isBetween(Duration.ofMillis(900), Duration.ofMillis(1000));
        assertThat(quality.here().r().getAsDouble()).isBetween(62.0, 67.0);
    }

    private static org.assertj.core.data.Offset<Double> within(double d) {
        return org.assertj.core.data.Offset.offset(d);
    }

    @Test void what_comes_too_late_counts_as_late_and_makes_it_worse() {
        called(PCMU);
        speak(200, 0);
        double before = quality().here().r().getAsDouble();
        for (int n = 0; n < 10; n++) {
            var held = timestamp;
            timestamp += 160;
            room.lose();
            speak(20, 0);
            room.rtpAgain(20, held, new byte[160]);
        }
        assertThat(quality().late()).isBetween(9L, 10L);
        assertThat(quality().here().r().getAsDouble()).isLessThan(before - 5);
    }

    //= rfc3611#4.7.5-1 the quality metrics are provided
    @Test void a_peer_that_wants_voip_metrics_gets_them() {
        called(WISHES);
        speak(700, 10);
        assertThat(metrics()).isNotEmpty().allMatch(m -> m.ssrc() == 77);
        assertThat(metrics().getLast().r()).isBetween(60, 68);
        assertThat(metrics().getLast().lossRate()).isBetween(24, 27);   // 256ths
        assertThat(metrics().getLast().buffer().adaption())
                .isEqualTo(VoipMetrics.Adaption.ADAPTIVE);
    }

    //= rfc3611#5.1-13 no blocks but those that were asked for
    @Test void a_peer_that_does_not_gets_none() {
        called(PCMU);
        speak(700, 0);
        assertThat(room.reports()).isNotEmpty();
        assertThat(metrics()).isEmpty();
        assertThat(room.descriptions().getLast().media().getFirst().attribute("rtcp-xr"))
                .contains("voip-metrics");
    }

    @Test void the_view_of_the_peer_is_what_its_reports_say() {
        called(PCMU);
        speak(100, 0);
        assertThat(quality().there()).isEmpty();
        room.rtcp(new RtcpPacket.ReceiverReport(77, List.of(block(ssrc(), 10, 80)), Bytes.EMPTY),
                RtcpPacket.SourceDescription.cname(77, "bob"));
        var there = quality().there().orElseThrow();
        assertThat(there.loss()).isCloseTo(0.1, within(0.01));
        assertThat(there.jitter()).isEqualTo(Duration.ofMillis(10));
        assertThat(there.guess()).isTrue();
        assertThat(there.r().getAsDouble()).isBetween(63.0, 67.0);
        assertThat(quality()).asString().endsWith("there loss=9.9% jitter=10.0ms R=~66");
    }

    @Test void an_r_factor_that_the_peer_says_is_believed() {
        called(WISHES);
        speak(400, 0);   // until our own report has said who we are
        room.rtcp(new RtcpPacket.ReceiverReport(77, List.of(block(ssrc(), 0, 8)), Bytes.EMPTY),
                RtcpPacket.SourceDescription.cname(77, "bob"),
                new ExtendedReport(77, List.of(saying(81))).packet());
        assertThat(quality().there().orElseThrow())
                .isEqualTo(new Quality.View(0, Duration.ofMillis(1), OptionalDouble.of(81), false));
        room.rtcp(new RtcpPacket.ReceiverReport(77, List.of(block(ssrc(), 0, 8)), Bytes.EMPTY),
                RtcpPacket.SourceDescription.cname(77, "bob"),
                new ExtendedReport(77, List.of(saying(VoipMetrics.UNKNOWN))).packet());
        assertThat(quality().there().orElseThrow().guess()).isTrue();
    }

    private VoipMetrics saying(int r) {
        return new VoipMetrics(ssrc(), 0, 0, 0, 0, 0, 0, 0, 0, 127, 127, 127, 16, r, 127, 127, 127,
                VoipMetrics.Buffer.fixed(VoipMetrics.Concealment.STANDARD, 40, 40));
    }

    @Test void of_a_call_that_nobody_has_heard_nothing_is_known() {
        assertThat(Quality.NONE.known()).isFalse();
        assertThat(Quality.NONE).hasToString("here loss=0.0% late=0 concealed=0ms jitter=0.0ms"
                + " rtt=- R=-; there no report");
    }
}
