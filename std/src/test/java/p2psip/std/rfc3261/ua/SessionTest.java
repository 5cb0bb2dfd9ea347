package p2psip.std.rfc3261.ua;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.ua.CallFlow.ESTABLISHED;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import org.junit.jupiter.api.Test;

/// What happens within a call that has begun: changes of the session, requests in and out of order.
class SessionTest {

    //= rfc3261#12.2.1.2-1 the Contact of the 2xx is the new remote target
    @Test void we_change_the_session() {
        play(ESTABLISHED + """
                 1000 TU change 1 sdp3
                 1000 -> INVITE 2 sip:b1@127.0.0.2 sdp3
                 1100 <- 200 INVITE;b1 Contact=<sip:elsewhere@127.0.0.2> sdp4
                 1100 -> ACK 2 sip:elsewhere@127.0.0.2
                 1100 TU Changed 1 sdp4
                 2000 TU hangup 1
                 2000 -> BYE 3 sip:elsewhere@127.0.0.2
                 2000 TU Ended 1 200
                """);
    }

    //= rfc3261#14.1-5 a second change waits until the first is answered
    //= rfc3261#13.2.1-14 and then there is another offer
    @Test void one_change_at_a_time() {
        play(ESTABLISHED + """
                 1000 TU change 1 sdp3
                 1000 -> INVITE 2 sip:b1@127.0.0.2 sdp3
                 1010 TU change 1 sdp5
                 1100 <- 200 INVITE;b1 sdp4
                 1100 -> ACK 2 sip:b1@127.0.0.2
                 1100 TU Changed 1 sdp4
                 1100 -> INVITE 3 sip:b1@127.0.0.2 sdp5
                """);
    }

    //= rfc3261#14.1-1 a change without a description: the peer makes the offer
    //= rfc3261#14.2-12 if it is not acceptable its answer is valid all the same, then comes BYE
    @Test void a_change_that_the_peer_describes() {
        play(ESTABLISHED + """
                 1000 TU change 1
                 1000 -> INVITE 2 sip:b1@127.0.0.2
                 1100 <- 200 INVITE;b1 sdp4
                 1100 TU Changed 1 sdp4
                 1110 TU acknowledge 1 sdp5
                 1110 -> ACK 2 sip:b1@127.0.0.2 sdp5
                 1110 TU hangup 1
                 1110 -> BYE 3 sip:b1@127.0.0.2
                 1110 TU Ended 1 200
                """);
    }

    //= rfc3261#14.1-7 while an INVITE is in progress another transaction may begin: BYE
    @Test void hung_up_during_a_change() {
        play(ESTABLISHED + """
                 1000 TU change 1 sdp3
                 1000 -> INVITE 2 sip:b1@127.0.0.2 sdp3
                 1010 TU hangup 1
                 1010 -> BYE 3 sip:b1@127.0.0.2
                 1010 TU Ended 1 200
                 1100 <- 200 BYE;b1
                 1100 <- 487 INVITE;b1
                """);
    }

    //= rfc3261#14.1-9 a change that is refused leaves the session as it was
    @Test void a_change_is_refused() {
        play(ESTABLISHED + """
                 1000 TU change 1 sdp3
                 1000 -> INVITE 2 sip:b1@127.0.0.2 sdp3
                 1100 <- 488 INVITE;b1
                 1100 TU NotChanged 1 488
                 2000 TU hangup 1
                 2000 -> BYE 3 sip:b1@127.0.0.2
                 2000 TU Ended 1 200
                """);
    }

    //= rfc3261#14.2-2 an INVITE that meets ours gets 491
    //= rfc3261#14.1-10 after a 491 the owner of the Call-ID waits for 2.1 to 4 s
    //= rfc3261#14.1-11 and then tries once more
    @Test void both_change_the_session_at_once() {
        play(ESTABLISHED + """
                 1000 TU change 1 sdp3
                 1000 -> INVITE 2 sip:b1@127.0.0.2 sdp3
                 1050 <- INVITE 5;b1 sdp9
                 1050 -> 491 INVITE
                 1100 <- 491 INVITE;b1
                 3750 -> INVITE 3 sip:b1@127.0.0.2 sdp3
                 4900 <- 200 INVITE;b1 sdp4
                 4900 -> ACK 3 sip:b1@127.0.0.2
                 4900 TU Changed 1 sdp4
                """);
    }

    //= rfc3261#12.2.1.2-2 a 481 within the dialog ends it
    @Test void the_peer_has_forgotten_the_call() {
        play(ESTABLISHED + """
                 1000 TU change 1 sdp3
                 1000 -> INVITE 2 sip:b1@127.0.0.2 sdp3
                 1100 <- 481 INVITE;b1
                 1100 -> BYE 3 sip:b1@127.0.0.2
                 1100 TU Ended 1 481
                """);
    }

