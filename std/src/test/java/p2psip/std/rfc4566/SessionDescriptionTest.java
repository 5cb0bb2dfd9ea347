package p2psip.std.rfc4566;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import p2psip.std.Bytes;

class SessionDescriptionTest {

    /// Every type of line there is.
    private static final String ALL = """
            v=0
            o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1
            s=Call to John Smith
            i=SDP Offer #1
            u=http://www.jdoe.example.com/home.html
            e=Jane Doe <jane@jdoe.example.com>
            e=j.doe@example.com (Jane Doe)
            p=+1 617 555-6011
            c=IN IP4 224.2.36.42/127
            b=CT:128
            b=X-YZ:7
            t=3034423619 3042462419
            r=7d 1h 0 25h
            r=90m 30 0
            t=3034423619 0
            z=2882844526 -1h 2898848070 0
            k=uri:https://example.com/key
            a=tool:p2psip 1
            a=recvonly
            a=x-unknown:what ever: it \u00fc
            m=audio 49170/2 RTP/AVP 0 97
            i=both layers
            c=IN IP4 224.2.1.1/127/3
            c=IN IP6 ff15::101/3
            b=AS:64
            k=prompt
            a=rtpmap:97 iLBC/8000
            a=fmtp:97 mode=30
            a=sendrecv
            m=application 0 udp wb
            """;

    private static String crlf(String text) { return text.replace("\n", "\r\n"); }

    /// Seeds P1 (r=, z= and k= were lost), P2 (`port/number` raised) and more: nothing is lost.
    //= rfc4566#5-7 an attribute that is not understood is ignored
    //= rfc4566#5.8-5 so is a bandwidth with an unknown modifier
    @Test void every_type_of_line_comes_back() {
        //= rfc4566#5.9-1 there are multiple t= lines
        assertThat(SessionDescription.parse(ALL).times()).hasSize(2);
        //= rfc4566#5-1 attribute values may use any character of ISO 10646
        assertThat(SessionDescription.parse(crlf(ALL))).hasToString(crlf(ALL));
    }

    //= rfc4566#5.13-4 an attribute is ignored, whatever it says, wherever it stands
    @Test void an_attribute_that_nobody_understands_changes_nothing() {
        var strange = "a=x-unknown:sendonly\na=inactively\na=RECVONLY\na= ptime:7\n";
        var sdp = SessionDescription.parse(HEAD + "t=0 0\n" + strange
                + "m=audio 9 RTP/AVP 97\n" + strange + "a=rtpmap:97 iLBC/8000\n" + strange);
        var audio = sdp.media().getFirst();
        assertThat(audio.rtpMaps()).containsExactly(new RtpMap(97, "iLBC", 8000, 1));
        assertThat(audio.ptime()).isEmpty();
        assertThat(sdp.direction(audio)).isEqualTo(Direction.SENDRECV);
    }

    //= rfc4566#5.5-1 the URI stands before the first medium
    //= rfc4566#5.6-3 and so do the addresses of people
    @Test void whom_to_ask_is_said_before_the_media() {
        assertThat(SessionDescription.parse(ALL).toString())
                .containsSubsequence("\r\nu=", "\r\ne=", "\r\ne=", "\r\np=", "\r\nm=");
        for (var late : List.of("u=http://h", "e=e", "p=1")) assertThatThrownBy(() ->
                SessionDescription.parse(HEAD + "t=0 0\nm=audio 1 RTP/AVP 0\n" + late + "\n"))
                .isInstanceOf(SyntaxException.class);
    }

    //= rfc4566#5-9 a text is UTF-8
    //= rfc4566#5.4-2 and so is that of an i= field
    @Test void two_octets_may_be_one_character() {
        var wire = (HEAD.replace("s= ", "s=caf~") + "t=0 0\n").replace("\nc=", "\ni=~\nc=")
                .getBytes(StandardCharsets.ISO_8859_1);
        var body = Bytes.hex(Bytes.wrap(wire).hex().replace("7e", "c3a9"));
        var sdp = SessionDescription.parse(body);
        assertThat(sdp.name()).isEqualTo("caf\u00e9");
        assertThat(sdp.information()).isEqualTo("\u00e9");
        assertThat(Bytes.utf8(sdp.toString().replace("\r", ""))).isEqualTo(body);
    }

    //= rfc4566#5-8 a line feed alone ends a line too
    @Test void line_feeds_alone_are_let_pass() {
        assertThat(SessionDescription.parse(ALL)).isEqualTo(SessionDescription.parse(crlf(ALL)));
        assertThat(SessionDescription.parse(Bytes.utf8(ALL.stripTrailing() + "\n\n")))
                .hasToString(crlf(ALL));
    }

