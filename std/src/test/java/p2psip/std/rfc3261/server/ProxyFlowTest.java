package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import p2psip.std.rfc3261.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Call flows through the proxy.
class ProxyFlowTest {

    //= rfc3261#16.2-1 the caller hears 100 before anything else
    //= rfc3261#16.7-17 a 100 of the phone is not forwarded
    //= rfc3261#16.7-45 all else is passed to the server transaction of the call
    @Test void a_call_is_answered() {
        //= rfc3261#28.1-1 and the responses from 101 to 199, since that was changed
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                    20 desk  -> proxy 100
                   100 desk  -> proxy 180
                   100 proxy -> alice 180
                   150 desk  -> proxy 199
                   150 proxy -> alice 199
                  3000 desk  -> proxy 200
                  3000 proxy -> alice 200
                """);
    }

    //= rfc3261#16.7-48 who does not answer first is cancelled
    @Test void of_two_phones_the_first_to_answer_gets_the_call() {
        new ProxyPlay("desk", "cell").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                   100 desk  -> proxy 180
                   100 proxy -> alice 180
                   110 cell  -> proxy 180
                   110 proxy -> alice 180
                  3000 cell  -> proxy 200
                  3000 proxy -> alice 200
                  3000 proxy -> desk  CANCEL
                  3010 desk  -> proxy 487
                """);
    }

    /// The ancestor gave all branches one identifier and lost the answer of the second (S1).
    //= rfc3261#16.7-20 busy is not the best response while another phone may answer
    @Test void one_phone_is_busy_and_the_other_answers() {
        new ProxyPlay("desk", "cell").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                    50 desk  -> proxy 486
                  2000 cell  -> proxy 180
                  2000 proxy -> alice 180
                  9000 cell  -> proxy 200
                  9000 proxy -> alice 200
                """);
    }

    //= rfc3261#16.7-19 exactly one final response, when the last branch has its own
    @Test void all_phones_refuse() {
        new ProxyPlay("desk", "cell", "home").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                     0 proxy -> home  INVITE
                    50 desk  -> proxy 486
                    60 cell  -> proxy 500
                    70 home  -> proxy 302
                    70 proxy -> alice 302
                """);
    }

    //= rfc3261#16.7-14 declined everywhere: the others are cancelled, and the 603 waits for them
    //= rfc3261#16.7-49 a CANCEL for each client transaction that is pending
    //= rfc3261#16.7-23 the 6xx is chosen, though its class is not the lowest
    @Test void one_phone_declines_for_all() {
        new ProxyPlay("desk", "cell", "home;q=0.5").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                    50 cell  -> proxy 180
                    50 proxy -> alice 180
                   100 desk  -> proxy 603
                   100 proxy -> cell  CANCEL
                   110 cell  -> proxy 487
                   110 proxy -> alice 603
                """);
    }

    //= rfc3261#16.7-13 a 2xx goes up at once even after a 6xx, for that has not been sent
    @Test void an_answer_overtakes_a_decline() {
        new ProxyPlay("desk", "cell").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                    50 cell  -> proxy 180
                    50 proxy -> alice 180
                   100 desk  -> proxy 600
                   100 proxy -> cell  CANCEL
                   101 cell  -> proxy 200
                   101 proxy -> alice 200
                """);
    }

    @ParameterizedTest @ValueSource(ints = {404, 408, 410, 480})
    void a_destination_in_reserve_is_tried_when_those_before_it_are_not_there(int status) {
        new ProxyPlay("old", "new;spare;q=0.9", "other;spare;q=0.8").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> old   INVITE
                    50 old   -> proxy %d
                    50 proxy -> new   INVITE
                    90 new   -> proxy 486
                    90 proxy -> alice %d
                """.formatted(status, status));
    }

    @Test void a_destination_in_reserve_is_tried_when_nobody_answers() {
        new ProxyPlay("old", "new;spare;q=0.9").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> old   INVITE
                 32000 old    ! TIMEOUT
                 32000 proxy -> new   INVITE
                 32090 new   -> proxy 200
                 32090 proxy -> alice 200
                """);
    }

    @Test void who_is_silent_for_two_seconds_may_be_gone() {
        var play = new ProxyPlay("far;node", "new;spare;q=0.9");
        play.plays("""
                     0 alice    -> proxy    INVITE
                     0 proxy    -> alice    100
                     0 proxy    -> far      INVITE
                  2000 proxy    -> location silent
                  5000 location -> proxy    gone
                  5000 proxy     * forgets far
                  5000 proxy    -> new      INVITE
                  5100 new      -> proxy    480
                  5100 proxy    -> alice    480
                """);
        assertThat(play.answers.getLast().reason()).isEqualTo("Nobody There");
    }

    @Test void who_is_not_said_to_be_gone_is_waited_for_at_each_of_its_addresses() {
        new ProxyPlay("far;node").plays("""
                     0 alice -> proxy    INVITE
                     0 proxy -> alice    100
                     0 proxy -> far      INVITE
                  2000 proxy -> location silent
                 32000 far    ! TIMEOUT
                 32000 proxy -> far      INVITE
                 34000 proxy -> location silent
                 36000 far   -> proxy    200
                 36000 proxy -> alice    200
                """);
    }

    @Test void who_has_rung_is_there() {
        new ProxyPlay("far;node").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> far   INVITE
                  1999 far   -> proxy 100
                  9000 far   -> proxy 180
                  9000 proxy -> alice 180
                  9999 far   -> proxy 200
                  9999 proxy -> alice 200
                """);
        new ProxyPlay("far;node").plays("""
                     0 alice    -> proxy    INVITE
                     0 proxy    -> alice    100
                     0 proxy    -> far      INVITE
                  2000 proxy    -> location silent
                  2500 far      -> proxy    180
                  2500 proxy    -> alice    180
                  4000 location -> proxy    gone
                  5000 far      -> proxy    200
                  5000 proxy    -> alice    200
                """);
    }

    /// Without an answer there is nobody to cancel, so the caller had to wait for Timer B.
    @Test void who_is_gone_need_not_be_cancelled() {
        new ProxyPlay("far;node").plays("""
                     0 alice    -> proxy    INVITE
                     0 proxy    -> alice    100
                     0 proxy    -> far      INVITE
                  1000 alice    -> proxy    CANCEL
                  1000 proxy    -> alice    200 CANCEL
                  2000 proxy    -> location silent
                  5000 location -> proxy    gone
                  5000 proxy     * forgets far
                  5000 proxy    -> alice    487
                """);
    }

    @ParameterizedTest @ValueSource(ints = {486, 403, 488, 500, 603})
    void who_is_there_and_refuses_is_not_gone_round_by_a_destination_in_reserve(int status) {
        new ProxyPlay("old", "new;spare;q=0.9").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> old   INVITE
                    50 old   -> proxy %d
                    50 proxy -> alice %d
                """.formatted(status, status));
    }

    @Test void what_the_location_service_has_to_say_is_in_each_response() {
        var warning = new Header("Warning", "399 p2psip \"beware\"");
        var answered = new ProxyPlay("desk");
        var refused = new ProxyPlay("desk");
        var away = new ProxyPlay();
        List.of(answered, refused, away).forEach(play -> play.headers.add(warning));
        answered.plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                    50 desk  -> proxy 180
                    50 proxy -> alice 180
                   100 desk  -> proxy 200
                   100 proxy -> alice 200
                """);
        refused.plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                    50 desk  -> proxy 486
                    50 proxy -> alice 486
                """);
        away.plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> alice 480
                """);
        for (var play : List.of(answered, refused, away))
            assertThat(play.answers.stream().filter(response -> response.status() > 100))
                    .isNotEmpty().allMatch(response -> response.headers().contains(warning));
    }

    //= rfc3261#16.7-15 two phones picked up at once: the responses of both are forwarded
    @Test void two_phones_answer() {
        new ProxyPlay("desk", "cell").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                   100 desk  -> proxy 180
                   100 proxy -> alice 180
                   100 cell  -> proxy 180
                   100 proxy -> alice 180
                  3000 cell  -> proxy 200
                  3000 proxy -> alice 200
                  3000 proxy -> desk  CANCEL
                  3001 desk  -> proxy 200
                  3001 proxy -> alice 200
                  3500 cell  -> proxy 200
                  3500 proxy -> alice 200
                  4000 desk  -> proxy 180
                """);
    }

    @Test void a_late_answer_goes_nowhere() {
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                  3000 desk  -> proxy 200
                  3000 proxy -> alice 200
                 34999 desk  -> proxy 200
                 34999 proxy -> alice 200
                 35001 desk  -> proxy 200
                """);
    }

    //= rfc3261#16.10-4,5 the CANCEL is answered at once, and all pending branches get a CANCEL
    @Test void the_caller_gives_up_while_the_phones_ring() {
        new ProxyPlay("desk", "cell").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                   100 desk  -> proxy 180
                   100 proxy -> alice 180
                  2000 alice -> proxy CANCEL
                  2000 proxy -> alice 200 CANCEL
                  2000 proxy -> desk  CANCEL
                  2010 desk  -> proxy 487
                  2500 cell  -> proxy 180
                  2500 proxy -> cell  CANCEL
                  2500 proxy -> alice 180
                  2510 cell  -> proxy 487
                  2510 proxy -> alice 487
                """);
    }

    //= rfc3261#16.10-2 the matching CANCEL has cancelled what was pending
    //= rfc3261#16.6-60 in the branch of the INVITE (the player checks)
    @Test void a_phone_ignores_the_cancel() {
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                   100 desk  -> proxy 180
                   100 proxy -> alice 180
                  2000 alice -> proxy CANCEL
                  2000 proxy -> alice 200 CANCEL
                  2000 proxy -> desk  CANCEL
                 34000 proxy  * forgets desk
                 34000 proxy -> alice 487
                """);
    }

    /// The caller who has given up is not told that somebody was too slow.
    //= rfc3261#16.10-2 what was pending is cancelled, and ends as that, however it ends
    @Test void a_phone_that_was_never_heard_is_cancelled_and_not_timed_out() {
        new ProxyPlay("desk", "cell").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                   100 cell  -> proxy 180
                   100 proxy -> alice 180
                  2000 alice -> proxy CANCEL
                  2000 proxy -> alice 200 CANCEL
                  2000 proxy -> cell  CANCEL
                  2010 cell   ! TRANSPORT
                 32000 desk   ! TIMEOUT
                 32000 proxy -> alice 487
                """);
    }

    /// Nor does Timer C make a 408 of it.
    //= rfc3261#16.8-1 the client transaction is terminated
    @Test void timer_c_after_the_caller_has_given_up() {
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                  2000 alice -> proxy CANCEL
                  2000 proxy -> alice 200 CANCEL
                181000 proxy  * forgets desk
                181000 proxy -> alice 487
                """);
    }

    //= rfc3261#16.10-2 cancelled is the call to all the phone's addresses: the next is not tried
    @Test void a_phone_is_gone_after_the_caller_has_given_up() {
        new ProxyPlay("desk").addresses("desk", "203.0.113.1", "203.0.113.2").plays("""
                     0 alice  -> proxy  INVITE
                     0 proxy  -> alice  100
                     0 proxy  -> desk/1 INVITE
                     1 alice  -> proxy  CANCEL
                     1 proxy  -> alice  200 CANCEL
                     2 desk/1  ! TRANSPORT
                     2 proxy  -> alice  487
                """);
    }

    //= rfc3261#16.7-24 of the classes the lowest is chosen: the call was cancelled, whatever broke
    @Test void a_phone_breaks_when_it_is_cancelled() {
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                   100 desk  -> proxy 180
                   100 proxy -> alice 180
                  2000 alice -> proxy CANCEL
                  2000 proxy -> alice 200 CANCEL
                  2000 proxy -> desk  CANCEL
                  2010 desk  -> proxy 500
                  2010 proxy -> alice 487
                """);
    }

    //= rfc3261#9.1-8 a 100 is a provisional response: a CANCEL can be sent
    @Test void a_phone_that_has_said_100_alone_is_cancelled() {
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                    20 desk  -> proxy 100
                  2000 alice -> proxy CANCEL
                  2000 proxy -> alice 200 CANCEL
                  2000 proxy -> desk  CANCEL
                  2010 desk  -> proxy 487
                  2010 proxy -> alice 487
                """);
    }

    /// It has answered: what becomes of its transaction then makes no other address worth a try.
    @Test void a_transaction_that_fails_after_its_2xx_starts_no_other() {
        new ProxyPlay("desk").addresses("desk", "203.0.113.1", "203.0.113.2").plays("""
                     0 alice  -> proxy  INVITE
                     0 proxy  -> alice  100
                     0 proxy  -> desk/1 INVITE
                   100 desk/1 -> proxy  200
                   100 proxy  -> alice  200
                   200 desk/1  ! TRANSPORT
                   300 desk/1 -> proxy  200
                   300 proxy  -> alice  200
                """);
    }

    @Test void a_cancel_for_nothing() {
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy CANCEL
                     0 proxy -> alice 481 CANCEL
                """);
    }

    //= rfc3261#16.8-2 it rang for three minutes: Timer C cancels
    //= rfc3261#16.7-4 counted from the last provisional response
    //= rfc3261#16.8-1 and the client transaction is terminated by it
    @Test void nobody_picks_up() {
        //= rfc3261#16.7-5 the timer is reset to a value greater than three minutes
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                   100 desk  -> proxy 180
                   100 proxy -> alice 180
                 60000 desk  -> proxy 180
                 60000 proxy -> alice 180
                241000 proxy -> desk  CANCEL
                241020 desk  -> proxy 487
                241020 proxy -> alice 487
                """);
    }

    //= rfc3261#16.8-3 nothing was ever heard of the phone, not even from its transaction
    //= rfc3261#16.6-63,64 Timer C is set when the INVITE is proxied; larger than three minutes
    @Test void timer_c_without_a_provisional_response_is_a_408() {
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                181000 proxy  * forgets desk
                181000 proxy -> alice 408
                """);
    }

    //= rfc3261#16.7-24 of the classes of the responses the lowest is chosen
    @Test void who_is_not_found_goes_before_who_is_broken() {
        new ProxyPlay("desk", "cell").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                   100 desk  -> proxy 500
                   200 cell  -> proxy 404
                   200 proxy -> alice 404
                """);
        new ProxyPlay("desk", "cell").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                   100 desk  -> proxy 404
                   200 cell  -> proxy 500
                   200 proxy -> alice 404
                """);
    }

    //= rfc3261#16.9-1 what could not be sent counts as 503
    //= rfc3261#16.7-27,28 and a lone 503 becomes a 500, for a 503 is not forwarded upstream
    @Test void a_phone_is_gone() {
        new ProxyPlay("desk").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     1 desk   ! TRANSPORT
                     1 proxy -> alice 500
                """);
    }

    //= rfc3261#16.7-21 nobody has answered within the time of the transactions
    @Test void nobody_is_there() {
        new ProxyPlay("desk", "cell").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                 32000 desk   ! TIMEOUT
                 32000 cell   ! TIMEOUT
                 32000 proxy -> alice 408
                """);
    }

    //= rfc3261#16.6-51 the set of addresses is tried in order until one succeeds
    //= rfc3261#16.6-53 under a new branch each time (the player checks)
    //= rfc3263#4.3-1 a 503 is a failure too
    @Test void the_next_address_is_tried() {
        //= rfc3261#16.6-62 by a new client transaction for each
        //= rfc3263#4.2-2 if an attempt fails the next is tried
        var desk = new String[] {"203.0.113.1", "203.0.113.2", "203.0.113.3"};
        new ProxyPlay("desk").addresses("desk", desk).plays("""
                     0 alice  -> proxy  INVITE
                     0 proxy  -> alice  100
                     0 proxy  -> desk/1 INVITE
                     1 desk/1  ! TRANSPORT
                     1 proxy  -> desk/2 INVITE
                    50 desk/2 -> proxy  503
                    50 proxy  -> desk/3 INVITE
                    70 desk/3 -> proxy  180
                    70 proxy  -> alice  180
                    80 desk/3 -> proxy  486
                    80 proxy  -> alice  486
                """);
    }

    //= rfc3261#16.6-5 groups of equal preference, one after the other
    //= rfc3261#16.6-3 serially: the next when the transactions before have completed
    //= rfc3261#16.6-4 and in parallel within a group
    @Test void contacts_of_lower_q_come_later() {
        new ProxyPlay("home;q=0.2", "desk", "cell;q=0.7", "pad;q=0.7").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                  1000 desk  -> proxy 480
                  1000 proxy -> cell  INVITE
                  1000 proxy -> pad   INVITE
                  2000 cell  -> proxy 404
                  2001 pad   -> proxy 486
                  2001 proxy -> home  INVITE
                  2500 home  -> proxy 200
                  2500 proxy -> alice 200
                """);
    }

    /// Once somebody has answered nobody else is rung, also when those under way have ended.
    @Test void an_answer_ends_the_search() {
        new ProxyPlay("desk", "cell", "home;q=0.5").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                   100 desk  -> proxy 180
                   100 proxy -> alice 180
                  1000 cell  -> proxy 200
                  1000 proxy -> alice 200
                  1000 proxy -> desk  CANCEL
                  1010 desk  -> proxy 487
                """);
    }

    //= rfc5393#5.3.3-5 two at once is all that the caller allows
    //= rfc5393#5.3.3.1-1 the Max-Breadth of one that has ended is reused for the third
    @Test void a_narrow_request_is_forked_in_turn() {
        new ProxyPlay("one", "two", "three")
                .with(ProxyPlay.invite().with("Max-Breadth", "2")).plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> one   INVITE
                     0 proxy -> two   INVITE
                  1000 two   -> proxy 486
                  1000 proxy -> three INVITE
                  2000 one   -> proxy 486
                  2001 three -> proxy 200
                  2001 proxy -> alice 200
                """);
    }

    //= rfc3261#16.5-15 a user that does not exist: not found
    //= rfc3261#16.5-16 a user without a phone is temporarily unavailable
    @Test void nobody_to_be_called() {
        new ProxyPlay("desk").with(ProxyPlay.invite().withUri("sip:nobody@example.com")).plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> alice 404
                """);
        new ProxyPlay().plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> alice 480
                """);
    }

    //= rfc3261#16.2-2 no 100 for anything but INVITE
    //= rfc3261#9.1-1 nor a CANCEL
    //= rfc3261#16.7-16 the second response is not forwarded
    @Test void a_message_to_two_phones() {
        //= rfc3428#6-1 a MESSAGE forks like any other request
        var message = new ProxyPlay("desk", "cell").with(message());
        message.plays("""
                     0 alice -> proxy MESSAGE
                     0 proxy -> desk  MESSAGE
                     0 proxy -> cell  MESSAGE
                   100 desk  -> proxy 200 MESSAGE
                   100 proxy -> alice 200 MESSAGE
                   110 cell  -> proxy 200 MESSAGE
                """);
    }

    //= rfc3261#9.1-1 no CANCEL for anything but INVITE, also if it could be sent
    @Test void a_message_that_another_phone_has_taken_is_not_cancelled() {
        new ProxyPlay("desk", "cell").with(message()).plays("""
                     0 alice -> proxy MESSAGE
                     0 proxy -> desk  MESSAGE
                     0 proxy -> cell  MESSAGE
                    50 cell  -> proxy 100 MESSAGE
                   100 desk  -> proxy 200 MESSAGE
                   100 proxy -> alice 200 MESSAGE
                   110 cell  -> proxy 200 MESSAGE
                """);
    }

    /// RFC 4320 §4.2: whoever sent it has timed out as well, a 408 would only be noise.
    @Test void a_message_that_nobody_answers_is_not_answered() {
        new ProxyPlay("desk").with(message()).plays("""
                     0 alice -> proxy MESSAGE
                     0 proxy -> desk  MESSAGE
                 32000 desk   ! TIMEOUT
                 32000 proxy  * forgets alice
                """);
    }

    private static Message.Request message() {
        var invite = ProxyPlay.invite();
        return new Message.Request("MESSAGE", invite.uri(), invite.headers(), invite.body())
                .with("CSeq", "1 MESSAGE");
    }

    //= rfc3261#16.7-34 all values of WWW-Authenticate and Proxy-Authenticate are collected
    //= rfc3261#16.7-26 preference to a 407 over a 404
    //= rfc3261#16.7-29 authorization is aggregated in what is forwarded
    @Test void challenges_are_gathered() {
        //= rfc8760#2.5-1 of all responses to the forked request
        //= rfc3261#22.3-14 each value that came goes into the single response
        var play = new ProxyPlay("desk", "cell", "home", "pad");
        play.plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                     0 proxy -> home  INVITE
                     0 proxy -> pad   INVITE
                    10 pad   -> proxy 404
                    20 desk  -> proxy 407
                    30 cell  -> proxy 401
                    40 home  -> proxy 407
                    40 proxy -> alice 407
                """);
        assertThat(play.answers.getLast().all("Proxy-Authenticate"))
                .containsExactly("Digest realm=\"desk\"", "Digest realm=\"home\"");
        assertThat(play.answers.getLast().all("WWW-Authenticate"))
                .containsExactly("Digest realm=\"cell\"");
    }

    //= rfc3261#16.7-31 the To tag of a 1xx or 2xx is the phone's own
    //= rfc3261#16.7-43 our Via is gone, and nothing else
    @Test void responses_pass_untouched_but_for_the_via() {
        var play = new ProxyPlay("desk");
        play.plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                   100 desk  -> proxy 200
                   100 proxy -> alice 200
                """);
        assertThat(play.answers.getLast().to().tag()).contains("desk");
        assertThat(play.answers.getLast().all("Via"))
                .containsExactly("SIP/2.0/UDP 192.0.2.99;branch=z9hG4bKa1");
    }
}
