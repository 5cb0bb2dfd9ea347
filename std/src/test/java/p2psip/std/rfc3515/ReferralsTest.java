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
            long number = Long.parseLong(words[3]);
            return switch (words[2]) {
                case "refer" -> new Referrals.Command.Refer(
                        number, Long.parseLong(words[4]), words[5]);
                case "report" -> new Referrals.Command.Report(
                        number, Integer.parseInt(words[4]));
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
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  100 <- 200 INVITE;b1 Record-Route=<sip:p1;lr> sdp2
                  100 -> ACK 1 sip:b1@127.0.0.2 route=<sip:p1;lr>
                  100 TU Answered 1 sdp2
                """;

    private static final String TAKEN = """
                    0 <- INVITE 7 sdp1
                    0 TU Incoming -1 sdp1
                    0 TU answer -1 sdp2
                    0 -> 200 INVITE sdp2
                   90 <- ACK 7
                   90 TU Confirmed -1
                  100 <- REFER 8 Refer-To=<sip:carol@chicago.com>
                  100 -> 202 REFER
                  100 -> NOTIFY 1 sip:bob@127.0.0.2 Event=refer;id=8 Subscription-State=active;expires=60 SIP/2.0 100 Trying
                  100 TU Referred -2 in -1 to sip:carol@chicago.com
                """;

    private static CallFlow play(String script) {
        return CallFlow.play(List.of(new Referrals()), WORDS, script);
    }

    /// The numbers of the call go on, and so does the call, to where the last NOTIFY came from.
    @Test void the_peer_is_referred_and_reports() {
        var flow = play(PLACED + """
                  200 TU refer 2 1 sip:carol@chicago.com
                  200 -> REFER 2 sip:b1@127.0.0.2 route=<sip:p1;lr> Refer-To=<sip:carol@chicago.com>
                  210 <- NOTIFY 1;b1 Event=refer Subscription-State=active frag100
                  210 -> 200 NOTIFY
                  210 TU Reported 2 SIP/2.0 100
                  220 <- 202 REFER;b1
                  900 <- NOTIFY 2;b1 Event=refer Subscription-State=terminated frag200
                  900 -> 200 NOTIFY
                  900 TU Reported 2 SIP/2.0 200
                  900 TU Over 2 200
                  950 <- NOTIFY 3;b1 Event=refer Subscription-State=active frag100
                  950 -> 481 NOTIFY
                 1000 TU hangup 1
                 1000 -> BYE 3 sip:bob@127.0.0.2 route=<sip:p1;lr>
                 1000 TU Ended 1 200
                """);
        assertThat(flow.sent("REFER").has("Contact")).isTrue();
    }

    @Test void two_referrals_are_told_apart_by_their_ids() {
        play(PLACED + """
                  200 TU refer 2 1 sip:carol@chicago.com
                  200 -> REFER 2 sip:b1@127.0.0.2 route=<sip:p1;lr> Refer-To=<sip:carol@chicago.com>
                  220 <- 202 REFER;b1
                  300 TU refer 3 1 sip:dave@denver.com
                  300 -> REFER 3 sip:b1@127.0.0.2 route=<sip:p1;lr> Refer-To=<sip:dave@denver.com>
                  320 <- 202 REFER;b1
                  400 <- NOTIFY 1;b1 Event=refer;id=3 Subscription-State=terminated frag603
                  400 -> 200 NOTIFY
                  400 TU Reported 3 SIP/2.0 603
                  400 TU Over 3 200
                  410 <- NOTIFY 2;b1 Event=refer;id=2 Subscription-State=terminated frag200
                  410 -> 200 NOTIFY
                  410 TU Reported 2 SIP/2.0 200
                  410 TU Over 2 200
                """);
    }

    /// The dialog ends with its last usage, and not with the call.
    @Test void the_dialog_outlives_the_call() {
        var flow = play(PLACED + """
                  200 TU refer 2 1 sip:carol@chicago.com
                  200 -> REFER 2 sip:b1@127.0.0.2 route=<sip:p1;lr> Refer-To=<sip:carol@chicago.com>
                  220 <- 202 REFER;b1
                  300 <- BYE 1;b1
                  300 -> 200 BYE
                  300 TU Ended 1 200
                  310 <- BYE 2;b1
                  310 -> 481 BYE
                  900 <- NOTIFY 3;b1 Event=refer Subscription-State=terminated frag200
                  900 -> 200 NOTIFY
                  900 TU Reported 2 SIP/2.0 200
                  900 TU Over 2 200
                  910 <- NOTIFY 4;b1 Event=refer Subscription-State=active frag100
                  910 -> 481 NOTIFY
                40000 TU refer 3 1 sip:carol@chicago.com
                40000 TU Over 3 481
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    /// 481 is for the referral alone; the call goes on.
    @Test void a_refer_that_is_refused_ends_no_call() {
        for (int status : List.of(603, 481, 405, 501)) play(PLACED + """
                  200 TU refer 2 1 sip:carol@chicago.com
                  200 -> REFER 2 sip:b1@127.0.0.2 route=<sip:p1;lr> Refer-To=<sip:carol@chicago.com>
                  220 <- %d REFER;b1
                  220 TU Over 2 %<d
                 1000 TU hangup 1
                 1000 -> BYE 3 sip:b1@127.0.0.2 route=<sip:p1;lr>
                 1000 TU Ended 1 200
                """.formatted(status));
    }

    @Test void we_are_referred_and_report() {
        var flow = play(TAKEN + """
                  120 <- 200 NOTIFY;b1
                  900 TU report -2 200
                  900 -> NOTIFY 2 sip:b1@127.0.0.2 Event=refer;id=8 Subscription-State=terminated;reason=noresource SIP/2.0 200 OK
                  950 <- 200 NOTIFY;b1
                 1000 <- BYE 9
                 1000 -> 200 BYE
                 1000 TU Ended -1 200
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    @Test void a_refer_to_nobody_or_of_no_call_is_refused() {
        play(TAKEN + """
                  110 <- REFER 9
                  110 -> 400 REFER
                  120 <- BYE 10
                  120 -> 200 BYE
                  120 TU Ended -1 200
                  130 <- REFER 11 Refer-To=<sip:carol@chicago.com>
                  130 -> 481 REFER
                """);
    }

    /// 404 to a NOTIFY: the peer is not where the dialog says, and all that share it end.
    @Test void a_404_to_a_notify_ends_the_call_too() {
        var flow = play(TAKEN + """
                  120 <- 404 NOTIFY;b1
                  120 -> BYE 2 sip:bob@127.0.0.2
                  120 TU Ended -1 404
                  120 TU Over -2 404
                  200 <- OPTIONS 9
                  200 -> 481 OPTIONS
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    @Test void a_404_to_a_notify_while_it_rings_refuses_the_call() {
        var flow = play("""
                    0 <- INVITE 7 sdp1
                    0 TU Incoming -1 sdp1
                    5 TU ring -1
                    5 -> 180 INVITE
                   10 <- REFER 8 Refer-To=<sip:carol@chicago.com>
                   10 -> 202 REFER
                   10 -> NOTIFY 1 sip:bob@127.0.0.2 Event=refer;id=8 Subscription-State=active;expires=60 SIP/2.0 100 Trying
                   10 TU Referred -2 in -1 to sip:carol@chicago.com
                   20 <- 404 NOTIFY;b1
                   20 -> 487 INVITE
                   20 TU Ended -1 404
                   20 TU Over -2 404
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    /// 481 and 489 to a NOTIFY, or no answer: the peer knows nothing of the referral any more.
    @Test void a_481_to_a_notify_ends_the_referral_alone() {
        for (var answer : List.of("481 NOTIFY;b1", "489 NOTIFY;b1", "timeout NOTIFY")) {
            int status = answer.startsWith("4") ? Integer.parseInt(answer.substring(0, 3)) : 408;
            play(TAKEN + """
                  120 <- %s
                  120 TU Over -2 %d
                  200 <- OPTIONS 9
                  200 -> 200 OPTIONS Accept-Encoding=identity
                 1000 TU hangup -1
                 1000 -> BYE 2 sip:bob@127.0.0.2
                 1000 TU Ended -1 200
                """.formatted(answer, status));
        }
    }

    @Test void a_500_to_a_notify_ends_nothing() {
        play(TAKEN + """
                  120 <- 500 NOTIFY;b1
                  900 TU report -2 200
                  900 -> NOTIFY 2 sip:bob@127.0.0.2 Event=refer;id=8 Subscription-State=terminated;reason=noresource SIP/2.0 200 OK
                """);
    }
}
