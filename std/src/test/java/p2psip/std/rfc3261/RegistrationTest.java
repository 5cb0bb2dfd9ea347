package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.CallFlow.play;

import module java.base;
import org.junit.jupiter.api.Test;

/// The client's side of REGISTER.
class RegistrationTest {

    //= rfc3261#10.2.4¶2 the binding is refreshed before it ends, by the expires of our own contact
    @Test void registered_and_refreshed() {
        var flow = play(List.of("<sip:registrar.com;lr>"), """
                    0 TU register 600
                    0 -> REGISTER 1 sip:atlanta.com route=<sip:registrar.com;lr> Expires=600
                   50 <- 200 REGISTER;r Contact=<sip:x@y>;expires=9,<sip:alice@127.0.0.1:5060>;expires=100
                   50 TU Registered 100
                90050 -> REGISTER 2 sip:atlanta.com route=<sip:registrar.com;lr> Expires=600
                90090 <- 200 REGISTER;r Expires=200
                90090 TU Registered 200
                99000 TU unregister
                99000 -> REGISTER 3 sip:atlanta.com route=<sip:registrar.com;lr> Expires=0
                99050 <- 200 REGISTER;r
                99050 TU Unregistered
                99999 TU register 60
                99999 -> REGISTER 4 sip:atlanta.com route=<sip:registrar.com;lr> Expires=60
                """);
        var register = flow.all("REGISTER");
        //= rfc3261#10.2-6 no user in the Request-URI
        assertThat(register.getFirst().uri()).isEqualTo("sip:atlanta.com");
        //= rfc3261#10.2-8 all have the same Call-ID
        //= rfc3261#8.1.1.4-2 each registration has it
        assertThat(register.stream().map(Message::callId).distinct()).hasSize(1);
        //= rfc3261#10.2-9 CSeq numbers that grow by one
        assertThat(register.stream().map(r -> r.cseq().number())).containsExactly(1L, 2L, 3L, 4L);
        assertThat(register.getFirst().to().uri()).hasToString("sip:alice@atlanta.com");
    }

    //= rfc3261#22.2-3 a 401 is answered with credentials
    //= rfc3261#22.2-4 the credentials are used again, unasked, for the refresh
    @Test void with_a_password() {
        play("""
                    0 TU register 100
                    0 -> REGISTER 1 sip:atlanta.com Expires=100
                   50 <- 401 REGISTER;r WWW-Authenticate=Digest_realm="r",nonce="n",qop="auth"
                   50 -> REGISTER 2 sip:atlanta.com authorization Expires=100
                   90 <- 200 REGISTER;r
                   90 TU Registered 100
                90090 -> REGISTER 3 sip:atlanta.com authorization Expires=100
                """);
    }

    @Test void with_a_wrong_password() {
        play("""
                    0 TU register 100
                    0 -> REGISTER 1 sip:atlanta.com Expires=100
                   50 <- 401 REGISTER;r WWW-Authenticate=Digest_realm="r",nonce="n",qop="auth"
                   50 -> REGISTER 2 sip:atlanta.com authorization Expires=100
                   90 <- 401 REGISTER;r WWW-Authenticate=Digest_realm="r",nonce="m",qop="auth"
                   90 TU NotRegistered 401
                10000 TU register 100
                10000 -> REGISTER 3 sip:atlanta.com authorization Expires=100
                """);
    }

    //= rfc3261#10.2.8-1 too short for the registrar: as long as it wants
    @Test void interval_too_brief() {
        play("""
                    0 TU register 60
                    0 -> REGISTER 1 sip:atlanta.com Expires=60
                   50 <- 423 REGISTER;r Min-Expires=3600
                   50 -> REGISTER 2 sip:atlanta.com Expires=3600
                   90 <- 200 REGISTER;r
                   90 TU Registered 3600
                """);
    }

    //= rfc3261#10.2.7-1 no attempt at once after a timeout
    @Test void the_registrar_is_away_for_a_while() {
        play("""
                    0 TU register 60
                    0 -> REGISTER 1 sip:atlanta.com Expires=60
                32000 <- timeout REGISTER
                32000 TU NotRegistered 408
                62000 -> REGISTER 2 sip:atlanta.com Expires=60
                62010 <- 200 REGISTER;r
                62010 TU Registered 60
                """);
    }

    //= rfc3261#10.2-11 one at a time: the second waits for the response to the first
    //= rfc3261#10.2.2-2 the star goes with Expires 0
    @Test void one_at_a_time() {
        var flow = play("""
                    0 TU register 60
                    0 -> REGISTER 1 sip:atlanta.com Expires=60
                   10 TU unregister all
                   50 <- 200 REGISTER;r
                   50 TU Registered 60
                   50 -> REGISTER 2 sip:atlanta.com Expires=0
                   90 <- 200 REGISTER;r
                   90 TU Unregistered
                """);
        assertThat(flow.sent("REGISTER").need("Contact")).isEqualTo("*");
    }
}
