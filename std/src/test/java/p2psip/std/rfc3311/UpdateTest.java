package p2psip.std.rfc3311;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3262.Reliability;

/// Sessions that change before the call is taken, and after.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3311#section-5 RFC 3311 §5
class UpdateTest {
    private static final CallRules RULES =
            new CallRules(Reliability.SUPPORTED, true, Optional.empty());

    private static final String CALLED = """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                """;

    /// The peer has answered early, and takes UPDATE.
    private static final String EARLY = CALLED + """
                  100 b1    -> alice 183 Require=100rel RSeq=5 Allow=INVITE,UPDATE sdp2
                  100 alice -> b1    PRACK 2 sip:b1@127.0.0.2 RAck=51INVITE
                  100 alice -> TU    Progress 1 183 b1 sdp2
                  110 b1    -> alice 200 PRACK
                """;

    private static final String TAKEN = CALLED + """
                  100 b1    -> alice 200 Allow=INVITE,UPDATE sdp2
                  100 alice -> b1    ACK 1 sip:b1@127.0.0.2
                  100 alice -> TU    Answered 1 sdp2
                """;

    private static final String RUNG = """
                    0 bob   -> alice INVITE 7 Supported=100rel Allow=UPDATE sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice ring -1 sdp2
                   10 alice -> bob   180 Require=100rel RSeq=1 sdp2
                  100 bob   -> alice PRACK 8 RAck=1_7_INVITE
                  100 alice -> bob   200 PRACK
                """;

    // Ours

    //= rfc3311#5.1¶5 the first offer was answered reliably: another may be made
    //= rfc3311#5.1-1 in an early dialog, by the caller
    //= rfc3311#4¶4 where the peer allows it
    @Test void the_caller_changes_the_early_session() {
        var flow = play(RULES, EARLY + """
                  200 TU    -> alice update 1 sdp3
                  200 alice -> b1    UPDATE 3 sip:b1@127.0.0.2 sdp3
                  300 b1    -> alice 200 UPDATE Contact=<sip:moved@127.0.0.2> sdp4
                  300 alice -> TU    Changed 1 sdp4
                 2000 b1    -> alice 200
                 2000 alice -> b1    ACK 1 sip:b1@127.0.0.2
                 2000 alice -> TU    Answered 1 sdp2
                """);
        //= rfc3311#4-1 the INVITE says that we take it
        assertThat(flow.sent("INVITE").list("Allow")).contains("UPDATE");
        //= rfc3311#5.1¶3 UPDATE says where we are, as any target refresh request
        assertThat(flow.sent("UPDATE").list("Contact"))
                .containsExactly("<sip:alice@127.0.0.1:5060>");
    }

    //= rfc3311#5.1¶9 by the callee, once the PRACK for the answer has come
    //= rfc3311#5.1¶3 the remote target is where he is now
    //= rfc3261#12.1.1-9 which is the Contact of the INVITE
    @Test void the_callee_changes_the_early_session() {
        var flow = play(RULES, """
                    0 bob   -> alice INVITE 7 Supported=100rel Allow=UPDATE sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    5 TU    -> alice update -1 sdp3
                   10 TU    -> alice ring -1 sdp2
                   10 alice -> bob   180 Require=100rel RSeq=1 sdp2
                  100 bob   -> alice PRACK 8 RAck=1_7_INVITE
                  100 alice -> bob   200 PRACK
                  100 alice -> bob   UPDATE 1 sip:bob@127.0.0.2 sdp3
                  150 TU    -> alice answer -1 sdp9
                  200 bob   -> alice 200 UPDATE sdp4
                  200 alice -> TU    Changed -1 sdp4
                  200 alice -> bob   200
                  300 bob   -> alice ACK 7
                  300 alice -> TU    Confirmed -1
                """);
        //= rfc3311#4-2 the reliable response says that we take it
        assertThat(flow.answers("INVITE").getFirst().list("Allow")).contains("UPDATE");
        //= rfc3311#4-3 and the 2xx response lists UPDATE in Allow
        assertThat(flow.answer("INVITE").list("Allow")).contains("UPDATE");
        //= rfc3311#5.1-4 we are where the UPDATE has said
        assertThat(flow.answer("INVITE").need("Contact"))
                .isEqualTo(flow.sent("UPDATE").need("Contact"));
    }

