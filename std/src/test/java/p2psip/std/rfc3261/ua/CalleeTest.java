package p2psip.std.rfc3261.ua;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

/// §13.3: calls that come in.
class CalleeTest {

    @Test void answered_and_the_caller_hangs_up() {
        var flow = play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice ring -1
                   10 alice -> bob   180
                 2000 TU    -> alice answer -1 sdp2
                 2000 alice -> bob   200 sdp2
                 2100 bob   -> alice ACK 7
                 2100 alice -> TU    Confirmed -1
                 9000 bob   -> alice BYE 8
                 9000 alice -> bob   200 BYE
                 9000 alice -> TU    Ended -1 200
                """);
        assertThat(flow.agent().legs()).isZero();
    }

    /// S8: the ancestor left the 2xx to the transaction.
    //= rfc3261#13.3.1.4¶4 the 2xx is repeated after T1, 2*T1 ... at most T2, until the ACK
    //= rfc3261#13.3.1.4-4 no ACK in 64*T1: BYE
    @Test void the_2xx_is_repeated_until_the_ack() {
        play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                  500 alice -> bob   200 sdp2
                 1500 alice -> bob   200 sdp2
                 3500 alice -> bob   200 sdp2
                 7500 alice -> bob   200 sdp2
                11500 alice -> bob   200 sdp2
                15500 alice -> bob   200 sdp2
                19500 alice -> bob   200 sdp2
                23500 alice -> bob   200 sdp2
                27500 alice -> bob   200 sdp2
                31500 alice -> bob   200 sdp2
                32000 alice -> bob   BYE 1 sip:bob@127.0.0.2
                32000 alice -> TU    Ended -1 408
                """);
    }

    @Test void the_ack_ends_the_repetition() {
        play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                  500 alice -> bob   200 sdp2
                 1000 bob   -> alice ACK 7
                 1000 alice -> TU    Confirmed -1
                60000 TU    -> alice hangup -1
                60000 alice -> bob   BYE 1 sip:bob@127.0.0.2
                60000 alice -> TU    Ended -1 200
                """);
    }

    //= rfc3261#15-4 no BYE of the callee before the ACK
    @Test void a_callee_in_a_hurry_waits_for_the_ack() {
        play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                   10 TU    -> alice hangup -1
                  400 bob   -> alice ACK 7
                  400 alice -> TU    Confirmed -1
                  400 alice -> bob   BYE 1 sip:bob@127.0.0.2
                  400 alice -> TU    Ended -1 200
                """);
    }

    //= rfc3261#15-3 a callee that gives up while it rings refuses: no BYE in an early dialog
    @Test void hung_up_while_it_rings() {
        play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice ring -1
                   10 alice -> bob   180
                  900 TU    -> alice hangup -1
                  900 alice -> bob   603
                  900 alice -> TU    Ended -1 603
                """);
    }

    //= rfc3261#13.3.1.2-1 302 with the new address in Contact
    @Test void sent_elsewhere() {
        var flow = play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice redirect -1 sip:carol@chicago.com
                   10 alice -> bob   302
                   10 alice -> TU    Ended -1 302
                """);
        assertThat(flow.answer("INVITE").list("Contact"))
                .containsExactly("<sip:carol@chicago.com>");
    }

    //= rfc3261#13.3.1.3-4 a 488 says in Warning what was wrong with the offer
    @Test void an_offer_that_cannot_be_taken() {
        var flow = play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice refuse -1 488 warning
                   10 alice -> bob   488
                   10 alice -> TU    Ended -1 488
                """);
        assertThat(flow.answer("INVITE").need("Warning"))
                .isEqualTo("305 127.0.0.1 \"Incompatible media format\"");
    }

    //= rfc3261#13.2.1-11 an early answer may be in provisional responses, the same each time
    //= rfc3261#13.2.1-15 so the 2xx has no subsequent offer
    //= rfc3261#13.2.1-10 which has the answer
    @Test void an_early_answer() {
        play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice ring -1 sdp2
                   10 alice -> bob   180 sdp2
                   20 TU    -> alice ring -1 sdp3
                   20 alice -> bob   180 sdp2
                 2000 TU    -> alice answer -1 sdp4
                 2000 alice -> bob   200 sdp2
                """);
    }

    //= rfc3261#13.2.1-9 without an offer in the INVITE ours is in a reliable response
    //= rfc3261#13.3.1-4 the first that is one
    @Test void no_early_offer() {
        play("""
                    0 bob   -> alice INVITE 7
                    0 alice -> TU    Incoming -1
                   10 TU    -> alice ring -1 sdp2
                   10 alice -> bob   180
                 2000 TU    -> alice answer -1 sdp2
                 2000 alice -> bob   200 sdp2
                """);
    }

    //= rfc3261#13.3.1.1-1 as many provisional responses as the program likes
    //= rfc3261#13.3.1.4-2 the 2xx has the answer
    @Test void ringing_twice() {
        var flow = play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice ring -1
                   10 alice -> bob   180
                   20 TU    -> alice ring -1
                   20 alice -> bob   180
                 2000 TU    -> alice answer -1 sdp2
                 2000 alice -> bob   200 sdp2
                """);
        var tags = flow.answers("INVITE").stream().map(r -> r.to().tag().orElseThrow()).toList();
        //= rfc3261#13.3.1.1-2 of one dialog
        //= rfc3261#8.2.6.2-7 the tag is the same in all responses, the final one too
        assertThat(tags).hasSize(3).containsOnly(tags.getFirst());
    }

    //= rfc3261#9.2-2 the INVITE gets 487 at once
    @Test void cancelled() {
        var flow = play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice ring -1
                   10 alice -> bob   180
                  900 bob   -> alice CANCEL 7
                  900 alice -> bob   200 CANCEL
                  900 alice -> bob   487
                  900 alice -> TU    Ended -1 487
                  950 bob   -> alice CANCEL 7 Require=foo
                  950 alice -> bob   200 CANCEL
                """);
        //= rfc3261#8.2.2.3-4 what a CANCEL requires is ignored
        assertThat(flow.answer("CANCEL").status()).isEqualTo(200);
        //= rfc3261#9.2-3 with the same tag in To as the responses to the INVITE
        assertThat(flow.answer("CANCEL").to()).isEqualTo(flow.answer("INVITE").to());
    }

    //= rfc3261#9.2-1 nothing to cancel: 481
    //= rfc3261#21.4.18-4 the program is busy: 486 says so
    @Test void nothing_to_cancel() {
        play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice refuse -1 486
                    0 alice -> bob   486
                    0 alice -> TU    Ended -1 486
                32001 bob   -> alice CANCEL 7
                32001 alice -> bob   481 CANCEL
                """);
    }

    /// What a program may say beyond the status.
    //= rfc3261#21.4.18-2 a reason phrase that indicates more precisely why
    //= rfc3261#21.4.18-3 which is settable
    @Test void the_phrase_of_a_refusal_is_the_programs() {
        var agent = new UserAgent(new Profile(Address.parse("<sip:alice@a.example>"),
                SipUri.parse("sip:alice@192.0.2.1"), List.of(), Optional.empty(), "test",
                CallRules.PLAIN, Optional.empty()),
                List.of(), new SplittableRandom(1));
        var invite = (Request) Message.parse(INVITE);
        agent.handle(new Core.Input.Received(new TransactionId("z9hG4bKi", "", "INVITE"), invite,
                Flow.udp(HERE, HERE)), Instant.EPOCH);
        assertThat(agent.handle(new Core.Input.Asked(
                new Call.Command.Refuse(-1, 480, "Asleep Until Eight", Optional.empty())),
                Instant.EPOCH))
                .filteredOn(Core.Output.Respond.class::isInstance).singleElement()
                .satisfies(output -> assertThat(((Core.Output.Respond) output).response()
                        .reason()).isEqualTo("Asleep Until Eight"));
    }

    /// Somebody on the way has made SIP of SIPS.
    //= rfc3261#26.4.4-1 To is inspected whether it contains a SIPS URI
    //= rfc3261#26.4.4-3 and the user is notified of a potential breach
    @Test void a_call_to_a_secure_address_that_comes_without_is_told_of() {
        for (boolean secure : List.of(true, false)) {
            var agent = new UserAgent(new Profile(Address.parse("<sip:alice@a.example>"),
                    SipUri.parse("sip:alice@192.0.2.1"), List.of(), Optional.empty(), "test",
                    CallRules.PLAIN, Optional.empty()),
                    List.of(), new SplittableRandom(1));
            var invite = (Request) Message.parse(INVITE);
            if (secure) invite = invite.with("To", "<sips:alice@a.example>");
            assertThat(agent.handle(new Core.Input.Received(
                    new TransactionId("z9hG4bKi", "", "INVITE"), invite,
                    Flow.udp(HERE, HERE)), Instant.EPOCH).stream().anyMatch(output ->
                            output instanceof Core.Output.Told(Warning.Told _)))
                    .isEqualTo(secure);
        }
    }

    private static final InetSocketAddress HERE =
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5060);

    private static final String INVITE = """
            INVITE sip:alice@192.0.2.1 SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKi
            From: <sip:bob@b.example>;tag=1
            To: <sip:alice@a.example>
            Contact: <sip:bob@192.0.2.1>
            Call-ID: 1
            CSeq: 1 INVITE
            Max-Forwards: 70

            """;

    //= rfc3261#15.1.2-6 a BYE before the call is taken: the INVITE gets 487
    //= rfc3261#15.1.2-5 for pending requests are responded to all the same
    @Test void bye_of_an_early_dialog() {
        play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice ring -1
                   10 alice -> bob   180
                  900 bob   -> alice BYE 8
                  900 alice -> bob   200 BYE
                  900 alice -> bob   487
                  900 alice -> TU    Ended -1 200
                """);
    }

    //= rfc3261#13.3.1-1 an invitation that expires is answered with 487
    @Test void the_invitation_expires() {
        play("""
                    0 bob   -> alice INVITE 7 sdp1 Expires=20
                    0 alice -> TU    Incoming -1 sdp1
                   10 TU    -> alice ring -1
                   10 alice -> bob   180
                20000 alice -> bob   487
                20000 alice -> TU    Ended -1 487
                """);
    }

    //= rfc3261#13.3.1.1-3 a provisional response every minute
    @Test void ringing_for_long() {
        play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice ring -1
                    0 alice -> bob   180
                60000 alice -> bob   180
                """);
    }

    //= rfc3261#21.1-1 a provisional response may have a session description
    //= rfc3261#7.4-2 as any response may have a body
    //= rfc3261#20.2-1 which is not encoded
    @Test void early_media() {
        var flow = play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice ring -1 sdp2
                    0 alice -> bob   180 sdp2
                    7 TU    -> alice answer -1 sdp2
                    7 alice -> bob   200 sdp2
                """);
        assertThat(flow.answer("INVITE").need("Content-Type")).isEqualTo("application/sdp");
        assertThat(flow.answer("INVITE").has("Content-Encoding")).isFalse();
    }

    @Test void a_bye_with_a_contact_that_is_none() {
        play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                    1 bob   -> alice ACK 7
                    1 alice -> TU    Confirmed -1
                    9 bob   -> alice BYE 8 Contact=<<
                    9 alice -> bob   200 BYE
                    9 alice -> TU    Ended -1 200
                """);
    }

    //= rfc3261#13.3.1.4-3 no offer in the INVITE: it is in the 2xx, and the answer in the ACK
    @Test void the_caller_leaves_the_offer_to_us() {
        play("""
                    0 bob   -> alice INVITE 7
                    0 alice -> TU    Incoming -1
                    0 TU    -> alice answer -1 sdp1
                    0 alice -> bob   200 sdp1
                  100 bob   -> alice ACK 7 sdp2
                  100 alice -> TU    Confirmed -1 sdp2
                """);
    }

    //= rfc3261#12.1.1-1 all of Record-Route goes back
    //= rfc3261#12.1.1-7 and is the route set of the dialog, in the same order
    @Test void through_proxies_that_stay_in_the_way() {
        var flow = play("""
                    0 bob   -> alice INVITE 7 sdp1 Record-Route=<sip:p2;lr>,<sip:p1;lr>
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                  100 bob   -> alice ACK 7
                  100 alice -> TU    Confirmed -1
                  200 TU    -> alice hangup -1
                  200 alice -> bob   BYE 1 sip:bob@127.0.0.2 route=<sip:p2;lr> route=<sip:p1;lr>
                  200 alice -> TU    Ended -1 200
                """);
        var ok = flow.answer("INVITE");
        assertThat(ok.list("Record-Route")).containsExactly("<sip:p2;lr>", "<sip:p1;lr>");
        //= rfc3261#12.1.1-2,3 there is a Contact; a SIP URI
        assertThat(ok.list("Contact")).containsExactly("<sip:alice@127.0.0.1:5060>");
        //= rfc3261#13.3.1.4-1 and Allow and Supported
        assertThat(ok.has("Allow") && ok.has("Supported")).isTrue();
        //= rfc3261#12.2.1.1-3 From of our request is the local URI, To of theirs
        assertThat(flow.sent("BYE").from().uri()).hasToString("sip:alice@atlanta.com");
    }

    //= rfc3261#12.1.1-4 who was called by way of SIPS has a SIPS Contact
    @Test void called_by_sips() {
        var flow = play("""
                    0 bob   -> alice INVITE 7 sdp1 Record-Route=<sips:p2;lr>,<sip:p1;lr>
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice ring -1
                    0 alice -> bob   180
                """);
        assertThat(flow.answer("INVITE").need("Contact")).isEqualTo("<sips:alice@127.0.0.1:5060>");
    }

    //= rfc3261#12.1.1-14 the peer may have no tag
    @Test void a_caller_of_the_days_of_rfc_2543() {
        var flow = play("""
                    0 bob   -> alice INVITE 7 sdp1 From=<sip:bob@biloxi.com>
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                  100 bob   -> alice ACK 7 From=<sip:bob@biloxi.com>
                  100 alice -> TU    Confirmed -1
                  200 TU    -> alice hangup -1
                  200 alice -> bob   BYE 1 sip:bob@127.0.0.2
                  200 alice -> TU    Ended -1 200
                """);
        //= rfc3261#12.2.1.1-5 a null tag is omitted from To
        assertThat(flow.sent("BYE").to().tag()).isEmpty();
    }
}
