package p2psip.std.rfc8285;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc4566.*;
import p2psip.std.rfc8285.ExtensionMap.Entry;
import p2psip.std.rfc8285.HeaderExtension.*;

class ExtensionMapTest {
    private static final String LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
            MID = "urn:ietf:params:rtp-hdrext:sdes:mid";

    private static SessionDescription description(String session, String... media) {
        return SessionDescription.parse("""
                v=0
                o=- 1 1 IN IP4 192.0.2.1
                s=-
                c=IN IP4 192.0.2.1
                t=0 0
                """ + session + String.join("", Arrays.stream(media)
                .map(m -> "m=audio 5004 RTP/AVP 0\n" + m).toList()));
    }

    private static ExtensionMap medium(String lines) {
        var description = description("", lines);
        return ExtensionMap.of(description, description.media().getFirst());
    }

    private static ExtensionMap map(boolean mixed, Entry... entries) {
        return new ExtensionMap(List.of(entries), mixed);
    }

    //= rfc8285#5-1 the mapping of local identifiers is in SDP
    @Test void lines_are_read_and_written() {
        var map = medium("""
                a=extmap-allow-mixed
                a=extmap:1 http://example.com/082005/ext.htm#ttime
                a=extmap:2/sendonly http://example.com/082005/ext.htm#xmeta short and sweet
                """);
        assertThat(map).isEqualTo(map(true,
                Entry.of(1, "http://example.com/082005/ext.htm#ttime"),
                new Entry(2, Optional.of(Direction.SENDONLY),
                        "http://example.com/082005/ext.htm#xmeta", "short and sweet")));
        assertThat(medium(map.attributes().stream().map(a -> "a=" + a + "\n")
                .collect(Collectors.joining()))).isEqualTo(map);
    }

    //= rfc8285#5-4 URIs that are not absolute
    //= rfc8285#7-3 directions that are none of the four
    //= rfc8285#5-2 and IDs out of the valid range are ignored
    @Test void nonsense_is_ignored() {
        assertThat(medium("""
                a=extmap:0 urn:x:a
                a=extmap:15 urn:x:b
                a=extmap:256 urn:x:c
                a=extmap:5000 urn:x:d
                a=extmap:1/both urn:x:e
                a=extmap:1 toffset
                a=extmap:one urn:x:f
                a=extmap:1
                a=extmap:3 urn:x:g
                """)).isEqualTo(map(false, Entry.of(3, "urn:x:g")));
        assertThatThrownBy(() -> Entry.of(15, MID)).isInstanceOf(IllegalArgumentException.class);
        assertThat(medium(IntStream.range(1, 200).mapToObj(i ->
                "a=extmap:%d urn:x:%d\n".formatted(i, i)).collect(Collectors.joining())).entries())
                .hasSizeLessThanOrEqualTo(ExtensionMap.MAX_ENTRIES).hasSizeGreaterThan(60);
    }

    //= rfc8285#5-8 the same extension with the same attributes once
    //= rfc8285#4.1.2-2 each distinct extension has a unique ID
    //= rfc8285#5-12 in each media section; with other attributes it is another
    @Test void of_two_the_first_is_meant() {
        assertThat(medium("""
                a=extmap:1 urn:x:a
                a=extmap:1 urn:x:b
                a=extmap:2 urn:x:a
                a=extmap:3 urn:x:a v=2
                """)).isEqualTo(map(false, Entry.of(1, "urn:x:a"),
                //= rfc8285#7-22 a difference in attributes makes another, with another ID
                new Entry(3, Optional.empty(), "urn:x:a", "v=2")));
    }

    //= rfc8285#5-11 all at session level or all at media level
    @Test void a_media_section_has_its_own_or_those_of_the_session() {
        var description = description("a=extmap:1 urn:x:a\na=extmap-allow-mixed\n",
                "", "a=extmap:2 urn:x:b\n");
        var media = description.media();
        assertThat(ExtensionMap.of(description, media.get(0)))
                .isEqualTo(map(true, Entry.of(1, "urn:x:a")));
        assertThat(ExtensionMap.of(description, media.get(1)))
                .isEqualTo(map(true, Entry.of(2, "urn:x:b")));
    }