    //= rfc3311#5.1¶6 the offer was in the response and its answer in the PRACK
    @Test void after_an_early_offer_of_the_callee() {
        play(RULES, """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com
                   50 TU    -> alice update 1 sdp3
                  100 b1    -> alice 183 Require=100rel RSeq=5 Allow=UPDATE sdp1
                  100 alice -> TU    Progress 1 183 b1 sdp1
                  110 TU    -> alice acknowledge 1 sdp2
                  110 alice -> b1    PRACK 2 sip:b1@127.0.0.2 RAck=51INVITE sdp2
                  200 b1    -> alice 200 PRACK
                  200 alice -> b1    UPDATE 3 sip:b1@127.0.0.2 sdp3
                """);
    }

    //= rfc3311#5.1¶10 likewise at the callee
    @Test void after_an_early_offer_of_ours() {
        play(RULES, """
                    0 bob   -> alice INVITE 7 Supported=100rel Allow=UPDATE
                    0 alice -> TU    Incoming -1
                    5 TU    -> alice update -1 sdp3
                   10 TU    -> alice ring -1 sdp1
                   10 alice -> bob   180 Require=100rel RSeq=1 sdp1
                  100 bob   -> alice PRACK 8 RAck=1_7_INVITE sdp2
                  100 alice -> bob   200 PRACK
                  100 alice -> TU    Changed -1 sdp2
                  100 alice -> bob   UPDATE 1 sip:bob@127.0.0.2 sdp3
                """);
    }

    //= rfc3311#5.1¶7 once the call is taken, as long as no offer is open
    //= rfc3311#5.1-2 though changes are re-INVITEs, unless the program wants it otherwise
    @Test void after_the_call_was_taken() {
        play(RULES, TAKEN + """
                  200 TU    -> alice change 1 sdp3
                  200 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                  210 TU    -> alice update 1 sdp5
                  300 b1    -> alice 200 sdp4
                  300 alice -> b1    ACK 2 sip:b1@127.0.0.2
                  300 alice -> TU    Changed 1 sdp4
                  300 alice -> b1    UPDATE 3 sip:b1@127.0.0.2 sdp5
                  310 TU    -> alice change 1 sdp7
                  400 b1    -> alice 200 UPDATE Contact=<sip:moved@127.0.0.2> sdp6
                  400 alice -> TU    Changed 1 sdp6
                  400 alice -> b1    INVITE 4 sip:moved@127.0.0.2 sdp7
                """);
    }

    //= rfc3311#4¶4 nobody who does not allow it gets one: a re-INVITE instead
    @Test void the_peer_takes_no_update() {
        play(RULES, TAKEN.replace("Allow=INVITE,UPDATE", "Allow=INVITE") + """
                  200 TU    -> alice update 1 sdp3
                  200 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                """);
        play(RULES, EARLY.replace("Allow=INVITE,UPDATE", "") + """
                  200 TU    -> alice update 1 sdp3
                  200 alice -> TU    NotChanged 1 405
                """);
    }

    /// Said before it was known what the peer takes; and by one who takes none himself.
    @Test void a_re_invite_instead() {
        play(RULES, CALLED + """
                   50 TU    -> alice update 1 sdp3
                  100 b1    -> alice 200 Allow=INVITE sdp2
                  100 alice -> b1    ACK 1 sip:b1@127.0.0.2
                  100 alice -> TU    Answered 1 sdp2
                  100 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                """);
        play(CallRules.PLAIN, TAKEN + """
                  200 TU    -> alice update 1 sdp3
                  200 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                """);
    }

    //= rfc3311#5.3-1 a refusal leaves the session as it was
    @Test void refused() {
        play(RULES, TAKEN + """
                  200 TU    -> alice update 1 sdp3
                  200 alice -> b1    UPDATE 2 sip:b1@127.0.0.2 sdp3
                  300 b1    -> alice 488 UPDATE
                  300 alice -> TU    NotChanged 1 488
                  400 TU    -> alice update 1 sdp5
                  400 alice -> b1    UPDATE 3 sip:b1@127.0.0.2 sdp5
                  500 b1    -> alice 481 UPDATE
                  500 alice -> b1    BYE 4 sip:b1@127.0.0.2
                  500 alice -> TU    Ended 1 481
                """);
    }

