package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import p2psip.std.rfc3261.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// §16.5 and §16.6: whom the proxy tries, and in which order.
class ProxyTargetsTest {

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

    //= rfc3261#16.6-51 the set of addresses is tried in order until one succeeds
    //= rfc3261#16.6-53 under a new branch each time (the player checks)
    //= rfc3263#4.3-1 a 503 is a failure too
    @Test void the_next_address_is_tried() {
        //= rfc3261#16.6-62 by a new client transaction for each
        //= rfc3263#4.2-2 if an attempt fails the next is tried
        //= rfc3263#4.4-4 which a stateful proxy can, whose first server is not contacted
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

    //= rfc3263#4.3¶2 silence is no failure of a server that has sent a provisional response
    @Test void a_server_that_has_the_request_is_the_last_that_is_tried() {
        new ProxyPlay("desk").addresses("desk", "203.0.113.1", "203.0.113.2").plays("""
                     0 alice  -> proxy  INVITE
                     0 proxy  -> alice  100
                     0 proxy  -> desk/1 INVITE
                   100 desk/1 -> proxy  180
                   100 proxy  -> alice  180
                   200 desk/1  ! TIMEOUT
                   200 proxy  -> alice  408
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

    @Test void a_destination_in_reserve_is_tried_when_the_flow_to_those_before_it_has_failed() {
        new ProxyPlay("old", "new;spare;q=0.9").plays("""
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> old   INVITE
                    50 old   -> proxy 430
                    50 proxy -> new   INVITE
                    90 new   -> proxy 200
                    90 proxy -> alice 200
                """);
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

    /// Once, who called somebody whose node died while it rang heard nothing for three minutes.
    @Test void who_rings_is_asked_for_every_ten_seconds() {
        var play = new ProxyPlay("far;node");
        play.plays("""
                     0 alice    -> proxy    INVITE
                     0 proxy    -> alice    100
                     0 proxy    -> far      INVITE
                   100 far      -> proxy    180
                   100 proxy    -> alice    180
                 10100 proxy    -> location silent
                 20100 proxy    -> location silent
                 23000 location -> proxy    gone
                 23000 proxy     * forgets far
                 23000 proxy    -> alice    480
                """);
        assertThat(play.answers.getLast().reason()).isEqualTo("Nobody There");
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
}
