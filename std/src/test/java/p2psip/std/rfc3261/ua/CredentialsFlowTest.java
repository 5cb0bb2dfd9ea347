package p2psip.std.rfc3261.ua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import p2psip.std.rfc3261.Message;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc2617.Credentials;

/// A user agent that is asked for its password: by several, again, and in the next dialog.
class CredentialsFlowTest {

    private static List<Credentials.Digest> shown(Message.Request request, String name) {
        return request.all(name).stream()
                .map(value -> (Credentials.Digest) Credentials.parse(value)).toList();
    }

    //= rfc3261#22.2-8 with credentials the number is one higher
    //= rfc3261#13.2.2.4-4,5 and the ACK has the credentials of the INVITE, and its number
    @Test void a_proxy_that_asks_for_a_password() {
        //= rfc3261#21.4.8-1 the client has authenticated itself with the proxy
        var flow = play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 p1    -> alice 407 Proxy-Authenticate=Digest_realm="r",nonce="n",qop="auth"
                  100 alice -> bob   INVITE 2 sip:bob@biloxi.com proxy-authorization sdp1
                  200 b1    -> alice 200 sdp2
                  200 alice -> b1    ACK 2 sip:b1@127.0.0.2 proxy-authorization
                  200 alice -> TU    Answered 1 sdp2
                  300 TU    -> alice hangup 1
                  300 alice -> b1    BYE 3 sip:b1@127.0.0.2 proxy-authorization
                  300 alice -> TU    Ended 1 200
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
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 p1    -> alice 401 WWW-Authenticate=Digest_realm="r",nonce="n",qop="auth"
                  100 alice -> bob   INVITE 2 sip:bob@biloxi.com authorization sdp1
                  200 b1    -> alice 200 sdp2
                  200 alice -> b1    ACK 2 sip:b1@127.0.0.2 authorization
                  200 alice -> TU    Answered 1 sdp2
                """);
    }

    //= rfc3261#20.28-1 credentials for two proxies are not combined into one line
    //= rfc3261#20.7-1 nor are those for two servers combined
    //= rfc3261#7.3.1-4 for such rows are never combined
    @Test void two_who_ask_for_a_password() {
        for (var names : Map.of("Proxy-Authenticate", "Proxy-Authorization",
                "WWW-Authenticate", "Authorization").entrySet()) {
            var flow = play("""
                        0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                        0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                      100 p1    -> alice %d +%s=Digest_realm="r",nonce="n" \
                        +%<s=Digest_realm="s",nonce="m"
                      100 alice -> bob   INVITE 2 sip:bob@biloxi.com %s sdp1
                    """.formatted(names.getKey().startsWith("P") ? 407 : 401, names.getKey(),
                    names.getValue().toLowerCase(Locale.ROOT)));
            assertThat(flow.sent("INVITE").all(names.getValue())).hasSize(2)
                    .allMatch(row -> row.indexOf("Digest") == row.lastIndexOf("Digest"));
        }
    }

    //= rfc3261#22.1-13 refused credentials are not tried again, unless the nonce was stale
    @Test void a_wrong_password() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 401 WWW-Authenticate=Digest_realm="r",nonce="n",qop="auth"
                  100 alice -> bob   INVITE 2 sip:bob@biloxi.com authorization sdp1
                  200 b1    -> alice 401 \
                        WWW-Authenticate=Digest_realm="r",nonce="m",stale=true,qop="auth"
                  200 alice -> bob   INVITE 3 sip:bob@biloxi.com authorization sdp1
                  300 b1    -> alice 401 WWW-Authenticate=Digest_realm="r",nonce="o",qop="auth"
                  300 alice -> TU    Challenged r
                  300 alice -> TU    Ended 1 401
                """);
    }

    //= rfc3261#22.1-12 the realms are shown for which there is no credential, each once
    @Test void who_has_no_password_is_told_whose_it_would_be() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 p1    -> alice 407 +Proxy-Authenticate=Basic_realm="b" \
                        +Proxy-Authenticate=Strange_realm="c",x=1 +Proxy-Authenticate=, \
                        +Proxy-Authenticate=Basic_realm="b"
                  100 alice -> TU    Challenged b
                  100 alice -> TU    Challenged c
                  100 alice -> TU    Ended 1 407
                """);
    }

    //= rfc3261#22.3-5 after each 407 the request goes again
    //= rfc3261#22.3-16 with credentials that differ in their realm
    //= rfc7616#3.8-2 in Proxy-Authorization
    @Test void two_proxies_in_a_row_ask() {
        var flow = play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 p1    -> alice 407 Proxy-Authenticate=Digest_realm="one",nonce="1",qop="auth"
                  100 alice -> bob   INVITE 2 sip:bob@biloxi.com proxy-authorization sdp1
                  200 p2    -> alice 407 Proxy-Authenticate=Digest_realm="two",nonce="2",qop="auth"
                  200 alice -> bob   INVITE 3 sip:bob@biloxi.com proxy-authorization sdp1
                  300 b1    -> alice 486
                  300 alice -> TU    Ended 1 486
                """);
        assertThat(shown(flow.sent("INVITE"), "Proxy-Authorization"))
                .extracting(Credentials.Digest::realm, Credentials.Digest::nc)
                .containsExactlyInAnyOrder(
                        tuple("one", 2L),
                        tuple("two", 1L));
    }

    /// As a proxy that has forked the request gathers them.
    //= rfc3261#22.3-15 several challenges, and a value for each
    @Test void a_proxy_and_a_server_ask_at_once() {
        var flow = play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 p     -> alice 407 Proxy-Authenticate=Digest_realm="p",nonce="1",qop="auth" \
                        WWW-Authenticate=Digest_realm="s",nonce="2",qop="auth"
                  100 alice -> bob   INVITE 2 sip:bob@biloxi.com authorization proxy-authorization \
                        sdp1
                  300 b1    -> alice 486
                  300 alice -> TU    Ended 1 486
                """);
        assertThat(shown(flow.sent("INVITE"), "Authorization")).singleElement()
                .extracting(Credentials.Digest::realm, Credentials.Digest::nc)
                .containsExactly("s", 1L);
    }

    /// The nonce of the proxy is used again, and counted: the same count twice would be a replay.
    //= rfc2617#3.2.2¶8 nc counts the requests
    @Test void a_proxy_asks_and_then_the_server_behind_it() {
        var flow = play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 p1    -> alice 407 Proxy-Authenticate=Digest_realm="p",nonce="1",qop="auth"
                  100 alice -> bob   INVITE 2 sip:bob@biloxi.com proxy-authorization sdp1
                  200 b1    -> alice 401 WWW-Authenticate=Digest_realm="s",nonce="2",qop="auth"
                  200 alice -> bob   INVITE 3 sip:bob@biloxi.com authorization proxy-authorization \
                        sdp1
                  300 b1    -> alice 486
                  300 alice -> TU    Ended 1 486
                """);
        assertThat(shown(flow.sent("INVITE"), "Proxy-Authorization")).singleElement()
                .extracting(Credentials.Digest::nc).isEqualTo(2L);
    }

    //= rfc3261#22.3-8 the credentials for a proxy go with the Call-ID: the BYE has them
    //= rfc3261#22.3-9 but not in another dialog
    @Test void what_a_proxy_was_shown_in_one_dialog_is_not_shown_in_the_next() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 p1    -> alice 407 Proxy-Authenticate=Digest_realm="p",nonce="1",qop="auth"
                  100 alice -> bob   INVITE 2 sip:bob@biloxi.com proxy-authorization sdp1
                  200 b1    -> alice 200 sdp2
                  200 alice -> b1    ACK 2 sip:b1@127.0.0.2 proxy-authorization
                  200 alice -> TU    Answered 1 sdp2
                  300 TU    -> alice hangup 1
                  300 alice -> b1    BYE 3 sip:b1@127.0.0.2 proxy-authorization
                  300 alice -> TU    Ended 1 200
                 1000 TU    -> alice invite 2 sip:eve@elsewhere.com sdp3
                 1000 alice -> eve   INVITE 1 sip:eve@elsewhere.com sdp3
                """);
    }

    //= rfc3261#22.3-9 across dialogs only for the realm of the outbound proxy that is configured
    @Test void our_own_outbound_proxy_is_shown_them_unasked() {
        play(List.of("<sip:atlanta.com;lr>"), """
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com route=<sip:atlanta.com;lr> sdp1
                  100 p1    -> alice 407 \
                        Proxy-Authenticate=Digest_realm="atlanta.com",nonce="1",qop="auth"
                  100 alice -> bob   INVITE 2 sip:bob@biloxi.com route=<sip:atlanta.com;lr> \
                        proxy-authorization sdp1
                  200 b1    -> alice 486
                  200 alice -> TU    Ended 1 486
                 1000 TU    -> alice invite 2 sip:eve@elsewhere.com sdp3
                 1000 alice -> eve   INVITE 1 sip:eve@elsewhere.com route=<sip:atlanta.com;lr> \
                        proxy-authorization sdp3
                """);
    }

    //= rfc3261#16.6-31 a URI of Record-Route is used in its dialog and nowhere else
    //= rfc3261#17.1.1.3-1 and the ACK of the core for a 2xx follows the rules of a dialog
    @Test void the_routes_of_a_dialog_end_with_it() {
        play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                  100 b1    -> alice 200 Record-Route=<sip:p1;lr> sdp2
                  100 alice -> b1    ACK 1 sip:b1@127.0.0.2 route=<sip:p1;lr>
                  100 alice -> TU    Answered 1 sdp2
                  200 TU    -> alice hangup 1
                  200 alice -> b1    BYE 2 sip:b1@127.0.0.2 route=<sip:p1;lr>
                  200 alice -> TU    Ended 1 200
                  300 TU    -> alice invite 2 sip:bob@biloxi.com sdp3
                  300 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp3
                """);
    }
}
