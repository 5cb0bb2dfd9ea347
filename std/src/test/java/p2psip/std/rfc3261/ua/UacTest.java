package p2psip.std.rfc3261.ua;

import static p2psip.std.rfc3261.ua.CallFlow.ESTABLISHED;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import org.junit.jupiter.api.Test;

/// A request until its final response, and what comes after that.
class UacTest {

    @Test void a_transaction_that_fails_after_its_2xx_starts_no_other() {
        play("""
                    0 TU invite 1 sip:bob@two sdp1
                    0 -> INVITE 1 sip:bob@two sdp1
                  100 <- 200 INVITE;b1 sdp2
                  100 -> ACK 1 sip:b1@127.0.0.2
                  100 TU Answered 1 sdp2
                  200 <- unreachable INVITE
                  300 <- 180 INVITE;b2
                  400 <- 200 INVITE;b1 sdp2
                  400 -> ACK 1 sip:b1@127.0.0.2
                """);
    }

    @Test void a_server_that_was_given_up_is_not_heard_any_more() {
        play("""
                    0 TU invite 1 sip:bob@two sdp1
                    0 -> INVITE 1 sip:bob@two sdp1
                   10 <- 503 INVITE;b0
                   10 -> INVITE 1 sip:bob@two sdp1 at 127.0.0.3
                   20 <- 486 INVITE;b1 X-First=1
                  100 <- 200 INVITE;b2 sdp2
                  100 -> ACK 1 sip:b2@127.0.0.2
                  100 TU Answered 1 sdp2
                """);
    }

    @Test void no_other_server_is_tried_after_the_call_was_given_up() {
        play("""
                    0 TU invite 1 sip:bob@two sdp1
                    0 -> INVITE 1 sip:bob@two sdp1
                    5 TU hangup 1
                   10 <- unreachable INVITE
                   10 TU Ended 1 503
                """);
    }

    @Test void no_redirection_is_followed_after_the_call_was_given_up() {
        play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  100 <- 302 INVITE;b1 Contact=<sip:bob@c1>,<sip:bob@c2>
                  100 -> INVITE 2 sip:bob@c1 sdp1
                  105 TU hangup 1
                  110 <- unreachable INVITE
                  110 TU Ended 1 503
                """);
    }

    @Test void no_password_is_shown_after_the_call_was_given_up() {
        play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  100 TU hangup 1
                  200 <- 407 INVITE;p1 Proxy-Authenticate=Digest_realm="r",nonce="n",qop="auth"
                  200 TU Ended 1 407
                """);
    }

    //= rfc3261#9.1-11 64*T1 from the CANCEL, however long it had to wait for a response
    @Test void a_cancel_that_is_sent_late_has_its_time_too() {
        play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  100 TU hangup 1
                20000 <- 100 INVITE
                20000 -> CANCEL 1 sip:bob@biloxi.com
                52000 forget
                52000 TU Ended 1 487
                """);
    }

    /// More answers than a call can have come from nobody who was called.
    @Test void a_flood_of_forks_is_taken_up_to_the_limit() {
        var script = new StringBuilder(ESTABLISHED);
        for (int fork = 2; fork <= Forks.LIMIT; fork++) script.append("""
                  200 <- 200 INVITE;b%1$d sdp2
                  200 -> ACK 1 sip:b%1$d@127.0.0.2
                  200 -> BYE 2 sip:b%1$d@127.0.0.2
                """.formatted(fork));
        play(script + "                  300 <- 200 INVITE;more sdp2\n");
    }

    /// The ACK for the 2xx to a change is made once, too, and sent again.
    @Test void the_2xx_to_a_change_comes_again() {
        play(ESTABLISHED + """
                 1000 TU change 1 sdp3
                 1000 -> INVITE 2 sip:b1@127.0.0.2 sdp3
                 1100 <- 200 INVITE;b1 sdp4
                 1100 -> ACK 2 sip:b1@127.0.0.2
                 1100 TU Changed 1 sdp4
                 1600 <- 200 INVITE;b1 sdp4
                 1600 -> ACK 2 sip:b1@127.0.0.2
                 2600 <- 200 INVITE;b1 sdp4 X-Stray=1
                 2600 -> ACK 2 sip:b1@127.0.0.2
                """);
    }

    /// What was not taken within 64*T1 is not taken any more.
    @Test void a_fork_that_comes_too_late_is_not_noticed() {
        play(ESTABLISHED + """
                32000 <- 200 INVITE;b2 sdp2
                32000 -> ACK 1 sip:b2@127.0.0.2
                32000 -> BYE 2 sip:b2@127.0.0.2
                32200 <- 200 INVITE;b3 sdp2 X-Stray=1
                """);
    }
}
