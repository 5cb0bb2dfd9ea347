package p2psip.std.rfc3515;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.ua.*;

/// REFER within a call, with its NOTIFYs in the dialog of the call.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5057#section-5.1 RFC 5057 §5.1
class ReferralsTest {

    private static final CallFlow.Words WORDS = new CallFlow.Words() {
        @Override public Core.Command command(String[] words) {
            long number = Long.parseLong(words[1]);
            return switch (words[0]) {
                case "refer" -> new Referrals.Command.Refer(
                        number, Long.parseLong(words[2]), words[3]);
                case "report" -> new Referrals.Command.Report(
                        number, Integer.parseInt(words[2]));
                default -> throw new IllegalArgumentException(String.join(" ", words));
            };
        }

        @Override public String text(Usage.Event event) {
            return switch ((Referrals.Event) event) {
                case Referrals.Event.Referred(long n, var call, var to) ->
                        "Referred " + n + " in " + call.orElseThrow() + " to " + to.uri();
                case Referrals.Event.Reported(long n, var line) -> "Reported " + n + " " + line;
                case Referrals.Event.Ended(long n, int status) -> "Over " + n + " " + status;
            };
        }
    };

    private static final String PLACED = """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 200 Record-Route=<sip:p1;lr> sdp2
                  100 alice -> b1    ACK 1 sip:b1@127.0.0.2 route=<sip:p1;lr>
                  100 alice -> TU    Answered 1 sdp2
                """;

    private static final String TAKEN = """
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                   90 bob   -> alice ACK 7
                   90 alice -> TU    Confirmed -1
                  100 bob   -> alice REFER 8 Refer-To=<sip:carol@chicago.com>
                  100 alice -> bob   202 REFER
                  100 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=active;expires=60 SIP/2.0 100 Trying
                  100 alice -> TU    Referred -2 in -1 to sip:carol@chicago.com
                """;

    private static CallFlow play(String script) {
        return CallFlow.play(List.of(new Referrals()), WORDS, script);
    }

    /// The numbers of the call go on, and so does the call, to where the last NOTIFY came from.
    @Test void the_peer_is_referred_and_reports() {
        var flow = play(PLACED + """
                  200 TU    -> alice refer 2 1 sip:carol@chicago.com
                  200 alice -> b1    REFER 2 sip:b1@127.0.0.2 route=<sip:p1;lr> \
                        Refer-To=<sip:carol@chicago.com>
                  210 b1    -> alice NOTIFY 1 Event=refer Subscription-State=active frag100
                  210 alice -> b1    200 NOTIFY
                  210 alice -> TU    Reported 2 SIP/2.0 100
                  220 b1    -> alice 202 REFER
                  900 b1    -> alice NOTIFY 2 Event=refer Subscription-State=terminated frag200
                  900 alice -> b1    200 NOTIFY
                  900 alice -> TU    Reported 2 SIP/2.0 200
                  900 alice -> TU    Over 2 200
                  950 b1    -> alice NOTIFY 3 Event=refer Subscription-State=active frag100
                  950 alice -> b1    481 NOTIFY
                 1000 TU    -> alice hangup 1
                 1000 alice -> b1    BYE 3 sip:bob@127.0.0.2 route=<sip:p1;lr>
                 1000 alice -> TU    Ended 1 200
                """);
        assertThat(flow.sent("REFER").has("Contact")).isTrue();
    }

    @Test void two_referrals_are_told_apart_by_their_ids() {
        play(PLACED + """
                  200 TU    -> alice refer 2 1 sip:carol@chicago.com
                  200 alice -> b1    REFER 2 sip:b1@127.0.0.2 route=<sip:p1;lr> \
                        Refer-To=<sip:carol@chicago.com>
                  220 b1    -> alice 202 REFER
                  300 TU    -> alice refer 3 1 sip:dave@denver.com
                  300 alice -> b1    REFER 3 sip:b1@127.0.0.2 route=<sip:p1;lr> \
                        Refer-To=<sip:dave@denver.com>
                  320 b1    -> alice 202 REFER
                  400 b1    -> alice NOTIFY 1 Event=refer;id=3 Subscription-State=terminated frag603
                  400 alice -> b1    200 NOTIFY
                  400 alice -> TU    Reported 3 SIP/2.0 603
                  400 alice -> TU    Over 3 200
                  410 b1    -> alice NOTIFY 2 Event=refer;id=2 Subscription-State=terminated frag200
                  410 alice -> b1    200 NOTIFY
                  410 alice -> TU    Reported 2 SIP/2.0 200
                  410 alice -> TU    Over 2 200
                """);
    }

