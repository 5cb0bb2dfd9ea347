package p2psip.std.rfc3515;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3420.Sipfrag;
import p2psip.std.rfc6665.Subscriptions;

/// REFER within a call, with its NOTIFYs in the dialog of the call, and outside of it, where
/// Target-Dialog names the call.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5057#section-5.1 RFC 5057 §5.1
class ReferralsTest {

    static final CallFlow.Words WORDS = new CallFlow.Words() {
        @Override public Core.Command command(String[] words) {
            long number = Long.parseLong(words[1]);
            return switch (words[0]) {
                case "refer" -> new Referrer.Command.Refer(number, Long.parseLong(words[2]),
                        words[3], words.length > 4);
                case "transfer" -> new Referrer.Command.Transfer(
                        number, Long.parseLong(words[2]), Long.parseLong(words[3]));
                case "bring" -> new Referrer.Command.Bring(
                        number, Long.parseLong(words[2]), Long.parseLong(words[3]));
                case "ask" -> new Referrer.Command.Ask(
                        number, words[2], words[3], words.length > 4);
                case "park" -> new Referrer.Command.Park(
                        number, words[2], Long.parseLong(words[3]));
                case "drop" -> new Referrer.Command.Drop(number);
                case "follow" -> new Referee.Command.Follow(number);
                case "decline" -> new Referee.Command.Refuse(number);
                case "report" -> new Referee.Command.Report(number, Integer.parseInt(words[2]),
                        words[3]);
                default -> throw new IllegalArgumentException(String.join(" ", words));
            };
        }

        @Override public String text(Usage.Event event) {
            return switch (event) {
                case Referee.Event.Asked(long n, long call, var to, var more) -> "Asked " + n
                        + " in " + call + " to " + to.uri() + more.stream()
                                .map(field -> " " + field.name() + "=" + field.value())
                                .collect(Collectors.joining());
                case Referee.Event.Lapsed(long n) -> "Lapsed " + n;
                case Referrer.Event.Progress(long n, int status, var reason) ->
                        "Told " + n + " " + status + " " + reason;
                case Referrer.Event.Ended(long n, int status, _) -> "Over " + n + " " + status;
                default -> throw new AssertionError(event);
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

    private static final String REFERRED = PLACED + """
                  200 TU    -> alice refer 2 1 sip:carol@chicago.com
                  200 alice -> b1    REFER 2 sip:b1@127.0.0.2 route=<sip:p1;lr> \
                        Refer-To=<sip:carol@chicago.com>
                """;

    private static final String TAKEN = """
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                   90 bob   -> alice ACK 7
                   90 alice -> TU    Confirmed -1
                """;

    private static final String ASKED = TAKEN + """
                  100 bob   -> alice REFER 8 Refer-To=<sip:carol@chicago.com>
                  100 alice -> TU    Asked -2 in -1 to sip:carol@chicago.com
                """;

    private static final String FOLLOWED = ASKED + """
                  110 TU    -> alice follow -2
                  110 alice -> bob   200 REFER
                  110 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=active;expires=299 SIP/2.0 100 Trying
                """;

    private static CallFlow play(String script) { return play(new Referrals(), script); }

    private static CallFlow play(Referrals referrals, String script) {
        return CallFlow.play(List.of(referrals,
                new Subscriptions(List.of(), new SplittableRandom(1))), WORDS, script);
    }

    // We ask

    /// The numbers of the call go on, and so does the call, to where the last NOTIFY came from.
    //= rfc3515#2-3,4 with a Contact, by the route of the dialog
    //= rfc3515#2.4.4-5 a NOTIFY may come before the answer
    //= rfc3515#2.4.1-1 one Refer-To
    @Test void the_peer_is_referred_and_reports() {
        var flow = play(REFERRED + """
                  210 b1    -> alice NOTIFY 1 Event=refer Subscription-State=active frag100
                  210 alice -> b1    200 NOTIFY
                  210 alice -> TU    Told 2 100\s
                  220 b1    -> alice 202 REFER
                  900 b1    -> alice NOTIFY 2 Event=refer Subscription-State=terminated frag200
                  900 alice -> b1    200 NOTIFY
                  900 alice -> TU    Told 2 200\s
                  900 alice -> TU    Over 2 200
                  950 b1    -> alice NOTIFY 3 Event=refer Subscription-State=active frag100
                  950 alice -> b1    481 NOTIFY
                 1000 TU    -> alice hangup 1
                 1000 alice -> b1    BYE 3 sip:bob@127.0.0.2 route=<sip:p1;lr>
                 1000 alice -> TU    Ended 1 200
                """);
        var refer = flow.sent("REFER");
        assertThat(refer.all("Contact")).hasSize(1);
        //= rfc3892#2.1-1 one Referred-By: who asks
        //= rfc3892#3-2 in angle brackets
        assertThat(refer.all("Referred-By")).containsExactly("<sip:alice@atlanta.com>");
        assertThat(refer.all("Refer-To")).hasSize(1);
        //= rfc4538#3-2,3 in the existing dialog this specification is not used
        //= rfc4538#6-1 in Supported, all the same
        assertThat(refer.has("Target-Dialog")).isFalse();
        assertThat(refer.list("Supported")).contains("tdialog", "norefersub");
    }

    @Test void two_referrals_are_told_apart_by_their_ids() {
        play(REFERRED + """
                  220 b1    -> alice 202 REFER
                  300 TU    -> alice refer 3 1 sip:dave@denver.com
                  300 alice -> b1    REFER 3 sip:b1@127.0.0.2 route=<sip:p1;lr> \
                        Refer-To=<sip:dave@denver.com>
                  320 b1    -> alice 202 REFER
                  400 b1    -> alice NOTIFY 1 Event=refer;id=3 Subscription-State=terminated frag603
                  400 alice -> b1    200 NOTIFY
                  400 alice -> TU    Told 3 603\s
                  400 alice -> TU    Over 3 200
                  410 b1    -> alice NOTIFY 2 Event=refer;id=2 Subscription-State=terminated frag200
                  410 alice -> b1    200 NOTIFY
                  410 alice -> TU    Told 2 200\s
                  410 alice -> TU    Over 2 200
                """);
    }

    /// The dialog ends with its last usage, and not with the call.
    @Test void the_dialog_outlives_the_call() {
        for (int status : List.of(200, 202)) {
            var flow = play(REFERRED + """
                  220 b1    -> alice %d REFER
                  300 b1    -> alice BYE 1
                  300 alice -> b1    200 BYE
                  300 alice -> TU    Ended 1 200
                  310 b1    -> alice BYE 2
                  310 alice -> b1    481 BYE
                  900 b1    -> alice NOTIFY 3 Event=refer Subscription-State=terminated frag200
                  900 alice -> b1    200 NOTIFY
                  900 alice -> TU    Told 2 200\s
                  900 alice -> TU    Over 2 200
                  910 b1    -> alice NOTIFY 4 Event=refer Subscription-State=active frag100
                  910 alice -> b1    481 NOTIFY
                40000 TU    -> alice refer 3 1 sip:carol@chicago.com
                40000 alice -> TU    Over 3 481
                """.formatted(status));
            assertThat(flow.agent().legs()).isZero();
        }
    }

    /// 481 is for the referral alone; the call goes on.
    @Test void a_refer_that_is_refused_ends_no_call() {
        for (int status : List.of(603, 481, 405, 501)) play(REFERRED + """
                  220 b1    -> alice %d REFER
                  220 alice -> TU    Over 2 %<d
                 1000 TU    -> alice hangup 1
                 1000 alice -> b1    BYE 3 sip:b1@127.0.0.2 route=<sip:p1;lr>
                 1000 alice -> TU    Ended 1 200
                """.formatted(status));
    }

    @Test void a_peer_that_accepts_and_says_nothing_is_waited_for_so_long() {
        var flow = play(REFERRED + """
                  220 b1    -> alice 200 REFER
                32220 alice -> TU    Over 2 408
                """);
        assertThat(flow.agent().legs()).isOne();
    }

    /// And one that says how long it takes, and then nothing more, so long.
    @Test void what_should_have_been_told_is_waited_for_so_long() {
        play(REFERRED + """
                  220 b1    -> alice 200 REFER
                  230 b1    -> alice NOTIFY 1 Event=refer \
                        Subscription-State=active;expires=60 frag180
                  230 alice -> b1    200 NOTIFY
                  230 alice -> TU    Told 2 180\s
                60230 alice -> TU    Over 2 408
                """);
    }

    @Test void nothing_is_waited_for_for_ever() {
        play(REFERRED + """
                  220 b1    -> alice 200 REFER
                  230 b1    -> alice NOTIFY 1 Event=refer \
                        Subscription-State=active;expires=999999 frag180
                  230 alice -> b1    200 NOTIFY
                  230 alice -> TU    Told 2 180\s
                3600230 alice -> TU    Over 2 408
                """);
    }

    @Test void a_notify_that_says_no_status_is_none() {
        play(REFERRED + """
                  220 b1    -> alice 200 REFER
                  230 b1    -> alice NOTIFY 1 Event=refer frag180
                  230 alice -> b1    400 NOTIFY
                  240 b1    -> alice NOTIFY 2 Event=refer Subscription-State=active body
                  240 alice -> b1    400 NOTIFY
                """);
    }

    //= rfc3515#2.4.6-3 the SUBSCRIBE that ends it has the id
    //= rfc3515#3.4-4 which terminates the subscription
    @Test void we_want_to_be_told_no_more() {
        play(REFERRED + """
                  220 b1    -> alice 200 REFER
                  230 b1    -> alice NOTIFY 1 Event=refer Subscription-State=active frag100
                  230 alice -> b1    200 NOTIFY
                  230 alice -> TU    Told 2 100\s
                  300 TU    -> alice drop 2
                  300 alice -> b1    SUBSCRIBE 3 sip:bob@127.0.0.2 route=<sip:p1;lr> Expires=0 \
                        Event=refer;id=2
                  320 b1    -> alice 200 SUBSCRIBE
                  330 b1    -> alice NOTIFY 2 Event=refer Subscription-State=terminated frag100
                  330 alice -> b1    200 NOTIFY
                  330 alice -> TU    Told 2 100\s
                  330 alice -> TU    Over 2 200
                """);
    }

    //= rfc4488#4-1 Refer-Sub in the REFER and in its 200: nothing is told
    //= rfc4488#4-3 certain not to be forked, in a dialog
    @Test void a_referral_without_notifies() {
        var flow = play(PLACED + """
                  200 TU    -> alice refer 2 1 sip:carol@chicago.com quiet
                  200 alice -> b1    REFER 2 sip:b1@127.0.0.2 route=<sip:p1;lr> \
                        Refer-To=<sip:carol@chicago.com>
                  220 b1    -> alice 200 REFER Refer-Sub=false
                  220 alice -> TU    Over 2 200
                """);
        assertThat(flow.sent("REFER").first("Refer-Sub")).hasValue("false");
        //= rfc4488#4-5 but nothing is required, for who knows what the peer can
        assertThat(flow.sent("REFER").has("Require")).isFalse();
    }

    //= rfc3891#4-3 no early dialog, as a call has that rings, is to be replaced
    @Test void nobody_is_asked_to_take_our_place_in_a_call_that_rings() {
        play(PLACED + """
                  200 TU    -> alice invite 3 sip:carol@chicago.com sdp1
                  200 alice -> carol INVITE 1 sip:carol@chicago.com sdp1
                  250 c1    -> alice 180
                  250 alice -> TU    Progress 3 180 c1
                  300 TU    -> alice transfer 2 1 3
                  300 alice -> TU    Over 2 481
                """);
    }

    /// What is meant is the call with carol, as she knows it: she is found by her address, for
    /// servers stand between.
    //= rfc3911#7.1-2 one to-tag and one from-tag
    @Test void the_peer_is_asked_to_come_into_another_call() {
        var calls = PLACED + """
                  150 TU    -> alice invite 3 sip:carol@chicago.com sdp1
                  150 alice -> carol INVITE 1 sip:carol@chicago.com sdp1
                  160 c1    -> alice 200 Record-Route=<sip:p1;lr> sdp2
                  160 alice -> c1    ACK 1 sip:c1@127.0.0.2 route=<sip:p1;lr>
                  160 alice -> TU    Answered 3 sdp2
                """;
        var invite = play(calls).sent("INVITE");
        var flow = play(calls + """
                  200 TU    -> alice bring 2 1 3
                  200 alice -> b1    REFER 2 sip:b1@127.0.0.2 route=<sip:p1;lr> \
                        Refer-To=<sip:carol@chicago.com?Join=%s%%3Bto-tag%%3Dc1%%3Bfrom-tag%%3D%s\
                &Require=join>
                  300 TU    -> alice bring 4 1 9
                  300 alice -> TU    Over 4 481
                """.formatted(invite.callId(), invite.from().tag().orElseThrow()));
        assertThat(flow.sent("REFER").need("Referred-By")).isEqualTo("<sip:alice@atlanta.com>");
    }

    private static final String TO_GRUU = """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 200 Contact=<sip:bob@biloxi.com;gr=x> sdp2
                  100 alice -> b1    ACK 1 sip:bob@biloxi.com;gr=x
                  100 alice -> TU    Answered 1 sdp2
                  200 TU    -> alice refer 2 1 sip:carol@chicago.com
                  200 alice -> bob   REFER 1 sip:bob@biloxi.com;gr=x \
                        Refer-To=<sip:carol@chicago.com> Require=tdialog
                """;

    //= rfc7647#4-1 outside of the dialog, for the Contact is a GRUU
    //= rfc7647#4-2 Target-Dialog names the call
    //= rfc4488#5-3 it cannot fork
    @Test void a_peer_with_a_gruu_is_referred_outside_of_the_call() {
        var flow = play(TO_GRUU + """
                  220 b2    -> alice 200 REFER
                """);
        Request refer = flow.sent("REFER"), invite = flow.sent("INVITE");
        assertThat(refer.to().tag()).isEmpty();
        assertThat(refer.callId()).isNotEqualTo(invite.callId());
        //= rfc4538#3-5,6,7 the Call-ID of the call, and both tags as the recipient has them
        //= rfc4538#3-1 in a Target-Dialog field
        //= rfc4538#3-8 and Require has the option tag
        assertThat(refer.first("Target-Dialog")).hasValue(invite.callId()
                + ";local-tag=b1;remote-tag=" + invite.from().tag().orElseThrow());
        assertThat(refer.first("Require")).hasValue("tdialog");
    }

    //= rfc3515#2.4.4-5 a NOTIFY before the answer, in the dialog that this makes
    //= rfc3515#3.9-1 and in one for each fork
    @Test void outside_of_the_call_each_fork_tells_in_its_own_dialog() {
        var script = new StringBuilder(TO_GRUU);
        var id = play(TO_GRUU).sent("REFER");
        var in = "Call-ID=" + id.callId() + " To=" + id.need("From").replace(" ", "");
        script.append("""
                  210 b2    -> alice NOTIFY 1 %1$s Event=refer;id=1 \
                        Subscription-State=active frag100
                  210 alice -> b2    200 NOTIFY
                  210 alice -> TU    Told 2 100\s
                  220 b2    -> alice 200 REFER
                  230 b3    -> alice NOTIFY 1 %1$s Event=refer;id=1 \
                        Subscription-State=terminated;reason=noresource frag486
                  230 alice -> b3    200 NOTIFY
                  230 alice -> TU    Told 2 486\s
                  300 b2    -> alice NOTIFY 2 %1$s Event=refer;id=1 \
                        Subscription-State=terminated;reason=noresource frag200
                  300 alice -> b2    200 NOTIFY
                  300 alice -> TU    Told 2 200\s
                  300 alice -> TU    Over 2 200
                """.formatted(in));
        assertThat(play(script.toString()).agent().legs()).isOne();
    }

    //= rfc3515#2-2 outside of any call
    //= rfc4488#4-1 and a Refer-Sub field in the REFER, perhaps
    @Test void somebody_who_is_in_no_call_is_asked() {
        var flow = play("""
                    0 TU    -> alice ask 2 sip:bob@127.0.0.2 sip:carol@chicago.com quiet
                    0 alice -> bob   REFER 1 sip:bob@127.0.0.2 Refer-To=<sip:carol@chicago.com>
                   20 b1    -> alice 200 REFER Refer-Sub=false
                   20 alice -> TU    Over 2 200
                  100 TU    -> alice ask 3 sip:bob@127.0.0.2 sip:carol@chicago.com
                  100 alice -> bob   REFER 1 sip:bob@127.0.0.2 Refer-To=<sip:carol@chicago.com>
                  120 b1    -> alice 403 REFER
                  120 alice -> TU    Over 3 403
                  200 TU    -> alice ask 4 sip:bob@127.0.0.2;method=BYE sip:carol@chicago.com
                  200 alice -> TU    Over 4 400
                """);
        assertThat(flow.all("REFER").getFirst().first("Refer-Sub")).hasValue("false");
        assertThat(flow.all("REFER").getLast().has("Refer-Sub")).isFalse();
    }

    //= rfc3892#2.1-1 referred by who is in that call
    @Test void a_server_is_asked_to_take_our_place() {
        var flow = play(PLACED + """
                  200 TU    -> alice park 2 sip:music@127.0.0.2 1
                  200 alice -> music REFER 1 sip:music@127.0.0.2 Refer-To=%s
                  300 TU    -> alice park 3 sip:music@127.0.0.2 7
                  300 alice -> TU    Over 3 481
                """.formatted(parked(play(PLACED).sent("INVITE"))));
        assertThat(flow.sent("REFER").need("Referred-By")).isEqualTo("<sip:alice@atlanta.com>");
    }

    private static String parked(Request invite) {
        return "<sip:bob@biloxi.com?Replaces=" + invite.callId() + "%3Bto-tag%3Db1%3Bfrom-tag%3D"
                + invite.from().tag().orElseThrow() + "&Require=replaces>";
    }

    // We are asked

    //= rfc3515#2.4.4-1,2,3 a NOTIFY with the dialog identifiers of the REFER
    //= rfc3515#2.4.5-1,2 whose body begins with a status line
    @Test void we_are_referred_and_report() {
        var flow = play(FOLLOWED + """
                  120 bob   -> alice 200 NOTIFY Contact=<sip:b1@127.0.0.2>
                  900 TU    -> alice report -2 200 OK
                 1110 alice -> bob   NOTIFY 2 sip:b1@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=terminated;reason=noresource SIP/2.0 200 OK
                 1150 bob   -> alice 200 NOTIFY Contact=<sip:b1@127.0.0.2>
                 1160 bob   -> alice BYE 9
                 1160 alice -> bob   200 BYE
                 1160 alice -> TU    Ended -1 200
                """);
        //= rfc7647#5-2 a 200 response, where RFC 3515 has 202
        //= rfc7647#5-1 no 202 is a reply to a REFER
        assertThat(flow.answer("REFER").status()).isEqualTo(200);
        assertThat(flow.sent("NOTIFY").first("Content-Type")).hasValue(
                "message/sipfrag;version=2.0");
        assertThat(flow.agent().legs()).isZero();
    }

    //= rfc3515#2.4.7-1,2 Subscription-State; the final one terminated, for noresource
    //= rfc3515#3.10-1 NOTIFYs are not more frequent: what comes within a second is told after it
    @Test void no_more_than_one_notify_in_a_second() {
        play(FOLLOWED + """
                  120 bob   -> alice 200 NOTIFY Contact=<sip:bob@127.0.0.2>
                  200 TU    -> alice report -2 180 Ringing
                  300 TU    -> alice report -2 183 Session_Progress
                 1110 alice -> bob   NOTIFY 2 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=active;expires=298 SIP/2.0 183 Session_Progress
                 1120 bob   -> alice 200 NOTIFY Contact=<sip:bob@127.0.0.2>
                 3000 TU    -> alice report -2 486 Busy
                 3000 alice -> bob   NOTIFY 3 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=terminated;reason=noresource SIP/2.0 486 Busy
                """);
    }

    //= rfc3515#2.4.2-8 accepted before its transaction ends, though nothing is decided
    //= rfc3515#2.4.5-4 100 alone as long as it pends
    //= rfc3515#6-1 within the lifetime of the transaction
    @Test void a_user_takes_his_time() {
        play(ASKED + """
                  400 alice -> bob   200 REFER
                  400 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=pending;expires=299 SIP/2.0 100 Trying
                  410 bob   -> alice 200 NOTIFY Contact=<sip:bob@127.0.0.2>
                20000 TU    -> alice follow -2
                21000 TU    -> alice report -2 180 Ringing
                21000 alice -> bob   NOTIFY 2 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=active;expires=279 SIP/2.0 180 Ringing
                """);
    }

    //= rfc3515#5.2-7 without authorization by the user nothing is done
    @Test void a_user_who_does_not_decide_has_refused() {
        var flow = play(ASKED + """
                  400 alice -> bob   200 REFER
                  400 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=pending;expires=299 SIP/2.0 100 Trying
                  410 bob   -> alice 200 NOTIFY Contact=<sip:bob@127.0.0.2>
                60100 alice -> TU    Lapsed -2
                60100 alice -> bob   NOTIFY 2 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=terminated;reason=noresource SIP/2.0 603 Decline
                60110 bob   -> alice 200 NOTIFY Contact=<sip:bob@127.0.0.2>
                60120 TU    -> alice follow -2
                """);
        assertThat(flow.agent().legs()).isOne();
    }

    //= rfc3515#2.4.2-3 immediately denied: declined
    @Test void a_program_may_refuse_at_once() {
        play(ASKED + """
                  110 TU    -> alice decline -2
                  110 alice -> bob   603 REFER
                 1000 TU    -> alice hangup -1
                 1000 alice -> bob   BYE 1 sip:bob@127.0.0.2
                 1000 alice -> TU    Ended -1 200
                """);
    }

    @Test void a_user_may_refuse_later() {
        play(ASKED + """
                  400 alice -> bob   200 REFER
                  400 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=pending;expires=299 SIP/2.0 100 Trying
                  410 bob   -> alice 200 NOTIFY Contact=<sip:bob@127.0.0.2>
                 5000 TU    -> alice decline -2
                 5000 alice -> bob   NOTIFY 2 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=terminated;reason=noresource SIP/2.0 603 Decline
                """);
    }

    //= rfc3515#2.4.2-4 none, or more than one: 400
    @Test void a_refer_to_nobody_to_several_or_of_no_call_is_refused() {
        play(TAKEN + """
                  110 bob   -> alice REFER 9
                  110 alice -> bob   400 REFER
                  120 bob   -> alice REFER 10 Refer-To=<sip:carol@chicago.com>,<sip:dave@denver.com>
                  120 alice -> bob   400 REFER
                  125 bob   -> alice REFER 11 Refer-To=<nonsense
                  125 alice -> bob   400 REFER
                  130 bob   -> alice BYE 12
                  130 alice -> bob   200 BYE
                  130 alice -> TU    Ended -1 200
                  140 bob   -> alice REFER 13 Refer-To=<sip:carol@chicago.com>
                  140 alice -> bob   481 REFER
                """);
    }

    //= rfc3515#2.4.2-5,6,7 any REFER to other URIs than SIP's, or to no call, is not accepted: 4xx
    @Test void a_refer_to_anything_but_a_call_is_refused() {
        play(TAKEN + """
                  110 bob   -> alice REFER 9 Refer-To=<http://www.example.com>
                  110 alice -> bob   403 REFER
                  120 bob   -> alice REFER 10 Refer-To=<sip:carol@chicago.com;method=SUBSCRIBE>
                  120 alice -> bob   403 REFER
                  130 bob   -> alice REFER 11 Refer-To=<tel:+358-555-1234567>
                  130 alice -> bob   403 REFER
                  135 bob   -> alice REFER 12 Refer-To=<sip:c@chicago.com?Replaces=a%0D%0Ab>
                  135 alice -> bob   400 REFER
                  140 bob   -> alice REFER 13 \
                        Refer-To=<sips:c@chicago.com;method=INVITE;x?Replaces=1%40b%3Bx&Require=y>
                  140 alice -> TU    Asked -6 in -1 to sips:c@chicago.com;x Replaces=1@b;x
                  150 bob   -> alice REFER 14 \
                        Refer-To=<sip:c@chicago.com?Join=1%3Bto-tag%3D2&Require=join&Via=x>
                  150 alice -> TU    Asked -7 in -1 to sip:c@chicago.com Join=1;to-tag=2 \
                Require=join
                """);
    }

    //= rfc3892#2.2-1 copied without modification
    @Test void who_has_asked_goes_into_the_invite_as_it_is() {
        play(TAKEN + """
                  110 bob   -> alice REFER 9 Refer-To=<sip:c@chicago.com> Referred-By=nobody
                  110 alice -> bob   400 REFER
                  120 bob   -> alice REFER 10 Refer-To=<sip:c@chicago.com> \
                        Referred-By="B"_<sip:bob@biloxi.com>;x=y
                  120 alice -> TU    Asked -3 in -1 to sip:c@chicago.com \
                        Referred-By="B" <sip:bob@biloxi.com>;x=y
                """);
    }

    /// Outside of the call: the peer names the dialog as we have it.
    private static String outside(String targetDialog) {
        return TAKEN + """
                  100 carol -> alice REFER 1 Call-ID=other To=<sip:alice@atlanta.com> \
                        Refer-To=<sip:dave@denver.com> %s
                """.formatted(targetDialog);
    }

    //= rfc4538#4-1 it names a dialog of ours, so it is looked at
    //= rfc3515#2-3 outside of a dialog, where it makes one
    @Test void outside_of_the_call_one_of_ours_is_named() {
        var ours = play(TAKEN).answer("INVITE");
        var target = "Require=tdialog Target-Dialog=" + ours.callId() + ";local-tag="
                + ours.to().tag().orElseThrow() + ";remote-tag=bob";
        var flow = play(outside(target) + """
                  100 alice -> TU    Asked -2 in -1 to sip:dave@denver.com
                  110 TU    -> alice follow -2
                  110 alice -> carol 200 REFER
                  110 alice -> carol NOTIFY 1 sip:bob@127.0.0.2 Event=refer;id=1 \
                        Subscription-State=active;expires=299 SIP/2.0 100 Trying
                  120 carol -> alice 200 NOTIFY Contact=<sip:bob@127.0.0.2>
                 2000 TU    -> alice report -2 200 OK
                 2000 alice -> carol NOTIFY 2 sip:bob@127.0.0.2 Event=refer;id=1 \
                        Subscription-State=terminated;reason=noresource SIP/2.0 200 OK
                 2010 carol -> alice 200 NOTIFY Contact=<sip:bob@127.0.0.2>
                """);
        assertThat(flow.sent("NOTIFY").callId()).isEqualTo("other");
        assertThat(flow.agent().legs()).isOne();
    }

    @Test void outside_of_the_call_a_stranger_is_refused() {
        var ours = play(TAKEN).answer("INVITE");
        var tag = ours.to().tag().orElseThrow();
        for (var target : List.of("", "Target-Dialog=" + ours.callId(),
                "Target-Dialog=" + ours.callId() + ";local-tag=" + tag,
                "Target-Dialog=" + ours.callId() + ";local-tag=" + tag + ";remote-tag=carol",
                "Target-Dialog=" + ours.callId() + ";local-tag=bob;remote-tag=" + tag,
                "Target-Dialog=x;local-tag=" + tag + ";remote-tag=bob")) {
            var flow = play(outside(target) + """
                  100 alice -> carol 403 REFER
                """);
            assertThat(flow.agent().legs()).isOne();
        }
    }

    //= rfc3515#2.4.2-1 by policy
    //= rfc3515#5.2-5,7 by authorization that was given before
    @Test void outside_of_any_call_a_stranger_is_heard_who_is_trusted() {
        var trusting = new Referrals(refer -> refer.need("From").contains("carol"));
        play(trusting, outside("") + """
                  100 alice -> TU    Asked -2 in 0 to sip:dave@denver.com
                  110 TU    -> alice decline -2
                  110 alice -> carol 603 REFER
                """);
        play(new Referrals(refer -> refer.need("From").contains("dave")), outside("") + """
                  100 alice -> carol 403 REFER
                """);
    }

    @Test void so_many_who_are_trusted_at_once_and_no_more() {
        var script = new StringBuilder();
        for (int i = 1; i <= Referrals.MAX_OF_TRUSTED; i++) script.append("""
                  100 carol -> alice REFER 1 Call-ID=c%d To=<sip:alice@atlanta.com> \
                        Refer-To=<sip:dave@denver.com>
                  100 alice -> TU    Asked -%d in 0 to sip:dave@denver.com
                """.formatted(i, i));
        play(new Referrals(_ -> true), script + """
                  100 carol -> alice REFER 1 Call-ID=c0 To=<sip:alice@atlanta.com> \
                        Refer-To=<sip:dave@denver.com>
                  100 alice -> carol 503 REFER
                """);
    }

    @Test void so_many_at_once_and_no_more() {
        var script = new StringBuilder(TAKEN);
        for (int i = 0; i < Referrals.MAX_OF_ONE; i++) script.append("""
                  100 bob   -> alice REFER %d Refer-To=<sip:carol@chicago.com>
                  100 alice -> TU    Asked -%d in -1 to sip:carol@chicago.com
                """.formatted(10 + i, 2 + i));
        play(script + """
                  100 bob   -> alice REFER 20 Refer-To=<sip:carol@chicago.com>
                  100 alice -> bob   503 REFER
                  110 TU    -> alice decline -2
                  110 alice -> bob   603 REFER
                  120 bob   -> alice REFER 21 Refer-To=<sip:carol@chicago.com>
                  120 alice -> TU    Asked -7 in -1 to sip:carol@chicago.com
                """);
    }

    //= rfc4488#4-4 Refer-Sub in the response: no subscription
    @Test void a_referrer_who_wants_to_hear_nothing_hears_nothing() {
        var flow = play(TAKEN + """
                  100 bob   -> alice REFER 8 Refer-To=<sip:carol@chicago.com> Refer-Sub=false
                  100 alice -> TU    Asked -2 in -1 to sip:carol@chicago.com
                  110 TU    -> alice follow -2
                  110 alice -> bob   200 REFER
                  120 TU    -> alice report -2 200 OK
                  200 bob   -> alice REFER 9 Refer-To=<sip:carol@chicago.com> Refer-Sub=false
                  200 alice -> TU    Asked -3 in -1 to sip:carol@chicago.com
                  500 alice -> bob   200 REFER
                  600 TU    -> alice decline -3
                  700 bob   -> alice REFER 10 Refer-To=<sip:carol@chicago.com> Refer-Sub=false
                  700 alice -> TU    Asked -4 in -1 to sip:carol@chicago.com
                 1000 alice -> bob   200 REFER
                 1100 TU    -> alice follow -4
                """);
        assertThat(flow.answer("REFER").first("Refer-Sub")).hasValue("false");
        assertThat(flow.all("NOTIFY")).isEmpty();
        assertThat(flow.agent().legs()).isOne();
    }

    //= rfc3515#2.4.4-9 a SUBSCRIBE makes no such subscription: 403
    //= rfc3515#2.4.4-8 but may extend a subscription that is there
    //= rfc3515#2.4.6-1 each NOTIFY has the number of its REFER as id
    @Test void a_subscribe_refreshes_and_ends_what_a_refer_has_made() {
        var flow = play(FOLLOWED + """
                  120 bob   -> alice 200 NOTIFY Contact=<sip:bob@127.0.0.2>
                  200 bob   -> alice SUBSCRIBE 9 Event=refer;id=7 Expires=60
                  200 alice -> bob   403 SUBSCRIBE
                 2000 bob   -> alice SUBSCRIBE 10 Event=refer;id=8 Expires=600
                 2000 alice -> bob   200 SUBSCRIBE Expires=300
                 2000 alice -> bob   NOTIFY 2 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=active;expires=300 SIP/2.0 100 Trying
                 2010 bob   -> alice 200 NOTIFY Contact=<sip:bob@127.0.0.2>
                 4000 bob   -> alice SUBSCRIBE 11 Event=refer;id=8 Expires=0
                 4000 alice -> bob   200 SUBSCRIBE Expires=0
                 4000 alice -> bob   NOTIFY 3 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=terminated;reason=timeout SIP/2.0 100 Trying
                 4010 bob   -> alice 200 NOTIFY Contact=<sip:bob@127.0.0.2>
                 5000 TU    -> alice report -2 200 OK
                """);
        //= rfc3515#2.4.4-6,7 terminating it withdraws no request: the call goes on
        assertThat(flow.agent().legs()).isOne();
    }

    @Test void who_wants_to_hear_no_more_before_it_is_decided_has_taken_it_back() {
        play(PENDING + """
                  410 bob   -> alice 200 NOTIFY Contact=<sip:bob@127.0.0.2>
                 4000 bob   -> alice SUBSCRIBE 11 Event=refer;id=8 Expires=0
                 4000 alice -> bob   200 SUBSCRIBE Expires=0
                 4000 alice -> TU    Lapsed -2
                 4000 alice -> bob   NOTIFY 2 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=terminated;reason=timeout SIP/2.0 100 Trying
                """);
    }

    //= rfc3515#3.4-1,2 longer than a call may ring
    @Test void nothing_is_told_for_ever() {
        play(FOLLOWED + """
                  120 bob   -> alice 200 NOTIFY Contact=<sip:bob@127.0.0.2>
                300100 alice -> bob   NOTIFY 2 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=terminated;reason=timeout SIP/2.0 100 Trying
                """);
    }

    // What becomes of the dialog

    private static final String PENDING = ASKED + """
                  400 alice -> bob   200 REFER
                  400 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=pending;expires=299 SIP/2.0 100 Trying
                """;

    /// 404 to a NOTIFY: the peer is not where the dialog says, and all that share it end.
    @Test void a_404_to_a_notify_ends_the_call_too() {
        var flow = play(PENDING + """
                  420 bob   -> alice 404 NOTIFY Contact=<sip:b1@127.0.0.2>
                  420 alice -> bob   BYE 2 sip:bob@127.0.0.2
                  420 alice -> TU    Ended -1 404
                  420 alice -> TU    Lapsed -2
                  500 bob   -> alice OPTIONS 9
                  500 alice -> bob   481 OPTIONS
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
                   10 alice -> TU    Asked -2 in -1 to sip:carol@chicago.com
                   15 TU    -> alice follow -2
                   15 alice -> bob   200 REFER
                   15 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=active;expires=299 SIP/2.0 100 Trying
                   20 bob   -> alice 404 NOTIFY Contact=<sip:b1@127.0.0.2>
                   20 alice -> bob   487
                   20 alice -> TU    Ended -1 404
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    /// 481 and 489 to a NOTIFY, or no answer: the peer knows nothing of the referral any more.
    @Test void a_481_to_a_notify_ends_the_referral_alone() {
        for (var answer : List.of("-> alice 481 NOTIFY", "-> alice 489 NOTIFY",
                "! TIMEOUT NOTIFY")) {
            play(PENDING + """
                  420 bob %s
                  420 alice -> TU    Lapsed -2
                  500 bob   -> alice OPTIONS 9
                  500 alice -> bob   200 OPTIONS Accept-Encoding=identity
                 1000 TU    -> alice hangup -1
                 1000 alice -> bob   BYE 2 sip:bob@127.0.0.2
                 1000 alice -> TU    Ended -1 200
                """.formatted(answer));
        }
    }

    @Test void a_500_to_a_notify_ends_nothing() {
        play(FOLLOWED + """
                  120 bob   -> alice 500 NOTIFY Contact=<sip:b1@127.0.0.2>
                 1900 TU    -> alice report -2 200 OK
                 1900 alice -> bob   NOTIFY 2 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=terminated;reason=noresource SIP/2.0 200 OK
                """);
    }

    @Test void a_notify_of_nothing_that_was_asked_is_for_nobody() {
        play(TAKEN + """
                  110 bob   -> alice NOTIFY 9 Event=refer Subscription-State=active frag100
                  110 alice -> bob   481 NOTIFY
                  120 bob   -> alice NOTIFY 10 Event=weather Subscription-State=active body
                  120 alice -> bob   489 NOTIFY
                """);
    }

    @Test void a_status_line_is_all_that_is_told() {
        assertThat(Sipfrag.parse(Sipfrag.of(486, "Busy Here").content().bytes()))
                .isEqualTo(Sipfrag.of(486, "Busy Here"));
    }
}
