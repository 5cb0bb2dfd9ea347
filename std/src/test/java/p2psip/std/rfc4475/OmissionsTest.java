package p2psip.std.rfc4475;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

class OmissionsTest {
    private static final String WHOLE = """
            INVITE sip:bob@example.com SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
            From: <sip:alice@example.com>;tag=1
            To: <sip:bob@example.com>
            Call-ID: c
            CSeq: 1 INVITE
            Max-Forwards: 70
            Contact: <sip:alice@192.0.2.1>

            """;

    @Test void a_request_lacks_what_nobody_needs() {
        assertThat(Omissions.of(Message.parse(WHOLE))).isEmpty();
        var bare = Message.parse(WHOLE.replaceAll("Max-Forwards.*\n|Contact.*\n|;tag=1", "")
                .replace("z9hG4bK", ""));
        assertThat(Omissions.of(bare)).containsExactly("Max-Forwards (§8.1.1.6)",
                "tag in From (§8.1.1.3)", "branch with the cookie (§8.1.1.7)",
                "Contact (§8.1.1.8)");
        assertThat(Omissions.of(Message.parse(WHOLE.replace("INVITE", "OPTIONS")
                .replaceAll("Contact.*\n", "")))).isEmpty();
    }

    @ParameterizedTest @CsvSource({
        "100, '',                             tag in To",
        "180, tag in To (§8.2.6.2),           tag in To",
        "200, Contact (§12.1.1),              Contact: <sip:bob@192.0.2.2>",
        "401, WWW-Authenticate (§21.4.2),     WWW-Authenticate: Digest realm=r",
        "405, Allow (§8.2.1),                 Allow: OPTIONS",
        "407, Proxy-Authenticate (§21.4.8),   Proxy-Authenticate: Digest realm=r",
        "420, Unsupported (§8.2.2.3),         Unsupported: x",
        "423, Min-Expires (§10.3),            Min-Expires: 60"})
    void a_response_lacks_what_it_should_tell(int status, String missing, String field) {
        boolean tag = field.equals("tag in To");
        var response = Reply.to((Request) Message.parse(WHOLE), status, tag ? "" : "t");
        assertThat(Omissions.of(response)).isEqualTo(
                missing == null || missing.isEmpty() ? List.of() : List.of(missing));
        if (!tag) assertThat(Omissions.of(response.with(field.substring(0, field.indexOf(':')),
                field.substring(field.indexOf(':') + 2)))).isEmpty();
    }
}
