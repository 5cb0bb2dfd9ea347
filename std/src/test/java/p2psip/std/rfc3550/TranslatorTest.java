package p2psip.std.rfc3550;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3550.RtcpPacket.*;

class TranslatorTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    private final Translator translator = new Translator();

    private static Bytes rtp(long ssrc) {
        return RtpPacket.of(false, 0, new SequenceNumber(1), 0, ssrc, Bytes.EMPTY).encode();
    }

    private static Bytes rtcp(long ssrc, RtcpPacket... more) {
        return new CompoundPacket(Stream.concat(Stream.of(
                new ReceiverReport(ssrc, List.of(), Bytes.EMPTY),
                SourceDescription.cname(ssrc, "x")), Stream.of(more)).toList()).encode();
    }

    //= rfc3550#7.2-1 RTCP packets as well as data
    //= rfc3550#8.2-24 a loop detection algorithm, so that loops are broken
    //= rfc3550#7.2-3,16 RTCP with its CNAMEs is forwarded
    @Test void what_comes_round_goes_no_further() {
        assertThat(translator.passes(0, rtp(5), NOW)).isTrue();
        assertThat(translator.passesRtcp(0, rtcp(5), NOW)).isTrue();
        assertThat(translator.passes(1, rtp(5), NOW.plusSeconds(1))).isFalse();
        assertThat(translator.passesRtcp(1, rtcp(5), NOW.plusSeconds(1))).isFalse();
        assertThat(translator.passes(1, rtp(6), NOW)).isTrue();
        // for ten intervals, fifty seconds
        assertThat(translator.passes(1, rtp(5), NOW.plusSeconds(49))).isFalse();
        assertThat(translator.passes(1, rtp(5), NOW.plusSeconds(50))).isTrue();
    }

    @Test void what_is_neither_goes_nowhere() {
        for (var nonsense : List.of(Bytes.EMPTY, Bytes.hex("00"), Bytes.wrap(new byte[40]))) {
            assertThat(translator.passes(0, nonsense, NOW)).isFalse();
            assertThat(translator.passesRtcp(0, nonsense, NOW)).isFalse();
        }
    }

    //= rfc3550#7.2-18 a BYE to each cloud with all identifiers that were forwarded to it
    @Test void it_says_goodbye_in_the_name_of_those_it_passed_on() {
        translator.passes(0, rtp(5), NOW);
        translator.passes(0, rtp(6), NOW);
        translator.passes(1, rtp(7), NOW);
        assertThat(CompoundPacket.parse(translator.close(1, "over").orElseThrow().buffer())
                .packets().getLast()).isEqualTo(new Bye(List.of(5L, 6L), "over"));
        assertThat(CompoundPacket.parse(translator.close(0, "").orElseThrow().buffer())
                .packets().getLast()).isEqualTo(new Bye(List.of(7L), ""));
        translator.passesRtcp(1, rtcp(7, new Bye(List.of(7L, 5L), "")), NOW);
        assertThat(translator.close(0, "")).isEmpty();
        assertThat(translator.close(1, "")).as("nobody leaves from the other side").isPresent();
    }

    @Test void there_is_a_limit_to_sources() {
        for (int ssrc = 0; ssrc < Translator.MAX_SOURCES; ssrc++)
            translator.passes(0, rtp(ssrc), NOW);
        assertThat(translator.passes(0, rtp(9999), NOW)).isTrue();
        assertThat(translator.passes(1, rtp(9999), NOW)).as("not remembered").isTrue();
        assertThat(translator.passes(1, rtp(0), NOW)).isFalse();
    }
}
