package p2psip.std.rfc3891;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.ua.*;
import p2psip.std.rfc3515.Referrals;

class ReplacementsTest {
    private static final CallFlow.Words WORDS = new CallFlow.Words() {
        @Override public Core.Command command(String[] words) { throw new AssertionError(words); }

        @Override public String text(Usage.Event event) {
            return event instanceof Replacements.Replacing(long call, long old)
                    ? "Replacing " + old + " by " + call : "Asked";
        }
    };

    private static final String TAKEN = """
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                   90 bob   -> alice ACK 7
                   90 alice -> TU    Confirmed -1
                """;

    private static CallFlow play(String script) {
        return CallFlow.play(List.of(new Replacements(), new Referrals()), WORDS, script);
    }

    /// The field that names the dialog of the last answer to an INVITE.
    private static String replaces() { return replaces(play(TAKEN).answer("INVITE")); }

    private static String replaces(Response ok) {
        return "Replaces=" + ok.callId() + ";to-tag=" + ok.to().tag().orElseThrow()
                + ";from-tag=" + ok.from().tag().orElseThrow();
    }

    /// A new INVITE, from whom it says.
    private static String invite(String from, String more) {
        return "200 carol -> alice INVITE 1 Call-ID=new To=<sip:alice@atlanta.com> From=<sip:"
                + from + ">;tag=carol " + more;
    }

    //= rfc3891#3-6 he is authorized who calls as the peer of the call
    //= rfc3891#6.1-2 one to-tag and one from-tag
    @Test void the_new_call_takes_the_place_of_the_old() {
        var flow = play(TAKEN + """
                  %s sdp3
                  200 alice -> TU    Replacing -1 by -2
                  200 alice -> TU    Incoming -2 sdp3
                  300 TU    -> alice answer -2 sdp4
                  300 alice -> carol 200 sdp4
                  300 alice -> bob   BYE 1 sip:bob@127.0.0.2
                  300 alice -> TU    Ended -1 200
                """.formatted(invite("bob@biloxi.com", replaces())));
        //= rfc3891#6.2-1 replaces is in Supported
        assertThat(flow.answer("INVITE").list("Supported")).contains("replaces");
    }

    //= rfc3891#3-7 and who was referred by him, as Referred-By says
    @Test void who_was_sent_by_the_peer_may_take_his_place() {
        play(TAKEN + """
                  %s sdp3
                  200 alice -> TU    Replacing -1 by -2
                  200 alice -> TU    Incoming -2 sdp3
                """.formatted(invite("carol@chicago.com",
                        replaces() + " Referred-By=<sip:bob@biloxi.com>")));
    }

    //= rfc3891#3-6 nobody else is authorized
    //= rfc5589#12-3 so what he sends is not accepted
    //= rfc3891#3-7 whomever Referred-By names beside the one who is replaced
    @Test void a_stranger_is_refused() {
        for (var by : List.of("", " Referred-By=<sip:dave@biloxi.com>", " Referred-By=nobody"))
            play(TAKEN + """
                  %s sdp3
                  200 alice -> carol %d
                 1000 TU    -> alice hangup -1
                 1000 alice -> bob   BYE 1 sip:bob@127.0.0.2
                 1000 alice -> TU    Ended -1 200
                """.formatted(invite("carol@chicago.com", replaces() + by),
                        by.endsWith("nobody") ? 400 : 403));
    }

    //= rfc3891#3-11 what cannot be accepted leaves the matched dialog unchanged
    @Test void a_new_call_that_is_refused_leaves_the_old_one_as_it_is() {
        play(TAKEN + """
                  %s sdp3
                  200 alice -> TU    Replacing -1 by -2
                  200 alice -> TU    Incoming -2 sdp3
                  300 TU    -> alice refuse -2 488
                  300 alice -> carol 488
                  300 alice -> TU    Ended -2 488
                 1000 TU    -> alice hangup -1
                 1000 alice -> bob   BYE 1 sip:bob@127.0.0.2
                 1000 alice -> TU    Ended -1 200
                """.formatted(invite("bob@biloxi.com", replaces())));
    }

    @Test void what_is_only_for_a_call_that_rings_is_refused_once_it_is_taken() {
        play(TAKEN + """
                  %s sdp3
                  200 alice -> carol 486
                """.formatted(invite("bob@biloxi.com", replaces() + ";early-only")));
    }

    private static final String RINGING = """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 180
                  100 alice -> TU    Progress 1 180 b1
                """;

    /// A call of ours that rings at bob's is picked up by another phone of his.
    @Test void a_call_of_ours_that_rings_is_given_up() {
        var invite = play(RINGING).sent("INVITE");
        var replaces = "Replaces=" + invite.callId() + ";to-tag="
                + invite.from().tag().orElseThrow() + ";from-tag=b1;early-only";
        play(RINGING + """
                  %s sdp3
                  200 alice -> TU    Replacing 1 by -1
                  200 alice -> TU    Incoming -1 sdp3
                  300 TU    -> alice answer -1 sdp4
                  300 alice -> carol 200 sdp4
                  300 alice -> bob   CANCEL 1 sip:bob@biloxi.com
                """.formatted(invite("bob@biloxi.com", replaces)));
    }

