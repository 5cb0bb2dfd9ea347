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
                 1000 TU    -> alice change 1 sdp3
                 1000 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                 1100 b1    -> alice 200 Contact=<sip:elsewhere@127.0.0.2> sdp4
                 1100 alice -> b1    ACK 2 sip:elsewhere@127.0.0.2
                 1100 alice -> TU    Changed 1 sdp4
                 2000 TU    -> alice hangup 1
                 2000 alice -> b1    BYE 3 sip:elsewhere@127.0.0.2
                 2000 alice -> TU    Ended 1 200
                """);
    }

    //= rfc3261#14.1-5 a second change waits until the first is answered
    //= rfc3261#13.2.1-14 and then there is another offer
    @Test void one_change_at_a_time() {
        play(ESTABLISHED + """
                 1000 TU    -> alice change 1 sdp3
                 1000 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                 1010 TU    -> alice change 1 sdp5
                 1100 b1    -> alice 200 sdp4
                 1100 alice -> b1    ACK 2 sip:b1@127.0.0.2
                 1100 alice -> TU    Changed 1 sdp4
                 1100 alice -> b1    INVITE 3 sip:b1@127.0.0.2 sdp5
                """);
    }

    //= rfc3261#14.1-1 a change without a description: the peer makes the offer
    //= rfc3261#14.2-12 if it is not acceptable its answer is valid all the same, then comes BYE
    @Test void a_change_that_the_peer_describes() {
        play(ESTABLISHED + """
                 1000 TU    -> alice change 1
                 1000 alice -> b1    INVITE 2 sip:b1@127.0.0.2
                 1100 b1    -> alice 200 sdp4
                 1100 alice -> TU    Changed 1 sdp4
                 1110 TU    -> alice acknowledge 1 sdp5
                 1110 alice -> b1    ACK 2 sip:b1@127.0.0.2 sdp5
                 1110 TU    -> alice hangup 1
                 1110 alice -> b1    BYE 3 sip:b1@127.0.0.2
                 1110 alice -> TU    Ended 1 200
                """);
    }

    //= rfc3261#14.1-7 while an INVITE is in progress another transaction may begin: BYE
    @Test void hung_up_during_a_change() {
        play(ESTABLISHED + """
                 1000 TU    -> alice change 1 sdp3
                 1000 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                 1010 TU    -> alice hangup 1
                 1010 alice -> b1    BYE 3 sip:b1@127.0.0.2
                 1010 alice -> TU    Ended 1 200
                 1100 b1    -> alice 200 BYE
                 1100 b1    -> alice 487
                """);
    }

    //= rfc3261#14.1-9 a change that is refused leaves the session as it was: open to the next
    @Test void a_change_is_refused() {
        play(ESTABLISHED + """
                 1000 TU    -> alice change 1 sdp3
                 1000 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                 1100 b1    -> alice 488
                 1100 alice -> TU    NotChanged 1 488
                 1500 b1    -> alice INVITE 5 sdp4
                 1500 alice -> TU    ChangeOffered 1 sdp4
                 1500 TU    -> alice answer 1 sdp2
                 1500 alice -> b1    200 sdp2
                 1600 b1    -> alice ACK 5
                 1600 alice -> TU    Confirmed 1
                 2000 TU    -> alice hangup 1
                 2000 alice -> b1    BYE 3 sip:bob@127.0.0.2
                 2000 alice -> TU    Ended 1 200
                """);
    }

    //= rfc3261#14.2-2 an INVITE that meets ours gets 491
    //= rfc3261#14.1-10 after a 491 the owner of the Call-ID waits for 2.1 to 4 s
    //= rfc3261#14.1-11 and then tries once more
    @Test void both_change_the_session_at_once() {
        play(ESTABLISHED + """
                 1000 TU    -> alice change 1 sdp3
                 1000 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                 1050 b1    -> alice INVITE 5 sdp9
                 1050 alice -> b1    491
                 1100 b1    -> alice 491
                 3750 alice -> b1    INVITE 3 sip:b1@127.0.0.2 sdp3
                 4900 b1    -> alice 200 sdp4
                 4900 alice -> b1    ACK 3 sip:b1@127.0.0.2
                 4900 alice -> TU    Changed 1 sdp4
                """);
    }

    //= rfc3261#12.2.1.2-2 a 481 within the dialog ends it
    @Test void the_peer_has_forgotten_the_call() {
        play(ESTABLISHED + """
                 1000 TU    -> alice change 1 sdp3
                 1000 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                 1100 b1    -> alice 481
                 1100 alice -> b1    BYE 3 sip:b1@127.0.0.2
                 1100 alice -> TU    Ended 1 481
                """);
    }

    //= rfc3261#12.2.1.2-3 no response at all ends the dialog, too
    @Test void the_peer_does_not_answer_any_more() {
        play(ESTABLISHED + """
                 1000 TU    -> alice change 1 sdp3
                 1000 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                33000 bob    ! TIMEOUT
                33000 alice -> b1    BYE 3 sip:b1@127.0.0.2
                33000 alice -> TU    Ended 1 408
                65000 bob    ! TIMEOUT BYE
                """);
    }

    //= rfc3261#8.2-1 what it changes is changed once it is accepted
    //= rfc3261#12.2.2-7 the Contact of an INVITE within the dialog is the new remote target
    @Test void the_peer_changes_the_session() {
        play(ESTABLISHED + """
                 1000 b1    -> alice INVITE 5 Contact=<sip:moved@127.0.0.2> sdp3
                 1000 alice -> TU    ChangeOffered 1 sdp3
                 1010 TU    -> alice answer 1 sdp4
                 1010 alice -> b1    200 sdp4
                 1100 b1    -> alice ACK 5
                 1100 alice -> TU    Confirmed 1
                 2000 TU    -> alice hangup 1
                 2000 alice -> b1    BYE 2 sip:moved@127.0.0.2
                 2000 alice -> TU    Ended 1 200
                """);
    }

    //= rfc3261#8.2-2 a change that we refuse changes nothing, the remote target neither
    @Test void we_refuse_a_change() {
        var flow = play(ESTABLISHED + """
                 1000 b1    -> alice INVITE 5 Contact=<sip:moved@127.0.0.2> sdp3
                 1000 alice -> TU    ChangeOffered 1 sdp3
                 1010 TU    -> alice refuse 1 488 warning
                 1010 alice -> b1    488
                 2000 TU    -> alice hangup 1
                 2000 alice -> b1    BYE 2 sip:b1@127.0.0.2
                 2000 alice -> TU    Ended 1 200
                """);
        //= rfc3261#14.2-5 with a Warning
        assertThat(flow.answer("INVITE").need("Warning")).startsWith("305 ");
    }

    //= rfc3261#14.2-7 there is no 180 (Ringing) for a re-INVITE
    //= rfc3261#14.2-6 no ACK for the 2xx of a re-INVITE: BYE
    @Test void the_peer_does_not_acknowledge_its_change() {
        play(ESTABLISHED + """
                 1000 b1    -> alice INVITE 5 sdp3
                 1000 alice -> TU    ChangeOffered 1 sdp3
                 1000 TU    -> alice ring 1
                 1000 TU    -> alice answer 1 sdp4
                 1000 alice -> b1    200 sdp4
                 1500 alice -> b1    200 sdp4
                 2500 alice -> b1    200 sdp4
                 4500 alice -> b1    200 sdp4
                 8500 alice -> b1    200 sdp4
                12500 alice -> b1    200 sdp4
                16500 alice -> b1    200 sdp4
                20500 alice -> b1    200 sdp4
                24500 alice -> b1    200 sdp4
                28500 alice -> b1    200 sdp4
                32500 alice -> b1    200 sdp4
                33000 alice -> b1    BYE 2 sip:bob@127.0.0.2
                33000 alice -> TU    Ended 1 408
                """);
    }

    //= rfc3261#14.2-1 a second INVITE before the first is answered: 500 with Retry-After
    //= rfc3261#21.5.1-2 Retry-After in a 500 says when
    @Test void the_peer_is_impatient() {
        play(ESTABLISHED + """
                 1000 b1    -> alice INVITE 5 sdp3
                 1000 alice -> TU    ChangeOffered 1 sdp3
                 1010 b1    -> alice INVITE 6 sdp4
                 1010 alice -> b1    500 Retry-After=5
                """);
    }

    //= rfc3261#14.1-6 our INVITE waits until theirs is acknowledged
    @Test void our_change_waits_for_theirs() {
        play(ESTABLISHED + """
                 1000 b1    -> alice INVITE 5 sdp3
                 1000 alice -> TU    ChangeOffered 1 sdp3
                 1010 TU    -> alice change 1 sdp8
                 1020 TU    -> alice answer 1 sdp4
                 1020 alice -> b1    200 sdp4
                 1100 b1    -> alice ACK 5
                 1100 alice -> TU    Confirmed 1
                 1100 alice -> b1    INVITE 2 sip:bob@127.0.0.2 sdp8
                """);
    }

    /// S10: the ancestor threw an exception.
    //= rfc3261#12.2.2-4,5 a number lower than the last: 500; a number much higher is no error
    //= rfc3261#15.1.2-2 a BYE is no exception
    @Test void requests_out_of_order_are_refused() {
        play(ESTABLISHED + """
                 1000 b1    -> alice OPTIONS 50
                 1000 alice -> b1    200 OPTIONS Accept-Encoding=identity
                 1010 b1    -> alice BYE 49
                 1010 alice -> b1    500 BYE
                 1020 b1    -> alice MESSAGE 90
                 1020 alice -> TU    Asked MESSAGE in call
                 1020 alice -> b1    200 MESSAGE
                 1030 b1    -> alice BYE 91
                 1030 alice -> b1    200 BYE
                 1030 alice -> TU    Ended 1 200
                """);
    }

    @Test void a_stranger_may_not_hang_up() {
        play(ESTABLISHED + """
                 1000 b2    -> alice BYE 5
                 1000 alice -> b2    481 BYE
                """);
    }
}
