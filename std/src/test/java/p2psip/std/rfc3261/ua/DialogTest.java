package p2psip.std.rfc3261.ua;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.ua.CallFlow.ESTABLISHED;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import p2psip.std.rfc3261.CSeq;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3262.Reliability;

/// §12: what the two sides of a dialog remember of how it was made.
class DialogTest {
    private static final List<String> OUTBOUND = List.of("<sip:outbound.com;lr>");

    private static CallFlow began() {
        return play(OUTBOUND, """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com route=<sip:outbound.com;lr> sdp1
                  100 b1    -> alice 200 Contact=<sip:bob@there> sdp2
                  100 alice -> b1    ACK 1 sip:bob@there
                  100 alice -> TU    Answered 1 sdp2
                90000 TU    -> alice hangup 1
                90000 alice -> b1    BYE 2 sip:bob@there
                90000 alice -> TU    Ended 1 200
                """);
    }

    //= rfc3261#13.2.2.4-1 the 2xx confirms the early dialog, and its Record-Route counts
    //= rfc3261#12.1.2-6 and the remote target is its Contact
    @Test void the_way_of_the_2xx_is_the_way_of_the_dialog() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 180 Record-Route=<sip:p1;lr>
                  100 alice -> TU    Progress 1 180 b1
                  200 b1    -> alice 200 Record-Route=<sip:p2;lr> Contact=<sip:bob@there> sdp2
                  200 alice -> b1    ACK 1 sip:bob@there route=<sip:p2;lr>
                  200 alice -> TU    Answered 1 sdp2
                """);
    }

    //= rfc3261#12.2.1.1-13 a loose router stands in Route, the remote target in the Request-URI
    @Test void through_proxies_that_stay_in_the_way() {
        play(List.of("<sip:outbound.com;lr>"), """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com route=<sip:outbound.com;lr> sdp1
                  100 b1    -> alice 200 Record-Route=<sip:p2;lr>,<sip:p1;lr;x=y> sdp2
                  100 alice -> b1    ACK 1 sip:b1@127.0.0.2 route=<sip:p1;lr;x=y> route=<sip:p2;lr>
                  100 alice -> TU    Answered 1 sdp2
                  200 TU    -> alice hangup 1
                  200 alice -> b1    BYE 2 sip:b1@127.0.0.2 route=<sip:p1;lr;x=y> route=<sip:p2;lr>
                  200 alice -> TU    Ended 1 200
                """);
    }

    //= rfc3261#12.2.1.1-14 the URI of a strict router goes into the Request-URI
    //= rfc3261#12.2.1.1-15 the remainder of the route set stands in Route
    //= rfc3261#12.2.1.1-16 and the remote target at the end of it
    @Test void through_a_strict_router() {
        //= rfc3261#8.1.2-2 and the strict router is where the request is sent
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 200 Record-Route=<sip:p2;lr>,<sip:p1;method=BYE> sdp2
                  100 alice -> b1    ACK 1 sip:p1 route=<sip:p2;lr> route=<sip:b1@127.0.0.2>
                  100 alice -> TU    Answered 1 sdp2
                """);
    }

    @Test void the_ids_of_a_dialog_that_we_began() {
        var flow = began();
        var invite = flow.sent("INVITE");
        var bye = flow.sent("BYE");
        //= rfc3261#12.1.2-9 the Call-ID is that of the INVITE
        //= rfc3261#8.1.1.4-1 the same in all requests of the dialog
        assertThat(List.of(bye.callId(), flow.ack().callId())).containsOnly(invite.callId());
        //= rfc3261#12.1.2-10 the tags are those of From in the INVITE and of To in its response
        //= rfc3261#12.1-2 which make the dialog ID
        assertThat(List.of(bye.from().tag(), bye.to().tag()))
                .containsExactly(invite.from().tag(), Optional.of("b1"));
        //= rfc3261#12.1.2-12 the remote URI is that of To, the local URI that of From
        //= rfc3261#12.2.1.1-1 and To of a request has the remote URI
        assertThat(List.of(bye.from().uri(), bye.to().uri()))
                .containsExactly(invite.from().uri(), invite.to().uri());
    }

    //= rfc3261#12.1.2-4 the route set is Record-Route of the response in reverse order
    //= rfc3261#12.1.2-5 and empty without it, whatever the route of the INVITE was
    @Test void each_early_dialog_has_a_route_set_of_its_own() {
        CallFlow.play(new CallRules(Reliability.SUPPORTED, false, Optional.empty()),
                List.of("<sip:out;lr>"), """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com route=<sip:out;lr> sdp1
                  100 b1    -> alice 180 Require=100rel RSeq=5 \
                        Record-Route=<sip:p2;lr>,<sip:p1;lr;x=y>
                  100 alice -> b1    PRACK 2 sip:b1@127.0.0.2 route=<sip:p1;lr;x=y> \
                        route=<sip:p2;lr> RAck=51INVITE
                  100 alice -> TU    Progress 1 180 b1
                  200 b2    -> alice 180 Require=100rel RSeq=5
                  200 alice -> b2    PRACK 2 sip:b2@127.0.0.2 RAck=51INVITE
                  200 alice -> TU    Progress 1 180 b2
                """);
    }

    //= rfc3261#12.1.2-3 the dialog remembers as long as it lasts
    @Test void the_way_of_a_dialog_that_we_began() {
        var flow = began();
        //= rfc3261#12.2.1.1-11 the remote target is the Request-URI of what follows
        assertThat(flow.sent("BYE").uri()).isEqualTo("sip:bob@there");
        //= rfc3261#12.2.1.1-12 without Record-Route there is no Route, in spite of the proxy
        assertThat(flow.sent("BYE").has("Route")).isFalse();
    }

    //= rfc3261#12.1.2-7 our sequence numbers go on from that of the INVITE
    //= rfc3261#12.1.2-8 the peer's sequence is empty: it may begin anywhere
    @Test void the_numbers_of_a_dialog_that_we_began() {
        //= rfc3261#12.2.2-3 the number of its first request is the remote sequence number
        //= rfc3261#12.2.2-6 and then the sequence number of each later one is
        play(ESTABLISHED + """
                  200 b1    -> alice OPTIONS 0
                  200 alice -> b1    200 OPTIONS Accept-Encoding=identity
                  300 b1    -> alice OPTIONS 5
                  300 alice -> b1    200 OPTIONS Accept-Encoding=identity
                  400 b1    -> alice OPTIONS 4
                  400 alice -> b1    500 OPTIONS
                  450 b1    -> alice OPTIONS 5
                  450 alice -> b1    200 OPTIONS Accept-Encoding=identity
                  500 TU    -> alice hangup 1
                  500 alice -> b1    BYE 2 sip:b1@127.0.0.2
                  500 alice -> TU    Ended 1 200
                """);
    }

    private static CallFlow joined() {
        return play(OUTBOUND, """
                    0 bob   -> alice INVITE 7 Contact=<sip:bob@there> sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                  100 bob   -> alice ACK 7
                  100 alice -> TU    Confirmed -1
                90000 TU    -> alice hangup -1
                90000 alice -> bob   BYE 1 sip:bob@there
                90000 alice -> TU    Ended -1 200
                """);
    }

    @Test void the_ids_of_a_dialog_that_the_peer_began() {
        var flow = joined();
        var bye = flow.sent("BYE");
        //= rfc3261#12.1.1-12 the Call-ID is that of the INVITE
        assertThat(bye.callId()).isEqualTo("c7");
        //= rfc3261#12.1.1-13 the tags are those of To in our response and of From in the request
        assertThat(List.of(bye.from().tag(), bye.to().tag()))
                .containsExactly(flow.answer("INVITE").to().tag(), Optional.of("bob"));
        //= rfc3261#12.1.1-15 the remote URI is that of From, the local URI that of To
        assertThat(bye.to().uri()).hasToString("sip:bob@biloxi.com");
        assertThat(bye.from().uri()).hasToString("sip:alice@atlanta.com");
    }

    //= rfc3261#12.1.1-6 the dialog remembers as long as it lasts
    @Test void the_way_of_a_dialog_that_the_peer_began() {
        var bye = joined().sent("BYE");
        assertThat(bye.uri()).isEqualTo("sip:bob@there");
        //= rfc3261#12.1.1-8 without Record-Route the route set is empty, in spite of the proxy
        assertThat(bye.has("Route")).isFalse();
        //= rfc3261#12.1.1-11 the local sequence was empty
        //= rfc3261#12.2.1.1-9 so a first number was chosen
        assertThat(bye.cseq().number()).isEqualTo(1);
    }

    //= rfc3261#12.1.1-10 the peer's numbers go on from that of its INVITE
    @Test void the_numbers_of_a_dialog_that_the_peer_began() {
        play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                  100 bob   -> alice ACK 7
                  100 alice -> TU    Confirmed -1
                  200 bob   -> alice OPTIONS 6
                  200 alice -> bob   500 OPTIONS
                  300 bob   -> alice OPTIONS 8
                  300 alice -> bob   200 OPTIONS Accept-Encoding=identity
                """);
    }

    //= rfc3261#12.1.2-11 a response may have no tag
    @Test void a_callee_of_the_days_of_rfc_2543() {
        var flow = play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 bob   -> alice 200 sdp2
                  100 alice -> bob   ACK 1 sip:bob@biloxi.com
                  100 alice -> TU    Answered 1 sdp2
                  200 TU    -> alice hangup 1
                  200 alice -> bob   BYE 2 sip:bob@biloxi.com
                  200 alice -> TU    Ended 1 200
                """);
        //= rfc3261#12.2.1.1-5 then the tag is omitted from To
        assertThat(flow.sent("BYE").to().tag()).isEmpty();
    }

    //= rfc3261#12.2.1.1-7 numbers within a dialog increase by one
    //= rfc3261#12.2.1.1-8 each is the last value of the local sequence number plus one
    //= rfc3261#12.2-2 a Contact within a dialog counts, a Record-Route changes nothing
    @Test void changes_of_a_session() {
        var flow = play(ESTABLISHED + """
                 1000 TU    -> alice change 1 sdp3
                 1000 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                 1100 b1    -> alice 200 Record-Route=<sip:p9;lr> Contact=<sip:moved@127.0.0.2> sdp4
                 1100 alice -> b1    ACK 2 sip:moved@127.0.0.2
                 1100 alice -> TU    Changed 1 sdp4
                 2000 TU    -> alice hangup 1
                 2000 alice -> b1    BYE 3 sip:moved@127.0.0.2
                 2000 alice -> TU    Ended 1 200
                """);
        //= rfc3261#12.2.1.1-17 a re-INVITE has a Contact
        assertThat(flow.sent("INVITE").list("Contact"))
                .containsExactly("<sip:alice@127.0.0.1:5060>");
        //= rfc3261#12.2.1.1-10 the method in CSeq is that of the request
        assertThat(flow.sent("BYE").cseq()).isEqualTo(new CSeq(3, "BYE"));
    }

    //= rfc3261#12.3¶1 after a final response an early dialog is none
    @Test void a_refusal_ends_the_early_dialog() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 180
                  100 alice -> TU    Progress 1 180 b1
                  200 b1    -> alice OPTIONS 1
                  200 alice -> b1    200 OPTIONS Accept-Encoding=identity
                  300 b1    -> alice 486
                  300 alice -> TU    Ended 1 486
                  400 b1    -> alice OPTIONS 2
                  400 alice -> b1    481 OPTIONS
                """);
    }

    //= rfc3261#15.1.1-2 with the BYE the dialog is over for us, whatever comes of it
    @Test void who_has_hung_up_hears_no_more() {
        play(ESTABLISHED + """
                  200 TU    -> alice hangup 1
                  200 alice -> b1    BYE 2 sip:b1@127.0.0.2
                  200 alice -> TU    Ended 1 200
                  300 b1    -> alice OPTIONS 1
                  300 alice -> b1    481 OPTIONS
                """);
    }
}
