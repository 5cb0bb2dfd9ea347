package p2psip.std.rfc3911;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.SyntaxException;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3515.Referrals;
import p2psip.std.rfc3891.*;

class JoinsTest {
    private static final CallFlow.Words WORDS = new CallFlow.Words() {
        @Override public Core.Command command(String[] words) {
            assertThat(words[0]).isEqualTo("join");
            return new Call.Command.Invite(Long.parseLong(words[1]), words[2],
                    Optional.of(Content.sdp("sdp1")), List.of(JOIN));
        }

        @Override public String text(Usage.Event event) {
            return event instanceof Joins.Joining(long call, long old)
                    ? "Joining " + old + " by " + call : "Asked";
        }
    };

    private static final Header JOIN = Joins.header(new Dialog.Id("7@c", "xyz", "pdq"));

    private static final String TAKEN = """
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                   90 bob   -> alice ACK 7
                   90 alice -> TU    Confirmed -1
                """;

    private static CallFlow play(String script) { return play(new Joins(), script); }

    private static CallFlow play(Joins joins, String script) {
        return CallFlow.play(List.of(joins, new Referrals()), WORDS, script);
    }

    /// The field that names the dialog of the last answer to an INVITE.
    private static String join() { return join(play(TAKEN).answer("INVITE")); }

    private static String join(Response ok) {
        return "Join=" + ok.callId() + ";to-tag=" + ok.to().tag().orElseThrow()
                + ";from-tag=" + ok.from().tag().orElseThrow();
    }

    /// A new INVITE, from whom it says.
    private static String invite(String from, String more) {
        return "200 carol -> alice INVITE 1 Call-ID=new To=<sip:alice@atlanta.com> From=<sip:"
                + from + ">;tag=carol " + more;
    }

    //= rfc3911#4-7 he is authorized who calls as the peer of the call
    @Test void a_new_call_comes_into_the_old_which_goes_on() {
        var flow = play(TAKEN + """
                  %s sdp3
                  200 alice -> TU    Joining -1 by -2
                  200 alice -> TU    Incoming -2 sdp3
                  300 TU    -> alice answer -2 sdp4
                  300 alice -> carol 200 sdp4
                  350 carol -> alice ACK 1
                  350 alice -> TU    Confirmed -2
                 1000 TU    -> alice hangup -1
                 1000 alice -> bob   BYE 1 sip:bob@127.0.0.2
                 1000 alice -> TU    Ended -1 200
                """.formatted(invite("bob@biloxi.com", join())));
        //= rfc3911#7.2-1 join is in Supported
        assertThat(flow.answer("INVITE").list("Supported")).contains("join");
    }

    //= rfc3911#4-8 and who was referred by him counts as authorized, as Referred-By says
    @Test void who_was_sent_by_the_peer_may_come() {
        play(TAKEN + """
                  %s sdp3
                  200 alice -> TU    Joining -1 by -2
                  200 alice -> TU    Incoming -2 sdp3
                """.formatted(invite("carol@chicago.com",
                        join() + " Referred-By=<sip:bob@biloxi.com>")));
    }

    //= rfc3911#4-11 others, if the program has a list of who may
    @Test void a_supervisor_may_come_if_the_program_says_so() {
        play(new Joins((invite, _) -> invite.from().toString().contains("boss"), _ -> false),
                TAKEN + """
                  %s sdp3
                  200 alice -> TU    Joining -1 by -2
                  200 alice -> TU    Incoming -2 sdp3
                """.formatted(invite("boss@atlanta.com", join())));
    }

    //= rfc3911#4-7 nobody else is authorized
    //= rfc3911#4-8 whomever a Referred-By names beside the one who is joined
    @Test void a_stranger_is_refused() {
        for (var by : List.of("", " Referred-By=<sip:dave@biloxi.com>", " Referred-By=nobody"))
            play(TAKEN + """
                  %s sdp3
                  200 alice -> carol %d
                """.formatted(invite("carol@chicago.com", join() + by),
                        by.endsWith("nobody") ? 400 : 403));
    }

