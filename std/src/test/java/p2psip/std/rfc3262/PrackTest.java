package p2psip.std.rfc3262;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.ua.*;

/// Provisional responses that are acknowledged, at the one who calls and at the one who is called.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3262#section-3 RFC 3262 §3
/// @spec https://www.rfc-editor.org/rfc/rfc3262#section-4 RFC 3262 §4
class PrackTest {
    private static final CallRules SUPPORTED =
            new CallRules(Reliability.SUPPORTED, false, Optional.empty());
    private static final CallRules REQUIRED =
            new CallRules(Reliability.REQUIRED, false, Optional.empty());

    // Who is called

    private static final String RUNG = """
                    0 bob   -> alice INVITE 7 Require=100rel sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice ring -1
                   10 alice -> bob   180 Require=100rel RSeq=1
                """;

    //= rfc3261#8.2.4-6 a response to which an extension is applied lists it in Require
    //= rfc3262#3-10 an INVITE that requires it gets its 180 reliably, with Require and RSeq
    //= rfc3262#3-16 the PRACK that matches gets a 200
    @Test void rung_acknowledged_and_answered() {
        var flow = play(SUPPORTED, RUNG + """
                  100 bob   -> alice PRACK 8 RAck=1_7_INVITE
                  100 alice -> bob   200 PRACK
                 2000 TU    -> alice answer -1 sdp2
                 2000 alice -> bob   200 sdp2
                 2100 bob   -> alice ACK 7
                 2100 alice -> TU    Confirmed -1
                 9000 bob   -> alice BYE 9
                 9000 alice -> bob   200 BYE
                 9000 alice -> TU    Ended -1 200
                """);
        assertThat(flow.agent().legs()).isZero();
        var ringing = flow.answers("INVITE").getFirst();
        //= rfc3262#3-11 a number from 1 to 2**31-1
        assertThat(Long.parseLong(ringing.need("RSeq"))).isBetween(1L, (1L << 31) - 1);
        assertThat(ringing.list("Allow")).contains("PRACK");
    }

