import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.*;

/// # To hang up
///
/// Alice has sent this INVITE, got this 200, and acknowledged it. Make the BYE, as far as it
/// follows from the two. Its From and Call-ID are those of the INVITE; the other three need
/// thought: its Request-URI, and the values of To and CSeq, such as `7 INVITE`.
///
/// Hint: where is Bob to be reached from now on? He has said so in his answer.
///
/// Hint: the number in CSeq is one higher than in the INVITE of Alice: her ACK has not counted.
///
/// Hint: `ok.first("Contact").orElseThrow()` is the value of a field; of one that is an address
/// `Address.parse(value).uri().toString()` is what stands between `<` and `>`, and
/// `invite.cseq().number()` the number in CSeq.
class Exercise4_2 {
    // answer
    String target(Response ok) {
        return Address.parse(ok.first("Contact").orElseThrow()).uri().toString();   //~ return Address.parse(ok.first("To").orElseThrow()).uri().toString();
    }

    String to(Request invite, Response ok) {
        return ok.first("To").orElseThrow();   //~ return invite.first("To").orElseThrow();
    }

    String cseq(Request invite) {
        return invite.cseq().number() + 1 + " BYE";   //~ return invite.cseq().number() + " BYE";
    }
    // start
    //| String target(Response ok) {
    //|     return "";
    //| }
    //|
    //| String to(Request invite, Response ok) {
    //|     return "";
    //| }
    //|
    //| String cseq(Request invite) {
    //|     return "";
    //| }
    // end

    private static final Request INVITE = (Request) Message.parse("""
            INVITE sip:bob@example.com SIP/2.0
            Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa
            Max-Forwards: 70
            From: <sip:alice@example.com>;tag=88
            To: <sip:bob@example.com>
            Call-ID: 3848276298220188511
            CSeq: 41 INVITE
            Contact: <sip:alice@10.0.0.1>

            """);

    private static final Response OK = (Response) Message.parse("""
            SIP/2.0 200 OK
            Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa
            From: <sip:alice@example.com>;tag=88
            To: <sip:bob@example.com>;tag=9
            Call-ID: 3848276298220188511
            CSeq: 41 INVITE
            Contact: <sip:bob@10.0.0.2:5080>

            """);

    @Test void it_goes_to_the_phone_that_answered() {
        assertThat(target(OK)).isEqualTo("sip:bob@10.0.0.2:5080");
    }

    @Test void to_the_bob_who_took_the_call() {
        assertThat(to(INVITE, OK)).isEqualTo("<sip:bob@example.com>;tag=9");
    }

    @Test void as_the_next_request() {
        assertThat(cseq(INVITE)).isEqualTo("42 BYE");
    }
}