    @Test void the_fields_are_where_they_belong() {
        var sdp = SessionDescription.parse(ALL);
        assertThat(sdp.origin().sessionId()).isEqualTo("3724394400");
        //= rfc4566#5.2¶4 the version is increased
        assertThat(sdp.origin().next()).asString().contains("3724394406 IN");
        assertThat(sdp.times().getFirst().repeats().getFirst()).isEqualTo(new Time.Repeat(
                Duration.ofDays(7), Duration.ofHours(1),
                List.of(Duration.ZERO, Duration.ofHours(25))));
        assertThat(sdp.adjustments().getFirst().offset()).isEqualTo(Duration.ofHours(-1));
        var audio = sdp.media().getFirst();
        assertThat(audio.ports()).isEqualTo(2);
        assertThat(audio.connections().getFirst().count()).isEqualTo(3);
        assertThat(audio.connections().getFirst().ttl()).hasValue(127);
        assertThat(audio.rtpMaps()).containsExactly(new RtpMap(97, "iLBC", 8000, 1));
        //= rfc4566#5.14-6 fmtp specifies parameters of a media format
        assertThat(audio.fmtp("97")).contains("mode=30");
        assertThat(audio.fmtp("9")).isEmpty();
        assertThat(sdp.attribute("x-unknown")).contains("what ever: it \u00fc");
        assertThat(sdp.media().getLast().rtpMaps()).isEmpty();
    }

    //= rfc4566#5.7-2 the medium's own address comes first
    @Test void what_a_medium_does_not_say_the_session_says() {
        var sdp = SessionDescription.parse(ALL);
        assertThat(sdp.connection(sdp.media().getFirst())).hasToString("IN IP4 224.2.1.1/127/3");
        assertThat(sdp.connection(sdp.media().getLast())).hasToString("IN IP4 224.2.36.42/127");
        assertThat(sdp.direction(sdp.media().getFirst())).isEqualTo(Direction.SENDRECV);
        assertThat(sdp.direction(sdp.media().getLast())).isEqualTo(Direction.RECVONLY);
    }

    private static final String HEAD =
            "v=0\no=- 1 1 IN IP6 2001:db8::7\ns= \nc=IN IP6 2001:db8::7\n";

    //= rfc4566#6-8 sendrecv unless somebody says otherwise
    @Test void the_direction_has_a_default() {
        var sdp = SessionDescription.parse(HEAD + "t=0 0\nm=audio 9 RTP/AVP 0\n");
        assertThat(sdp.direction(sdp.media().getFirst())).isEqualTo(Direction.SENDRECV);
        for (var type : Map.of("broadcast", Direction.RECVONLY, "H332", Direction.RECVONLY,
                "meeting", Direction.SENDRECV).entrySet()) {
            var show = SessionDescription.parse(HEAD + "t=0 0\na=type:" + type.getKey()
                    + "\nm=audio 9 RTP/AVP 0\n");
            assertThat(show.direction(show.media().getFirst())).isEqualTo(type.getValue());
        }
    }

    /// The example of the package's front page.
    //= rfc4566#5.14-5 rtpmap maps dynamic payload types
    @Test void a_held_call_over_ipv6() {
        var sdp = SessionDescription.parse(HEAD + """
                t=0 0
                m=audio 49170 RTP/AVP 97 101
                a=rtpmap:97 iLBC/8000
                a=rtpmap:101 telephone-event/8000
                a=rtpmap:broken
                a=ptime:20
                a=maxptime:0
                a=sendonly
                """);
        var audio = sdp.media().getFirst();
        assertThat(audio.rtpMaps()).asString()
                .isEqualTo("[97 iLBC/8000, 101 telephone-event/8000]");
        assertThat(sdp.connection(audio)).hasToString("IN IP6 2001:db8::7");
        assertThat(sdp.connection(audio).inetAddress())
                .contains(InetAddress.ofLiteral("2001:db8::7"));
        assertThat(sdp.direction(audio)).hasToString("sendonly");
        assertThat(audio.ptime()).contains(Duration.ofMillis(20));
        assertThat(audio.maxptime()).isEmpty();
    }

