package p2psip.app.trace;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import net.jqwik.api.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    /// `|` ends a line.
    @ParameterizedTest @ValueSource(strings = {
        "REGISTER sip:b SIP/2.0|Authorization: Digest username=\"a\", response=\"SECRET\"|",
        "x|Proxy-Authorization:Digest response=SECRET,nc=1|",
        "x|AUTHORIZATION : Digest realm=\"r\",| response = \"SECRET\"|",
        "x|Authorization:| Digest realm=\"response\", response=\"SECRET\"|",
        "x|Authentication-Info: qop=auth, rspauth=\"SECRET\"|",
        "x|Proxy-Authentication-Info: rspauth=\"SECRET\"|",
        "x|Authorization: Basic SECRET|", "x|Authorization: Bearer SECRET|",
        "x|Authorization: Digest response=\"a\\\"SECRET\"|",
        "x|Authorization: Digest response=\"SECRET|", "x|Authorization: SECRET SECRET|",
        "v=0|k=clear:SECRET|", "v=0|a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:SECRET|2^20|1:4|",
        "INVITE sip:alice:SECRET@example.com SIP/2.0|", "To: <sips:a:SECRET@example.com>|"})
    void a_secret_is_masked(String text) {
        var masked = Secrets.masked(text.replace("|", "\r\n").replace("SECRET SECRET", "X SECRET"));
        assertThat(masked).doesNotContain("SECRET").contains("(masked)");
    }

    @ParameterizedTest @ValueSource(strings = {
        "INVITE sip:bob@example.com SIP/2.0|Contact: <sip:a@192.0.2.1:5060>|Content-Length: 0||",
        "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", opaque=\"o\"|", "Subject: response=1|",
        "a=rtpmap:0 PCMU/8000|", ""})
    void all_else_is_left_as_it_is(String text) {
        var lines = text.replace("|", "\r\n");
        assertThat(Secrets.masked(lines)).isEqualTo(lines);
    }

    @Test void who_it_is_and_how_he_was_asked_is_left() {
        assertThat(Secrets.masked("Authorization: Digest username=\"a\", response=\"s\", qop=x"))
                .isEqualTo("Authorization: Digest username=\"a\", response=(masked), qop=x");
    }

    /// No text makes it slow: a peer writes what is masked.
    @Property(tries = 50) void any_text_is_masked_in_time(@ForAll("parts") List<String> parts) {
        var text = String.join("", Collections.nCopies(16_000 / Math.max(1,
                String.join("", parts).length()), String.join("", parts)));
        var begun = System.nanoTime();
        Secrets.masked(text);
        assertThat(System.nanoTime() - begun).isLessThan(2_000_000_000);
    }

    @Provide Arbitrary<List<String>> parts() {
        return Arbitraries.of("Authorization:", "Digest ", "response", "=", "\"", "\\", "\n ",
                "\r\n", ",", "sip:", "@", "inline:", ":", "k=", "a").list().ofMinSize(1)
                .ofMaxSize(8);
    }
}
