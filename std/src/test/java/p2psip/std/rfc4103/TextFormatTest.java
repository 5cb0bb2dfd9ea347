package p2psip.std.rfc4103;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p2psip.std.rfc3264.OfferAnswer;
import p2psip.std.rfc4566.*;

class TextFormatTest {
    private static final String HEAD = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\n"
            + "c=IN IP4 192.0.2.1\r\nt=0 0\r\n";

    private static Media media(String... lines) {
        return SessionDescription.parse(HEAD + String.join("\r\n", lines) + "\r\n").media()
                .getFirst();
    }

    //= rfc4103#7.2¶1 RTP text transport
    //= rfc4103#7.2¶2 and one with the two levels that are recommended
    @Test void the_examples_of_section_7_2() {
        assertThat(TextFormat.of(media("m=text 11000 RTP/AVP 98", "a=rtpmap:98 t140/1000")))
                .contains(TextFormat.plain(98));
        assertThat(TextFormat.of(media("m=text 11000 RTP/AVP 98 100", "a=rtpmap:98 t140/1000",
                "a=rtpmap:100 red/1000", "a=fmtp:100 98/98/98")))
                .contains(TextFormat.of(98, 100));
    }

    //= rfc4103#4-1 redundancy is the default, and preferred
    //= rfc4103#5.3-8 text and nothing else in the stream
    //= rfc4103#10.2-1 the rtpmap has a clock rate of 1000
    @Test void what_is_offered() {
        var session = new OfferAnswer(SessionDescription.parse(HEAD));
        var offer = session.offer(List.of(TextFormat.of(98, 100).withCps(20).local(5010)));
        assertThat(offer.media().getFirst().toString()).isEqualTo("""
                m=text 5010 RTP/AVP 100 98\r
                a=rtpmap:100 red/1000\r
                a=rtpmap:98 t140/1000\r
                a=fmtp:100 98/98/98\r
                a=fmtp:98 cps=20\r
                a=sendrecv\r
                """);
        assertThat(TextFormat.of(offer.media().getFirst()))
                .contains(TextFormat.of(98, 100).withCps(20));
        assertThat(TextFormat.plain(98).local(5010).formats()).hasSize(1)
                .allMatch(f -> f.fmtp().isEmpty());
    }

    //= rfc4103#10.3¶2 cps is declarative, each side's value its own
    @Test void an_answer_has_the_numbers_of_the_offer() {
        var offer = SessionDescription.parse(HEAD + "m=text 11000 RTP/AVP 105 106\r\n"
                + "a=rtpmap:105 RED/1000\r\na=fmtp:105 106/106\r\n"
                + "a=rtpmap:106 T140/1000\r\na=fmtp:106 cps=9\r\n");
        var session = new OfferAnswer(SessionDescription.parse(HEAD));
        session.receiveOffer(offer);
        var ours = TextFormat.of(98, 100).answering(offer.media().getFirst());
        var answer = session.answer(List.of(ours.local(5010))).orElseThrow().media().getFirst();
        assertThat(answer.toString()).contains("m=text 5010 RTP/AVP 105 106",
                "a=fmtp:105 106/106/106", "a=rtpmap:106 t140/1000").doesNotContain("cps");
        assertThat(TextFormat.of(answer)).contains(TextFormat.of(106, 105));
        assertThat(TextFormat.of(session.streams().getFirst().remote()))
                .contains(new TextFormat(106, OptionalInt.of(105), 1, 9));
    }

    @Test void an_answer_without_what_was_not_offered() {
        var plain = media("m=text 1 RTP/AVP 97", "a=rtpmap:97 t140/1000");
        assertThat(TextFormat.of(98, 100).withCps(7).answering(plain))
                .isEqualTo(TextFormat.plain(97).withCps(7));
        assertThat(TextFormat.plain(98).answering(media("m=text 1 RTP/AVP 97 99",
                "a=rtpmap:97 t140/1000", "a=rtpmap:99 red/1000", "a=fmtp:99 97/97")))
                .isEqualTo(TextFormat.plain(97));
        assertThat(TextFormat.of(98, 100).answering(media("m=audio 1 RTP/AVP 0")))
                .isEqualTo(TextFormat.of(98, 100));
    }

    //= rfc4103#6¶3 an integer, and 30 by default
    @ParameterizedTest @CsvSource(delimiter = '|', value = {"cps=10|10", "CPS = 10|10",
        "x=1;cps=5; y|5", "cps=0|0", "cps=|30", "cps=-1|30", "cps=1.5|30", "cps=9999999|30",
        "xcps=4|30", "''|30", "cps=999999|999999"})
    void the_rate_of_a_peer(String fmtp, int cps) {
        assertThat(TextFormat.of(media("m=text 1 RTP/AVP 98", "a=rtpmap:98 t140/1000",
                "a=fmtp:98 " + fmtp)).orElseThrow().cps()).isEqualTo(cps);
    }

    //= rfc4103#10.2¶5 the level of redundancy is the number of elements of the list
    @ParameterizedTest @CsvSource({"98,0", "98/98,1", "98/98/98/98/98/98/98/98/98,8",
        "98/98/98/98/98/98/98/98/98/98,-1", "98/99,-1", "'',-1", "98/,-1", "0,-1"})
    void the_generations_of_a_peer(String fmtp, int generations) {
        var format = TextFormat.of(media("m=text 1 RTP/AVP 98 100", "a=rtpmap:98 t140/1000",
                "a=rtpmap:100 red/1000", "a=fmtp:100 " + fmtp)).orElseThrow();
        assertThat(format.red()).isEqualTo(
                generations < 0 ? OptionalInt.empty() : OptionalInt.of(100));
        assertThat(format.generations()).isEqualTo(Math.max(0, generations));
    }

    @Test void what_is_no_text() {
        assertThat(TextFormat.of(media("m=audio 1 RTP/AVP 98", "a=rtpmap:98 t140/1000"))).isEmpty();
        assertThat(TextFormat.of(media("m=text 1 RTP/AVP 98", "a=rtpmap:98 t140/8000"))).isEmpty();
        assertThat(TextFormat.of(media("m=text 1 RTP/AVP 98"))).isEmpty();
        for (int generations : new int[] {-1, 9}) assertThatThrownBy(() -> new TextFormat(
                98, OptionalInt.of(100), generations, 30))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TextFormat(98, OptionalInt.empty(), 1, 30))
                .isInstanceOf(IllegalArgumentException.class);
        for (int cps : new int[] {-1, 1_000_000})
            assertThatThrownBy(() -> TextFormat.plain(98).withCps(cps))
                    .isInstanceOf(IllegalArgumentException.class);
    }
}
