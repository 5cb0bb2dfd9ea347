package p2psip.std.rfc3261.ua;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.ua.CallFlow.ESTABLISHED;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import org.junit.jupiter.api.Test;

/// A request until its final response, and what comes after that.
class UacTest {

    //= rfc3261#21.4-1 the same request is not tried again
    @Test void busy() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                 1000 b1    -> alice 486
                 1000 alice -> TU    Ended 1 486
                """);
    }

    //= rfc3261#21.4.4-1 a request that is forbidden is not repeated
    @Test void forbidden() {
        var flow = play("""
                    0 TU    -> alice invite 1 sip:bob@two sdp1
                    0 alice -> bob   INVITE 1 sip:bob@two sdp1
                 1000 b1    -> alice 403
                 1000 alice -> TU    Ended 1 403
                """);
        assertThat(flow.all("INVITE")).hasSize(1);
    }

    //= rfc3261#8.1.3.1-1 no answer counts as 408
    @Test void nobody_answers() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                32000 bob    ! TIMEOUT
                32000 alice -> TU    Ended 1 408
                """);
    }

    //= rfc3261#8.1.3.1-2 a transport that fails counts as 503
    @Test void a_host_that_is_not_there_is_unavailable() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                    5 bob    ! TRANSPORT
                    5 alice -> TU    Ended 1 503
                    6 TU    -> alice invite 2 sip:bob@none sdp1
                    6 alice -> TU    Ended 2 503
                """);
    }

    /// S9: the ancestor never got to the second address.
    //= rfc3261#8.1.2-9 the second address is tried when the first does not work
    @Test void second_address_is_tried_when_the_first_fails() {
        var flow = play("""
                    0 TU    -> alice invite 1 sip:bob@two sdp1
                    0 alice -> bob   INVITE 1 sip:bob@two sdp1
                    5 bob    ! TRANSPORT
                    5 alice -> bob   INVITE 1 sip:bob@two sdp1 at 127.0.0.3
                    9 b1    -> alice 503
                    9 alice -> TU    Ended 1 503
                """);
        assertThat(flow.all("INVITE")).hasSize(2);
    }

    //= rfc3263#4.3¶2 silence is no failure of a server that has sent a provisional response
    @Test void a_server_that_has_the_request_is_the_last_that_is_tried() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@two sdp1
                    0 alice -> bob   INVITE 1 sip:bob@two sdp1
                    9 b1    -> alice 100
                  200 bob    ! TIMEOUT
                  200 alice -> TU    Ended 1 408
                """);
    }

    //= rfc3261#21.5.4-3 a server that is unavailable has an alternate one
    @Test void an_alternate_server_is_tried_when_the_first_is_overloaded() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@two sdp1
                    0 alice -> bob   INVITE 1 sip:bob@two sdp1
                    9 b1    -> alice 503
                    9 alice -> bob   INVITE 1 sip:bob@two sdp1 at 127.0.0.3
                   20 b2    -> alice 503
                   20 alice -> TU    Ended 1 503
                """);
    }

    @Test void a_transaction_that_fails_after_its_2xx_starts_no_other() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@two sdp1
                    0 alice -> bob   INVITE 1 sip:bob@two sdp1
                  100 b1    -> alice 200 sdp2
                  100 alice -> b1    ACK 1 sip:b1@127.0.0.2
                  100 alice -> TU    Answered 1 sdp2
                  200 bob    ! TRANSPORT
                  300 b2    -> alice 180
                  400 b1    -> alice 200 sdp2
                  400 alice -> b1    ACK 1 sip:b1@127.0.0.2
                """);
    }

    @Test void a_server_that_was_given_up_is_not_heard_any_more() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@two sdp1
                    0 alice -> bob   INVITE 1 sip:bob@two sdp1
                   10 b0    -> alice 503
                   10 alice -> bob   INVITE 1 sip:bob@two sdp1 at 127.0.0.3
                   20 b1    -> alice 486 X-First=1
                  100 b2    -> alice 200 sdp2
                  100 alice -> b2    ACK 1 sip:b2@127.0.0.2
                  100 alice -> TU    Answered 1 sdp2
                """);
    }

    @Test void no_other_server_is_tried_after_the_call_was_given_up() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@two sdp1
                    0 alice -> bob   INVITE 1 sip:bob@two sdp1
                    5 TU    -> alice hangup 1
                   10 bob    ! TRANSPORT
                   10 alice -> TU    Ended 1 503
                """);
    }

    @Test void no_redirection_is_followed_after_the_call_was_given_up() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 302 Contact=<sip:bob@c1>,<sip:bob@c2>
                  100 alice -> bob   INVITE 2 sip:bob@c1 sdp1
                  105 TU    -> alice hangup 1
                  110 bob    ! TRANSPORT
                  110 alice -> TU    Ended 1 503
                """);
    }

    @Test void no_password_is_shown_after_the_call_was_given_up() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 TU    -> alice hangup 1
                  200 p1    -> alice 407 Proxy-Authenticate=Digest_realm="r",nonce="n",qop="auth"
                  200 alice -> TU    Challenged r
                  200 alice -> TU    Ended 1 407
                """);
    }

    //= rfc3261#9.1-11 64*T1 from the CANCEL, however long it had to wait for a response
    @Test void a_cancel_that_is_sent_late_has_its_time_too() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 TU    -> alice hangup 1
                20000 bob   -> alice 100
                20000 alice -> bob   CANCEL 1 sip:bob@biloxi.com
                52000 alice  * forgets INVITE
                52000 alice -> TU    Ended 1 487
                """);
    }

    /// More answers than a call can have come from nobody who was called.
    @Test void a_flood_of_forks_is_taken_up_to_the_limit() {
        var ladder = new StringBuilder(ESTABLISHED);
        for (int fork = 2; fork <= Forks.LIMIT; fork++) ladder.append("""
                  200 b%1$d -> alice 200 sdp2
                  200 alice -> b%1$d ACK 1 sip:b%1$d@127.0.0.2
                  200 alice -> b%1$d BYE 2 sip:b%1$d@127.0.0.2
                """.formatted(fork));
        play(ladder + "                  300 more -> alice 200 sdp2\n");
    }

    /// The ACK for the 2xx to a change is made once, too, and sent again.
    @Test void the_2xx_to_a_change_comes_again() {
        play(ESTABLISHED + """
                 1000 TU    -> alice change 1 sdp3
                 1000 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                 1100 b1    -> alice 200 sdp4
                 1100 alice -> b1    ACK 2 sip:b1@127.0.0.2
                 1100 alice -> TU    Changed 1 sdp4
                 1600 b1    -> alice 200 sdp4
                 1600 alice -> b1    ACK 2 sip:b1@127.0.0.2
                 2600 b1    -> alice 200 sdp4 X-Stray=1
                 2600 alice -> b1    ACK 2 sip:b1@127.0.0.2
                """);
    }

    /// What was not taken within 64*T1 is not taken any more.
    @Test void a_fork_that_comes_too_late_is_not_noticed() {
        play(ESTABLISHED + """
                32000 b2    -> alice 200 sdp2
                32000 alice -> b2    ACK 1 sip:b2@127.0.0.2
                32000 alice -> b2    BYE 2 sip:b2@127.0.0.2
                32200 b3    -> alice 200 sdp2 X-Stray=1
                """);
    }
}