    //= rfc3911#4-13 what cannot be accepted leaves the matched dialog unchanged
    //= rfc3911#4-20 who is incapable of it returns a 488
    @Test void a_new_call_that_is_refused_leaves_the_old_one_as_it_is() {
        play(TAKEN + """
                  %s sdp3
                  200 alice -> TU    Joining -1 by -2
                  200 alice -> TU    Incoming -2 sdp3
                  300 TU    -> alice refuse -2 488
                  300 alice -> carol 488
                  300 alice -> TU    Ended -2 488
                 1000 TU    -> alice hangup -1
                 1000 alice -> bob   BYE 1 sip:bob@127.0.0.2
                 1000 alice -> TU    Ended -1 200
                """.formatted(invite("bob@biloxi.com", join())));
    }

    //= rfc3911#4-7 unlike Replaces, with no limitation to dialogs that are not early
    @Test void a_call_that_rings_may_be_joined() {
        var ringing = """
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice ring -1
                   10 alice -> bob   180
                """;
        play(ringing + """
                  %s sdp3
                  200 alice -> TU    Joining -1 by -2
                  200 alice -> TU    Incoming -2 sdp3
                """.formatted(invite("bob@biloxi.com", join(play(ringing).answer("INVITE")))));
    }

    //= rfc3911#4-6 one that has terminated: 603, declined
    @Test void a_call_that_is_over_is_declined() {
        play(TAKEN + """
                  150 bob   -> alice BYE 8
                  150 alice -> bob   200 BYE
                  150 alice -> TU    Ended -1 200
                  %s sdp3
                  200 alice -> carol 603
                """.formatted(invite("bob@biloxi.com", join())));
    }

    /// A call that is over though its dialog goes on, for a subscription that shares it.
    @Test void a_call_is_over_whatever_else_its_dialog_is_for() {
        play(TAKEN + """
                  100 bob   -> alice REFER 8 Refer-To=<sip:dave@denver.com>
                  100 alice -> TU    Asked
                  400 alice -> bob   200 REFER
                  400 alice -> bob   NOTIFY 1 sip:bob@127.0.0.2 Event=refer;id=8 \
                        Subscription-State=pending;expires=299 SIP/2.0 100 Trying
                  500 bob   -> alice BYE 9
                  500 alice -> bob   200 BYE
                  500 alice -> TU    Ended -1 200
                  %s sdp3
                  600 alice -> carol 603
                """.formatted(invite("bob@biloxi.com", join())
                        .replace("200 carol", "600 carol")));
    }

    //= rfc3911#4-4 no match: refused, but at a conference URI as if the field did not exist
    @Test void what_matches_nothing_is_refused_unless_it_is_for_a_conference() {
        var lost = invite("bob@biloxi.com", "Join=x;to-tag=y;from-tag=z") + " sdp3\n";
        play(TAKEN + lost + """
                  200 alice -> carol 481
                """);
        play(new Joins(Replacements.Rule.SAME, uri -> uri.startsWith("sip:alice@")), TAKEN + lost
                + """
                  200 alice -> TU    Incoming -2 sdp3
                """);
    }

    //= rfc3911#4-3 what matches a tag of zero, and one that is none, matches more than one dialog
    @Test void what_may_mean_two_dialogs_means_none() {
        var second = TAKEN + """
                  150 old   -> alice INVITE 1 Call-ID=two To=<sip:alice@atlanta.com> %s sdp1
                  150 alice -> TU    Incoming -2 sdp1
                  150 TU    -> alice answer -2 sdp2
                  150 alice -> %s   200 sdp2
                """;
        var zero = second.formatted("From=<sip:bob@biloxi.com>;tag=0", "0");
        var to = play(zero).answer("INVITE").to().tag().orElseThrow();
        play(zero + """
                  %s sdp3
                  200 alice -> TU    Joining -2 by -3
                  200 alice -> TU    Incoming -3 sdp3
                """.formatted(invite("bob@biloxi.com",
                        "Join=two;to-tag=" + to + ";from-tag=0")));
        assertThat(new Replaces("two", "1", "0", false).ids()).containsExactly(
                new Dialog.Id("two", "1", "0"), new Dialog.Id("two", "1", ""));
    }