    //= rfc3261#12.2.1.2-3 no response at all ends the dialog, too
    @Test void the_peer_does_not_answer_any_more() {
        play(ESTABLISHED + """
                 1000 TU change 1 sdp3
                 1000 -> INVITE 2 sip:b1@127.0.0.2 sdp3
                33000 <- timeout INVITE
                33000 -> BYE 3 sip:b1@127.0.0.2
                33000 TU Ended 1 408
                65000 <- timeout BYE
                """);
    }

    //= rfc3261#8.2-1 what it changes is changed once it is accepted
    //= rfc3261#12.2.2-7 the Contact of an INVITE within the dialog is the new remote target
    @Test void the_peer_changes_the_session() {
        play(ESTABLISHED + """
                 1000 <- INVITE 5;b1 Contact=<sip:moved@127.0.0.2> sdp3
                 1000 TU ChangeOffered 1 sdp3
                 1010 TU answer 1 sdp4
                 1010 -> 200 INVITE sdp4
                 1100 <- ACK 5;b1
                 1100 TU Confirmed 1
                 2000 TU hangup 1
                 2000 -> BYE 2 sip:moved@127.0.0.2
                 2000 TU Ended 1 200
                """);
    }

    //= rfc3261#8.2-2 a change that we refuse changes nothing, the remote target neither
    @Test void we_refuse_a_change() {
        var flow = play(ESTABLISHED + """
                 1000 <- INVITE 5;b1 Contact=<sip:moved@127.0.0.2> sdp3
                 1000 TU ChangeOffered 1 sdp3
                 1010 TU refuse 1 488 warning
                 1010 -> 488 INVITE
                 2000 TU hangup 1
                 2000 -> BYE 2 sip:b1@127.0.0.2
                 2000 TU Ended 1 200
                """);
        //= rfc3261#14.2-5 with a Warning
        assertThat(flow.answer("INVITE").need("Warning")).startsWith("305 ");
    }

    //= rfc3261#14.2-7 there is no 180 (Ringing) for a re-INVITE
    //= rfc3261#14.2-6 no ACK for the 2xx of a re-INVITE: BYE
    @Test void the_peer_does_not_acknowledge_its_change() {
        play(ESTABLISHED + """
                 1000 <- INVITE 5;b1 sdp3
                 1000 TU ChangeOffered 1 sdp3
                 1000 TU ring 1
                 1000 TU answer 1 sdp4
                 1000 -> 200 INVITE sdp4
                 1500 -> 200 INVITE sdp4
                 2500 -> 200 INVITE sdp4
                 4500 -> 200 INVITE sdp4
                 8500 -> 200 INVITE sdp4
                12500 -> 200 INVITE sdp4
                16500 -> 200 INVITE sdp4
                20500 -> 200 INVITE sdp4
                24500 -> 200 INVITE sdp4
                28500 -> 200 INVITE sdp4
                32500 -> 200 INVITE sdp4
                33000 -> BYE 2 sip:bob@127.0.0.2
                33000 TU Ended 1 408
                """);
    }

    //= rfc3261#14.2-1 a second INVITE before the first is answered: 500 with Retry-After
    //= rfc3261#21.5.1-2 Retry-After in a 500 says when
    @Test void the_peer_is_impatient() {
        play(ESTABLISHED + """
                 1000 <- INVITE 5;b1 sdp3
                 1000 TU ChangeOffered 1 sdp3
                 1010 <- INVITE 6;b1 sdp4
                 1010 -> 500 INVITE Retry-After=5
                """);
    }

    //= rfc3261#14.1-6 our INVITE waits until theirs is acknowledged
    @Test void our_change_waits_for_theirs() {
        play(ESTABLISHED + """
                 1000 <- INVITE 5;b1 sdp3
                 1000 TU ChangeOffered 1 sdp3
                 1010 TU change 1 sdp8
                 1020 TU answer 1 sdp4
                 1020 -> 200 INVITE sdp4
                 1100 <- ACK 5;b1
                 1100 TU Confirmed 1
                 1100 -> INVITE 2 sip:bob@127.0.0.2 sdp8
                """);
    }

    /// S10: the ancestor threw an exception.
    //= rfc3261#12.2.2-4,5 a number lower than the last: 500; a number much higher is no error
    //= rfc3261#15.1.2-2 a BYE is no exception
    @Test void requests_out_of_order_are_refused() {
        play(ESTABLISHED + """
                 1000 <- OPTIONS 50;b1
                 1000 -> 200 OPTIONS Accept-Encoding=identity
                 1010 <- BYE 49;b1
                 1010 -> 500 BYE
                 1020 <- MESSAGE 90;b1
                 1020 TU Asked MESSAGE in call
                 1020 -> 200 MESSAGE
                 1030 <- BYE 91;b1
                 1030 -> 200 BYE
                 1030 TU Ended 1 200
                """);
    }

    @Test void a_stranger_may_not_hang_up() {
        play(ESTABLISHED + """
                 1000 <- BYE 5;b2
                 1000 -> 481 BYE
                """);
    }
}
