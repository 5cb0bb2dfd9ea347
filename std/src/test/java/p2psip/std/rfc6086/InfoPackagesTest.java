package p2psip.std.rfc6086;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.ua.*;

/// Two packages, of which alice knows both: keys, and a colour that has an option tag.
class InfoPackagesTest {
    private static final List<Extension> EXTENSIONS = List.of(new InfoPackages(List.of(
            new InfoPackage("keys", "text/keys", Optional.empty()),
            new InfoPackage("colour", "text/colour", Optional.of("colour")))));

    private static final CallFlow.Words WORDS = new CallFlow.Words() {
        @Override public Core.Command command(String[] words) {
            return new InfoPackages.Command.Send(Long.parseLong(words[1]),
                    Long.parseLong(words[2]), words[3],
                    new Content("text/" + words[3], Bytes.utf8(words[4])));
        }

        @Override public String text(Usage.Event event) {
            return switch ((InfoPackages.Event) event) {
                case InfoPackages.Event.Said(_, long call, var name, var body) ->
                        "Said " + call + " " + name + " " + body.utf8();
                case InfoPackages.Event.Outcome(long usage, long call, int status) ->
                        "Outcome " + usage + " " + call + " " + status;
            };
        }
    };

    private static CallFlow play(String ladder) {
        return CallFlow.play(EXTENSIONS, WORDS, ladder);
    }

    /// A call to bob, who wants to hear of these packages.
    private static String called(String willing) {
        return """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 200 sdp2 %s
                  100 alice -> b1    ACK 1 sip:b1@127.0.0.2
                  100 alice -> TU    Answered 1 sdp2
                """.formatted(willing);
    }

    @Test void what_the_peer_wants_to_hear_is_said() {
        var flow = play(called("Recv-Info=smell,keys;slow") + """
                  200 TU    -> alice say 2 1 keys 7
                  200 alice -> b1    INFO 2 sip:b1@127.0.0.2 7
                  250 b1    -> alice 200 INFO
                  250 alice -> TU    Outcome 2 1 200
                """);
        var info = flow.sent("INFO");
        //= rfc6086#4.2.1-1 the Info-Package of the request
        assertThat(info.need("Info-Package")).isEqualTo("keys");
        assertThat(info.need("Content-Disposition")).isEqualTo("Info-Package");
        assertThat(info.need("Content-Type")).isEqualTo("text/keys");
        //= rfc6086#4.2.1-3 and no Recv-Info
        assertThat(info.has("Recv-Info")).isFalse();
        //= rfc6086#5.2.3-1 which the initial INVITE has
        assertThat(flow.sent("INVITE").list("Recv-Info")).containsExactly("keys", "colour");
        //= rfc6086#5.2.2-5 though Allow lists INFO as well
        assertThat(flow.sent("INVITE").list("Allow")).contains("INFO");
        //= rfc6086#10.6-1 the option tag of a package that has one
        assertThat(flow.sent("INVITE").list("Supported")).containsExactly("colour");
    }

    //= rfc6086#5.2.2-4 before it has shown to be willing to receive it nothing is sent
    @Test void what_it_does_not_is_not() {
        play(called("") + """
                  200 TU    -> alice say 2 1 keys 7
                  200 alice -> TU    Outcome 2 1 469
                  210 TU    -> alice say 3 9 keys 7
                  210 alice -> TU    Outcome 3 9 481
                """);
        play(called("Recv-Info=keys2,KEYS") + """
                  200 TU    -> alice say 2 1 keys 7
                  200 alice -> TU    Outcome 2 1 469
                """);
    }

    //= rfc6086#5.2.2-4 nor after it has said that it is willing no longer
    @Test void the_peer_may_change_its_mind() {
        play(called("Recv-Info=keys") + """
                  200 b1    -> alice INVITE 5 Recv-Info= sdp3
                  200 alice -> TU    ChangeOffered 1 sdp3
                  200 TU    -> alice answer 1 sdp4
                  200 alice -> b1    200 sdp4
                  220 b1    -> alice ACK 5
                  220 alice -> TU    Confirmed 1
                  300 TU    -> alice say 2 1 keys 7
                  300 alice -> TU    Outcome 2 1 469
                """);
    }

    //= rfc6086#5.2.4-1 a request that is rejected: the set is that from before it
    @Test void but_not_by_a_request_that_is_refused() {
        play(called("Recv-Info=keys") + """
                  200 b1    -> alice INVITE 5 Recv-Info=colour sdp3
                  200 alice -> TU    ChangeOffered 1 sdp3
                  200 TU    -> alice refuse 1 488
                  200 alice -> b1    488
                  220 b1    -> alice ACK 5
                  300 TU    -> alice say 2 1 keys 7
                  300 alice -> b1    INFO 2 sip:b1@127.0.0.2 7
                """);
    }