    //= rfc3311#5.3-2 a 491 means to wait
    //= rfc3311#5.3¶4 2.1 to 4 seconds for whoever has called
    //= rfc3311#5.3-3 and then to try once more
    @Test void both_at_once() {
        play(RULES, TAKEN + """
                  200 TU    -> alice update 1 sdp3
                  200 alice -> b1    UPDATE 2 sip:b1@127.0.0.2 sdp3
                  210 b1    -> alice UPDATE 5 sdp9
                  210 alice -> b1    491 UPDATE
                  300 b1    -> alice 491 UPDATE
                 2950 alice -> b1    UPDATE 3 sip:b1@127.0.0.2 sdp3
                 3000 b1    -> alice 200 UPDATE sdp4
                 3000 alice -> TU    Changed 1 sdp4
                """);
        play(RULES, TAKEN + """
                  200 TU    -> alice update 1 sdp3
                  200 alice -> b1    UPDATE 2 sip:b1@127.0.0.2 sdp3
                  300 b1    -> alice 491 UPDATE
                  310 TU    -> alice hangup 1
                  310 alice -> b1    BYE 3 sip:b1@127.0.0.2
                  310 alice -> TU    Ended 1 200
                """);
    }

    //= rfc3311#5.3¶5 less than 2 seconds for whoever was called
    @Test void both_at_once_at_the_callee() {
        play(RULES, RUNG + """
                  200 TU    -> alice update -1 sdp3
                  200 alice -> bob   UPDATE 1 sip:bob@127.0.0.2 sdp3
                  300 bob   -> alice 491 UPDATE
                 1620 alice -> bob   UPDATE 2 sip:bob@127.0.0.2 sdp3
                 2400 bob   -> alice 200 UPDATE sdp4
                 2400 alice -> TU    Changed -1 sdp4
                """);
    }

    // Theirs

    //= rfc3311#5.2-5 the answer is in the 200
    //= rfc3311#5.2-4 for a description that has changed, which the program finds out
    //= rfc3311#5.1¶3 and the target is what the UPDATE says
    @Test void the_peer_changes_the_session() {
        var flow = play(RULES, TAKEN + """
                  200 b1    -> alice UPDATE 5 Contact=<sip:moved@127.0.0.2> sdp3
                  200 alice -> TU    ChangeOffered 1 sdp3
                  210 TU    -> alice answer 1 sdp4
                  210 alice -> b1    200 UPDATE sdp4
                  300 TU    -> alice hangup 1
                  300 alice -> b1    BYE 2 sip:moved@127.0.0.2
                  300 alice -> TU    Ended 1 200
                """);
        assertThat(flow.answer("UPDATE").list("Contact"))
                .containsExactly("<sip:alice@127.0.0.1:5060>");
    }

    @Test void the_peer_changes_the_session_before_the_call_is_taken() {
        play(RULES, EARLY + """
                  200 b1    -> alice UPDATE 5 sdp3
                  200 alice -> TU    ChangeOffered 1 sdp3
                  210 TU    -> alice answer 1 sdp4
                  210 alice -> b1    200 UPDATE sdp4
                """);
        play(RULES, RUNG + """
                  200 bob   -> alice UPDATE 9 sdp3
                  200 alice -> TU    ChangeOffered -1 sdp3
                  210 TU    -> alice answer -1 sdp4
                  210 alice -> bob   200 UPDATE sdp4
                  300 TU    -> alice answer -1 sdp9
                  300 alice -> bob   200
                """);
    }

    //= rfc3311#5.2¶1 the target is moved, and nothing else, where there is no offer
    @Test void nothing_but_the_target() {
        play(RULES, TAKEN + """
                  200 b1    -> alice UPDATE 5 Contact=<sip:moved@127.0.0.2>
                  200 alice -> b1    200 UPDATE
                  300 TU    -> alice hangup 1
                  300 alice -> b1    BYE 2 sip:moved@127.0.0.2
                  300 alice -> TU    Ended 1 200
                """);
    }