    @Test void a_call_of_the_peer_that_rings_is_left_as_it_is() {
        var ringing = """
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice ring -1
                   10 alice -> bob   180
                """;
        play(ringing + """
                  %s sdp3
                  200 alice -> carol 481
                """.formatted(invite("bob@biloxi.com", replaces(play(ringing).answer("INVITE")))));
    }

    //= rfc3891#3-5 one that has terminated: 603, so that nothing rings
    @Test void a_call_that_is_over_is_declined() {
        play(TAKEN + """
                  150 bob   -> alice BYE 8
                  150 alice -> bob   200 BYE
                  150 alice -> TU    Ended -1 200
                  %s sdp3
                  200 alice -> carol 603
                """.formatted(invite("bob@biloxi.com", replaces())));
    }

    /// A hundred that have ended are remembered.
    @Test void what_was_over_long_ago_is_not_known() {
        var script = new StringBuilder(TAKEN + """
                  150 bob   -> alice BYE 8
                  150 alice -> bob   200 BYE
                  150 alice -> TU    Ended -1 200
                """);
        for (int call = 2; call < 102; call++) script.append("""
                  160 bob   -> alice INVITE 9 Call-ID=c%1$d To=<sip:alice@atlanta.com> sdp1
                  160 alice -> TU    Incoming -%1$d sdp1
                  160 TU    -> alice refuse -%1$d 486
                  160 alice -> bob   486
                  160 alice -> TU    Ended -%1$d 486
                """.formatted(call));
        play(script + """
                  %s sdp3
                  200 alice -> carol 481
                """.formatted(invite("bob@biloxi.com", replaces())));
    }

    @Test void what_matches_nothing_is_refused() {
        for (var none : List.of("Replaces=x;to-tag=y;from-tag=z",
                replaces().replace("to-tag", "x").replace("from-tag", "to-tag")
                        .replace(";x", ";from-tag")))
            play(TAKEN + """
                  %s sdp3
                  200 alice -> carol 481
                """.formatted(invite("bob@biloxi.com", none)));
    }

    //= rfc3891#3-4 a dialog that was not created with an INVITE: 481
    @Test void a_subscription_is_not_replaced() {
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
                """.formatted(invite("bob@biloxi.com", replaces(play(referred).answer("REFER")))
                        .replace("200 carol", "500 carol")));
    }

    //= rfc3891#3-1 more than one, or in another request: 400
    //= rfc3891#3-2 or together with Join, a field of contradictory semantics
    @Test void a_field_that_is_out_of_place_is_refused() {
        for (var bad : List.of(replaces() + ";to-tag=2",
                replaces() + ",b;to-tag=1;from-tag=2", "Replaces=x", "Replaces=x;to-tag=1",
                "Replaces=;to-tag=1;from-tag=2", replaces() + " Join=x;to-tag=1;from-tag=2"))
            play(TAKEN + """
                  %s sdp3
                  200 alice -> carol 400
                """.formatted(invite("bob@biloxi.com", bad)));
        play(TAKEN + """
                  200 bob   -> alice BYE 8 %1$s
                  200 alice -> bob   400 BYE
                  300 bob   -> alice INVITE 9 %1$s sdp3
                  300 alice -> bob   400
                """.formatted(replaces()));
        play(TAKEN + """
                  200 carol -> alice REFER 1 Call-ID=new To=<sip:alice@atlanta.com> \
                        Refer-To=<sip:dave@denver.com> %s
                  200 alice -> carol 400 REFER
                """.formatted(replaces()));
    }

    @Test void a_value_is_read_and_written() {
        var value = "425928@bobster.example.org;to-tag=7743;from-tag=6472";
        assertThat(Replaces.parse(value)).hasToString(value);
        assertThat(Replaces.parse("a;from-tag=2 ;x;EARLY-ONLY;to-tag=1"))
                .isEqualTo(new Replaces("a", "1", "2", true))
                .hasToString("a;to-tag=1;from-tag=2;early-only");
        for (var bad : List.of("", "a", "a;to-tag=1", "a;to-tag=1;to-tag=1;from-tag=2",
                "a;to-tag=1;from-tag=2;from-tag=3", ";to-tag=1;from-tag=2"))
            assertThatThrownBy(() -> Replaces.parse(bad)).isInstanceOf(SyntaxException.class);
    }

    /// A tag of zero is one, or none at all.
    @Test void who_has_no_tag_is_named_by_zero() {
        assertThat(Replaces.parse("a;to-tag=0;from-tag=2").ids()).containsExactly(
                new Dialog.Id("a", "0", "2"), new Dialog.Id("a", "", "2"));
        assertThat(Replaces.parse("a;to-tag=1;from-tag=0").ids()).hasSize(2);
        assertThat(Replaces.parse("a;to-tag=1;from-tag=2").ids()).hasSize(1);
    }

    @Test void our_place_as_a_uri_asks_for_it() {
        var uri = Replaces.atPeer(new Dialog.Id("c@a", "ours", "his"))
                .in(SipUri.parse("sip:bob@b;transport=tcp"));
        assertThat(uri).hasToString("sip:bob@b;transport=tcp?Replaces="
                + "c%40a%3Bto-tag%3Dhis%3Bfrom-tag%3Dours");
        assertThat(Replaces.parse(Escapes.decode(uri.headers().get("Replaces").orElseThrow())))
                .isEqualTo(new Replaces("c@a", "his", "ours", false));
    }
}