    //= rfc6086#4.2.1-5 after a 469 the call goes on
    @Test void a_refusal_is_not_the_end() {
        play(called("Recv-Info=keys") + """
                  200 TU    -> alice say 2 1 keys 7
                  200 alice -> b1    INFO 2 sip:b1@127.0.0.2 7
                  250 b1    -> alice 469 INFO Recv-Info=
                  250 alice -> TU    Outcome 2 1 469
                  300 TU    -> alice say 3 1 keys 8
                  300 alice -> b1    INFO 3 sip:b1@127.0.0.2 8
                """);
    }

    @Test void what_is_said_to_us_is_told() {
        var flow = play(called("") + """
                  200 b1    -> alice INFO 5 Info-Package=keys;fast Content-Type=text/keys \
                        Content-Disposition=Info-Package body
                  200 alice -> b1    200 INFO
                  200 alice -> TU    Said 1 keys body
                """);
        //= rfc6086#4.3.2-1 no body in the response
        assertThat(flow.answer("INFO").body().isEmpty()).isTrue();
        assertThat(flow.answer("INFO").has("Recv-Info")).isFalse();
    }

    @Test void what_we_do_not_know_is_refused() {
        var flow = play(called("") + """
                  200 b1    -> alice INFO 5 Info-Package=Keys Content-Type=text/keys \
                        Content-Disposition=Info-Package body
                  200 alice -> b1    469 INFO
                  210 b1    -> alice INFO 6 Info-Package=keys Content-Type=text/colour \
                        Content-Disposition=Info-Package body
                  210 alice -> b1    415 INFO
                """);
        //= rfc6086#4.2.2-3 a type that is supported, but not of this package: 415
        assertThat(flow.answer("INFO").list("Accept")).contains("text/keys");
    }

    //= rfc6086#4.2.2-1 with Recv-Info, the packages for which INFO can be received
    @Test void and_told_what_we_know() {
        var flow = play(called("") + """
                  200 b1    -> alice INFO 5 Info-Package=x
                  200 alice -> b1    469 INFO
                """);
        assertThat(flow.answer("INFO").list("Recv-Info")).containsExactly("keys", "colour");
        assertThat(flow.answer("INFO").reason()).isEqualTo("Bad Info Package");
    }

    /// As before there were packages: a sign of life has no body.
    @Test void an_info_of_no_package_has_nothing_to_say() {
        play(called("") + """
                  200 b1    -> alice INFO 5
                  200 alice -> b1    200 INFO
                  210 b1    -> alice INFO 6 Content-Type=text/keys body
                  210 alice -> b1    415 INFO
                """);
    }

    //= rfc6086#4.2.1-4 outside of an invite dialog usage none is sent, or taken
    @Test void outside_of_a_call_there_is_no_info() {
        play("""
                    0 b1    -> alice INFO 5 Info-Package=keys Content-Type=text/keys \
                        Content-Disposition=Info-Package To=<sip:alice@atlanta.com> body
                    0 alice -> b1    481 INFO
                """);
    }

    //= rfc6086#5.2.3-2,3 a 2xx has Recv-Info where the request had it, and only there
    @Test void who_calls_is_answered_in_kind() {
        for (boolean willing : List.of(true, false)) {
            var flow = play("""
                    0 bob   -> alice INVITE 5 To=<sip:alice@atlanta.com> %s sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice ring -1
                    0 alice -> bob   180
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                """.formatted(willing ? "Recv-Info=" : "X-No=1"));
            //= rfc6086#5.2.3-4 and the same in all responses
            assertThat(flow.answer("INVITE").list("Recv-Info"))
                    .isEqualTo(willing ? List.of("keys", "colour") : List.of());
        }
    }

    //= rfc6086#5.2.2-2 with no packages an empty Recv-Info
    //= rfc6086#5.2.3-1 is in the INVITE all the same
    @Test void who_knows_no_package_says_so() {
        var flow = CallFlow.play(List.of(new InfoPackages(List.of())), WORDS, """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 TU    -> alice register 60
                  100 alice -> registrar REGISTER 1 sip:atlanta.com Expires=60
                """);
        assertThat(flow.sent("INVITE").need("Recv-Info")).isEmpty();
        //= rfc6086#5.3-1 and a REGISTER says nothing of packages
        assertThat(flow.sent("REGISTER").has("Recv-Info")).isFalse();
    }

    @Test void a_package_has_a_name() {
        assertThatThrownBy(() -> new InfoPackage("a b", "text/plain", Optional.empty()))
                .hasMessageContaining("no token");
    }
}
