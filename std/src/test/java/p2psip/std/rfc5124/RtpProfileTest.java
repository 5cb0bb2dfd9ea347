package p2psip.std.rfc5124;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3264.*;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc4585.*;

class RtpProfileTest {
    @Test void a_profile_is_the_end_of_a_protocol() {
        assertThat(List.of("RTP/AVP", "RTP/SAVP", "RTP/AVPF", "UDP/TLS/RTP/SAVPF",
                "TCP/MSRP", "RTP/AVPX", "XRTP/AVP").stream().map(RtpProfile::of)).containsExactly(
                Optional.of(RtpProfile.AVP), Optional.of(RtpProfile.SAVP),
                Optional.of(RtpProfile.AVPF), Optional.of(RtpProfile.SAVPF), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    //= rfc5124#4-1 AVP and AVPF are never mixed with SAVP and SAVPF
    //= rfc5124#3.3.4-2 secure profiles and insecure ones are incompatible
    @Test void secure_and_insecure_ones_do_not_mix() {
        for (var one : RtpProfile.values()) for (var two : RtpProfile.values())
            assertThat(one.mixesWith(two)).isEqualTo(one.secure() == two.secure());
    }

    //= rfc5124#3.3.1-9,10 a secure profile, and of these the first that is acceptable
    //= rfc5124#3.3.4-3 one choice is made
    @Test void a_secure_one_is_chosen_if_there_is_one() {
        var offered = List.of(RtpProfile.AVPF, RtpProfile.SAVP, RtpProfile.SAVPF);
        assertThat(RtpProfile.choose(offered, EnumSet.allOf(RtpProfile.class)))
                .contains(RtpProfile.SAVP);
        assertThat(RtpProfile.choose(offered, Set.of(RtpProfile.SAVPF, RtpProfile.AVPF)))
                .contains(RtpProfile.SAVPF);
        assertThat(RtpProfile.choose(offered, Set.of(RtpProfile.AVP))).isEmpty();
    }

    //= rfc5124#3.3.1-5,6,7 alternatives in order of preference, and never insecure ones among them
    @Test void alternatives_are_alike() {
        var all = EnumSet.allOf(RtpProfile.class);
        assertThat(RtpProfile.alternatives(all, true))
                .containsExactly(RtpProfile.SAVPF, RtpProfile.SAVP);
        assertThat(RtpProfile.alternatives(all, false))
                .containsExactly(RtpProfile.AVPF, RtpProfile.AVP);
    }

    private static final SessionDescription HEAD = SessionDescription.parse(
            "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\n");

    private static Local audio(String proto) {
        return new Local("audio", proto, 5004, List.of(Format.of(0)), Direction.SENDRECV,
                List.of());
    }

    //= rfc5124#3.3.1-11 who does not support SAVPF rejects the media session
    //= rfc5124#3.3.1-12 who wants to use SAVPF rejects what does not use it
    @Test void another_profile_is_refused() {
        for (var profiles : List.of(List.of("RTP/SAVPF", "RTP/AVP"),
                List.of("RTP/AVP", "RTP/SAVPF"))) {
            var offer = new OfferAnswer(HEAD).offer(List.of(audio(profiles.get(0)),
                    new Local("text", "RTP/AVP", 6000, List.of(Format.of(0)),
                            Direction.SENDRECV, List.of())));
            var answerer = new OfferAnswer(HEAD);
            answerer.receiveOffer(offer);
            var answer = answerer.answer(List.of(audio(profiles.get(1)),
                    new Local("text", "RTP/AVP", 6000, List.of(Format.of(0)),
                            Direction.SENDRECV, List.of()))).orElseThrow();
            assertThat(answer.media().get(0).port()).isZero();
            assertThat(answer.media().get(1).port()).isNotZero();
        }
    }

    //= rfc5124#2-2 the size of a packet takes into account what is added by the SAVP layer
    //= rfc5124#2.3-2 so avg_rtcp_size reflects the size of SRTCP packets
    @Test void protected_reports_are_larger_and_rarer() {
        var share = new ControlShare(100, 100);
        var times = new EnumMap<RtpProfile, Double>(RtpProfile.class);
        for (var profile : RtpProfile.values()) {
            var timing = profile.timing(share, FeedbackTiming.Settings.CALL, EarlyForm.MINIMAL,
                    () -> 1L << 63);
            timing.start(100, Instant.EPOCH);
            times.put(profile, timing.timeout(new ReportTiming.Group(1, 0, false)).toMillis()
                    / 1000.0);
        }
        assertThat(times.get(RtpProfile.AVP)).isEqualTo(times.get(RtpProfile.AVPF))
                .isEqualTo((100 + 28) * 8 / 100.0);
        assertThat(times.get(RtpProfile.SAVP)).isEqualTo(times.get(RtpProfile.SAVPF))
                .isEqualTo((100 + 28 + 14) * 8 / 100.0);
    }

    //= rfc4585#4.1-1 no feedback by the modified timing rules without the profile for it
    //= rfc5124#2-1 and no prefix in any: what is sent begins with a report
    @Test void only_some_have_feedback() {
        var nack = Feedback.GenericNack.of(1, 2, List.of(3)).packet();
        for (var profile : RtpProfile.values()) {
            var session = new Session(new Session.Parameters(Set.of(0), 160_000, 8000, "x"),
                    profile.timing(ControlShare.of(160_000), FeedbackTiming.Settings.CALL,
                            EarlyForm.MINIMAL, new SplittableRandom(1)),
                    Addendum.NONE, new SplittableRandom(2));
            var now = Instant.EPOCH;
            session.handle(new Session.Input.Join(), now);
            while (session.wake(now).isEmpty()) now = session.deadline();
            now = now.plusMillis(1);
            var said = session.handle(new Session.Input.Tell(nack), now);
            assertThat(said).as("" + profile).hasSize(profile.feedback() ? 1 : 0);
            for (var output : said) assertThat(CompoundPacket.parse(
                    ((Session.Output.SendRtcp) output).datagram().buffer()).packets().getFirst())
                    .isInstanceOf(RtcpPacket.Report.class);
        }
    }
}