    //= rfc4566#5.14-3 RTCP goes to the next port, or where a=rtcp says
    @Test void rtcp_has_a_port() {
        var audio = Media.of("audio", 5004, "RTP/AVP", List.of("0"), List.of());
        //= rfc4566#5.14-1 by default RTCP has the next port
        assertThat(audio.rtcpPort()).isEqualTo(5005);
        var rtcp = Attribute.parse("rtcp:53020 IN IP4 192.0.2.1");
        assertThat(Media.of("audio", 5004, "RTP/AVP", List.of("0"), List.of(rtcp)).rtcpPort())
                .isEqualTo(53020);
        for (var edge : Map.of("65535", 65535, "65536", 5005).entrySet())
            assertThat(Media.of("audio", 5004, "RTP/AVP", List.of("0"), List.of(
                    Attribute.parse("rtcp:" + edge.getKey()))).rtcpPort())
                    .isEqualTo(edge.getValue());
    }

    @Test void what_is_made_says_no_more_than_it_must() {
        var here = InetAddress.ofLiteral("192.0.2.1");
        var addresses = new ArrayList<>(List.of(Connection.of(here), Connection.of(here)));
        var medium = new Media("audio", 9, 1, "RTP/AVP", List.of("0"), "", addresses, List.of(),
                "", List.of());
        addresses.clear();
        //= rfc4566#5.7-10 a medium has several addresses, whatever becomes of the list
        assertThat(medium.connections()).hasSize(2);
        //= rfc4566#5.12-4,5 no key, in clear or in base64: the channel may not be secure
        assertThat(SessionDescription.of(Origin.of("-", 1, 1, here), Connection.of(here),
                List.of(Media.of("audio", 9, "RTP/AVP", List.of("0"), List.of()), medium)))
                .hasToString(crlf("""
                        v=0
                        o=- 1 1 IN IP4 192.0.2.1
                        s=\s
                        c=IN IP4 192.0.2.1
                        t=0 0
                        m=audio 9 RTP/AVP 0
                        m=audio 9 RTP/AVP 0
                        c=IN IP4 192.0.2.1
                        c=IN IP4 192.0.2.1
                        """));
    }

    @Test void what_is_made_keeps_to_the_letters_of_its_fields() {
        //= rfc4566#5.13-1 the name of an attribute is ASCII
        assertThat(new Attribute(" ~;", "x")).hasToString(" ~;:x");
        for (var name : List.of("\u001f", "\u007f", "\u0080", "a:b"))
            assertThatThrownBy(() -> Attribute.flag(name)).isInstanceOf(SyntaxException.class);
        //= rfc4566#5.13-2 its value any but three octets
        assertThat(new Attribute("a", "\u0001\t\u000b\u000c\u000e").value()).hasSize(5);
        for (var value : List.of("\0", "\n", "\r"))
            assertThatThrownBy(() -> new Attribute("a", value)).isInstanceOf(SyntaxException.class);
        //= rfc4566#5.2-1 a user name has no spaces
        assertThatThrownBy(() -> Origin.of("a b", 1, 1, InetAddress.ofLiteral("192.0.2.1")))
                .isInstanceOf(SyntaxException.class);
    }

    /// Seed P3: the ancestor printed a rejected medium without its rtpmap.
    @Test void a_rejected_medium_keeps_its_attributes() {
        var text = HEAD + "t=0 0\nm=audio 0 RTP/AVP 97\na=rtpmap:97 iLBC/8000\n";
        var sdp = SessionDescription.parse(text);
        assertThat(sdp).hasToString(crlf(text));
        assertThat(sdp.withMedia(List.of(sdp.media().getFirst().withPort(8))).toString())
                .contains("audio 8 ").contains("iLBC");
    }

    //= rfc4566#5.10¶2 units and plain seconds mean the same
    //= rfc4566#5.9-2 seconds since 1900
    @Test void times_have_units() {
        assertThat(Time.Repeat.parse("604800 3600 0 90000"))
                .isEqualTo(Time.Repeat.parse("7d 1h 0 25h"));
        assertThat(Time.between(Instant.EPOCH, Instant.ofEpochSecond(60)))
                .hasToString("2208988800 2208988860");
    }

    //= rfc4566#5.3-3 a single space is the session name
    @Test void a_session_without_a_name_is_called_by_a_space() {
        var text = "v=0\no=- 1 1 IN IP4 h\ns=%s\nc=IN IP4 h\nt=0 0\n";
        //= rfc4566#5.3-2 the s= field that is sent is not empty
        assertThat(SessionDescription.parse(text.formatted("")))
                .hasToString(crlf(text.formatted(" ")));
    }

