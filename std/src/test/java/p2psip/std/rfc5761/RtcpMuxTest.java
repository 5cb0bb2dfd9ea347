package p2psip.std.rfc5761;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3264.*;
import p2psip.std.rfc3550.*;
import p2psip.std.rfc4566.*;

class RtcpMuxTest {
    private static Media medium(String proto, String... attributes) {
        return Media.of("audio", 5004, proto, List.of("0", "101"), Arrays.stream(attributes)
                .map(a -> SessionDescription.parse("v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\n"
                        + "c=IN IP4 192.0.2.1\nt=0 0\na=" + a + "\n").attributes().getFirst())
                .toList());
    }

    //= rfc5761#4-3 payload types 64 to 95 are not used: they are RTCP's
    //= rfc5761#4-6 whatever RTCP packet is first, not only SR and RR, 72 and 73
    //= rfc5761#5.1.1-5 the receiver of both on the RTP port tells them by this
    @Test void they_are_told_apart_by_the_second_octet() {
        for (int type = 0; type < 128; type++) {
            assertThat(RtcpMux.mayUse(type)).isEqualTo(type < 64 || type > 95);
            for (boolean marker : List.of(true, false)) if (RtcpMux.mayUse(type))
                assertThat(RtcpMux.isRtcp(RtpPacket.of(marker, type, new SequenceNumber(1), 2, 3,
                        Bytes.EMPTY).encode())).isFalse();
        }
        //= rfc5761#7-1 below the SRTP layer: this octet is never encrypted
        for (int type = 192; type < 224; type++)
            assertThat(RtcpMux.isRtcp(CompoundPacket.encode(List.of(
                    new RtcpPacket.Unknown(type, 0, Bytes.EMPTY))))).isTrue();
        for (int type = 64; type < 96; type++)   // no type of RTCP, nor a good one of RTP
            assertThat(RtcpMux.isRtcp(Bytes.hex("80%02x0000".formatted(type)))).isFalse();
        assertThat(RtcpMux.isRtcp(Bytes.EMPTY)).isFalse();
        assertThat(RtcpMux.isRtcp(Bytes.hex("80"))).isFalse();
    }

    //= rfc5761#5.1.1-3 formats with other payload types do not conform
    @Test void formats_that_would_be_taken_for_rtcp_are_left_out() {
        assertThat(RtcpMux.conforming(IntStream.of(0, 63, 64, 95, 96, 101)
                .mapToObj(n -> Format.of(n, "x", 8000, "")).toList()))
                .extracting(Format::payloadType).containsExactly(0, 63, 96, 101);
    }

    //= rfc5761#5.1.1-1 the offer includes the attribute
    @Test void it_is_offered_for_rtp_alone() {
        var offer = RtcpMux.offer(medium("RTP/AVP", "rtcp:5005"));
        assertThat(offer.attributes()).extracting(Attribute::toString)
                .containsExactly("rtcp:5005", "rtcp-mux");
        assertThat(RtcpMux.offer(offer)).isEqualTo(offer);
        for (var other : List.of(medium("TCP/MSRP"), medium("RTP/AVP").withPort(0)))
            assertThat(RtcpMux.offer(other)).isEqualTo(other);
    }

    //= rfc5761#5.1.1-2 who wishes it includes a media-level attribute in the answer
    //= rfc5761#5.1.1-4 without it the two are not multiplexed
    //= rfc5761#5.1.3-4 who does not want it does not include it
    @Test void it_needs_both() {
        var offer = RtcpMux.offer(medium("RTP/AVP"));
        var plain = medium("RTP/AVP");
        assertThat(RtcpMux.agreed(offer, RtcpMux.answer(plain, offer, true))).isTrue();
        assertThat(RtcpMux.agreed(offer, RtcpMux.answer(plain, offer, false))).isFalse();
        assertThat(RtcpMux.agreed(plain, RtcpMux.answer(plain, plain, true))).isFalse();
        assertThat(RtcpMux.answer(RtcpMux.offer(plain), offer, false)).isEqualTo(plain);
    }

    //= rfc5761#5.1.3-3 a candidate corresponding to the RTP port, and none for RTCP
    @Test void with_one_port_there_are_candidates_of_one() {
        var answer = medium("RTP/AVP", "rtcp:5005",
                "candidate:1 1 UDP 2130706431 192.0.2.1 5004 typ host",
                "candidate:1 2 UDP 2130706430 192.0.2.1 5005 typ host");
        var offer = RtcpMux.offer(answer);
        //= rfc5761#5.1.3-1,2 each media of the offer has candidates for both, and a fallback port
        assertThat(offer.attributes()).hasSize(4);
        assertThat(RtcpMux.answer(answer, offer, true).attributes())
                .extracting(Attribute::toString).containsExactly(
                        "candidate:1 1 UDP 2130706431 192.0.2.1 5004 typ host", "rtcp-mux");
        //= rfc5761#5.1.3-4 and without it checks are made for all
        assertThat(RtcpMux.answer(offer, offer, false)).isEqualTo(answer);
    }
}