    //= rfc3262#3¶10 repeated from T1 on, the gap doubled each time
    //= rfc3262#3¶11 and not capped at T2
    //= rfc3262#3-18 never acknowledged for 64*T1: a 5xx
    @Test void repeated_until_it_is_given_up() {
        var flow = play(SUPPORTED, RUNG + """
                  510 alice -> bob   180 Require=100rel RSeq=1
                 1510 alice -> bob   180 Require=100rel RSeq=1
                 3510 alice -> bob   180 Require=100rel RSeq=1
                 7510 alice -> bob   180 Require=100rel RSeq=1
                15510 alice -> bob   180 Require=100rel RSeq=1
                31510 alice -> bob   180 Require=100rel RSeq=1
                32010 alice -> bob   504
                32010 alice -> TU    Ended -1 504
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    //= rfc3262#3-15 a PRACK that matches nothing gets 481: another number, request, method
    //= rfc3262#7.2¶1 the method with regard to case
    @Test void a_prack_that_matches_nothing() {
        for (var other : List.of("2_7_INVITE", "1_8_INVITE", "1_7_invite", "1_7_OPTIONS"))
            play(SUPPORTED, RUNG + """
                  100 bob   -> alice PRACK 8 RAck=%s
                  100 alice -> bob   481 PRACK
                  510 alice -> bob   180 Require=100rel RSeq=1
                """.formatted(other));
        for (var nonsense : List.of("RAck=moon", "RAck=1_7", ""))
            play(SUPPORTED, RUNG + """
                  100 bob   -> alice PRACK 8 %s
                  100 alice -> bob   400 PRACK
                  510 alice -> bob   180 Require=100rel RSeq=1
                """.formatted(nonsense));
    }

    //= rfc3262#3-15 a PRACK does not match what is acknowledged already, nor a dialog not known
    @Test void a_prack_comes_twice_or_from_nowhere() {
        play(SUPPORTED, RUNG + """
                  100 bob   -> alice PRACK 8 RAck=1_7_INVITE
                  100 alice -> bob   200 PRACK
                  200 bob   -> alice PRACK 9 RAck=1_7_INVITE
                  200 alice -> bob   481 PRACK
                  300 b2    -> alice PRACK 9 RAck=1_7_INVITE
                  300 alice -> b2    481 PRACK
                """);
        play(SUPPORTED, """
                    0 bob   -> alice PRACK 8 RAck=1_7_INVITE
                    0 alice -> bob   481 PRACK
                """);
    }

    //= rfc3262#3-20,21 the second waits until the first is acknowledged
    //= rfc3262#3-17,19 which is off the list then, so that additional responses are sent
    //= rfc3262#3-22 and RSeq is greater by one
    @Test void one_at_a_time() {
        play(SUPPORTED, RUNG + """
                   20 TU    -> alice ring -1
                   30 TU    -> alice ring -1 sdp2
                  100 bob   -> alice PRACK 8 RAck=1_7_INVITE
                  100 alice -> bob   200 PRACK
                  100 alice -> bob   180 Require=100rel RSeq=2
                  200 bob   -> alice PRACK 9 RAck=2_7_INVITE
                  200 alice -> bob   200 PRACK
                  200 alice -> bob   180 Require=100rel RSeq=3 sdp2
                """);
    }

    //= rfc3262#3-5 who does not support it gets no reliable response
    //= rfc3261#8.2.4-1,7 no extension is applied that is not in Supported
    @Test void nothing_is_asked_of_who_cannot_do_it() {
        for (var rules : List.of(SUPPORTED, CallRules.PLAIN)) play(rules, """
                    0 bob   -> alice INVITE 7 Supported=timer sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice ring -1 sdp2
                   10 alice -> bob   180 sdp2
                 2000 TU    -> alice answer -1 sdp3
                 2000 alice -> bob   200 sdp2
                """);
    }

    //= rfc3262#3-3 who cannot do it refuses what requires it, by 420 with Unsupported
    @Test void it_is_required_of_us() {
        play(CallRules.PLAIN, """
                    0 bob   -> alice INVITE 7 Require=100rel sdp1
                    0 alice -> bob   420 Unsupported=100rel
                """);
        play(SUPPORTED, """
                    0 bob   -> alice INVITE 7 Require=100rel sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice ring -1
                   10 alice -> bob   180 Require=100rel RSeq=1
                """);
    }

    //= rfc3262#3-2 who requires it gets no other: none, as long as there is nothing to offer
    //= rfc3262#8.1-1 for all provisional responses have to be reliable
    //= rfc3262#5-2 for the first reliable response has the offer
    @Test void required_and_nothing_was_offered() {
        play(SUPPORTED, """
                    0 bob   -> alice INVITE 7 Require=100rel
                    0 alice -> TU    Incoming -1
                   10 TU    -> alice ring -1
                   20 TU    -> alice ring -1 sdp1
                   20 alice -> bob   180 Require=100rel RSeq=1 sdp1
                  100 bob   -> alice PRACK 8 RAck=1_7_INVITE sdp2
                  100 alice -> bob   200 PRACK
                  100 alice -> TU    Changed -1 sdp2
                  200 TU    -> alice ring -1 sdp3
                  200 alice -> bob   180 Require=100rel RSeq=2
                """);
    }

    @Test void we_require_it_of_who_calls() {
        var flow = play(REQUIRED, """
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> bob   421 Require=100rel
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    //= rfc3262#3-1 where it is supported, what matters is acknowledged: not that it rings
    //= rfc3262#3-9 extending the transaction is done reliably
    //= rfc3262#3-8 every two and a half minutes
    @Test void supported_and_not_needed() {
        play(SUPPORTED, RUNG.replace("Require=100rel sdp1", "Supported=100rel sdp1")
                .replace(" Require=100rel RSeq=1", "") + """
                60010 alice -> bob   180 Require=100rel RSeq=1
                60100 bob   -> alice PRACK 8 RAck=1_7_INVITE
                60100 alice -> bob   200 PRACK
                210010 alice -> bob   180 Require=100rel RSeq=2
                """);
    }

    //= rfc3262#3-8 kept alive by a reliable response every two and a half minutes
    @Test void ringing_for_long() {
        play(SUPPORTED, RUNG + """
                  100 bob   -> alice PRACK 8 RAck=1_7_INVITE
                  100 alice -> bob   200 PRACK
                150010 alice -> bob   180 Require=100rel RSeq=2
                150100 bob   -> alice PRACK 9 RAck=2_7_INVITE
                150100 alice -> bob   200 PRACK
                300010 alice -> bob   180 Require=100rel RSeq=3
                """);
    }

    //= rfc3262#3-24 a 200 does not wait for a PRACK, if the response had no description
    //= rfc3262#3-26 which is repeated no more, though its PRACK is still taken
    //= rfc3262#3-27 and nothing new is sent
    @Test void answered_before_the_prack() {
        play(SUPPORTED, RUNG + """
                   20 TU    -> alice ring -1
                  100 TU    -> alice answer -1 sdp2
                  100 alice -> bob   200 sdp2
                  110 TU    -> alice ring -1
                  300 bob   -> alice ACK 7
                  300 alice -> TU    Confirmed -1
                 1700 bob   -> alice PRACK 8 RAck=1_7_INVITE
                 1700 alice -> bob   200 PRACK
                60000 bob   -> alice BYE 9
                60000 alice -> bob   200 BYE
                60000 alice -> TU    Ended -1 200
                """);
        play(SUPPORTED, RUNG + """
                  100 TU    -> alice refuse -1 486
                  100 alice -> bob   486
                  100 alice -> TU    Ended -1 486
                """);
    }

    //= rfc3262#3-25 a 200 waits for the PRACK, if the response had a description
    //= rfc3262#5-7 until it is acknowledged
    //= rfc3262#5-1 the answer is in the reliable response
    @Test void the_answer_is_known_to_have_arrived() {
        var flow = play(SUPPORTED, """
                    0 bob   -> alice INVITE 7 Supported=100rel sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice ring -1 sdp2
                   10 alice -> bob   180 Require=100rel RSeq=1 sdp2
                   20 TU    -> alice answer -1 sdp3
                  510 alice -> bob   180 Require=100rel RSeq=1 sdp2
                  600 bob   -> alice PRACK 8 RAck=1_7_INVITE
                  600 alice -> bob   200 PRACK
                  600 alice -> bob   200
                  700 bob   -> alice ACK 7
                  700 alice -> TU    Confirmed -1
                """);
        //= rfc3262#3-14 it may have a body
        assertThat(flow.answers("INVITE").getFirst().body().isEmpty()).isFalse();
    }

    @Test void hung_up_while_the_answer_waits() {
        play(SUPPORTED, """
                    0 bob   -> alice INVITE 7 Supported=100rel sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice ring -1 sdp2
                   10 alice -> bob   180 Require=100rel RSeq=1 sdp2
                   20 TU    -> alice answer -1 sdp3
                   30 bob   -> alice CANCEL 7
                   30 alice -> bob   200 CANCEL
                   30 alice -> bob   487
                   30 alice -> TU    Ended -1 487
                   40 bob   -> alice PRACK 8 RAck=1_7_INVITE
                   40 alice -> bob   481 PRACK
                """);
    }

    //= rfc3262#5-2 the first reliable response has the offer
    @Test void the_offer_is_in_the_180_and_the_answer_in_the_prack() {
        play(SUPPORTED, """
                    0 bob   -> alice INVITE 7 Supported=100rel
                    0 alice -> TU    Incoming -1
                   10 TU    -> alice ring -1 sdp1
                   10 alice -> bob   180 Require=100rel RSeq=1 sdp1
                   50 bob   -> alice PRACK 8 RAck=1_7_INVITE
                   50 alice -> bob   400 PRACK
                  100 bob   -> alice PRACK 9 RAck=1_7_INVITE sdp2
                  100 alice -> bob   200 PRACK
                  100 alice -> TU    Changed -1 sdp2
                 2000 TU    -> alice answer -1 sdp3
                 2000 alice -> bob   200
                 2100 bob   -> alice ACK 7
                 2100 alice -> TU    Confirmed -1
                """);
    }

    //= rfc3262#5-5 an offer in the PRACK is answered in its 200
    @Test void another_offer_in_the_prack() {
        var early = """
                    0 bob   -> alice INVITE 7 Supported=100rel sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice ring -1 sdp2
                   10 alice -> bob   180 Require=100rel RSeq=1 sdp2
                  100 bob   -> alice PRACK 8 RAck=1_7_INVITE sdp3
                  100 alice -> TU    ChangeOffered -1 sdp3
                """;
        play(SUPPORTED, early + """
                  110 TU    -> alice answer -1 sdp4
                  110 alice -> bob   200 PRACK sdp4
                  120 TU    -> alice answer -1 sdp5
                  120 alice -> bob   200
                """);
        play(SUPPORTED, early + """
                  110 TU    -> alice refuse -1 488 warning
                  110 alice -> bob   488 PRACK
                  120 TU    -> alice answer -1 sdp5
                  120 alice -> bob   200
                """);
        play(SUPPORTED, RUNG + """
                  100 bob   -> alice PRACK 8 RAck=1_7_INVITE sdp3
                  100 alice -> bob   500 PRACK Retry-After=9
                """);
    }

    // Who calls

    private static final String CALLED = """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                """;

    //= rfc3262#4-6 a reliable response is acknowledged by a PRACK in its dialog
    //= rfc3262#4-9 which is not repeated when the response is
    //= rfc3262#4-8 the PRACK is not sent again though the response is
    @Test void a_reliable_response_is_acknowledged_once() {
        var flow = play(SUPPORTED, CALLED + """
                   50 bob   -> alice 100
                  100 b1    -> alice 180 Require=100rel RSeq=5
                  100 alice -> b1    PRACK 2 sip:b1@127.0.0.2 RAck=51INVITE
                  100 alice -> TU    Progress 1 180 b1
                  600 b1    -> alice 180 Require=100rel RSeq=5
                  700 b1    -> alice 200 PRACK
                 2000 b1    -> alice 200 sdp2
                 2000 alice -> b1    ACK 1 sip:b1@127.0.0.2
                 2000 alice -> TU    Answered 1 sdp2
                 9000 TU    -> alice hangup 1
                 9000 alice -> b1    BYE 3 sip:b1@127.0.0.2
                 9000 alice -> TU    Ended 1 200
                """);
        //= rfc3262#4-2,3 each INVITE says that it is supported
        assertThat(flow.sent("INVITE").list("Supported")).contains("100rel");
        assertThat(flow.sent("INVITE").list("Allow")).contains("PRACK");
        assertThat(flow.sent("PRACK").need("RAck")).isEqualTo("5 1 INVITE");
        assertThat(flow.sent("PRACK").to().tag()).contains("b1");
        //= rfc3262#4-1 nothing but an INVITE requires it
        assertThat(flow.sent("PRACK").has("Require") || flow.sent("BYE").has("Require")).isFalse();
    }

    //= rfc3262#4-10..12 the first number begins, the next is one more
    //= rfc3262#4-13 what comes too early is not acknowledged, and not heard
    //= rfc3262#4-14 it is discarded, and taken when it comes again in its turn
    @Test void in_order() {
        play(SUPPORTED, CALLED + """
                  100 b1    -> alice 180 Require=100rel RSeq=5
                  100 alice -> b1    PRACK 2 sip:b1@127.0.0.2 RAck=51INVITE
                  100 alice -> TU    Progress 1 180 b1
                  110 b1    -> alice 183 Require=100rel RSeq=7
                  120 b1    -> alice 182 Require=100rel RSeq=6
                  120 alice -> b1    PRACK 3 sip:b1@127.0.0.2 RAck=61INVITE
                  120 alice -> TU    Progress 1 182 b1
                  130 b1    -> alice 180 Require=100rel RSeq=5
                  140 b1    -> alice 183 Require=100rel RSeq=7
                  140 alice -> b1    PRACK 4 sip:b1@127.0.0.2 RAck=71INVITE
                  140 alice -> TU    Progress 1 183 b1
                """);
    }

    //= rfc3262#4-5 each fork makes a dialog by it
    //= rfc3262#4-6 in which its PRACK goes
    @Test void each_fork_counts_by_itself() {
        var flow = play(SUPPORTED, CALLED + """
                  100 b1    -> alice 180 Require=100rel RSeq=5
                  100 alice -> b1    PRACK 2 sip:b1@127.0.0.2 RAck=51INVITE
                  100 alice -> TU    Progress 1 180 b1
                  110 b2    -> alice 183 Require=100rel RSeq=90 sdp2
                  110 alice -> b2    PRACK 2 sip:b2@127.0.0.2 RAck=901INVITE
                  110 alice -> TU    Progress 1 183 b2 sdp2
                  120 b1    -> alice 183 Require=100rel RSeq=6
                  120 alice -> b1    PRACK 3 sip:b1@127.0.0.2 RAck=61INVITE
                  120 alice -> TU    Progress 1 183 b1
                  200 b2    -> alice 200
                  200 alice -> b2    ACK 1 sip:b2@127.0.0.2
                  200 alice -> TU    Answered 1 sdp2
                """);
        assertThat(flow.all("PRACK")).extracting(prack -> prack.to().tag().orElseThrow())
                .containsExactly("b1", "b2", "b1");
    }

    //= rfc3262#4-4 a 100 is not acknowledged, whatever it requires
    //= rfc3262#7.1¶1 nor what has no number from 1 to 2**32-1
    @Test void what_is_not_reliable() {
        play(SUPPORTED, CALLED + """
                   50 b1    -> alice 100 Require=100rel RSeq=5
                  100 b1    -> alice 180 RSeq=5
                  100 alice -> TU    Progress 1 180 b1
                  110 b1    -> alice 180 Require=100rel
                  110 alice -> TU    Progress 1 180 b1
                  120 b1    -> alice 180 Require=100rel RSeq=0
                  120 alice -> TU    Progress 1 180 b1
                  130 b1    -> alice 180 Require=100rel RSeq=4294967296
                  130 alice -> TU    Progress 1 180 b1
                  140 b1    -> alice 180 Require=100rel RSeq=4294967295
                  140 alice -> b1    PRACK 2 sip:b1@127.0.0.2 RAck=42949672951INVITE
                  140 alice -> TU    Progress 1 180 b1
                """);
        play(CallRules.PLAIN, CALLED + """
                  100 b1    -> alice 180 Require=100rel RSeq=5
                  100 alice -> TU    Progress 1 180 b1
                """);
    }

    //= rfc3262#4¶1 who insists requires it
    //= rfc3262#4-1 in the INVITE
    @Test void we_require_it_of_who_is_called() {
        play(REQUIRED, """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com Require=100rel sdp1
                  100 bob   -> alice 420
                  100 alice -> TU    Ended 1 420
                """);
    }

    //= rfc3262#5-3 an offer in the response is answered in the PRACK
    //= rfc3262#4-7 PRACK has a body then
    //= rfc3262#5-8 and so there is nothing to answer in the ACK
    @Test void the_callee_offers_early() {
        play(SUPPORTED, """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com
                  100 b1    -> alice 183 Require=100rel RSeq=5 sdp1
                  100 alice -> TU    Progress 1 183 b1 sdp1
                  110 TU    -> alice acknowledge 1 sdp2
                  110 alice -> b1    PRACK 2 sip:b1@127.0.0.2 RAck=51INVITE sdp2
                  200 b1    -> alice 200 PRACK
                 2000 b1    -> alice 200 sdp1
                 2000 alice -> b1    ACK 1 sip:b1@127.0.0.2
                 2000 alice -> TU    Answered 1
                """);
    }

    //= rfc3262#5-6 the answer counts from when it comes, the call taken or not
    //= rfc3262#5-4 and no other offer is in the PRACK
    @Test void the_answer_comes_early() {
        var flow = play(SUPPORTED, CALLED + """
                  100 b1    -> alice 183 Require=100rel RSeq=5 sdp2
                  100 alice -> b1    PRACK 2 sip:b1@127.0.0.2 RAck=51INVITE
                  100 alice -> TU    Progress 1 183 b1 sdp2
                  110 b1    -> alice 180 Require=100rel RSeq=6 sdp2
                  110 alice -> b1    PRACK 3 sip:b1@127.0.0.2 RAck=61INVITE
                  110 alice -> TU    Progress 1 180 b1
                 2000 b1    -> alice 200 sdp9
                 2000 alice -> b1    ACK 1 sip:b1@127.0.0.2
                 2000 alice -> TU    Answered 1 sdp2
                """);
        assertThat(flow.all("PRACK")).allMatch(prack -> prack.body().isEmpty());
    }

    // the numbers are kept until the final response
    //= rfc3262#4-15 what comes after that is discarded
    @Test void after_the_final_response() {
        play(SUPPORTED, CALLED + """
                  100 b1    -> alice 200 sdp2
                  100 alice -> b1    ACK 1 sip:b1@127.0.0.2
                  100 alice -> TU    Answered 1 sdp2
                  110 b1    -> alice 180 Require=100rel RSeq=5 X-Stray=1
                """);
    }

    //= rfc3262#4-6 a re-INVITE has reliable responses, too
    @Test void a_reliable_response_to_a_change() {
        play(SUPPORTED, CALLED + """
                  100 b1    -> alice 200 sdp2
                  100 alice -> b1    ACK 1 sip:b1@127.0.0.2
                  100 alice -> TU    Answered 1 sdp2
                  200 TU    -> alice change 1 sdp3
                  200 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                  300 b1    -> alice 183 Require=100rel RSeq=5 sdp4
                  300 alice -> b1    PRACK 3 sip:b1@127.0.0.2 RAck=52INVITE
                  300 alice -> TU    Changed 1 sdp4
                  310 b1    -> alice 180 Require=100rel RSeq=6
                  310 alice -> b1    PRACK 4 sip:b1@127.0.0.2 RAck=62INVITE
                  400 b1    -> alice 200
                  400 alice -> b1    ACK 2 sip:b1@127.0.0.2
                """);
        play(SUPPORTED, CALLED + """
                  100 b1    -> alice 200 sdp2
                  100 alice -> b1    ACK 1 sip:b1@127.0.0.2
                  100 alice -> TU    Answered 1 sdp2
                  200 TU    -> alice change 1
                  200 alice -> b1    INVITE 2 sip:b1@127.0.0.2
                  300 b1    -> alice 183 Require=100rel RSeq=5 sdp4
                  300 alice -> TU    Changed 1 sdp4
                  310 TU    -> alice acknowledge 1 sdp5
                  310 alice -> b1    PRACK 3 sip:b1@127.0.0.2 RAck=52INVITE sdp5
                  400 b1    -> alice 200
                  400 alice -> b1    ACK 2 sip:b1@127.0.0.2
                """);
    }

    //= rfc3262#9-1 who asks for a password gets it in a PRACK as in any request
    @Test void a_password_is_given() {
        play(SUPPORTED, CALLED + """
                  100 b1    -> alice 180 Require=100rel RSeq=5
                  100 alice -> b1    PRACK 2 sip:b1@127.0.0.2 RAck=51INVITE
                  100 alice -> TU    Progress 1 180 b1
                  110 b1    -> alice 401 PRACK \
                        WWW-Authenticate=Digest_realm="r",nonce="n",qop="auth"
                  110 alice -> b1    PRACK 3 sip:b1@127.0.0.2 authorization RAck=51INVITE
                """);
    }

    /// The peer has forgotten the dialog, and takes the call all the same.
    @Test void a_dialog_that_the_peer_has_given_up() {
        play(SUPPORTED, CALLED + """
                  100 b1    -> alice 180 Require=100rel RSeq=5
                  100 alice -> b1    PRACK 2 sip:b1@127.0.0.2 RAck=51INVITE
                  100 alice -> TU    Progress 1 180 b1
                  110 b1    -> alice 481 PRACK
                  200 b1    -> alice 200 sdp2
                  200 alice -> b1    ACK 1 sip:b1@127.0.0.2
                  200 alice -> b1    BYE 3 sip:b1@127.0.0.2
                  200 alice -> TU    Ended 1 487
                """);
    }

    // The header fields

    //= rfc3262#7.2¶1 two numbers and a method
    @Property(tries = 100) void a_rack_is_read_as_it_is_written(
            @ForAll @LongRange(min = 1, max = 0xffffffffL) long response,
            @ForAll @LongRange(max = Integer.MAX_VALUE) long number) {
        var ack = new RAck(response, new CSeq(number, "INVITE"));
        assertThat(RAck.parse(ack.toString())).isEqualTo(ack);
        assertThat(RAck.parse("  " + response + "\t " + number + "  INVITE ")).isEqualTo(ack);
    }

    @Test void nonsense_is_no_rack() {
        for (var text : List.of("", "1", "1 2", "0 1 INVITE", "4294967296 1 INVITE", "-1 1 INVITE",
                "1 x INVITE", "1 2147483648 INVITE", "a 1 INVITE"))
            assertThatThrownBy(() -> RAck.parse(text)).isInstanceOf(SyntaxException.class);
    }

    //= rfc3262#3-12,13 any number of the range, chosen anew for each request
    //= rfc3262#3-23 RSeq numbers that follow do not wrap around
    @Test void numbers_are_chosen_at_random() {
        var random = new SplittableRandom(3);
        var numbers = new TreeSet<Long>();
        for (int i = 0; i < 100; i++) {
            var responses = new ReliableResponses(random);
            var sent = responses.send(ringing(), Instant.EPOCH).getFirst();
            numbers.add(Long.parseLong(sent.need("RSeq")));
        }
        assertThat(numbers).hasSize(100);
        assertThat(numbers.first()).isBetween(1L, 1L << 28);
        assertThat(numbers.last()).isBetween(7L << 28, (1L << 31) - 1);
    }

    private static Message.Response ringing() {
        return Reply.to((Message.Request) Message.parse("""
                INVITE sip:bob@b SIP/2.0
                Via: SIP/2.0/UDP a;branch=z9hG4bK1
                From: <sip:a@a>;tag=1
                To: <sip:bob@b>
                Call-ID: 1
                CSeq: 1 INVITE

                """.replace("\n", "\r\n")), 180, "t");
    }

    //= rfc3262#3-27 nothing new after the final response
    //= rfc3262#3-4 and never a 100
    @Test void neither_before_nor_after() {
        var responses = new ReliableResponses(new SplittableRandom(1));
        responses.finish();
        assertThat(responses.send(ringing(), Instant.EPOCH)).isEmpty();
        var reliable = ringing().with("Require", "100rel").with("RSeq", "1");
        assertThat(Reliability.reliable(reliable)).isTrue();
        for (int status : List.of(100, 200)) assertThat(Reliability.reliable(new Message.Response(
                status, "", reliable.headers(), reliable.body()))).isFalse();
    }

    @Test void only_so_many_wait() {
        var ladder = new StringBuilder(RUNG);
        for (int i = 0; i < ReliableResponses.LIMIT + 3; i++)
            ladder.append("   20 TU -> alice ring -1\n");
        for (int i = 1; i <= ReliableResponses.LIMIT + 1; i++) {
            ladder.append("""
                  100 bob   -> alice PRACK %d RAck=%d_7_INVITE
                  100 alice -> bob   200 PRACK
                """.formatted(7 + i, i));
            if (i <= ReliableResponses.LIMIT) ladder.append("""
                  100 alice -> bob   180 Require=100rel RSeq=%d
                """.formatted(i + 1));
        }
        play(SUPPORTED, ladder.toString());
    }
}
