package p2psip.std.rfc3420;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Header;

class SipfragTest {

    @Test void a_status_line_alone() {
        var frag = Sipfrag.parse(Bytes.utf8("SIP/2.0 603 Declined"));
        assertThat(frag).isEqualTo(Sipfrag.of(603, "Declined"));
        assertThat(frag.status()).hasValue(603);
        assertThat(frag.reason()).isEqualTo("Declined");
        assertThat(Sipfrag.parse(Bytes.utf8("SIP/2.0 100\r\n")).reason()).isEmpty();
    }

    @Test void anything_may_be_missing() {
        assertThat(Sipfrag.parse(Bytes.EMPTY))
                .isEqualTo(new Sipfrag("", List.of(), Bytes.EMPTY));
        var fields = Sipfrag.parse(Bytes.utf8("From: Alice\n <sip:alice@a>\r\nt: <sip:b@b>\r\n"));
        assertThat(fields.status()).isEmpty();
        assertThat(fields.reason()).isEmpty();
        assertThat(fields.headers()).containsExactly(
                new Header("From", "Alice <sip:alice@a>"), new Header("To", "<sip:b@b>"));
        var invite = Sipfrag.parse(Bytes.utf8("INVITE sip:b@b SIP/2.0\r\nTo: <sip:b@b>"));
        assertThat(invite.startLine()).isEqualTo("INVITE sip:b@b SIP/2.0");
        assertThat(Sipfrag.parse(Bytes.utf8("\r\nhello")).body().utf8()).isEqualTo("hello");
    }

    //= rfc3420#2-1 a body stands behind an empty line, and has a Content-Length
    @Test void a_body_is_described() {
        var frag = new Sipfrag("SIP/2.0 200 OK",
                List.of(new Header("Content-Type", "text/plain")), Bytes.utf8("hello"));
        assertThat(frag.toString()).isEqualTo("""
                SIP/2.0 200 OK
                Content-Type: text/plain
                Content-Length: 5

                hello""".replace("\n", "\r\n"));
        var read = Sipfrag.parse(Bytes.utf8(frag.toString()));
        assertThat(read.body()).isEqualTo(frag.body());
        assertThat(read).as("one length").hasToString(frag.toString());
    }

    @Test void what_is_no_header_field_is_refused() {
        for (var text : List.of("SIP/3.0 200 OK", "hello", "a b: c", ": c"))
            assertThatThrownBy(() -> Sipfrag.parse(Bytes.utf8(text)))
                    .isInstanceOf(SyntaxException.class);
    }

    @Property void nonsense_is_refused(@ForAll String text) {
        try {
            var frag = Sipfrag.parse(Bytes.utf8(text));
            assertThat(Sipfrag.parse(frag.content().bytes()).status()).isEqualTo(frag.status());
        } catch (SyntaxException expected) {
            // and nothing else may be thrown
        }
    }
}