    //= rfc3911#4-3 one fork with a tag of zero, and one with none: more than one is matched
    @Test void of_two_forks_that_may_be_meant_none_is_joined() {
        var one = """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 0     -> alice 180
                  100 alice -> TU    Progress 1 180 0
                """;
        var sent = play(one).sent("INVITE");
        var joining = invite("bob@biloxi.com", "Join=" + sent.callId() + ";from-tag=0;to-tag="
                + sent.from().tag().orElseThrow());
        play(one + """
                  %s sdp3
                  200 alice -> TU    Joining 1 by -1
                  200 alice -> TU    Incoming -1 sdp3
                """.formatted(joining));
        play(one + """
                  110 bob   -> alice 200 sdp2
                  110 alice -> bob   ACK 1 sip:bob@biloxi.com
                  110 alice -> TU    Answered 1 sdp2
                  %s sdp3
                  200 alice -> carol 481
                """.formatted(joining));
    }

    //= rfc3911#4-5 a dialog that was not created with an INVITE: 481
    @Test void a_subscription_is_not_joined() {
        var call = play(TAKEN).answer("INVITE");
        var referred = TAKEN + """
                  100 carol -> alice REFER 1 Call-ID=other To=<sip:alice@atlanta.com> \
                        Refer-To=<sip:dave@denver.com> Target-Dialog=%s;local-tag=%s;remote-tag=bob
                  100 alice -> TU    Asked
                  400 alice -> carol 200 REFER
                  400 alice -> carol NOTIFY 1 sip:bob@127.0.0.2 Event=refer;id=1 \
                        Subscription-State=pending;expires=299 SIP/2.0 100 Trying
                """.formatted(call.callId(), call.to().tag().orElseThrow());
        play(referred + """
                  %s sdp3
                  500 alice -> carol 481
                """.formatted(invite("bob@biloxi.com", join(play(referred).answer("REFER")))
                        .replace("200 carol", "500 carol")));
    }

    //= rfc3911#4-1 more than one, or in a request other than INVITE: 400
    //= rfc3911#4-2 or together with Replaces, a field of contradictory semantics
    @Test void a_field_that_is_out_of_place_is_refused() {
        for (var bad : List.of(join() + ";to-tag=2", join() + ",b;to-tag=1;from-tag=2", "Join=x",
                "Join=x;to-tag=1", "Join=;to-tag=1;from-tag=2",
                join() + " Replaces=x;to-tag=1;from-tag=2"))
            play(TAKEN + """
                  %s sdp3
                  200 alice -> carol 400
                """.formatted(invite("bob@biloxi.com", bad)));
        play(TAKEN + """
                  200 bob   -> alice BYE 8 %1$s
                  200 alice -> bob   400 BYE
                  300 bob   -> alice INVITE 9 %1$s sdp3
                  300 alice -> bob   400
                  %2$s
                  400 alice -> carol 400 OPTIONS
                """.formatted(join(), invite("bob@biloxi.com", join())
                        .replace("200 carol -> alice INVITE", "400 carol -> alice OPTIONS")));
    }

    //= rfc3911#5-2 the redirected INVITE has the same Join
    @Test void a_redirection_is_followed_with_the_same_field() {
        var flow = play("""
                    0 TU    -> alice join 1 sip:bob@biloxi.com
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 bob   -> alice 302 Contact=<sip:conf456@server.example.org>
                  100 alice -> bob   INVITE 2 sip:conf456@server.example.org sdp1
                """);
        assertThat(flow.all("INVITE")).hasSize(2).allSatisfy(invite ->
                assertThat(invite.all("Join")).containsExactly("7@c;to-tag=pdq;from-tag=xyz"));
    }

    @Test void a_value_is_read_and_written() {
        //= rfc3911#7.1-2 one to-tag and one from-tag
        assertThat(Joins.header(new Dialog.Id("98732@sip.example.com", "r33th4x0r", "ff87ff")))
                .hasToString("Join: 98732@sip.example.com;to-tag=ff87ff;from-tag=r33th4x0r");
        assertThat(Replaces.parse("98732@sip.example.com;from-tag=r33th4x0r ;to-tag=ff87ff"))
                .isEqualTo(new Replaces("98732@sip.example.com", "ff87ff", "r33th4x0r", false));
        for (var bad : List.of("", "a", "a;to-tag=1", ";to-tag=1;from-tag=2"))
            assertThatThrownBy(() -> Replaces.parse(bad)).isInstanceOf(SyntaxException.class);
    }
}
