package p2psip.std.rfc3261.ua;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import p2psip.std.rfc3261.*;
import org.junit.jupiter.api.Test;

/// The client's side of REGISTER.
class RegistrationTest {

    //= rfc3261#10.2.4¶2 the binding is refreshed before it ends, by the expires of our own contact
    //= rfc3261#10.2.1-2 and a registration may follow that makes it anew
    @Test void registered_and_refreshed() {
        var flow = play(List.of("<sip:registrar.com;lr>"), """
                    0 TU        -> alice     register 600
                    0 alice     -> registrar REGISTER 1 sip:atlanta.com \
                        route=<sip:registrar.com;lr> Expires=600
                   50 registrar -> alice     200 REGISTER \
                        Contact=<sip:x@y>;expires=9,<sip:alice@127.0.0.1:5060>;expires=100
                   50 alice     -> TU        Registered 100
                90050 alice     -> registrar REGISTER 2 sip:atlanta.com \
                        route=<sip:registrar.com;lr> Expires=600
                90090 registrar -> alice     200 REGISTER Expires=200
                90090 alice     -> TU        Registered 200
                99000 TU        -> alice     unregister
                99000 alice     -> registrar REGISTER 3 sip:atlanta.com \
                        route=<sip:registrar.com;lr> Expires=0
                99050 registrar -> alice     200 REGISTER
                99050 alice     -> TU        Unregistered
                99999 TU        -> alice     register 60
                99999 alice     -> registrar REGISTER 4 sip:atlanta.com \
                        route=<sip:registrar.com;lr> Expires=60
                """);
        var register = flow.all("REGISTER");
        //= rfc3261#10.2-6 no user in the Request-URI
        assertThat(register.getFirst().uri()).isEqualTo("sip:atlanta.com");
        //= rfc3261#10.2-8 all have the same Call-ID
        //= rfc3261#8.1.1.4-2 each registration has it
        //= rfc5627#4.1-8 so that temporary GRUUs of the REGISTER before remain valid
        assertThat(register.stream().map(Message::callId).distinct()).hasSize(1);
        //= rfc3261#10.2-9 CSeq numbers that grow by one
        assertThat(register.stream().map(r -> r.cseq().number())).containsExactly(1L, 2L, 3L, 4L);
    }

    //= rfc3261#10.2-4 all header fields that must be there
    //= rfc3261#10.2.6-1 for the host part of the address-of-record
    //= rfc3261#10.2.1.1-1 with the interval that we suggest
    @Test void a_register() {
        var flow = play("""
                    0 TU        -> alice     register 600
                    0 alice     -> registrar REGISTER 1 sip:atlanta.com Expires=600
                   50 registrar -> alice     200 REGISTER \
                        Contact=<sip:x@y>;expires=9,<sip:alice@127.0.0.1:5060>
                   50 alice     -> TU        Registered 600
                540050 alice     -> registrar REGISTER 2 sip:atlanta.com Expires=600
                """);
        assertThat(flow.all("REGISTER").getFirst().headers()).map(Header::toString).map(
                h -> h.replaceAll("(tag=|Call-ID: ).*", "$1*")).containsExactly(
                "Max-Forwards: 70", "From: \"Alice\" <sip:alice@atlanta.com>;tag=*",
                "To: <sip:alice@atlanta.com>", "Call-ID: *", "Contact: <sip:alice@127.0.0.1:5060>",
                "Expires: 600", "User-Agent: test", "CSeq: 1 REGISTER");
        //= rfc3261#10.2-5,12 no action parameter; one Contact
        //= rfc3261#10.2.4-1 and what another UA has bound is not for us to refresh
        assertThat(flow.sent("REGISTER").list("Contact"))
                .containsExactly("<sip:alice@127.0.0.1:5060>");
    }

    //= rfc3261#10.2.4¶2 our contact counts, whatever nonsense others have registered
    @Test void among_contacts_that_cannot_be_read() {
        play("""
                    0 TU        -> alice     register 3600
                    0 alice     -> registrar REGISTER 1 sip:atlanta.com Expires=3600
                   50 registrar -> alice     200 REGISTER \
                        Contact=<sip:x@[y>,<sip:alice@127.0.0.1:5060>;expires=60
                   50 alice     -> TU        Registered 60
                54050 alice     -> registrar REGISTER 2 sip:atlanta.com Expires=3600
                """);
    }