    /// The dialog ends with its last usage, and not with the call.
    @Test void the_dialog_outlives_the_call() {
        var flow = play(PLACED + """
                  200 TU    -> alice refer 2 1 sip:carol@chicago.com
                  200 alice -> b1    REFER 2 sip:b1@127.0.0.2 route=<sip:p1;lr> \
                        Refer-To=<sip:carol@chicago.com>
                  220 b1    -> alice 202 REFER
                  300 b1    -> alice BYE 1
                  300 alice -> b1    200 BYE
                  300 alice -> TU    Ended 1 200
                  310 b1    -> alice BYE 2
                  310 alice -> b1    481 BYE
                  900 b1    -> alice NOTIFY 3 Event=refer Subscription-State=terminated frag200
                  900 alice -> b1    200 NOTIFY
                  900 alice -> TU    Reported 2 SIP/2.0 200
                  900 alice -> TU    Over 2 200
                  910 b1    -> alice NOTIFY 4 Event=refer Subscription-State=active frag100
                  910 alice -> b1    481 NOTIFY
                40000 TU    -> alice refer 3 1 sip:carol@chicago.com
                40000 alice -> TU    Over 3 481
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    /// 481 is for the referral alone; the call goes on.
    @Test void a_refer_that_is_refused_ends_no_call() {
        for (int status : List.of(603, 481, 405, 501)) play(PLACED + """
                  200 TU    -> alice refer 2 1 sip:carol@chicago.com
                  200 alice -> b1    REFER 2 sip:b1@127.0.0.2 route=<sip:p1;lr> \
                        Refer-To=<sip:carol@chicago.com>
                  220 b1    -> alice %d REFER
                  220 alice -> TU    Over 2 %<d
                 1000 TU    -> alice hangup 1
                 1000 alice -> b1    BYE 3 sip:b1@127.0.0.2 route=<sip:p1;lr>
                 1000 alice -> TU    Ended 1 200
                """.formatted(status));
    }

    @Test void we_are_referred_and_report() {
        var flow = play(TAKEN + """
                  120 bob   -> alice 200 NOTIFY Contact=<sip:b1@127.0.0.2>
                  900 TU    -> alice report -2 200
                  900 alice -> bob   NOTIFY 2 sip:b1@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=terminated;reason=noresource SIP/2.0 200 OK
                  950 bob   -> alice 200 NOTIFY Contact=<sip:b1@127.0.0.2>
                 1000 bob   -> alice BYE 9
                 1000 alice -> bob   200 BYE
                 1000 alice -> TU    Ended -1 200
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    @Test void a_refer_to_nobody_or_of_no_call_is_refused() {
        play(TAKEN + """
                  110 bob   -> alice REFER 9
                  110 alice -> bob   400 REFER
                  120 bob   -> alice BYE 10
                  120 alice -> bob   200 BYE
                  120 alice -> TU    Ended -1 200
                  130 bob   -> alice REFER 11 Refer-To=<sip:carol@chicago.com>
                  130 alice -> bob   481 REFER
                """);
    }

    /// 404 to a NOTIFY: the peer is not where the dialog says, and all that share it end.
    @Test void a_404_to_a_notify_ends_the_call_too() {
        var flow = play(TAKEN + """
                  120 bob   -> alice 404 NOTIFY Contact=<sip:b1@127.0.0.2>
                  120 alice -> bob   BYE 2 sip:bob@127.0.0.2
                  120 alice -> TU    Ended -1 404
                  120 alice -> TU    Over -2 404
                  200 bob   -> alice OPTIONS 9
                  200 alice -> bob   481 OPTIONS
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    @Test void a_404_to_a_notify_while_it_rings_refuses_the_call() {
        var flow = play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    5 TU    -> alice ring -1
                    5 alice -> bob   180
                   10 bob   -> alice REFER 8 Refer-To=<sip:carol@chicago.com>
                   10 alice -> bob   202 REFER
                   10 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=active;expires=60 SIP/2.0 100 Trying
                   10 alice -> TU    Referred -2 in -1 to sip:carol@chicago.com
                   20 bob   -> alice 404 NOTIFY Contact=<sip:b1@127.0.0.2>
                   20 alice -> bob   487
                   20 alice -> TU    Ended -1 404
                   20 alice -> TU    Over -2 404
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    /// 481 and 489 to a NOTIFY, or no answer: the peer knows nothing of the referral any more.
    @Test void a_481_to_a_notify_ends_the_referral_alone() {
        for (var answer : List.of("-> alice 481 NOTIFY", "-> alice 489 NOTIFY",
                "! TIMEOUT NOTIFY")) {
            int status = answer.startsWith("!") ? 408 : Integer.parseInt(answer.split(" ")[2]);
            play(TAKEN + """
                  120 bob %s
                  120 alice -> TU    Over -2 %d
                  200 bob   -> alice OPTIONS 9
                  200 alice -> bob   200 OPTIONS Accept-Encoding=identity
                 1000 TU    -> alice hangup -1
                 1000 alice -> bob   BYE 2 sip:bob@127.0.0.2
                 1000 alice -> TU    Ended -1 200
                """.formatted(answer, status));
        }
    }

    @Test void a_500_to_a_notify_ends_nothing() {
        play(TAKEN + """
                  120 bob   -> alice 500 NOTIFY Contact=<sip:b1@127.0.0.2>
                  900 TU    -> alice report -2 200
                  900 alice -> bob   NOTIFY 2 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=terminated;reason=noresource SIP/2.0 200 OK
                """);
    }
}
