package p2psip.std.rfc4566;

import static net.jqwik.api.Arbitraries.integers;
import static net.jqwik.api.Arbitraries.just;
import static net.jqwik.api.Arbitraries.longs;
import static net.jqwik.api.Arbitraries.of;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Any description there can be is printed and read; anything else is refused in one way.
class SessionDescriptionPropertiesTest {

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void what_is_printed_is_read(
            @ForAll("descriptions") SessionDescription sdp) {
        assertThat(SessionDescription.parse(sdp.toString())).isEqualTo(sdp);
        assertThat(SessionDescription.parse(sdp.toString().replace("\r", ""))).isEqualTo(sdp);
    }

    @Property(tries = 10, edgeCases = EdgeCasesMode.NONE)
    void cut_short_anywhere_it_is_read_or_refused(
            @ForAll("descriptions") SessionDescription sdp) {
        var text = sdp.toString();
        for (int end = 0; end < text.length(); end++) attempt(text.substring(0, end));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void changed_anywhere_it_is_read_or_refused(
            @ForAll("descriptions") SessionDescription sdp,
            @ForAll @IntRange(max = 400) int at, @ForAll char c) {
        var text = new StringBuilder(sdp.toString());
        text.setCharAt(at % text.length(), c);
        attempt(text.toString());
        text.deleteCharAt(at % text.length());
        attempt(text.toString());
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void nonsense_is_refused(@ForAll("nonsense") String text) {
        attempt(text);
    }

    private static void attempt(String text) {
        try {
            var sdp = SessionDescription.parse(text);
            assertThat(SessionDescription.parse(sdp.toString())).isEqualTo(sdp);
        } catch (SyntaxException expected) {
            assertThat(expected).hasMessageMatching("(?s).+");
        }
    }

    @Provide Arbitrary<String> nonsense() {
        var line = Combinators.combine(Arbitraries.chars().range('a', 'z'),
                Arbitraries.strings().withChars(" =:/0-9aIN46P.\r\0"))
                .as((letter, value) -> letter + "=" + value + "\n");
        var heads = of("v=0\no=- 1 1 IN IP4 h\ns=x\nc=IN IP4 h\nt=0 0\n", "v=0\n", "");
        return Combinators.combine(heads, line.list().ofMaxSize(6))
                .as((head, lines) -> head + String.join("", lines));
    }

    private static Arbitrary<String> word() {
        return Arbitraries.strings().withChars("a1-.%@\u00e4").ofMinLength(1).ofMaxLength(6);
    }

    private static Arbitrary<String> text() {
        return Arbitraries.strings().withChars("aZ =:/\t\u20ac\"").ofMinLength(1).ofMaxLength(10);
    }

    private static Arbitrary<String> maybe(Arbitrary<String> text) {
        return Arbitraries.oneOf(just(""), text);
    }

    private static Arbitrary<Connection> connections(boolean session) {
        return of("IN IP4 192.0.2.1", "IN IP6 2001:db8::1", "IN IP4 host.example", "IN IP6 ff15::1",
                "IN IP4 224.2.1.1/0", "X.25 Y z/1",
                session ? "IN IP4 0.0.0.0" : "IN IP4 224.2.1.1/1/3",
                session ? "IN IP6 ::" : "IN IP6 ff15::101/2").map(Connection::parse);
    }

    private static Arbitrary<List<Bandwidth>> bandwidths() {
        return Combinators.combine(of("CT", "AS", "X-YZ"), longs().between(0, 1L << 40))
                .as(Bandwidth::new).list().ofMaxSize(2);
    }

    private static Arbitrary<List<Attribute>> attributes() {
        return Combinators.combine(of("rtpmap", "sendonly", "x-y", "ptime"), maybe(text()))
                .as(Attribute::new).list().ofMaxSize(3);
    }

    private static Arbitrary<Media> media() {
        var line = Combinators.combine(of("audio", "video", "image"), integers().between(0, 65535),
                of("RTP/AVP", "UDP/TLS/RTP/SAVPF", "udp"),
                word().list().ofMinSize(1).ofMaxSize(3), attributes()).as(Media::of);
        return Combinators.combine(line, integers().between(1, 3), maybe(text()),
                connections(false).list().ofMinSize(1).ofMaxSize(2), bandwidths(), maybe(text()))
                .as((m, ports, i, c, b, k) -> new Media(m.type(), m.port(), ports, m.proto(),
                        m.formats(), i, c, b, k, m.attributes()));
    }

    private static Arbitrary<Duration> seconds(int min) {
        return Arbitraries.oneOf(integers().between(min, 100), integers().between(1, 24)
                .map(h -> h * 3600), integers().between(1, 9).map(d -> d * 86400))
                .map(Duration::ofSeconds);
    }

    private static Arbitrary<Time> times() {
        var repeats = Combinators.combine(seconds(1), seconds(0),
                seconds(0).list().ofMinSize(1).ofMaxSize(3)).as(Time.Repeat::new)
                .list().ofMaxSize(2);
        var at = longs().between(0, 999_999_999_999L);
        return Combinators.combine(at, at, repeats).as(Time::new);
    }

    @Provide Arbitrary<SessionDescription> descriptions() {
        var origin = Combinators.combine(word(), longs().between(0, Long.MAX_VALUE),
                Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.TWO.pow(90)))
                .as((user, id, v) -> new Origin(user, "" + id, v, "IN", "IP4", "192.0.2.1"));
        var adjustments = Combinators.combine(longs().between(0, 9_999_999_999L),
                seconds(-100)).as(Time.Adjustment::new).list().ofMaxSize(2);
        var head = Combinators.combine(origin, text(), maybe(text()), maybe(word()),
                text().list().ofMaxSize(2), text().list().ofMaxSize(2),
                connections(true).list().ofMaxSize(1), bandwidths());
        return head.as((o, s, i, u, e, p, c, b) -> new SessionDescription(o, s, i, u, e, p, c, b,
                List.of(Time.PERMANENT), List.of(), "", List.of(), List.of()))
                .flatMap(sdp -> Combinators.combine(times().list().ofMinSize(1).ofMaxSize(2),
                        adjustments, maybe(text()), attributes(), media().list().ofMaxSize(2))
                        .as((t, z, k, a, m) -> new SessionDescription(sdp.origin(), sdp.name(),
                                sdp.information(), sdp.uri(), sdp.emails(), sdp.phones(),
                                sdp.connections(), sdp.bandwidths(), t, z, k, a, m)));
    }
}