    //= rfc3261#10.2.4¶2 what is kept for no time is not kept, by its own word or for all
    @Test void a_registrar_that_says_yes_and_keeps_nothing() {
        for (var nothing : List.of("Contact=<sip:alice@127.0.0.1:5060>;expires=0", "Expires=0",
                "Contact=<sip:alice@127.0.0.1:5060>;expires=0 Expires=60"))
            play("""
                    0 TU        -> alice     register 600
                    0 alice     -> registrar REGISTER 1 sip:atlanta.com Expires=600
                   50 registrar -> alice     200 REGISTER %s
                   50 alice     -> TU        NotRegistered 200
                30050 alice     -> registrar REGISTER 2 sip:atlanta.com Expires=600
                30060 registrar -> alice     200 REGISTER \
                        Contact=<sip:alice@127.0.0.1:5060>;expires=9 Expires=0
                30060 alice     -> TU        Registered 9
                """.formatted(nothing));
    }

    //= rfc3261#10.2-1 Route is of the route set that was there
    //= rfc3261#10.2-3 no route set comes of Record-Route in the response
    //= rfc3261#10.2-2 which is ignored
    @Test void record_route_means_nothing() {
        var flow = play(List.of("<sip:edge.com;lr>"), """
                    0 TU        -> alice     register 600
                    0 alice     -> registrar REGISTER 1 sip:atlanta.com route=<sip:edge.com;lr> \
                        Expires=600
                   50 registrar -> alice     200 REGISTER Record-Route=<sip:p;lr>
                   50 alice     -> TU        Registered 600
                540050 alice     -> registrar REGISTER 2 sip:atlanta.com route=<sip:edge.com;lr> \
                        Expires=600
                """);
        //= rfc3261#10.2.4-3 the same Call-ID for all registrations, as long as the program runs
        assertThat(flow.all("REGISTER").stream().map(Message::callId).distinct()).hasSize(1);
    }

    //= rfc3261#20.43-1 a warning is for the user, and no action follows
    @Test void a_warning_is_told_and_changes_nothing() {
        play("""
                    0 TU        -> alice     register 600
                    0 alice     -> registrar REGISTER 1 sip:atlanta.com Expires=600
                   50 registrar -> alice     200 REGISTER Expires=600 \
                        Warning=399_x_"sky,_\\"falls\\"",_307_y_bad
                   50 alice     -> TU        Warned sky, "falls"
                   50 alice     -> TU        Warned bad
                   50 alice     -> TU        Registered 600
                540050 alice     -> registrar REGISTER 2 sip:atlanta.com Expires=600
                """);
    }

    //= rfc3261#10.2.1-3 a SIPS address-of-record has a SIPS contact
    @Test void registered_securely() {
        var flow = play("<sips:alice@atlanta.com;x=y?z=1>", List.of(), """
                    0 TU    -> alice     register 600
                    0 alice -> registrar REGISTER 1 sips:atlanta.com;x=y Expires=600
                """);
        assertThat(flow.sent("REGISTER").need("Contact")).isEqualTo("<sips:alice@127.0.0.1:5060>");
    }

    //= rfc3261#10.2-7 an address-of-record that is no SIP or SIPS URI
    @Test void a_telephone_number_is_not_registered() {
        play("<tel:+12015550123>", List.of(), """
                    0 TU    -> alice register 600
                    0 alice -> TU    NotRegistered 416
                """);
    }

    //= rfc3261#10.2.4-4 refreshes go to the network address that took the registration
    @Test void the_second_registrar_took_it() {
        play("<sip:alice@two>", List.of(), """
                    0 TU        -> alice     register 600
                    0 alice     -> registrar REGISTER 1 sip:two Expires=600
                    5 registrar  ! TRANSPORT REGISTER
                    5 alice     -> registrar REGISTER 1 sip:two Expires=600 at 127.0.0.3
                   50 registrar -> alice     200 REGISTER
                   50 alice     -> TU        Registered 600
                540050 alice     -> registrar REGISTER 2 sip:two Expires=600 at 127.0.0.3
                540060 registrar  ! TRANSPORT REGISTER
                540060 alice     -> registrar REGISTER 2 sip:two Expires=600
                """);
    }