    //= rfc4566#5-2,3,6 a type is one letter that is known, with no blank beside its equals sign
    //= rfc4566#5.7-7 and a TTL is up to 255
    @ParameterizedTest
    @ValueSource(strings = {
            "v=1", "v=", "v =0", "v= 0", "vv=0", "V=0", "A=b", "ab=c", "i=a\ni=b",
            "o=- 1 1 IN IP4", "o=a b 1 1 IN IP4 h", "o=- x 1 IN IP4 h",
            "o=- 1 -1 IN IP4 h", "c=IN IP4 224.2.1.1", "c=IN IP4 224.2.1.1/256",
            "c=IN IP4 192.0.2.1/127", "c=IN IP6 ff15::1/3/3", "c=IN IP6 2001:db8::1/2", "c=IN IP4",
            "c=IN IP4 224.2.1.1/127/0", "c=IN IP4 224.2.1.1/127/2", "c=IN IP4 h\nc=IN IP4 h",
            "m=audio 1/ RTP/AVP 0", "b=AS", "b=AS:x", "b=AS:-1", "t=0", "t=0 x",
            "t=99999999999999999999 0", "t=0 0\nr=0 1 0", "t=0 0\nr=1h 1x 0",
            "t=0 0\nr=1h 1h", "t=0 0\nz=1", "a=", "a=:x", "a=\u00fc", "x=1", "m=audio 1 RTP/AVP",
            "m=audio 65536 RTP/AVP 0", "m=audio 1/0 RTP/AVP 0", "m=audio 1/2/3 RTP/AVP 0",
            "m=audio -1 RTP/AVP 0", "m=audio 1  RTP/AVP 0", "m=audio 1 RTP/AVP 0\ns=late",
            "m=audio 1 RTP/AVP 0\nk=a\nk=b", "m=audio 1 RTP/AVP 0\ni=a\ni=b",
            "m=audio 1 RTP/AVP 0\nu=u", "m=audio 1 RTP/AVP 0\ne=e",
            "m=audio 1 RTP/AVP 0\np=p", "nonsense", "s=a\ns=b", "t=0 0 0", "r=1h", "s=a\rb",
            "s=a\0b", "a=a\0b"})
    void what_breaks_the_grammar_is_refused(String bad) {
        var lines = new LinkedHashMap<Character, String>();
        for (var line : List.of("v=0", "o=- 1 1 IN IP4 h", "s=x", "i=y", "u=u", "c=IN IP4 h",
                "b=AS:1", "t=0 0", "a=b", "m=audio 1 RTP/AVP 0")) lines.put(line.charAt(0), line);
        assertThat(SessionDescription.parse(String.join("\n", lines.values())).media()).hasSize(1);
        //= rfc4566#6-14 no bytes 0x00, 0x0a and 0x0d, in whatever character set
        lines.put(lines.containsKey(bad.charAt(0)) ? bad.charAt(0) : 'm', bad);
        assertThatThrownBy(() -> SessionDescription.parse(String.join("\n", lines.values())))
                .isInstanceOf(SyntaxException.class);
    }

    //= rfc4566#5.4-1 at most one i= line of the session, and of each medium
    //= rfc4566#5.7-6,11 a multicast address has its TTL, and a session one address
    @ParameterizedTest
    @ValueSource(strings = {"c=IN IP4 h\nt=0 0\nm=audio 1 RTP/AVP 0\ni=a\ni=b",
        "i=a\ni=b\nc=IN IP4 h\nt=0 0", "c=IN IP4 224.2.1.1\nt=0 0",
        "c=IN IP4 224.2.1.1/127/2\nt=0 0", "c=IN IP4 h\nc=IN IP4 h\nt=0 0"})
    void of_some_lines_there_is_one(String bad) {
        var head = "v=0\no=- 1 1 IN IP4 h\ns=x\n";
        assertThat(SessionDescription.parse(head + "i=a\nc=IN IP4 224.2.1.1/127\nt=0 0\n"
                + "m=audio 1 RTP/AVP 0\ni=a\n").media()).hasSize(1);
        assertThatThrownBy(() -> SessionDescription.parse(head + bad))
                .isInstanceOf(SyntaxException.class);
    }

    //= rfc4566#5.7-12 no slash notation for unicast
    @Test void only_multicast_has_several_addresses() {
        assertThat(Connection.parse("IN IP6 ff15::101/3").count()).isEqualTo(3);
        //= rfc4566#5.7-9 multicast of IPv6 has no TTL
        assertThat(Connection.parse("IN IP6 ff15::101/3").ttl()).isEmpty();
        assertThatThrownBy(() -> new Connection("IN", "IP6", "ff15::101", OptionalInt.of(1), 1))
                .isInstanceOf(SyntaxException.class);
        for (var bad : List.of("IN IP6 2001:db8::1/2", "IN IP4 192.0.2.1/1/2", "IN IP4 host/2"))
            assertThatThrownBy(() -> Connection.parse(bad)).isInstanceOf(SyntaxException.class);
    }

