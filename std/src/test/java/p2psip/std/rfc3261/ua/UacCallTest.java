package p2psip.std.rfc3261.ua;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.ua.CallFlow.ESTABLISHED;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import p2psip.std.rfc3261.*;
import org.junit.jupiter.api.Test;

/// Calls that the user agent places.
class UacCallTest {

    @Test void answered_and_hung_up() {
        var flow = play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                   50 <- 100 INVITE
                  100 <- 180 INVITE;b1
                  100 TU Progress 1 180 b1
                 2000 <- 200 INVITE;b1 sdp2
                 2000 -> ACK 1 sip:b1@127.0.0.2
                 2000 TU Answered 1 sdp2
                 9000 TU hangup 1
                 9000 -> BYE 2 sip:b1@127.0.0.2
                 9000 TU Ended 1 200
                 9100 <- 200 BYE;b1
                40000 <- 200 BYE;b1
                """);
        var invite = flow.sent("INVITE");
        //= rfc3261#8.1.1.6-1 Max-Forwards is 70
        assertThat(invite.need("Max-Forwards")).isEqualTo("70");
        //= rfc3261#12.1.2-1 and Contact has the one SIP URI at which requests arrive
        assertThat(invite.list("Contact")).containsExactly("<sip:alice@127.0.0.1:5060>");
        //= rfc3261#13.2.1-1 Allow is there
        assertThat(invite.list("Allow")).contains("INVITE", "ACK", "CANCEL", "BYE");
        //= rfc3261#12.2.1.1-2 the tag in To of the BYE is the remote tag of the dialog
        assertThat(flow.sent("BYE").to().tag()).contains("b1");
        //= rfc3261#12.2.1.1-4 and that in From the local tag
        assertThat(flow.sent("BYE").from().tag()).isEqualTo(invite.from().tag());
        //= rfc3261#12.2.1.1-6 the Call-ID is that of the dialog
        assertThat(flow.sent("BYE").callId()).isEqualTo(invite.callId());
        assertThat(flow.agent().legs()).isZero();
    }

    /// S11: the ancestor's tags had a hundred values.
    //= rfc3261#19.3-1 tags are random, 32 bits at least: 1,000 of them are all different
    @Test void tags_and_call_ids_are_new_each_time() {
        var seen = new HashSet<String>();
        var random = new SplittableRandom(7);
        for (int i = 0; i < 1000; i++) seen.add(Tokens.token(random).substring(0, 7));
        assertThat(seen).hasSize(1000);
        var flow = play("""
                    0 TU invite 1 sip:bob@biloxi.com
                    0 -> INVITE 1 sip:bob@biloxi.com
                    0 TU invite 2 sip:bob@biloxi.com
                    0 -> INVITE 1 sip:bob@biloxi.com
                """);
        //= rfc3261#8.1.1.3-2 a new tag in From
        assertThat(flow.all("INVITE").stream().map(r -> r.from().tag().orElseThrow()))
                .doesNotHaveDuplicates();
        //= rfc3261#8.1.1.4-3 and a new Call-ID for each request outside of a dialog
        assertThat(flow.all("INVITE").stream().map(Message::callId)).doesNotHaveDuplicates();
        //= rfc3261#8.1.1.2-4 and no tag in To
        assertThat(flow.all("INVITE")).allMatch(r -> r.to().tag().isEmpty());
    }

    @Test void what_an_invite_says_of_us() {
        var flow = play(List.of("<sip:p1;lr>", "<sip:p2;lr>"), """
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com route=<sip:p1;lr> route=<sip:p2;lr> sdp1
                   50 <- 407 INVITE;p1 Proxy-Authenticate=Digest_realm="r",nonce="n"
                   50 -> INVITE 2 sip:bob@biloxi.com route=<sip:p1;lr> route=<sip:p2;lr> proxy-authorization sdp1
                """);
        var invite = flow.sent("INVITE");
        //= rfc3261#20.5-1 all methods that are understood, ACK and CANCEL too
        //= rfc3261#20-1 are in a header field that should be sent
        assertThat(invite.list("Allow"))
                .containsExactly("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "MESSAGE");
        //= rfc3261#20.37-1 no option tag that is not of a standards-track RFC: none at all
        assertThat(invite.need("Supported")).isEmpty();
        //= rfc3261#20.41-1 User-Agent is as configured
        assertThat(invite.need("User-Agent")).isEqualTo("test");
        //= rfc3261#7.4-1 the request has a body
        assertThat(invite.body().utf8()).isEqualTo("sdp1");
        //= rfc3261#7.3.1-1 what proxies need is at the top
        assertThat(invite.headers().subList(0, 4)).map(Header::name).containsExactly(
                "Proxy-Authorization", "Route", "Route", "Max-Forwards");
    }

    //= rfc3261#21.4-1 the same request is not tried again
    @Test void busy() {
        play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                 1000 <- 486 INVITE;b1
                 1000 TU Ended 1 486
                """);
    }

    //= rfc3261#21.4.4-1 a request that is forbidden is not repeated
    @Test void forbidden() {
        var flow = play("""
                    0 TU invite 1 sip:bob@two sdp1
                    0 -> INVITE 1 sip:bob@two sdp1
                 1000 <- 403 INVITE;b1
                 1000 TU Ended 1 403
                """);
        assertThat(flow.all("INVITE")).hasSize(1);
    }

    //= rfc3261#21.5.4-3 a server that is unavailable has an alternate one
    @Test void an_alternate_server_is_tried_when_the_first_is_overloaded() {
        play("""
                    0 TU invite 1 sip:bob@two sdp1
                    0 -> INVITE 1 sip:bob@two sdp1
                    9 <- 503 INVITE;b1
                    9 -> INVITE 1 sip:bob@two sdp1 at 127.0.0.3
                   20 <- 503 INVITE;b2
                   20 TU Ended 1 503
                """);
    }

    //= rfc3261#8.1.3.1-1 no answer counts as 408
    @Test void nobody_answers() {
        play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                32000 <- timeout INVITE
                32000 TU Ended 1 408
                """);
    }

    /// S9: the ancestor never got to the second address.
    //= rfc3261#8.1.2-9 the second address is tried when the first does not work
    @Test void second_address_is_tried_when_the_first_fails() {
        var flow = play("""
                    0 TU invite 1 sip:bob@two sdp1
                    0 -> INVITE 1 sip:bob@two sdp1
                    5 <- unreachable INVITE
                    5 -> INVITE 1 sip:bob@two sdp1 at 127.0.0.3
                    9 <- 503 INVITE;b1
                    9 TU Ended 1 503
                """);
        assertThat(flow.all("INVITE")).hasSize(2);
    }

    //= rfc3261#8.1.3.1-2 a transport that fails counts as 503
    @Test void a_host_that_is_not_there_is_unavailable() {
        play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                    5 <- unreachable INVITE
                    5 TU Ended 1 503
                    6 TU invite 2 sip:bob@none sdp1
                    6 TU Ended 2 503
                """);
    }

    //= rfc3261#8.1.3.2-2,3 100 and 183 are processed, and what is not known as if it were 183
    @Test void progress() {
        play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                   10 <- 100 INVITE
                  100 <- 183 INVITE;b1 sdp2
                  100 TU Progress 1 183 b1 sdp2
                  200 <- 189 INVITE;b2 sdp3
                  200 TU Progress 1 189 b2 sdp3
                """);
    }

    //= rfc3261#13.2.2.4-8 the ACK goes out each time that the 2xx comes again
    @Test void every_2xx_is_acknowledged() {
        play(ESTABLISHED + """
                  600 <- 200 INVITE;b1 sdp2
                  600 -> ACK 1 sip:b1@127.0.0.2
                 1600 <- 200 INVITE;b1 sdp2 X-Stray=1
                 1600 -> ACK 1 sip:b1@127.0.0.2
                """);
    }

    /// S13: the ancestor had no early dialogs.
    //= rfc3261#13.2.2.4-9 the 2xx of a fork that we do not want is ended by BYE
    //= rfc3261#13.2.2.4-3 it gets its ACK as any 2xx
    //= rfc3261#21.1.5-1 the body of a 183 is there before the call is taken
    @Test void a_fork_that_answers_second_is_acknowledged_and_hung_up() {
        //= rfc3261#13.2.1-12 the first description is the answer, that in the 2xx is ignored
        //= rfc3261#13.2.2.4-2 a 2xx without an early dialog makes a confirmed one
        play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  100 <- 180 INVITE;b1
                  100 TU Progress 1 180 b1
                  110 <- 183 INVITE;b2 sdp3
                  110 TU Progress 1 183 b2 sdp3
                  120 <- 180 INVITE;b1
                  120 TU Progress 1 180 b1
                 2000 <- 200 INVITE;b2 sdp4
                 2000 -> ACK 1 sip:b2@127.0.0.2
                 2000 TU Answered 1 sdp3
                 2010 <- 200 INVITE;b1 sdp5
                 2010 -> ACK 1 sip:b1@127.0.0.2
                 2010 -> BYE 2 sip:b1@127.0.0.2
                 2100 <- 200 BYE;b1
                 2510 <- 200 INVITE;b1 sdp5
                 2510 -> ACK 1 sip:b1@127.0.0.2
                 3000 <- 200 INVITE;b3 sdp6
                 3000 -> ACK 1 sip:b3@127.0.0.2
                 3000 -> BYE 2 sip:b3@127.0.0.2
                 9000 TU hangup 1
                 9000 -> BYE 2 sip:b2@127.0.0.2
                 9000 TU Ended 1 200
                """);
    }

    //= rfc3261#13.2.2.4-1 the 2xx confirms the early dialog, and its Record-Route counts
    @Test void the_way_of_the_2xx_is_the_way_of_the_dialog() {
        play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  100 <- 180 INVITE;b1 Record-Route=<sip:p1;lr>
                  100 TU Progress 1 180 b1
                  200 <- 200 INVITE;b1 Record-Route=<sip:p2;lr> Contact=<sip:bob@there> sdp2
                  200 -> ACK 1 sip:bob@there route=<sip:p2;lr>
                  200 TU Answered 1 sdp2
                """);
    }

    //= rfc3261#13.2.2.3-1 a final response after the first is ignored
    @Test void a_refusal_comes_too_late() {
        var flow = play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  200 <- 200 INVITE;b1 sdp2
                  200 -> ACK 1 sip:b1@127.0.0.2
                  200 TU Answered 1 sdp2
                  300 <- 486 INVITE;b2 X-Stray=1
                """);
        //= rfc3261#8.2.2.3-5 the INVITE required no extension, and so neither does the ACK
        assertThat(flow.ack().has("Require") || flow.ack().has("Proxy-Require")).isFalse();
    }

    //= rfc3261#9.1-9 after the final response it is too late for a CANCEL
    //= rfc3261#15-5 what the 2xx has begun is ended by BYE
    @Test void a_2xx_comes_before_the_cancel_could_be_sent() {
        var flow = play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  100 TU hangup 1
                 1010 <- 200 INVITE;b1 sdp2
                 1010 -> ACK 1 sip:b1@127.0.0.2
                 1010 -> BYE 2 sip:b1@127.0.0.2
                 1010 TU Ended 1 487
                """);
        assertThat(flow.all("CANCEL")).isEmpty();
    }

    //= rfc3261#9.1-5 the CANCEL has the Route of the INVITE
    @Test void a_cancel_goes_the_way_of_its_invite() {
        var flow = play(List.of("<sip:far;lr>"), """
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com route=<sip:far;lr> sdp1 at 127.0.0.4
                  100 <- 180 INVITE;b1
                  100 TU Progress 1 180 b1
                  200 TU hangup 1
                  200 -> CANCEL 1 sip:bob@biloxi.com route=<sip:far;lr> at 127.0.0.4
                """);
        //= rfc3261#9.1-3 its Via has the branch of what it cancels, and it has no other
        assertThat(flow.branches("CANCEL")).isEqualTo(flow.branches("INVITE"));
        assertThat(flow.sent("CANCEL").has("Via")).isFalse();
    }

    //= rfc3261#9.1-8 CANCEL waits for a provisional response
    //= rfc3261#9.1-7 so it is looked whether any has come
    //= rfc3261#15-2 without a dialog there is no BYE
    @Test void cancelled() {
        var flow = play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  100 TU hangup 1
                  300 <- 100 INVITE
                  300 -> CANCEL 1 sip:bob@biloxi.com
                  400 <- 200 CANCEL;b1
                  400 <- 487 INVITE;b1
                  400 TU Ended 1 487
                """);
        var invite = flow.sent("INVITE");
        var cancel = flow.sent("CANCEL");
        //= rfc3261#9.1-2 Call-ID, To and From are those of the INVITE
        for (var name : List.of("Call-ID", "To", "From"))
            assertThat(cancel.need(name)).isEqualTo(invite.need(name));
        //= rfc3261#9.1-4 CSeq has the method CANCEL
        assertThat(cancel.cseq()).isEqualTo(new CSeq(1, "CANCEL"));
        //= rfc3261#20-7 and nothing is in it that is not applicable: no Contact, no body
        assertThat(cancel.headers()).map(Header::name)
                .containsExactly("Max-Forwards", "From", "To", "Call-ID", "CSeq");
    }

    //= rfc3261#9.1-11 a CANCEL that changes nothing for 64*T1 ends the call all the same
    @Test void cancelled_but_nobody_listens() {
        play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  300 <- 180 INVITE;b1
                  300 TU Progress 1 180 b1
                 1000 TU hangup 1
                 1000 -> CANCEL 1 sip:bob@biloxi.com
                33000 forget
                33000 TU Ended 1 487
                """);
    }

    //= rfc3261#15-5 the CANCEL had no effect: a BYE has
    @Test void a_2xx_that_crosses_the_cancel_is_acknowledged_and_hung_up() {
        play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  300 <- 180 INVITE;b1
                  300 TU Progress 1 180 b1
                 1000 TU hangup 1
                 1000 -> CANCEL 1 sip:bob@biloxi.com
                 1010 <- 200 INVITE;b1 sdp2
                 1010 -> ACK 1 sip:b1@127.0.0.2
                 1010 -> BYE 2 sip:b1@127.0.0.2
                 1010 TU Ended 1 487
                """);
    }

    //= rfc3261#22.2-8 with credentials the number is one higher
    //= rfc3261#13.2.2.4-4,5 and the ACK has the credentials of the INVITE, and its number
    @Test void a_proxy_that_asks_for_a_password() {
        //= rfc3261#21.4.8-1 the client has authenticated itself with the proxy
        var flow = play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  100 <- 407 INVITE;p1 Proxy-Authenticate=Digest_realm="r",nonce="n",qop="auth"
                  100 -> INVITE 2 sip:bob@biloxi.com proxy-authorization sdp1
                  200 <- 200 INVITE;b1 sdp2
                  200 -> ACK 2 sip:b1@127.0.0.2 proxy-authorization
                  200 TU Answered 1 sdp2
                  300 TU hangup 1
                  300 -> BYE 3 sip:b1@127.0.0.2 proxy-authorization
                  300 TU Ended 1 200
                """);
        var invites = flow.all("INVITE");
        //= rfc3261#8.1.3.5-6 Call-ID, To and From are those of the request that got the 407
        for (var name : List.of("Call-ID", "To", "From"))
            assertThat(invites.getLast().need(name)).isEqualTo(invites.getFirst().need(name));
        //= rfc3261#8.1.3.5-1 and credentials go with it
        assertThat(invites.getLast().need("Proxy-Authorization")).contains("realm=\"r\"");
    }

    //= rfc3261#13.2.2.4-5 the ACK has the credentials for a server, too
    @Test void a_server_that_asks_for_a_password() {
        play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  100 <- 401 INVITE;p1 WWW-Authenticate=Digest_realm="r",nonce="n",qop="auth"
                  100 -> INVITE 2 sip:bob@biloxi.com authorization sdp1
                  200 <- 200 INVITE;b1 sdp2
                  200 -> ACK 2 sip:b1@127.0.0.2 authorization
                  200 TU Answered 1 sdp2
                """);
    }

    //= rfc3261#20.28-1 credentials for two proxies are not combined into one line
    //= rfc3261#20.7-1 nor are those for two servers combined
    //= rfc3261#7.3.1-4 for such rows are never combined
    @Test void two_who_ask_for_a_password() {
        for (var names : Map.of("Proxy-Authenticate", "Proxy-Authorization",
                "WWW-Authenticate", "Authorization").entrySet()) {
            var flow = play("""
                        0 TU invite 1 sip:bob@biloxi.com sdp1
                        0 -> INVITE 1 sip:bob@biloxi.com sdp1
                      100 <- %d INVITE;p1 +%s=Digest_realm="r",nonce="n" +%<s=Digest_realm="s",nonce="m"
                      100 -> INVITE 2 sip:bob@biloxi.com %s sdp1
                    """.formatted(names.getKey().startsWith("P") ? 407 : 401, names.getKey(),
                    names.getValue().toLowerCase(Locale.ROOT)));
            assertThat(flow.sent("INVITE").all(names.getValue())).hasSize(2)
                    .allMatch(row -> row.indexOf("Digest") == row.lastIndexOf("Digest"));
        }
    }

    //= rfc3261#12.3¶1 after a final response an early dialog is none
    @Test void a_refusal_ends_the_early_dialog() {
        play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  100 <- 180 INVITE;b1
                  100 TU Progress 1 180 b1
                  200 <- OPTIONS 1;b1
                  200 -> 200 OPTIONS Accept-Encoding=identity
                  300 <- 486 INVITE;b1
                  300 TU Ended 1 486
                  400 <- OPTIONS 2;b1
                  400 -> 481 OPTIONS
                """);
    }

    //= rfc3261#15.1.1-2 with the BYE the dialog is over for us, whatever comes of it
    @Test void who_has_hung_up_hears_no_more() {
        play(ESTABLISHED + """
                  200 TU hangup 1
                  200 -> BYE 2 sip:b1@127.0.0.2
                  200 TU Ended 1 200
                  300 <- OPTIONS 1;b1
                  300 -> 481 OPTIONS
                """);
    }

    //= rfc3261#22.1-13 refused credentials are not tried again, unless the nonce was stale
    @Test void a_wrong_password() {
        play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  100 <- 401 INVITE;b1 WWW-Authenticate=Digest_realm="r",nonce="n",qop="auth"
                  100 -> INVITE 2 sip:bob@biloxi.com authorization sdp1
                  200 <- 401 INVITE;b1 WWW-Authenticate=Digest_realm="r",nonce="m",stale=true,qop="auth"
                  200 -> INVITE 3 sip:bob@biloxi.com authorization sdp1
                  300 <- 401 INVITE;b1 WWW-Authenticate=Digest_realm="r",nonce="o",qop="auth"
                  300 TU Ended 1 401
                """);
    }

    //= rfc3261#8.1.3.4-2,7 no URI is tried a second time, when a contact fails the next is tried
    //= rfc3261#21.3.3-1 the request is tried again at the new address
    @Test void redirected() {
        //= rfc3261#21.3.1-3,4 there may be several Contacts, and the user is not asked
        //= rfc3261#19.1.1-13 components that are disallowed in a Request-URI are ignored
        play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  100 <- 302 INVITE;b1 Contact=<sip:bob@c1;method=INVITE?Subject=x>,<sip:bob@c2>
                  100 -> INVITE 2 sip:bob@c1 sdp1
                  200 <- 302 INVITE;b1 Contact=<sip:bob@biloxi.com>,<sip:bob@c1>
                  200 -> INVITE 3 sip:bob@c2 sdp1
                  300 <- 486 INVITE;b2
                  300 TU Ended 1 486
                """);
    }

    //= rfc3261#21.3.2-1 moved permanently: the request goes to the new address
    //= rfc3261#21.3.3-3 but no address is kept for a future call
    @Test void moved() {
        play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  100 <- 301 INVITE;b1 Contact=<sip:bob@new.com>
                  100 -> INVITE 2 sip:bob@new.com sdp1
                  200 <- 486 INVITE;b2
                  200 TU Ended 1 486
                  300 TU invite 2 sip:bob@biloxi.com sdp1
                  300 -> INVITE 1 sip:bob@biloxi.com sdp1
                """);
    }

    //= rfc3261#21.3.4-1 the request goes through the proxy that Contact names
    @Test void use_proxy() {
        play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  100 <- 305 INVITE;b1 Contact=<sip:gate.com;transport=tcp>
                  100 -> INVITE 2 sip:bob@biloxi.com route=<sip:gate.com;transport=tcp;lr> sdp1
                  200 <- 305 INVITE;b1 Contact=<sip:gate.com;transport=tcp>
                  200 TU Ended 1 305
                """);
    }

    //= rfc3261#13.2.1-13 an offer in the 2xx is answered in the ACK
    //= rfc3261#13.2.2.4-6 which must carry it
    //= rfc3261#13.2.1-16 this way of offer and answer is supported as well as the other
    @Test void the_callee_makes_the_offer() {
        play("""
                    0 TU invite 1 sip:bob@biloxi.com
                    0 -> INVITE 1 sip:bob@biloxi.com
                  100 <- 200 INVITE;b1 sdp2
                  100 TU Answered 1 sdp2
                  120 TU acknowledge 1 sdp3
                  120 -> ACK 1 sip:b1@127.0.0.2 sdp3
                  700 <- 200 INVITE;b1 sdp2
                  700 -> ACK 1 sip:b1@127.0.0.2 sdp3
                """);
    }

    //= rfc3261#13.2.2.4-7 an offer that is not acceptable gets a valid answer, then BYE
    @Test void the_offer_of_the_callee_is_not_acceptable() {
        play("""
                    0 TU invite 1 sip:bob@biloxi.com
                    0 -> INVITE 1 sip:bob@biloxi.com
                  100 <- 200 INVITE;b1 sdp2
                  100 TU Answered 1 sdp2
                  120 TU acknowledge 1 sdp0
                  120 -> ACK 1 sip:b1@127.0.0.2 sdp0
                  120 TU hangup 1
                  120 -> BYE 2 sip:b1@127.0.0.2
                  120 TU Ended 1 200
                """);
    }

    //= rfc3261#13.2.2.4-3 each 2xx has its ACK, even if the program hangs up instead of answering
    @Test void hung_up_before_the_offer_was_answered() {
        play("""
                    0 TU invite 1 sip:bob@biloxi.com
                    0 -> INVITE 1 sip:bob@biloxi.com
                  100 <- 200 INVITE;b1 sdp2
                  100 TU Answered 1 sdp2
                  120 TU hangup 1
                  120 -> ACK 1 sip:b1@127.0.0.2
                  120 -> BYE 2 sip:b1@127.0.0.2
                  120 TU Ended 1 200
                """);
    }

    //= rfc3261#15.1.1-1 the session is over as soon as the BYE is sent
    //= rfc3261#15.1.1-2 and the dialog even if there is no response
    @Test void the_peer_does_not_hear_that_we_hang_up() {
        for (var end : List.of("timeout BYE", "481 BYE;b1", "408 BYE;b1")) {
            var flow = play(ESTABLISHED + """
                  200 TU hangup 1
                  200 -> BYE 2 sip:b1@127.0.0.2
                  200 TU Ended 1 200
                32200 <- %s
                33000 <- OPTIONS 5;b1
                33000 -> 481 OPTIONS
                """.formatted(end));
            assertThat(flow.agent().legs()).isZero();
        }
    }

    //= rfc3261#15-1 a BYE ends the session
    //= rfc3261#15.1.2-3,4 at once, and is answered with 2xx
    @Test void the_peer_hangs_up() {
        play(ESTABLISHED + """
                 5000 <- BYE 9;b1
                 5000 -> 200 BYE
                 5000 TU Ended 1 200
                 5001 <- BYE 10;b1
                 5001 -> 481 BYE
                """);
    }

    //= rfc3261#12.2.1.1-13 a loose router stands in Route, the remote target in the Request-URI
    //= rfc3261#12.1.2-4 the route set is Record-Route of the response in reverse order
    @Test void through_proxies_that_stay_in_the_way() {
        play(List.of("<sip:outbound.com;lr>"), """
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com route=<sip:outbound.com;lr> sdp1
                  100 <- 200 INVITE;b1 Record-Route=<sip:p2;lr>,<sip:p1;lr;x=y> sdp2
                  100 -> ACK 1 sip:b1@127.0.0.2 route=<sip:p1;lr;x=y> route=<sip:p2;lr>
                  100 TU Answered 1 sdp2
                  200 TU hangup 1
                  200 -> BYE 2 sip:b1@127.0.0.2 route=<sip:p1;lr;x=y> route=<sip:p2;lr>
                  200 TU Ended 1 200
                """);
    }

    //= rfc3261#12.2.1.1-14 the URI of a strict router goes into the Request-URI
    //= rfc3261#12.2.1.1-15 the remainder of the route set stands in Route
    //= rfc3261#12.2.1.1-16 and the remote target at the end of it
    @Test void through_a_strict_router() {
        //= rfc3261#8.1.2-2 and the strict router is where the request is sent
        play("""
                    0 TU invite 1 sip:bob@biloxi.com sdp1
                    0 -> INVITE 1 sip:bob@biloxi.com sdp1
                  100 <- 200 INVITE;b1 Record-Route=<sip:p2;lr>,<sip:p1;method=BYE> sdp2
                  100 -> ACK 1 sip:p1 route=<sip:p2;lr> route=<sip:b1@127.0.0.2>
                  100 TU Answered 1 sdp2
                """);
    }
}
