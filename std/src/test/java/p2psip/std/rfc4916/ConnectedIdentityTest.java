package p2psip.std.rfc4916;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.ua.*;

class ConnectedIdentityTest {
    private static final CallFlow.Words WORDS = new CallFlow.Words() {
        @Override public Core.Command command(String[] words) {
            return new ConnectedIdentity.Identify(9, Long.parseLong(words[1]),
                    Address.parse("<" + words[2] + ">"));
        }

        @Override public String text(Usage.Event event) {
            return switch (event) {
                case Renamed(long usage, var peer, _) -> "Renamed " + usage + " " + peer.uri();
                case ConnectedIdentity.Identified(_, int status) -> "Identified " + status;
                default -> throw new AssertionError(event);
            };
        }
    };

    private static CallFlow play(String script) {
        return CallFlow.play(List.of(new ConnectedIdentity()), WORDS, script);
    }

    private static final String CALLED = """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 200 Supported=from-change sdp2
                  100 alice -> b1    ACK 1 sip:b1@127.0.0.2
                  100 alice -> TU    Answered 1 sdp2
                """;

    //= rfc4916#4.1-1 from-change is in the Supported header field of an INVITE
    @Test void who_calls_says_that_he_takes_it() {
        assertThat(play(CALLED).sent("INVITE").list("Supported")).contains("from-change");
    }

    //= rfc4916#4.2-1 and in that of a dialog-forming response
    @Test void so_does_who_is_called() {
        assertThat(play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                """).answer("INVITE").list("Supported")).contains("from-change");
    }

    //= rfc4916#4.4.2-3 a From with another URI in a mid-dialog request, and a 2xx: it is updated
    //= rfc4916#4.4.1-2 To has the current value of the remote URI in what is sent then
    @Test void another_answers_for_bob() {
        var flow = play(CALLED + """
                  200 b1    -> alice INVITE 7 From=<sip:carol@biloxi.com>;tag=b1 sdp3
                  200 alice -> TU    ChangeOffered 1 sdp3
                  300 TU    -> alice answer 1 sdp4
                  300 alice -> b1    200 sdp4
                  300 alice -> TU    Renamed 1 sip:carol@biloxi.com
                  310 b1    -> alice ACK 7 From=<sip:carol@biloxi.com>;tag=b1
                  310 alice -> TU    Confirmed 1
                  400 TU    -> alice hangup 1
                  400 alice -> b1    BYE 2 sip:bob@127.0.0.2
                  400 alice -> TU    Ended 1 200
                """);
        assertThat(flow.sent("BYE").to()).isEqualTo(
                Address.parse("<sip:carol@biloxi.com>;tag=b1"));
    }

    //= rfc4916#4.4.2-4 another final response: the remote URI is not updated
    @Test void who_is_refused_is_who_he_was() {
        var flow = play(CALLED + """
                  200 b1    -> alice INVITE 7 From=<sip:carol@biloxi.com>;tag=b1 sdp3
                  200 alice -> TU    ChangeOffered 1 sdp3
                  300 TU    -> alice refuse 1 488
                  300 alice -> b1    488
                  400 TU    -> alice hangup 1
                  400 alice -> b1    BYE 2 sip:b1@127.0.0.2
                  400 alice -> TU    Ended 1 200
                """);
        assertThat(flow.sent("BYE").to().uri()).hasToString("sip:bob@biloxi.com");
    }

    //= rfc4916#4.3-1 the identity has changed: a request is issued on the dialog
    //= rfc4916#4.3-2 with the UPDATE method
    //= rfc4916#4.2-4 which has it in the URI of the From header field
    @Test void another_talks_for_alice() {
        var flow = play(CALLED + """
                  200 TU    -> alice identify 1 sip:carol@atlanta.com
                  200 alice -> b1    UPDATE 2 sip:b1@127.0.0.2
                  250 b1    -> alice 200 UPDATE
                  250 alice -> TU    Identified 200
                  400 TU    -> alice hangup 1
                  400 alice -> b1    BYE 3 sip:b1@127.0.0.2
                  400 alice -> TU    Ended 1 200
                """);
        var tag = flow.sent("INVITE").from().tag().orElseThrow();
        //= rfc4916#4.4.1-3 and the same URI is in From of all requests after it
        for (var method : List.of("UPDATE", "BYE"))
            assertThat(flow.sent(method).from()).as(method)
                    .isEqualTo(Address.parse("<sip:carol@atlanta.com>;tag=" + tag));
    }

    @Test void the_old_name_is_still_good() {
        play(CALLED + """
                  200 TU    -> alice identify 1 sip:carol@atlanta.com
                  200 alice -> b1    UPDATE 2 sip:b1@127.0.0.2
                  250 b1    -> alice 200 UPDATE
                  250 alice -> TU    Identified 200
                  400 b1    -> alice BYE 7
                  400 alice -> b1    200 BYE
                  400 alice -> TU    Ended 1 200
                """);
    }

    @Test void who_does_not_take_it_goes_by_the_old_name() {
        var flow = CallFlow.play(List.of(), WORDS, CALLED + """
                  200 b1    -> alice INVITE 7 From=<sip:carol@biloxi.com>;tag=b1 sdp3
                  200 alice -> TU    ChangeOffered 1 sdp3
                  300 TU    -> alice answer 1 sdp4
                  300 alice -> b1    200 sdp4
                  310 b1    -> alice ACK 7 From=<sip:carol@biloxi.com>;tag=b1
                  310 alice -> TU    Confirmed 1
                  400 TU    -> alice hangup 1
                  400 alice -> b1    BYE 2 sip:bob@127.0.0.2
                  400 alice -> TU    Ended 1 200
                """);
        assertThat(flow.sent("BYE").to().uri()).hasToString("sip:bob@biloxi.com");
    }

    @Test void it_is_told_when_the_answer_is_final() {
        play(CALLED + """
                  200 TU    -> alice identify 1 sip:carol@atlanta.com
                  200 alice -> b1    UPDATE 2 sip:b1@127.0.0.2
                  220 b1    -> alice 183 UPDATE
                  250 b1    -> alice 403 UPDATE
                  250 alice -> TU    Identified 403
                """);
    }

    @Test void who_has_not_said_that_he_takes_it_is_not_told() {
        play(CALLED.replace("Supported=from-change ", "") + """
                  200 TU    -> alice identify 1 sip:carol@atlanta.com
                  200 alice -> TU    Identified 420
                """);
    }
}