    /// As gateways and softphones send them: read as what was meant, written as it should be.
    //= rfc4566#5-4 written in the order given, whatever was read
    //= rfc4566#5.3-1 with one s= field
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "c=IN IP4 h;t=0 0;m=audio 1 RTP/AVP 0;m=video 0 RTP/AVP"
            + "|c=IN IP4 h;t=0 0;m=audio 1 RTP/AVP 0;m=video 0 RTP/AVP 0"
            + "|no format of a stream that is removed [rfc4566#5.14]",
        "t=0 0;m=audio 1 RTP/AVP 0;c=IN IP4 h;m=video 0 RTP/AVP 96;a=x"
            + "|t=0 0;m=audio 1 RTP/AVP 0;c=IN IP4 h;m=video 0 RTP/AVP 96;c=IN IP4 0.0.0.0;a=x"
            + "|no address of a stream that is removed [rfc4566#5.7]",
        "t=0 0;c=IN IP4 h;m=audio 1 RTP/AVP 0;a=x;b=AS:1;a=y;i=z"
            + "|c=IN IP4 h;t=0 0;m=audio 1 RTP/AVP 0;i=z;b=AS:1;a=x;a=y"
            + "|lines out of their order [rfc4566#5]",
        "a=x;z=1 2;t=0 0;r=1h 1h 0;t=3 4;c=IN IP4 h|c=IN IP4 h;t=0 0;r=1h 1h 0;t=3 4;z=1 2;a=x"
            + "|lines out of their order [rfc4566#5]",
        "c=IN IP4 h|c=IN IP4 h;t=0 0|no time of the session [rfc4566#5.9]",
        "b=AS:12.5;b=AS:0.2;b=X:7.00;t=0 0|b=AS:13;b=AS:1;b=X:7;t=0 0"
            + "|a bandwidth with a fraction [rfc4566#5.8]",
        "i=;t=0 0|t=0 0|nothing in the i= line [rfc4566#5]"})
    void what_departs_is_read_with_a_remark_and_written_strictly(
            String read, String written, String remark) {
        var head = "v=0\r\no=- 1 1 IN IP4 h\r\ns=-\r\n";
        var reading = reading(head + read.replace(";", "\r\n"));
        assertThat(reading.description())
                .hasToString(head + written.replace(";", "\r\n") + "\r\n");
        assertThat(reading.departures()).isNotEmpty().allSatisfy(
                d -> assertThat(d.what() + " [" + d.citation() + "]").isEqualTo(remark));
        assertThat(reading(reading.description().toString()).departures()).isEmpty();
    }

    @Test void a_session_without_a_name_line_has_none() {
        var reading = reading("v=0\no=- 1 1 IN IP4 h\nc=IN IP4 h\nt=0 0\n");
        assertThat(reading.description().toString()).contains("\r\ns= \r\n");
        assertThat(reading.departures()).map(d -> d.what())
                .containsExactly("no name of the session");
    }

    private static SessionDescription.Reading reading(String text) {
        return SessionDescription.read(Bytes.utf8(text));
    }

    //= rfc4566#5.7-1 each media description has an address, or the session has
    @ParameterizedTest
    @ValueSource(strings = {"v=0", "o=- 1 1 IN IP4 h", "c=IN IP4 h"})
    void what_must_be_there_is_missed(String line) {
        var all = "v=0\no=- 1 1 IN IP4 h\ns=x\nc=IN IP4 h\nt=0 0\nm=audio 1 RTP/AVP 0\n";
        assertThat(SessionDescription.parse(all).media()).hasSize(1);
        assertThatThrownBy(() -> SessionDescription.parse(all.replace(line + "\n", "")))
                .isInstanceOf(SyntaxException.class);
    }

    @Test void what_is_not_known_is_named() {
        assertThatThrownBy(() -> SessionDescription.parse(HEAD + "x=1\nt=0 0\n"))
                .hasMessage("unexpected line: x=1");
        assertThatThrownBy(() -> SessionDescription.parse(HEAD + "m=audio 9 RTP/AVP 0\nt=0 0\n"))
                .hasMessage("unexpected line: t=0 0");
    }

    @Test void there_is_a_limit() {
        assertThatThrownBy(() -> SessionDescription.parse(ALL + "a=x\n".repeat(3000)))
                .hasMessageContaining("2000");
    }
}
