package p2psip.std.rfc4585;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.ControlShare;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc4585.Feedback.*;
import p2psip.std.rfc4585.FeedbackCapability.Line;

class FeedbackCapabilityTest {
    private static final String HEAD = """
            v=0
            o=- 1 1 IN IP4 192.0.2.1
            s=-
            c=IN IP4 192.0.2.1
            """;

    private static Media medium(String proto, String lines) {
        return SessionDescription.parse(HEAD + "t=0 0\nm=video 5004 " + proto + " 96 97\n" + lines)
                .media().getFirst();
    }

    private static FeedbackCapability of(String lines) {
        return FeedbackCapability.of(medium("RTP/AVPF", lines));
    }

    //= rfc4585#4.2-5 each type of feedback has a line
    @Test void lines_are_read_and_written() {
        var capability = of("a=rtcp-fb:* nack\na=rtcp-fb:96 nack pli\na=rtcp-fb:97 trr-int 100\n"
                + "a=rtcp-fb:none nack\na=rtcp-fb:96\n");
        assertThat(capability.lines()).containsExactly(new Line("*", "nack"),
                new Line("96", "nack pli"), new Line("97", "trr-int 100"));
        assertThat(of(capability.attributes().stream().map(a -> "a=" + a + "\n")
                .collect(Collectors.joining()))).isEqualTo(capability);
        assertThat(capability.interval()).isEqualTo(Duration.ofMillis(100));
        assertThat(FeedbackCapability.all("nack").interval()).isZero();
        assertThat(of("a=rtcp-fb:* nack\n".repeat(500)).lines())
                .hasSize(FeedbackCapability.MAX_LINES);
    }

    //= rfc4585#4.2-1 at the media level, not for the session
    //= rfc4585#4.2-2 and where AVPF is specified
    //= rfc4585#3.7.2-2 for the profile AVPF is indicated for it
    @Test void without_the_profile_there_is_none() {
        for (var proto : List.of("RTP/AVP", "RTP/SAVP", "UDP/TLS/RTP/SAVP"))
            assertThat(FeedbackCapability.of(medium(proto, "a=rtcp-fb:* nack\n")))
                    .isEqualTo(FeedbackCapability.NONE);
        for (var proto : List.of("RTP/AVPF", "RTP/SAVPF", "UDP/TLS/RTP/SAVPF"))
            assertThat(FeedbackCapability.of(medium(proto, "a=rtcp-fb:* nack\n")).lines())
                    .hasSize(1);
        var session = SessionDescription.parse(
                HEAD + "t=0 0\na=rtcp-fb:* nack\nm=video 5004 RTP/AVPF 96\n");
        assertThat(FeedbackCapability.of(session.media().getFirst()))
                .isEqualTo(FeedbackCapability.NONE);
    }

    //= rfc4585#4.2-9,13 what is not understood or not supported is removed
    //= rfc4585#4.2-14 nothing is added, and no value altered
    @Test void an_answer_is_part_of_the_offer() {
        var offer = of("""
                a=rtcp-fb:* nack
                a=rtcp-fb:96 nack pli
                a=rtcp-fb:97 nack pli
                a=rtcp-fb:96 goog-remb
                a=rtcp-fb:* trr-int 500
                """);
        var ours = FeedbackCapability.all("nack", "nack pli", "nack sli");
        var answer = offer.answer(ours, List.of("96"), true);
        assertThat(answer.lines()).containsExactly(new Line("*", "nack"),
                new Line("96", "nack pli"), new Line("*", "trr-int 500"));
        //= rfc4585#4.2-15 both use only what was negotiated
        assertThat(offer.agreed(answer)).isEqualTo(answer);
        assertThat(FeedbackCapability.all("nack").agreed(answer).lines())
                .containsExactly(new Line("*", "nack"));
    }

    //= rfc4585#4.2-18 ack only where the session may operate in ACK mode
    //= rfc4585#3.6.1-1 with exactly two members
    //= rfc4585#3.6.2-1 negative feedback is for all group sizes
    @Test void acknowledgements_are_for_two() {
        //= rfc4585#4.2-19 ack has parameters, or means nothing
        assertThat(of("a=rtcp-fb:* ack\n").answer(FeedbackCapability.all("ack"), List.of("96"),
                true).lines()).isEmpty();
        //= rfc4585#6.3.3.1-1 no positive feedback on pictures in a multiparty session
        var offer = of("a=rtcp-fb:* ack rpsi\na=rtcp-fb:* nack\n");
        var ours = FeedbackCapability.all("ack rpsi", "nack");
        assertThat(offer.answer(ours, List.of("96"), true)).isEqualTo(offer);
        assertThat(offer.answer(ours, List.of("96"), false).lines())
                .containsExactly(new Line("*", "nack"));
    }

    //= rfc4585#4.2-11 no other messages than those listed
    //= rfc4585#4.2-4 a wildcard is for all payload types
    @Test void what_may_be_sent() {
        var capability = of("a=rtcp-fb:* nack\na=rtcp-fb:96 nack pli\na=rtcp-fb:97 nack app x\n");
        var nack = GenericNack.of(1, 2, List.of(3));
        assertThat(capability.allows(96, nack)).isTrue();
        assertThat(capability.allows(97, nack)).isTrue();
        assertThat(capability.allows(96, new PictureLoss(1, 2))).isTrue();
        assertThat(capability.allows(97, new PictureLoss(1, 2))).isFalse();
        assertThat(capability.allows(96, new SliceLoss(1, 2,
                List.of(new SliceLoss.Slice(1, 1, 1))))).isFalse();
        assertThat(capability.allows(97, new ApplicationFeedback(1, 2, Bytes.EMPTY))).isTrue();
        assertThat(capability.allows(96, new ApplicationFeedback(1, 2, Bytes.EMPTY))).isFalse();
        assertThat(capability.allows(96, new OtherFeedback(205, 15, 1, 2, Bytes.EMPTY)))
                .isFalse();
        assertThat(capability.allows(96,
                new ReferencePicture(1, 2, 96, Bytes.hex("00"), 0))).isFalse();
    }

    private static ControlShare share(String one, String other) {
        return RtcpBandwidth.agreed(medium("RTP/AVPF", one), medium("RTP/AVPF", other), 160_000);
    }

    //= rfc3550#6.2-7 the same value for all participants, by whichever side it is reckoned
    //= rfc3550#6.2-9,10 of which a twentieth is for RTCP, and a quarter of that for senders
    @Test void how_much_bandwidth_two_descriptions_give() {
        assertThat(share("", "")).isEqualTo(new ControlShare(2000, 6000));
        assertThat(share("b=AS:80\n", "")).isEqualTo(new ControlShare(1000, 3000));
        assertThat(share("b=AS:80\n", "b=AS:160\n")).isEqualTo(share("b=AS:160\n", "b=AS:80\n"))
                .isEqualTo(new ControlShare(2000, 6000));
        assertThat(share("", "b=RS:800\nb=RR:2400\n")).isEqualTo(new ControlShare(800, 2400));
        assertThat(share("b=RR:0\n", "")).isEqualTo(new ControlShare(2000, 0));
        assertThat(share("", "b=RS:99999999999999\n").senders()).isEqualTo(1e10);
    }
}
