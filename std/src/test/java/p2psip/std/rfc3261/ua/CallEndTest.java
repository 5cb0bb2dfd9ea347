package p2psip.std.rfc3261.ua;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.ua.CallFlow.ESTABLISHED;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import p2psip.std.rfc3261.*;
import org.junit.jupiter.api.Test;

/// §9.1 and §15: how a call that was placed is given up, or ends.
class CallEndTest {

    //= rfc3261#9.1-8 CANCEL waits for a provisional response
    //= rfc3261#9.1-7 so it is looked whether any has come
    //= rfc3261#15-2 without a dialog there is no BYE
    @Test void cancelled() {
        var flow = play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 TU    -> alice hangup 1
                  300 bob   -> alice 100
                  300 alice -> bob   CANCEL 1 sip:bob@biloxi.com
                  400 b1    -> alice 200 CANCEL
                  400 b1    -> alice 487
                  400 alice -> TU    Ended 1 487
                """);
        var invite = flow.sent("INVITE");
        var cancel = flow.sent("CANCEL");
        //= rfc3261#9.1-2 Call-ID, To and From are those of the INVITE
        for (var name : List.of("Call-ID", "To", "From"))
            assertThat(cancel.need(name)).isEqualTo(invite.need(name));
        //= rfc3261#9.1-4 CSeq has the method CANCEL
        assertThat(cancel.cseq()).isEqualTo(new CSeq(1, "CANCEL"));
        //= rfc3261#20-7 and nothing is in it that is not applicable: no Contact, no body
        assertThat(cancel.headers()).map(Header::name)
                .containsExactly("Max-Forwards", "From", "To", "Call-ID", "CSeq");
    }

    //= rfc3261#9.1-11 a CANCEL that changes nothing for 64*T1 ends the call all the same
    @Test void cancelled_but_nobody_listens() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  300 b1    -> alice 180
                  300 alice -> TU    Progress 1 180 b1
                 1000 TU    -> alice hangup 1
                 1000 alice -> bob   CANCEL 1 sip:bob@biloxi.com
                33000 alice  * forgets INVITE
                33000 alice -> TU    Ended 1 487
                """);
    }

    //= rfc3261#9.1-5 the CANCEL has the Route of the INVITE
    @Test void a_cancel_goes_the_way_of_its_invite() {
        var flow = play(List.of("<sip:far;lr>"), """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com route=<sip:far;lr> sdp1 at \
                        127.0.0.4
                  100 b1    -> alice 180
                  100 alice -> TU    Progress 1 180 b1
                  200 TU    -> alice hangup 1
                  200 alice -> bob   CANCEL 1 sip:bob@biloxi.com route=<sip:far;lr> at 127.0.0.4
                """);
        //= rfc3261#9.1-3 its Via has the branch of what it cancels, and it has no other
        assertThat(flow.branches("CANCEL")).isEqualTo(flow.branches("INVITE"));
        assertThat(flow.sent("CANCEL").has("Via")).isFalse();
    }

    //= rfc3261#9.1-9 after the final response it is too late for a CANCEL
    //= rfc3261#15-5 what the 2xx has begun is ended by BYE
    @Test void a_2xx_comes_before_the_cancel_could_be_sent() {
        var flow = play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 TU    -> alice hangup 1
                 1010 b1    -> alice 200 sdp2
                 1010 alice -> b1    ACK 1 sip:b1@127.0.0.2
                 1010 alice -> b1    BYE 2 sip:b1@127.0.0.2
                 1010 alice -> TU    Ended 1 487
                """);
        assertThat(flow.all("CANCEL")).isEmpty();
    }

    //= rfc3261#15-5 the CANCEL had no effect: a BYE has
    @Test void a_2xx_that_crosses_the_cancel_is_acknowledged_and_hung_up() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  300 b1    -> alice 180
                  300 alice -> TU    Progress 1 180 b1
                 1000 TU    -> alice hangup 1
                 1000 alice -> bob   CANCEL 1 sip:bob@biloxi.com
                 1010 b1    -> alice 200 sdp2
                 1010 alice -> b1    ACK 1 sip:b1@127.0.0.2
                 1010 alice -> b1    BYE 2 sip:b1@127.0.0.2
                 1010 alice -> TU    Ended 1 487
                """);
    }

    //= rfc3261#15.1.1-1 the session is over as soon as the BYE is sent
    @Test void the_peer_does_not_hear_that_we_hang_up() {
        for (var end : List.of("! TIMEOUT BYE", "-> alice 481 BYE", "-> alice 408 BYE")) {
            var flow = play(ESTABLISHED + """
                  200 TU    -> alice hangup 1
                  200 alice -> b1    BYE 2 sip:b1@127.0.0.2
                  200 alice -> TU    Ended 1 200
                32200 b1 %s
                33000 b1    -> alice OPTIONS 5
                33000 alice -> b1    481 OPTIONS
                """.formatted(end));
            assertThat(flow.agent().legs()).isZero();
        }
    }

    //= rfc3261#15-1 a BYE ends the session
    //= rfc3261#15.1.2-3,4 at once, and is answered with 2xx
    @Test void the_peer_hangs_up() {
        play(ESTABLISHED + """
                 5000 b1    -> alice BYE 9
                 5000 alice -> b1    200 BYE
                 5000 alice -> TU    Ended 1 200
                 5001 b1    -> alice BYE 10
                 5001 alice -> b1    481 BYE
                """);
    }
}
