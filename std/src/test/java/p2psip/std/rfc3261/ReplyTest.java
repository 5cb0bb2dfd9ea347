package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.Message.Request;

/// §8.2.6: what a response takes from its request.
class ReplyTest {
    private static final Request OPTIONS = (Request) Message.parse("""
            OPTIONS sip:carol@chicago.com SIP/2.0
            v: SIP/2.0/UDP bigbox3.site3.atlanta.com;branch=z9hG4bK77ef4c2312983.1
            Max-Forwards: 70
            Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKhjhs8ass877
            t: <sip:carol@chicago.com>
            From: Alice <sip:alice@atlanta.com>;tag=1928301774
            Call-ID: a84b4c76e66710
            CSeq: 63104 OPTIONS
            Timestamp: 54
            Subject: not for the answer

            """);

    //= rfc3261#8.2.6.2-4 both Via values, the nearest first
    //= rfc3261#8.2.6.2-6 a tag for the To field
    //= rfc3261#8.2.6.2-1 From equals that of the request
    @Test void a_response_takes_the_fields_that_say_where_it_belongs() {
        //= rfc3261#8.2.6.2-2,3 so does the Call-ID, and CSeq
        assertThat(Reply.to(OPTIONS, 486, "x1").toString()).isEqualToNormalizingNewlines("""
                SIP/2.0 486 Busy Here
                Via: SIP/2.0/UDP bigbox3.site3.atlanta.com;branch=z9hG4bK77ef4c2312983.1
                Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKhjhs8ass877
                To: <sip:carol@chicago.com>;tag=x1
                From: Alice <sip:alice@atlanta.com>;tag=1928301774
                Call-ID: a84b4c76e66710
                CSeq: 63104 OPTIONS
                Content-Length: 0

                """);
    }

    //= rfc3261#7.2¶2 no CR or LF before the end of the line, nor what else others stumble over
    @Test void a_reason_that_quotes_the_request_stays_in_its_line() {
        assertThat(Reply.to(OPTIONS, 400, "bad\r\nVia: x\0\u007f", "x").startLine())
                .isEqualTo("SIP/2.0 400 bad??Via: x??");
    }

    //= rfc3261#8.2.6.2-5 a To field with a tag is not touched
    @Test void a_tag_that_is_there_stays() {
        var inDialog = OPTIONS.with("To", "<sip:carol@chicago.com>;TAG=old");
        assertThat(Reply.to(inDialog, 200, "new").need("To"))
                .isEqualTo("<sip:carol@chicago.com>;TAG=old");
        var named = OPTIONS.with("To", "\"a;tag=b\" <sip:carol@chicago.com;tag=c>");
        assertThat(Reply.to(named, 200, "new").need("To"))
                .isEqualTo("\"a;tag=b\" <sip:carol@chicago.com;tag=c>;tag=new");
    }

    //= rfc3261#8.2.6.1-3 the Timestamp comes back in the 100
    @Test void trying_has_the_timestamp_and_no_tag() {
        var trying = Reply.trying(OPTIONS, Duration.ZERO);
        assertThat(trying.startLine()).isEqualTo("SIP/2.0 100 Trying");
        assertThat(trying.need("Timestamp")).isEqualTo("54");
        assertThat(trying.to().tag()).isEmpty();
        var late = Reply.trying(OPTIONS, Duration.ofMillis(1205));
        //= rfc3261#8.2.6.1-4,5 after a while the delay is added, in seconds
        assertThat(late.need("Timestamp")).isEqualTo("54 1.205");
    }

    //= rfc3261#8.1.3.2-1 what is not known is named after its class
    @Test void a_reason_for_every_status() {
        assertThat(Status.reason(404)).isEqualTo("Not Found");
        //= rfc3261#21-1 the other codes of HTTP/1.1 are not used, 409 for one
        assertThat(Status.reason(409)).isEqualTo("Bad Request");
        assertThat(Status.reason(199 - 10)).isEqualTo("Session Progress");
        assertThat(Status.reason(298)).isEqualTo("OK");
        assertThat(Status.reason(431)).isEqualTo("Bad Request");
        assertThat(Status.reason(699)).isEqualTo("Busy Everywhere");
    }
}
