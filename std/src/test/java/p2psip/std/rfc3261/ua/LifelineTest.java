package p2psip.std.rfc3261.ua;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// A call whose connection dies ends, or is found to go on.
class LifelineTest {
    private static final String RINGING = """
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice ring -1
                    0 alice -> bob   180
                  500 bob   !        GONE
                  500 alice -> bob   180
                """;

    /// Taken by alice; servers stand between if the INVITE says so.
    private static String taken(String more) {
        return """
                    0 bob   -> alice INVITE 7 sdp1 %s
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                   90 bob   -> alice ACK 7
                   90 alice -> TU    Confirmed -1
                  500 bob   !        GONE
                  500 alice -> bob   OPTIONS 1 sip:bob@127.0.0.2%s
                """.formatted(more, more.isEmpty() ? "" : " route=<sip:p1;lr>");
    }

    private static final String SERVERS = "Record-Route=<sip:p1;lr>";

    @Test void a_caller_whose_connection_has_died_hears_that_it_rings_by_another() {
        CallFlow.overTcp(RINGING + """
                 2000 TU    -> alice answer -1 sdp2
                 2000 alice -> bob   200 sdp2
                """);
    }

    @Test void it_rings_no_longer_for_a_caller_who_is_not_there() {
        CallFlow.overTcp(RINGING + """
                  600 bob   !        UNHEARD 7
                  600 alice -> bob   487
                  600 alice -> TU    Ended -1 487
                """);
    }

    /// Only who waits for an answer can have given up.
    @Test void what_was_taken_is_not_given_up_for_a_response_that_was_lost() {
        CallFlow.overTcp("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                   10 bob   !        UNHEARD 7
                   90 bob   -> alice ACK 7
                   90 alice -> TU    Confirmed -1
                """);
    }

    @Test void another_connection_is_no_concern_of_a_call() {
        CallFlow.play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                   90 bob   -> alice ACK 7
                   90 alice -> TU    Confirmed -1
                  500 bob   !        GONE
                """);
    }

    @Test void a_peer_who_is_there_is_asked_once() {
        CallFlow.overTcp(taken("") + """
                  600 bob   -> alice 200 OPTIONS
                90000 TU    -> alice hangup -1
                90000 alice -> bob   BYE 2 sip:bob@127.0.0.2
                90000 alice -> TU    Ended -1 200
                """);
    }

    /// His BYE could never come by a connection that is gone: he has hung up.
    //= rfc3261#12.2.1.2-2 a 481 within a dialog ends it
    @Test void behind_servers_he_is_asked_again_and_again() {
        CallFlow.overTcp(taken(SERVERS) + """
                  600 bob   -> alice 200 OPTIONS
                30600 alice -> bob   OPTIONS 2 sip:bob@127.0.0.2 route=<sip:p1;lr>
                30700 bob   -> alice 200 OPTIONS
                60700 alice -> bob   OPTIONS 3 sip:bob@127.0.0.2 route=<sip:p1;lr>
                60800 bob   -> alice 481 OPTIONS
                60800 alice -> bob   BYE 4 sip:bob@127.0.0.2 route=<sip:p1;lr>
                60800 alice -> TU    Ended -1 200
                """);
    }

    /// Whatever else he answers, he is there.
    @Test void a_peer_who_knows_no_options_is_there() {
        CallFlow.overTcp(taken("") + """
                  600 bob   -> alice 405 OPTIONS
                40000 TU    -> alice hangup -1
                40000 alice -> bob   BYE 2 sip:bob@127.0.0.2
                40000 alice -> TU    Ended -1 200
                """);
    }

    //= rfc3261#8.1.3.1-2 a transport error counts as a 503
    @Test void where_nobody_is_found_the_call_is_over_after_some_tries() {
        var flow = CallFlow.overTcp(taken("") + """
                  600 bob   !        TRANSPORT OPTIONS
                 2600 alice -> bob   OPTIONS 2 sip:bob@127.0.0.2
                 2700 bob   -> alice 430 OPTIONS
                 6700 alice -> bob   OPTIONS 3 sip:bob@127.0.0.2
                 6800 bob   !        TRANSPORT OPTIONS
                14800 alice -> bob   OPTIONS 4 sip:bob@127.0.0.2
                14900 bob   !        TRANSPORT OPTIONS
                14900 alice -> bob   BYE 5 sip:bob@127.0.0.2
                14900 alice -> TU    Ended -1 503
                """);
        assertThat(flow.sent("BYE").need("Reason")).contains("Connection Lost");
    }

    @Test void a_server_that_comes_back_counts_anew() {
        CallFlow.overTcp(taken(SERVERS) + """
                  600 bob   !        TRANSPORT OPTIONS
                 2600 alice -> bob   OPTIONS 2 sip:bob@127.0.0.2 route=<sip:p1;lr>
                 2700 bob   -> alice 200 OPTIONS
                32700 alice -> bob   OPTIONS 3 sip:bob@127.0.0.2 route=<sip:p1;lr>
                32800 bob   !        TRANSPORT OPTIONS
                34800 alice -> bob   OPTIONS 4 sip:bob@127.0.0.2 route=<sip:p1;lr>
                """);
    }

    @Test void who_can_hear_no_answer_any_more_has_it_ring_no_longer() {
        var flow = CallFlow.overTcp("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 180
                  100 alice -> TU    Progress 1 180 b1
                  900 bob   !        TRANSPORT INVITE
                  900 alice -> bob   CANCEL 1 sip:bob@biloxi.com
                  900 alice -> TU    Ended 1 503
                """);
        assertThat(flow.branches("CANCEL")).isEqualTo(flow.branches("INVITE"));
    }

    @Test void who_was_never_heard_is_sent_no_cancel() {
        CallFlow.overTcp("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  900 bob   !        TRANSPORT INVITE
                  900 alice -> TU    Ended 1 503
                """);
    }
}