    //= rfc3261#21.5.4-2 a 503 without Retry-After is like a 500
    //= rfc3261#21.5.1-1 after which the client tries the request again, in some seconds
    @Test void the_registrar_has_its_troubles() {
        play("""
                    0 TU        -> alice     register 60
                    0 alice     -> registrar REGISTER 1 sip:atlanta.com Expires=60
                   10 registrar -> alice     500 REGISTER
                   10 alice     -> TU        NotRegistered 500
                30010 alice     -> registrar REGISTER 2 sip:atlanta.com Expires=60
                30020 registrar -> alice     503 REGISTER
                30020 alice     -> TU        NotRegistered 503
                60020 alice     -> registrar REGISTER 3 sip:atlanta.com Expires=60
                60030 registrar -> alice     503 REGISTER Retry-After=120_(lunch);duration=60
                60030 alice     -> TU        NotRegistered 503
                180030 alice     -> registrar REGISTER 4 sip:atlanta.com Expires=60
                180040 registrar -> alice     503 REGISTER Retry-After=soon
                180040 alice     -> TU        NotRegistered 503
                210040 alice     -> registrar REGISTER 5 sip:atlanta.com Expires=60
                """);
    }

    //= rfc3261#22.2-3 a 401 is answered with credentials
    //= rfc3261#22.2-4 the credentials are used again, unasked, for the refresh
    @Test void with_a_password() {
        play("""
                    0 TU        -> alice     register 100
                    0 alice     -> registrar REGISTER 1 sip:atlanta.com Expires=100
                   50 registrar -> alice     401 REGISTER \
                        WWW-Authenticate=Digest_realm="r",nonce="n",qop="auth"
                   50 alice     -> registrar REGISTER 2 sip:atlanta.com authorization Expires=100
                   90 registrar -> alice     200 REGISTER
                   90 alice     -> TU        Registered 100
                90090 alice     -> registrar REGISTER 3 sip:atlanta.com authorization Expires=100
                """);
    }

    @Test void with_a_wrong_password() {
        play("""
                    0 TU        -> alice     register 100
                    0 alice     -> registrar REGISTER 1 sip:atlanta.com Expires=100
                   50 registrar -> alice     401 REGISTER \
                        WWW-Authenticate=Digest_realm="r",nonce="n",qop="auth"
                   50 alice     -> registrar REGISTER 2 sip:atlanta.com authorization Expires=100
                   90 registrar -> alice     401 REGISTER \
                        WWW-Authenticate=Digest_realm="r",nonce="m",qop="auth"
                   90 alice     -> TU        Challenged r
                   90 alice     -> TU        NotRegistered 401
                10000 TU        -> alice     register 100
                10000 alice     -> registrar REGISTER 3 sip:atlanta.com authorization Expires=100
                """);
    }

    //= rfc3261#10.2.8-1 too short for the registrar: as long as it wants
    @Test void interval_too_brief() {
        play("""
                    0 TU        -> alice     register 60
                    0 alice     -> registrar REGISTER 1 sip:atlanta.com Expires=60
                   50 registrar -> alice     423 REGISTER Min-Expires=3600
                   50 alice     -> registrar REGISTER 2 sip:atlanta.com Expires=3600
                   90 registrar -> alice     200 REGISTER
                   90 alice     -> TU        Registered 3600
                """);
    }

    //= rfc3261#10.2.7-1 no attempt at once after a timeout
    //= rfc3261#21.4.9-1 but one at a later time
    @Test void the_registrar_is_away_for_a_while() {
        play("""
                    0 TU        -> alice     register 60
                    0 alice     -> registrar REGISTER 1 sip:atlanta.com Expires=60
                32000 registrar  ! TIMEOUT REGISTER
                32000 alice     -> TU        NotRegistered 408
                62000 alice     -> registrar REGISTER 2 sip:atlanta.com Expires=60
                62010 registrar -> alice     200 REGISTER
                62010 alice     -> TU        Registered 60
                """);
    }

    //= rfc3261#10.2-11 one at a time: the second waits for the response to the first
    //= rfc3261#10.2.2-2 the star goes with Expires 0
    //= rfc3261#10.2.2-1 bindings are removed when the program says so
    @Test void one_at_a_time() {
        var flow = play("""
                    0 TU        -> alice     register 60
                    0 alice     -> registrar REGISTER 1 sip:atlanta.com Expires=60
                   10 TU        -> alice     unregister all
                   50 registrar -> alice     200 REGISTER
                   50 alice     -> TU        Registered 60
                   50 alice     -> registrar REGISTER 2 sip:atlanta.com Expires=0
                   90 registrar -> alice     200 REGISTER
                   90 alice     -> TU        Unregistered
                """);
        assertThat(flow.sent("REGISTER").need("Contact")).isEqualTo("*");
    }
}
