package p2psip.std.rfc3261.ua;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.ua.CallFlow.ESTABLISHED;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import org.junit.jupiter.api.Test;

/// §13.2: calls that the user agent places, and what comes back.
class CallerTest {

    @Test void answered_and_hung_up() {
        var flow = play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                   50 bob   -> alice 100
                  100 b1    -> alice 180
                  100 alice -> TU    Progress 1 180 b1
                 2000 b1    -> alice 200 sdp2
                 2000 alice -> b1    ACK 1 sip:b1@127.0.0.2
                 2000 alice -> TU    Answered 1 sdp2
                 9000 TU    -> alice hangup 1
                 9000 alice -> b1    BYE 2 sip:b1@127.0.0.2
                 9000 alice -> TU    Ended 1 200
                 9100 b1    -> alice 200 BYE
                40000 b1    -> alice 200 BYE
                """);
        var invite = flow.sent("INVITE");
        //= rfc3261#8.1.1.6-1 Max-Forwards is 70
        assertThat(invite.need("Max-Forwards")).isEqualTo("70");
        //= rfc3261#12.1.2-1 and Contact has the one SIP URI at which requests arrive
        assertThat(invite.list("Contact")).containsExactly("<sip:alice@127.0.0.1:5060>");
        //= rfc3261#13.2.1-1 Allow is there
        assertThat(invite.list("Allow")).contains("INVITE", "ACK", "CANCEL", "BYE");
        //= rfc3261#12.2.1.1-2 the tag in To of the BYE is the remote tag of the dialog
        assertThat(flow.sent("BYE").to().tag()).contains("b1");
        //= rfc3261#12.2.1.1-4 and that in From the local tag
        assertThat(flow.sent("BYE").from().tag()).isEqualTo(invite.from().tag());
        //= rfc3261#12.2.1.1-6 the Call-ID is that of the dialog
        assertThat(flow.sent("BYE").callId()).isEqualTo(invite.callId());
        assertThat(flow.agent().legs()).isZero();
    }

    //= rfc3261#8.1.3.2-2,3 100 and 183 are processed, and what is not known as if it were 183
    @Test void progress() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                   10 bob   -> alice 100
                  100 b1    -> alice 183 sdp2
                  100 alice -> TU    Progress 1 183 b1 sdp2
                  200 b2    -> alice 189 sdp3
                  200 alice -> TU    Progress 1 189 b2 sdp3
                """);
    }

    //= rfc3261#13.2.2.4-8 the ACK goes out each time that the 2xx comes again
    @Test void every_2xx_is_acknowledged() {
        play(ESTABLISHED + """
                  600 b1    -> alice 200 sdp2
                  600 alice -> b1    ACK 1 sip:b1@127.0.0.2
                 1600 b1    -> alice 200 sdp2 X-Stray=1
                 1600 alice -> b1    ACK 1 sip:b1@127.0.0.2
                """);
    }

    /// S13: the ancestor had no early dialogs.
    //= rfc3261#13.2.2.4-9 the 2xx of a fork that we do not want is ended by BYE
    //= rfc3261#13.2.2.4-3 it gets its ACK as any 2xx
    //= rfc3261#21.1.5-1 the body of a 183 is there before the call is taken
    @Test void a_fork_that_answers_second_is_acknowledged_and_hung_up() {
        //= rfc3261#13.2.1-12 the first description is the answer, that in the 2xx is ignored
        //= rfc3261#13.2.2.4-2 a 2xx without an early dialog makes a confirmed one
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 180
                  100 alice -> TU    Progress 1 180 b1
                  110 b2    -> alice 183 sdp3
                  110 alice -> TU    Progress 1 183 b2 sdp3
                  120 b1    -> alice 180
                  120 alice -> TU    Progress 1 180 b1
                 2000 b2    -> alice 200 sdp4
                 2000 alice -> b2    ACK 1 sip:b2@127.0.0.2
                 2000 alice -> TU    Answered 1 sdp3
                 2010 b1    -> alice 200 sdp5
                 2010 alice -> b1    ACK 1 sip:b1@127.0.0.2
                 2010 alice -> b1    BYE 2 sip:b1@127.0.0.2
                 2100 b1    -> alice 200 BYE
                 2510 b1    -> alice 200 sdp5
                 2510 alice -> b1    ACK 1 sip:b1@127.0.0.2
                 3000 b3    -> alice 200 sdp6
                 3000 alice -> b3    ACK 1 sip:b3@127.0.0.2
                 3000 alice -> b3    BYE 2 sip:b3@127.0.0.2
                 9000 TU    -> alice hangup 1
                 9000 alice -> b2    BYE 2 sip:b2@127.0.0.2
                 9000 alice -> TU    Ended 1 200
                """);
    }

    //= rfc3261#13.2.2.3-1 a final response after the first is ignored
    @Test void a_refusal_comes_too_late() {
        var flow = play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  200 b1    -> alice 200 sdp2
                  200 alice -> b1    ACK 1 sip:b1@127.0.0.2
                  200 alice -> TU    Answered 1 sdp2
                  300 b2    -> alice 486 X-Stray=1
                  310 b1    -> alice 486 X-Stray=1
                """);
        //= rfc3261#8.2.2.3-5 the INVITE required no extension, and so neither does the ACK
        assertThat(flow.ack().has("Require") || flow.ack().has("Proxy-Require")).isFalse();
    }

    //= rfc3261#13.2.1-13 an offer in the 2xx is answered in the ACK
    //= rfc3261#13.2.2.4-6 which must carry it
    //= rfc3261#13.2.1-16 this way of offer and answer is supported as well as the other
    @Test void the_callee_makes_the_offer() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com
                  100 b1    -> alice 200 sdp2
                  100 alice -> TU    Answered 1 sdp2
                  120 TU    -> alice acknowledge 1 sdp3
                  120 alice -> b1    ACK 1 sip:b1@127.0.0.2 sdp3
                  700 b1    -> alice 200 sdp2
                  700 alice -> b1    ACK 1 sip:b1@127.0.0.2 sdp3
                """);
    }

    //= rfc3261#13.2.2.4-7 an offer that is not acceptable gets a valid answer, then BYE
    @Test void the_offer_of_the_callee_is_not_acceptable() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com
                  100 b1    -> alice 200 sdp2
                  100 alice -> TU    Answered 1 sdp2
                  120 TU    -> alice acknowledge 1 sdp0
                  120 alice -> b1    ACK 1 sip:b1@127.0.0.2 sdp0
                  120 TU    -> alice hangup 1
                  120 alice -> b1    BYE 2 sip:b1@127.0.0.2
                  120 alice -> TU    Ended 1 200
                """);
    }

    //= rfc3261#13.2.2.4-3 each 2xx has its ACK, even if the program hangs up instead of answering
    @Test void hung_up_before_the_offer_was_answered() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com
                  100 b1    -> alice 200 sdp2
                  100 alice -> TU    Answered 1 sdp2
                  120 TU    -> alice hangup 1
                  120 alice -> b1    ACK 1 sip:b1@127.0.0.2
                  120 alice -> b1    BYE 2 sip:b1@127.0.0.2
                  120 alice -> TU    Ended 1 200
                """);
    }
}
