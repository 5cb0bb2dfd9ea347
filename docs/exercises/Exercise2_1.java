import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.*;

/// # Your first request
///
/// Write an OPTIONS request, which asks a phone what it can do, from `sip:alice@10.0.0.1` to the
/// address that is given. It needs the six header fields that every request has, a tag in From,
/// and in its Via a branch as it should be. Everything that p2psip receives goes through the class
/// `Validator`; your request must pass it.
///
/// Hint: the six are Via, Max-Forwards, From, To, Call-ID and CSeq. `Via: SIP/2.0/UDP` and the
/// place where you are is how the first begins.
///
/// Hint: a branch begins with `z9hG4bK`, and goes on. An empty line ends the head.
class Exercise2_1 {
    // answer
    String options(String to) {
        return String.join("\r\n",   //~ return String.join("\n",
                "OPTIONS " + to + " SIP/2.0",
                "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKfirst",   //~ "Via: SIP/2.0/UDP 10.0.0.1;branch=abcdef",
                "Max-Forwards: 70",   //~ // forgotten
                "From: <sip:alice@10.0.0.1>;tag=1",   //~ "From: <sip:alice@10.0.0.1>",
                "To: <" + to + ">",   //~ "To: " + to + " please",
                "Call-ID: my-first",   //~ // forgotten
                "CSeq: 1 OPTIONS",   //~ "CSeq: 1 INVITE",
                "", "");   //~ "");
    }
    // start
    //| String options(String to) {
    //|     return "OPTIONS " + to + " SIP/2.0\r\n\r\n";
    //| }
    // end

    @Test void it_can_be_read() {
        var request = Message.parse(Bytes.utf8(options("sip:bob@10.0.0.2")));
        assertThat(request.startLine()).isEqualTo("OPTIONS sip:bob@10.0.0.2 SIP/2.0");
    }

    @Test void and_nothing_is_wrong_with_it() {
        assertThat(Validator.read(Bytes.utf8(options("sip:bob@10.0.0.2"))))
                .isInstanceOf(Validator.Verdict.Fine.class);
    }

    @Test void it_has_all_six() {
        var request = Message.parse(Bytes.utf8(options("sip:bob@10.0.0.2")));
        assertThat(request.headers()).extracting(Header::name)
                .contains("Via", "Max-Forwards", "From", "To", "Call-ID", "CSeq");
    }

    @Test void the_branch_is_one_of_rfc_3261() {
        var request = Message.parse(Bytes.utf8(options("sip:bob@10.0.0.2")));
        assertThat(request.first("Via").orElseThrow()).containsPattern(";branch=z9hG4bK[^;,\\s]");
    }

    @Test void to_whomever_it_goes() {
        var request = Message.parse(Bytes.utf8(options("sip:carol@example.com")));
        assertThat(request.startLine()).startsWith("OPTIONS sip:carol@example.com ");
        assertThat(request.first("To").orElseThrow()).contains("sip:carol@example.com");
    }

    @Test void each_line_ends_with_both() {
        assertThat(options("sip:bob@10.0.0.2").replace("\r\n", "")).doesNotContain("\n", "\r");
    }

    @Test void who_sends_it_has_a_tag() {
        var request = Message.parse(Bytes.utf8(options("sip:bob@10.0.0.2")));
        assertThat(request.from().params().has("tag")).isTrue();
        assertThat(request.from().uri()).hasToString("sip:alice@10.0.0.1");
    }
}
