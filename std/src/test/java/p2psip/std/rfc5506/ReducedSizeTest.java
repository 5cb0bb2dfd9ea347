package p2psip.std.rfc5506;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3550.ReportTiming.Turn.ALONE;
import static p2psip.std.rfc3550.ReportTiming.Turn.MINIMAL;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc3550.Session.*;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc4585.*;

class ReducedSizeTest {
    private static final RtcpPacket NACK = Feedback.GenericNack.of(1, 2, List.of(3)).packet();

    private final ReducedSize form = new ReducedSize();
    private Instant now = Instant.ofEpochSecond(1_000_000);

    private ReportTiming.Turn form(RtcpPacket... packets) {
        return form.form(List.of(packets), now);
    }

    //= rfc5506#4-4 not until a compound packet has been sent
    //= rfc5506#4-6 then an early message may be
    @Test void not_before_the_first_report() {
        assertThat(form(NACK)).isEqualTo(MINIMAL);
        form.reported();
        assertThat(form(NACK)).isEqualTo(ALONE);
    }

    //= rfc5506#4.2.2-2 large ones are transmitted as compound packets
    //= rfc5506#4.2.1-2 and what could not be detected is not transmitted alone
    @Test void what_is_large_or_without_effect_is_not_alone() {
        form.reported();
        assertThat(form(new Feedback.ApplicationFeedback(1, 2, Bytes.wrap(new byte[116])).packet()))
                .isEqualTo(ALONE);
        assertThat(form(new Feedback.ApplicationFeedback(1, 2, Bytes.wrap(new byte[120])).packet()))
                .isEqualTo(MINIMAL);
        assertThat(form(new RtcpPacket.App(0, 1, "test", Bytes.EMPTY))).isEqualTo(MINIMAL);
    }

    //= rfc5506#4.2.1-3 consistent failure of delivery is detected
    //= rfc5506#4.2.1-4 and then only compound packets are transmitted
    @Test void after_five_without_effect_it_is_over() {
        form.reported();
        for (int i = 0; i < ReducedSize.FAILURES; i++) {
            assertThat(form(NACK)).isEqualTo(ALONE);
            now = now.plusMillis(2001);
        }
        assertThat(form(NACK)).isEqualTo(MINIMAL);
        assertThat(form.failed()).isTrue();
    }

    @Test void an_effect_in_time_makes_all_well() {
        form.reported();
        for (int i = 0; i < 30; i++) {
            assertThat(form(NACK)).isEqualTo(ALONE);
            now = now.plusMillis(2001);
            if (i % 4 == 3) form.confirmed();
        }
        assertThat(form.failed()).isFalse();
    }

    //= rfc5506#4-1,7 regular reports are compound packets throughout the session
    //= rfc5506#4.1-1 the reduced size is not for regular reports
    //= rfc5506#4.2.3-1 so all regular ones are full
    @Test void between_reports_feedback_is_alone() {
        var session = new Session(new Parameters(Set.of(0), 160_000, 8000, "x"),
                new FeedbackTiming(ControlShare.of(160_000), FeedbackTiming.Settings.CALL,
                        Schedule.OVERHEAD, form, new SplittableRandom(1)),
                Addendum.NONE, new SplittableRandom(2));
        session.handle(new Input.Join(), now);
        for (boolean silent = true; silent; silent = session.wake(now).isEmpty())
            now = session.deadline();
        int alone = 0, whole = 0;
        for (int i = 0; i < 200; i++) {
            now = session.deadline();
            for (var output : session.wake(now)) if (output instanceof Output.SendRtcp(var bytes)) {
                var packets = CompoundPacket.parse(bytes.buffer()).packets();
                assertThat(packets.get(0)).isInstanceOf(RtcpPacket.Report.class);
                assertThat(packets.get(1)).isInstanceOf(RtcpPacket.SourceDescription.class);
                whole++;
            }
            now = now.plusMillis(1);
            for (var output : session.handle(new Input.Tell(NACK), now))
                if (output instanceof Output.SendRtcp(var bytes)) {
                    //= rfc5506#5-1 who sends it supports the reception of it
                    assertThat(CompoundPacket.parseReducedSize(bytes.buffer()))
                            .containsExactly(NACK);
                    alone++;
                    form.confirmed();
                }
        }
        assertThat(alone).isGreaterThan(50);
        assertThat(whole).isGreaterThan(50);
    }

    private static Media medium(String proto, List<Attribute> attributes) {
        return Media.of("audio", 5004, proto, List.of("0"), attributes);
    }

    //= rfc5506#5-2 the offer includes the attribute
    //= rfc5506#5-3 and the answer, if the offer does
    //= rfc5506#4-3 in sessions with AVPF or SAVPF
    @Test void it_is_agreed_on() {
        for (var proto : List.of("RTP/AVPF", "RTP/SAVPF", "UDP/TLS/RTP/SAVPF")) {
            var offer = medium(proto, ReducedSize.offer(medium(proto, List.of())));
            assertThat(offer.has("rtcp-rsize")).isTrue();
            var answer = medium(proto, ReducedSize.answer(medium(proto, List.of()), offer));
            assertThat(ReducedSize.agreed(offer, answer)).isTrue();
            assertThat(ReducedSize.agreed(offer, medium(proto, List.of()))).isFalse();
            assertThat(ReducedSize.answer(answer, medium(proto, List.of()))).isEmpty();
        }
        //= rfc5506#4.1-2 not with RTP/AVP and RTP/SAVP
        for (var proto : List.of("RTP/AVP", "RTP/SAVP")) {
            var flagged = medium(proto, List.of(ReducedSize.ATTRIBUTE));
            assertThat(ReducedSize.offer(flagged)).isEmpty();
            assertThat(ReducedSize.answer(flagged, flagged)).isEmpty();
            assertThat(ReducedSize.agreed(flagged, flagged)).isFalse();
        }
    }
}