    //= rfc3311#5.2-1 the last one is not answered yet: 500, and when to try again
    //= rfc3311#5.2-6 UPDATE is responded to promptly: nobody waits for long
    //= rfc3311#5.2-7 who would have to ask somebody first answers 504
    @Test void impatient_and_patient() {
        var flow = play(RULES, TAKEN + """
                  200 b1    -> alice UPDATE 5 sdp3
                  200 alice -> TU    ChangeOffered 1 sdp3
                  300 b1    -> alice UPDATE 6
                  300 alice -> b1    500 UPDATE Retry-After=5
                10200 alice -> b1    504 UPDATE
                10300 TU    -> alice answer 1 sdp4
                11000 b1    -> alice UPDATE 7 sdp3
                11000 alice -> TU    ChangeOffered 1 sdp3
                11010 TU    -> alice answer 1 sdp4
                11010 alice -> b1    200 UPDATE sdp4
                """);
        assertThat(Integer.parseInt(flow.answers("UPDATE").getFirst().need("Retry-After")))
                .isBetween(0, 10);
    }

    //= rfc3311#5.2-2 our offer is not answered yet: 491
    @Test void an_offer_that_meets_ours() {
        for (var early : List.of("", """
                  100 b1    -> alice 183 sdp2
                  100 alice -> TU    Progress 1 183 b1 sdp2
                """)) play(RULES, CALLED + early + """
                  110 b1    -> alice 180
                  110 alice -> TU    Progress 1 180 b1
                  200 b1    -> alice UPDATE 5 sdp9
                  200 alice -> b1    491 UPDATE
                """);
        play(RULES, TAKEN + """
                  200 TU    -> alice change 1 sdp3
                  200 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                  210 b1    -> alice UPDATE 5 sdp9
                  210 alice -> b1    491 UPDATE
                """);
    }

    //= rfc3311#5.2-3 the peer's last offer is not answered yet: 500
    @Test void an_offer_that_comes_after_another() {
        play(RULES, """
                    0 bob   -> alice INVITE 7 Require=100rel sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice ring -1
                   10 alice -> bob   180 Require=100rel RSeq=1
                   20 bob   -> alice UPDATE 8 sdp2
                   20 alice -> bob   500 UPDATE Retry-After=9
                """);
        play(RULES, TAKEN + """
                  200 b1    -> alice INVITE 5 sdp3
                  200 alice -> TU    ChangeOffered 1 sdp3
                  210 b1    -> alice UPDATE 6 sdp4
                  210 alice -> b1    500 UPDATE Retry-After=5
                """);
        play(RULES, TAKEN + """
                  200 b1    -> alice UPDATE 5 sdp3
                  200 alice -> TU    ChangeOffered 1 sdp3
                  210 b1    -> alice INVITE 6 sdp4
                  210 alice -> b1    500 Retry-After=5
                """);
        play(RULES, TAKEN + """
                  200 TU    -> alice update 1 sdp3
                  200 alice -> b1    UPDATE 2 sip:b1@127.0.0.2 sdp3
                  210 b1    -> alice INVITE 6 sdp4
                  210 alice -> b1    491
                """);
    }

    //= rfc3311#5.2-8 a refusal has a Warning
    @Test void we_refuse() {
        var flow = play(RULES, TAKEN + """
                  200 b1    -> alice UPDATE 5 Contact=<sip:moved@127.0.0.2> sdp3
                  200 alice -> TU    ChangeOffered 1 sdp3
                  210 TU    -> alice refuse 1 488 warning
                  210 alice -> b1    488 UPDATE
                  300 TU    -> alice hangup 1
                  300 alice -> b1    BYE 2 sip:b1@127.0.0.2
                  300 alice -> TU    Ended 1 200
                """);
        assertThat(flow.answer("UPDATE").need("Warning")).startsWith("305 ");
    }

    @Test void hung_up_before_it_was_answered() {
        play(RULES, TAKEN + """
                  200 b1    -> alice UPDATE 5 sdp3
                  200 alice -> TU    ChangeOffered 1 sdp3
                  210 b1    -> alice BYE 6
                  210 alice -> b1    200 BYE
                  210 alice -> TU    Ended 1 200
                  210 alice -> b1    487 UPDATE
                """);
    }

    @Test void who_does_not_know_it() {
        var flow = play(CallRules.PLAIN, TAKEN + """
                  200 b1    -> alice UPDATE 5 sdp3
                  200 alice -> b1    501 UPDATE
                """);
        assertThat(flow.sent("INVITE").list("Allow")).doesNotContain("UPDATE", "PRACK");
    }

    @Test void nowhere() {
        play(RULES, """
                    0 bob   -> alice UPDATE 5 sdp3
                    0 alice -> bob   481 UPDATE
                """);
    }
}
