package p2psip.std.rfc2617;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2617.Params.Param;

/// Syntax: what is written is read, what is cut short or nonsense is refused.
class ChallengeTest {
    private static Challenge.Digest digest(String text) {
        return (Challenge.Digest) Challenge.parse(text).getFirst();
    }

    /// Seed A1: a comma inside quotes or a `=` inside a nonce broke the ancestor.
    @Test void quoted_lists_and_base64_are_read() {
        var challenge = digest(
                "Digest realm=\"a, b=c\", qop=\"auth, auth-conf ,auth-int\", nonce=\"Zm9v=bar==\"");
        assertThat(challenge.realm()).isEqualTo("a, b=c");
        assertThat(challenge.nonce()).isEqualTo("Zm9v=bar==");
        assertThat(challenge.qop()).containsExactly(Qop.AUTH, Qop.AUTH_INT);
    }

    //= rfc2617#1.2-4 commas stand between challenges as between their directives
    @Test void several_challenges_share_a_line() {
        assertThat(Challenge.parse("Negotiate, NTLM TlRM==, Basic realm=\"x\", , "
                + "DIGEST realm=y , nonce = \"a\\\"b\\\\c\",stale=TRUE, foo=bar,Newauth a=1, b=2"))
                .extracting(Challenge::toString).containsExactly(
                        "Negotiate", "NTLM TlRM==", "Basic realm=\"x\"",
                        "Digest realm=\"y\", nonce=\"a\\\"b\\\\c\", stale=TRUE, foo=\"bar\"",
                        "Newauth a=\"1\", b=\"2\"");
    }

    //= rfc7616#3.3-10 unrecognized ones are ignored, as RFC 7616 has it, too
    //= rfc2617#3.2.1-13,14 unrecognized options are ignored, and so are unrecognized directives
    @Test void what_is_absent_has_its_default() {
        var bare = digest("Digest realm=\"r\",nonce=\"n\"");
        assertThat(bare.algorithm()).contains(Algorithm.MD5);
        assertThat(bare.stale()).isFalse();
        assertThat(bare.hasQop()).isFalse();
        assertThat(bare.opaque()).isEmpty();
        var strange = digest(bare
                + ", algorithm=X, stale=maybe, opaque=\"\", qop=\"x\", mood=\"good\"");
        assertThat(strange.algorithm()).isEmpty();
        assertThat(strange.stale()).isFalse();
        assertThat(strange.opaque()).contains("");
        assertThat(strange.qop()).isEmpty();
        assertThat(digest(bare + ", qop=\"x, auth-int,y,auth\"").qop())
                .containsExactly(Qop.AUTH_INT, Qop.AUTH);
        assertThat(digest(bare + ", stale=\"true\"").stale()).isTrue();
    }

    @Test void names_have_no_case_and_values_have() {
        var credentials = (Credentials.Digest) Credentials.parse("dIGEST USERNAME=\"Bob\",realm=R,"
                + "nonce=n,URI=\"sip:x\",Response=\"0\",nc=0000000A,cnonce=c,QOP=auth");
        assertThat(credentials.user()).isEqualTo("Bob");
        assertThat(credentials.realm()).isEqualTo("R");
        assertThat(credentials.nc()).isEqualTo(10);
    }

    @Test void what_cannot_be_meant_is_refused() {
        for (var text : List.of("", "Digest", "Digest nonce=\"n\"", "Digest realm=\"r\"",
                "Digest realm=\"r\", nonce=\"n", "Digest realm=\"r\" nonce=\"n\"",
                "Digest realm=\"r\", nonce=\"n\\", "Digest realm=\"r\", nonce=\"n\", realm=\"s\"",
                "Digest realm=\"r\", nonce=\"a\r\nb\"", "Basic", "@"))
            assertThatThrownBy(() -> Challenge.parse(text)).as(text)
                    .isInstanceOf(SyntaxException.class);
        var many = IntStream.range(0, 100).mapToObj(i -> "a" + i + "=b")
                .collect(Collectors.joining(","));
        assertThatThrownBy(() -> Challenge.parse("X " + many)).hasMessageContaining("64");
        assertThatThrownBy(() -> Challenge.parse("X,".repeat(17))).hasMessageContaining("16");
        assertThat(Challenge.parse("X,".repeat(16))).hasSize(16);
    }

    @Provide Arbitrary<Params> params() {
        var name = Arbitraries.of("opaque", "algorithm", "stale", "qop", "x", "y", "domain");
        var value = Arbitraries.strings().withChars("ab\",\\= ;\t\u00e4").ofMaxLength(8);
        return Arbitraries.maps(name, value).ofMaxSize(5).map(map -> new Params(map.entrySet()
                .stream().map(e -> new Param(e.getKey(), e.getValue())).toList()))
                .map(p -> p.with("realm", "r").with("nonce", "n"));
    }

    @Property(tries = 300) void what_is_written_is_read(@ForAll("params") Params params) {
        var challenge = new Challenge.Digest(params);
        assertThat(Challenge.parse(challenge.toString())).containsExactly(challenge);
        assertThat(Challenge.parse(challenge + ", " + challenge))
                .containsExactly(challenge, challenge);
        var credentials = new Credentials.Digest(params.with("username", "u").with("uri", "x")
                .with("response", "").with("nc", "00000001").with("cnonce", "").with("qop", "q"));
        assertThat(Credentials.parse(credentials.text())).isEqualTo(credentials);
        assertThat(Params.parse(params.toString())).isEqualTo(params);
    }

    @Property(tries = 300) void basic_credentials_are_read(
            @ForAll @Size(max = 20) byte[] user, @ForAll String password) {
        var name = HexFormat.of().formatHex(user);
        var text = new String(password.getBytes(), java.nio.charset.StandardCharsets.UTF_8);
        var basic = new Credentials.Basic(name, text);
        assertThat(Credentials.parse(basic.text())).isEqualTo(basic);
    }

    @Property(tries = 300) void nonsense_is_refused(@ForAll("nonsense") String text) {
        attempt(() -> Challenge.parse(text));
        attempt(() -> Credentials.parse(text));
        attempt(() -> Params.parse(text));
    }

    @Provide Arbitrary<String> nonsense() {
        return Arbitraries.of("Digest ", "Basic ", "realm=", "nonce=", "\"", ",", "=", "\\", " ",
                "x", "\r", "username=\"u\",", "uri=u,", "response=,", "qop=", "nc=1")
                .list().ofMaxSize(12).map(parts -> String.join("", parts));
    }

    @Test void cut_short_anywhere_it_is_refused_or_read() {
        var text = "Digest realm=\"r\\\"\", nonce=\"n==\", qop=\"auth,auth-int\", "
                + "Basic realm=\"b\"";
        for (int end = 0; end < text.length(); end++) {
            var cut = text.substring(0, end);
            attempt(() -> Challenge.parse(cut));
        }
    }

    /// Nothing but the package's own exception may be thrown.
    private static void attempt(Runnable parse) {
        try {
            parse.run();
        } catch (SyntaxException expected) {
            assertThat(expected).hasMessageMatching("(?s).+");
        }
    }
}
