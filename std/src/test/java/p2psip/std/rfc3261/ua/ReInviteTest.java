package p2psip.std.rfc3261.ua;

import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3262.Reliability;

/// RFC 6141: what stays of a re-INVITE that fails, and where the peer is after it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6141#section-3 RFC 6141 §3
class ReInviteTest {
    private static final CallRules RULES =
            new CallRules(Reliability.SUPPORTED, true, Optional.empty());

    private static final String TAKEN = """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 200 Allow=INVITE,UPDATE sdp2
                  100 alice -> b1    ACK 1 sip:b1@127.0.0.2
                  100 alice -> TU    Answered 1 sdp2
                """;

    //= rfc6141#3.4-1 changed by a reliable response, then refused: both are told once more
    @Test void a_change_is_refused_after_it_was_made() {
        play(RULES, TAKEN + """
                  200 TU    -> alice change 1 sdp3
                  200 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                  300 b1    -> alice 183 Require=100rel RSeq=5 sdp4
                  300 alice -> b1    PRACK 3 sip:b1@127.0.0.2 RAck=52INVITE
                  300 alice -> TU    Changed 1 sdp4
                  400 b1    -> alice 488
                  400 alice -> b1    INVITE 4 sip:b1@127.0.0.2 sdp3
                  500 b1    -> alice 200 sdp4
                  500 alice -> b1    ACK 4 sip:b1@127.0.0.2
                  500 alice -> TU    Changed 1 sdp4
                """);
    }

    //= rfc6141#3.3-1 a re-INVITE within which the session has changed is not refused: 2xx
    @Test void a_change_within_a_change() {
        for (var no : List.of("TU    -> alice refuse 1 488", "b1    -> alice CANCEL 5")) {
            play(RULES, TAKEN + """
                  200 b1    -> alice INVITE 5
                  200 alice -> TU    ChangeOffered 1
                  210 b1    -> alice UPDATE 6 sdp5
                  210 alice -> TU    ChangeOffered 1 sdp5
                  220 TU    -> alice answer 1 sdp6
                  220 alice -> b1    200 UPDATE sdp6
                  230 %s
                %s  230 alice -> b1    200 sdp6
                  300 b1    -> alice ACK 5 sdp7
                  300 alice -> TU    Confirmed 1 sdp7
                """.formatted(no, no.contains("CANCEL") ? """
                  230 alice -> b1    200 CANCEL
                """ : ""));
        }
    }

    //= rfc6141#5.3-2 that the ACK to a refusal does not arrive ends nothing
    @Test void the_ack_to_a_refusal_is_lost() {
        play(RULES, TAKEN + """
                  200 TU    -> alice change 1 sdp3
                  200 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                  300 b1    -> alice 488 Contact=<sip:moved@127.0.0.2>
                  300 alice -> TU    NotChanged 1 488
                  310 bob    ! TRANSPORT INVITE
                  320 bob    ! TIMEOUT INVITE
                  400 TU    -> alice hangup 1
                  400 alice -> b1    BYE 3 sip:b1@127.0.0.2
                  400 alice -> TU    Ended 1 200
                """);
    }

    //= rfc6141#4.7-1 a reliable provisional response moves the target
    //= rfc6141#4.7-2 an unreliable response does not
    @Test void a_response_moves_the_target() {
        play(RULES, TAKEN + """
                  200 TU    -> alice change 1 sdp3
                  200 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                  250 b1    -> alice 183 Contact=<sip:no@127.0.0.2>
                  300 b1    -> alice 183 Require=100rel RSeq=5 Contact=<sip:moved@127.0.0.2> sdp4
                  300 alice -> b1    PRACK 3 sip:moved@127.0.0.2 RAck=52INVITE
                  300 alice -> TU    Changed 1 sdp4
                  400 TU    -> alice hangup 1
                  400 alice -> b1    CANCEL 2 sip:b1@127.0.0.2
                  400 alice -> b1    BYE 4 sip:moved@127.0.0.2
                  400 alice -> TU    Ended 1 200
                """);
    }

    //= rfc6141#4.7-2 an unreliable one leaves the target where it was
    @Test void a_response_that_moves_nothing() {
        play(RULES, TAKEN + """
                  200 TU    -> alice change 1 sdp3
                  200 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                  250 b1    -> alice 183 Contact=<sip:no@127.0.0.2>
                  400 TU    -> alice hangup 1
                  400 alice -> b1    CANCEL 2 sip:b1@127.0.0.2
                  400 alice -> b1    BYE 3 sip:b1@127.0.0.2
                  400 alice -> TU    Ended 1 200
                """);
    }

    //= rfc6141#4.9¶1 so it is in an early dialog
    @Test void a_response_moves_the_target_of_an_early_dialog() {
        play(RULES, """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 180
                  100 alice -> TU    Progress 1 180 b1
                  110 b1    -> alice 180 Contact=<sip:no@127.0.0.2>
                  110 alice -> TU    Progress 1 180 b1
                  120 b1    -> alice 183 Require=100rel RSeq=5
                  120 alice -> b1    PRACK 2 sip:b1@127.0.0.2 RAck=51INVITE
                  120 alice -> TU    Progress 1 183 b1
                  130 b1    -> alice 183 Require=100rel RSeq=6 Contact=<sip:moved@127.0.0.2>
                  130 alice -> b1    PRACK 3 sip:moved@127.0.0.2 RAck=61INVITE
                  130 alice -> TU    Progress 1 183 b1
                """);
    }

    //= rfc6141#4.6-3 the 2xx to a request moves the target to what that has said
    //= rfc6141#4.6-4 an error response does not move the target
    @Test void a_request_moves_the_target() {
        play(RULES, TAKEN + """
                  200 b1    -> alice INVITE 5 Contact=<sip:no@127.0.0.2> sdp3
                  200 alice -> TU    ChangeOffered 1 sdp3
                  210 TU    -> alice refuse 1 488
                  210 alice -> b1    488
                  300 b1    -> alice UPDATE 6 Contact=<sip:moved@127.0.0.2>
                  300 alice -> b1    200 UPDATE
                  400 TU    -> alice hangup 1
                  400 alice -> b1    BYE 2 sip:moved@127.0.0.2
                  400 alice -> TU    Ended 1 200
                """);
    }

    //= rfc6141#5.4-1 no ACK, but another re-INVITE: the call goes on
    @Test void a_peer_that_has_moved_and_lost_the_200() {
        play(RULES, TAKEN + """
                  200 b1    -> alice INVITE 5 sdp3
                  200 alice -> TU    ChangeOffered 1 sdp3
                  210 TU    -> alice answer 1 sdp4
                  210 alice -> b1    200 sdp4
                  710 alice -> b1    200 sdp4
                 1000 b1    -> alice INVITE 6 sdp5
                 1000 alice -> TU    ChangeOffered 1 sdp5
                 1010 TU    -> alice answer 1 sdp6
                 1010 alice -> b1    200 sdp6
                 1100 b1    -> alice ACK 6
                 1100 alice -> TU    Confirmed 1
                40000 TU    -> alice hangup 1
                40000 alice -> b1    BYE 2 sip:bob@127.0.0.2
                40000 alice -> TU    Ended 1 200
                """);
    }
}