    //= rfc8285#7-7 sendonly is answered recvonly
    //= rfc8285#7-10 recvonly is answered sendonly
    //= rfc8285#7-8,11 what is not understood is removed
    @Test void an_offer_is_answered() {
        var offer = medium("""
                a=extmap:3/sendonly urn:x:there
                a=extmap:4/recvonly urn:x:here
                a=extmap:5 urn:x:both
                a=extmap:6 urn:x:unknown
                a=extmap:7 urn:x:deaf
                """);
        var ours = map(false, Entry.of(9, "urn:x:both"), Entry.of(8, "urn:x:here"),
                Entry.of(7, "urn:x:there"),
                new Entry(6, Optional.of(Direction.SENDONLY), "urn:x:deaf", ""));
        var answer = offer.answer(ours, Direction.SENDRECV);
        assertThat(answer.attributes()).extracting(Attribute::value).containsExactly(
                "3/recvonly urn:x:there", "4/sendonly urn:x:here", "5/sendrecv urn:x:both",
                "7/sendonly urn:x:deaf");
        //= rfc8285#7-13 the identifier is the same for the same offered extension
        assertThat(answer.entries()).extracting(Entry::id).containsExactly(3, 4, 5, 7);
        assertThat(answer.sends("urn:x:there")).isEmpty();
        assertThat(answer.sends("urn:x:here")).contains(4);
        //= rfc8285#4.1.2-1 what was not negotiated has no identifier
        assertThat(answer.sends("urn:x:unknown")).isEmpty();
        assertThat(offer.answer(ours, Direction.RECVONLY).attributes())
                .extracting(Attribute::value).contains("5/recvonly urn:x:both");
    }

    /// The example of section 7.
    //= rfc8285#7-18 of one identifier one is selected, and remapped to a free one
    //= rfc8285#7-19 what is desired beyond the valid range is remapped as well
    //= rfc8285#7-16 identifiers in the valid range stay
    @Test void exclusive_alternatives() {
        var offer = medium("""
                a=extmap:1 urn:x:toffset
                a=extmap:14 urn:x:obscure
                a=extmap:4096 urn:x:gps-string
                a=extmap:4096 urn:x:gps-binary
                a=extmap:4097 urn:x:frametype
                """);
        var ours = map(false, Entry.of(1, "urn:x:toffset"),
                new Entry(2, Optional.of(Direction.RECVONLY), "urn:x:gps-string", ""),
                Entry.of(3, "urn:x:gps-binary"), Entry.of(4, "urn:x:frametype"));
        var answer = offer.answer(ours, Direction.SENDRECV);
        assertThat(answer.attributes()).extracting(Attribute::value).containsExactly(
                "1/sendrecv urn:x:toffset", "2/recvonly urn:x:gps-string",
                "3/sendrecv urn:x:frametype");
        assertThat(offer.agreed(answer).entries()).extracting(Entry::id).containsExactly(1);
    }

    //= rfc8285#6-4 an offer that wishes both forms includes the attribute
    //= rfc8285#6-5 so does the answer, if the answerer wishes it and was offered it
    //= rfc8285#6-2,6 and else, in its absence, nobody uses mixed forms
    @Test void mixing_is_negotiated() {
        for (boolean offered : List.of(true, false)) for (boolean wanted : List.of(true, false)) {
            var offer = map(offered, Entry.of(1, MID), Entry.of(16, LEVEL));
            assertThat(offer.attributes().contains(Attribute.flag("extmap-allow-mixed")))
                    .isEqualTo(offered);
            var answer = offer.answer(map(wanted, Entry.of(1, MID), Entry.of(16, LEVEL)),
                    Direction.SENDRECV);
            //= rfc8285#6-1 headers are mixed if both support the mode
            assertThat(answer.mixed()).isEqualTo(offered && wanted);
            assertThat(offer.agreed(answer).mixed()).isEqualTo(offered && wanted);
        }
    }

    //= rfc8285#4.1.2-7 a stream of one form alone, unless mixing is known to be supported
    //= rfc8285#4.1.2-10 an ID above 14 tells that it is the two-byte form
    //= rfc8285#6-3 in the absence of negotiations mixed headers do not occur
    @Test void a_stream_has_one_form_unless_both_may_be_mixed() {
        var small = List.of(new Element(1, Bytes.hex("30")));
        var large = List.of(new Element(16, Bytes.hex("30")));
        for (boolean mixed : List.of(true, false)) {
            var map = map(mixed, Entry.of(1, MID), Entry.of(16, LEVEL));
            assertThat(map.form(small)).isEqualTo(mixed ? Form.ONE_BYTE : Form.TWO_BYTE);
            assertThat(map.form(large)).isEqualTo(Form.TWO_BYTE);
            assertThat(map(mixed, Entry.of(1, MID)).form(small)).isEqualTo(Form.ONE_BYTE);
        }
    }

    @Test void what_a_packet_says_is_found_by_its_name() {
        var map = map(false, Entry.of(3, MID));
        var extension = new HeaderExtension(List.of(new Element(3, Bytes.utf8("a"))));
        assertThat(map.received(MID, extension)).contains(Bytes.utf8("a"));
        assertThat(map.received(LEVEL, extension)).isEmpty();
    }
}
