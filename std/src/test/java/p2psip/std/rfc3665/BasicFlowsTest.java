package p2psip.std.rfc3665;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// The flows of RFC 3665 over UDP: each ladder is the one that the RFC draws. What is sent at the
/// same time to two sides, a 100 back and the request on, it draws in either order.
class BasicFlowsTest {
    private final Scene scene = Scene.good();

    private void plays(BasicFlow flow, String ladder) {
        flow.cast(scene);
        flow.play(scene);
        assertThat(new Ladder(scene.net.names()).draw(scene.passed())).isEqualTo(ladder);
    }

    private void ended(int status) {
        assertThat(scene.phones.values()).allSatisfy(phone ->
                assertThat(phone.calls.values()).containsOnly("ended " + status));
    }

    /// §2.1.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3665#section-2.1 RFC 3665 §2.1
    @Test void new_registration() {
        plays(BasicFlow.NEW_REGISTRATION, """
                Bob         SIP Server
                |-REGISTER->|
                |<---401----|
                |-REGISTER->|
                |<---200----|
                """);
        assertThat(scene.phone("bob").registration).isEqualTo("registered");
    }

    /// §2.2: the password is shown before it is asked for.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3665#section-2.2 RFC 3665 §2.2
    @Test void update_of_contact_list() {
        plays(BasicFlow.UPDATE_OF_CONTACT_LIST, """
                Bob         SIP Server
                |-REGISTER->|
                |<---200----|
                """);
        assertThat(scene.net.last("bob -> server REGISTER").has("Authorization")).isTrue();
    }

    /// §2.3.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3665#section-2.3 RFC 3665 §2.3
    @Test void request_for_current_contact_list() {
        plays(BasicFlow.REQUEST_FOR_CURRENT_CONTACT_LIST, """
                Bob         SIP Server
                |-REGISTER->|
                |<---200----|
                """);
        assertThat(scene.net.last("bob -> server REGISTER").has("Contact")).isFalse();
        assertThat(scene.phone("bob").contacts).singleElement().asString()
                .contains(scene.contact("bob"));
    }

    /// §2.4.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3665#section-2.4 RFC 3665 §2.4
    @Test void cancellation_of_registration() {
        plays(BasicFlow.CANCELLATION_OF_REGISTRATION, """
                Bob         SIP Server
                |-REGISTER->|
                |<---200----|
                """);
        assertThat(scene.net.last("bob -> server REGISTER").need("Contact")).isEqualTo("*");
        assertThat(scene.net.last("server -> bob 200").has("Contact")).isFalse();
    }

    /// §2.5: who is refused with credentials does not try the same again.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3665#section-2.5 RFC 3665 §2.5
    @Test void unsuccessful_registration() {
        plays(BasicFlow.UNSUCCESSFUL_REGISTRATION, """
                Bob         SIP Server
                |-REGISTER->|
                |<---401----|
                |-REGISTER->|
                |<---401----|
                """);
        assertThat(scene.phone("bob").registration).isEqualTo("not 401");
    }

    /// §3.1.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3665#section-3.1 RFC 3665 §3.1
    @Test void successful_session_establishment() {
        plays(BasicFlow.SESSION, """
                Alice       Bob
                |--INVITE-->|
                |<---180----|
                |<---200----|
                |----ACK--->|
                |<---BYE----|
                |----200--->|
                """);
        ended(200);
    }

    /// §3.2.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3665#section-3.2 RFC 3665 §3.2
    @Test void session_establishment_through_two_proxies() {
        plays(BasicFlow.THROUGH_TWO_PROXIES, """
                Alice       Proxy 1     Proxy 2     Bob
                |--INVITE-->|           |           |
                |<---407----|           |           |
                |----ACK--->|           |           |
                |--INVITE-->|           |           |
                |<---100----|           |           |
                |           |--INVITE-->|           |
                |           |<---100----|           |
                |           |           |--INVITE-->|
                |           |           |<---180----|
                |           |<---180----|           |
                |<---180----|           |           |
                |           |           |<---200----|
                |           |<---200----|           |
                |<---200----|           |           |
                |----ACK--->|           |           |
                |           |----ACK--->|           |
                |           |           |----ACK--->|
                |           |           |<---BYE----|
                |           |<---BYE----|           |
                |<---BYE----|           |           |
                |----200--->|           |           |
                |           |----200--->|           |
                |           |           |----200--->|
                """);
        ended(200);
    }

    /// §3.3.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3665#section-3.3 RFC 3665 §3.3
    @Test void session_with_multiple_proxy_authentication() {
        plays(BasicFlow.MULTIPLE_PROXY_AUTHENTICATION, """
                Alice       Proxy 1     Proxy 2     Bob
                |--INVITE-->|           |           |
                |<---407----|           |           |
                |----ACK--->|           |           |
                |--INVITE-->|           |           |
                |<---100----|           |           |
                |           |--INVITE-->|           |
                |           |<---407----|           |
                |           |----ACK--->|           |
                |<---407----|           |           |
                |----ACK--->|           |           |
                |--INVITE-->|           |           |
                |<---100----|           |           |
                |           |--INVITE-->|           |
                |           |<---100----|           |
                |           |           |--INVITE-->|
                |           |           |<---200----|
                |           |<---200----|           |
                |<---200----|           |           |
                |----ACK--->|           |           |
                |           |----ACK--->|           |
                |           |           |----ACK--->|
                """);
        assertThat(scene.net.last("alice -> p1 INVITE").all("Proxy-Authorization")).hasSize(2);
        assertThat(scene.talking()).isTrue();
    }

    /// §3.4: Proxy 1 hears nothing; that Proxy 2 is there as well is known by SRV.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3665#section-3.4 RFC 3665 §3.4
    @Test void successful_session_with_proxy_failure() {
        plays(BasicFlow.PROXY_FAILURE, """
                Alice       Proxy 1     Proxy 2     Bob
                |--INVITE-->|           |           |
                |--INVITE-->|           |           |
                |--INVITE-->|           |           |
                |--INVITE-->|           |           |
                |--INVITE-->|           |           |
                |--INVITE-->|           |           |
                |--INVITE-->|           |           |
                |--------INVITE-------->|           |
                |<---------407----------|           |
                |----------ACK--------->|           |
                |--------INVITE-------->|           |
                |<---------100----------|           |
                |           |           |--INVITE-->|
                |           |           |<---180----|
                |<---------180----------|           |
                |           |           |<---200----|
                |<---------200----------|           |
                |----------ACK--------->|           |
                |           |           |----ACK--->|
                |           |           |<---BYE----|
                |<---------BYE----------|           |
                |----------200--------->|           |
                |           |           |----200--->|
                """);
        ended(200);
    }

    /// §3.5: Proxy 2 does not record the route, so the rest of the dialog goes by it.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3665#section-3.5 RFC 3665 §3.5
    @Test void session_through_a_sip_alg() {
        plays(BasicFlow.SIP_ALG, """
                Alice       ALG         Proxy 2     Bob
                |--INVITE-->|           |           |
                |<---100----|           |           |
                |           |--INVITE-->|           |
                |           |<---100----|           |
                |           |           |--INVITE-->|
                |           |           |<---180----|
                |           |<---180----|           |
                |<---180----|           |           |
                |           |           |<---200----|
                |           |<---200----|           |
                |<---200----|           |           |
                |----ACK--->|           |           |
                |           |----------ACK--------->|
                |----BYE--->|           |           |
                |           |----------BYE--------->|
                |           |<---------200----------|
                |<---200----|           |           |
                """);
        ended(200);
    }

    /// §3.6.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3665#section-3.6 RFC 3665 §3.6
    @Test void session_via_redirect_and_proxy_servers_with_sdp_in_ack() {
        plays(BasicFlow.REDIRECT_WITH_SDP_IN_ACK, """
                Alice       Redirect    Proxy 3     Bob
                |--INVITE-->|           |           |
                |<---302----|           |           |
                |----ACK--->|           |           |
                |--------INVITE-------->|           |
                |<---------100----------|           |
                |           |           |--INVITE-->|
                |           |           |<---180----|
                |<---------180----------|           |
                |           |           |<---200----|
                |<---------200----------|           |
                |----------ACK--------->|           |
                |           |           |----ACK--->|
                |           |           |<---BYE----|
                |<---------BYE----------|           |
                |----------200--------->|           |
                |           |           |----200--->|
                """);
        assertThat(scene.net.last("p3 -> bob INVITE").body().isEmpty()).isTrue();
        assertThat(scene.net.last("p3 -> bob ACK").body().utf8()).isEqualTo("answer");
        ended(200);
    }

    /// §3.7: once they know each other nobody stands between them.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3665#section-3.7 RFC 3665 §3.7
    @Test void session_with_re_invite() {
        plays(BasicFlow.RE_INVITE, """
                Alice       Proxy 2     Bob
                |--INVITE-->|           |
                |<---100----|           |
                |           |--INVITE-->|
                |           |<---180----|
                |<---180----|           |
                |           |<---200----|
                |<---200----|           |
                |----------ACK--------->|
                |<-------INVITE---------|
                |----------200--------->|
                |<---------ACK----------|
                |----------BYE--------->|
                |<---------200----------|
                """);
        ended(200);
    }

    /// §3.8.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3665#section-3.8 RFC 3665 §3.8
    @Test void unsuccessful_no_answer() {
        plays(BasicFlow.NO_ANSWER, """
                Alice       Proxy 1     Proxy 2     Bob
                |--INVITE-->|           |           |
                |<---100----|           |           |
                |           |--INVITE-->|           |
                |           |<---100----|           |
                |           |           |--INVITE-->|
                |           |           |<---180----|
                |           |<---180----|           |
                |<---180----|           |           |
                |--CANCEL-->|           |           |
                |<---200----|           |           |
                |           |--CANCEL-->|           |
                |           |<---200----|           |
                |           |           |--CANCEL-->|
                |           |           |<---200----|
                |           |           |<---487----|
                |           |           |----ACK--->|
                |           |<---487----|           |
                |           |----ACK--->|           |
                |<---487----|           |           |
                |----ACK--->|           |           |
                """);
        ended(487);
    }

    /// §3.9.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3665#section-3.9 RFC 3665 §3.9
    @Test void unsuccessful_busy() {
        plays(BasicFlow.BUSY, """
                Alice       Proxy 1     Proxy 2     Bob
                |--INVITE-->|           |           |
                |<---100----|           |           |
                |           |--INVITE-->|           |
                |           |<---100----|           |
                |           |           |--INVITE-->|
                |           |           |<---486----|
                |           |           |----ACK--->|
                |           |<---486----|           |
                |           |----ACK--->|           |
                |<---486----|           |           |
                |----ACK--->|           |           |
                """);
        ended(486);
    }

    /// §3.10, where it draws a 480: by RFC 3261 (§16.8) it is as if a 408 had come.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3665#section-3.10 RFC 3665 §3.10
    @Test void unsuccessful_no_response_from_user_agent() {
        plays(BasicFlow.NO_RESPONSE, """
                Alice       Proxy 1     Proxy 2     Bob
                |--INVITE-->|           |           |
                |<---100----|           |           |
                |           |--INVITE-->|           |
                |           |<---100----|           |
                |           |           |--INVITE-->|
                |           |           |--INVITE-->|
                |           |           |--INVITE-->|
                |           |           |--INVITE-->|
                |           |           |--INVITE-->|
                |           |           |--INVITE-->|
                |           |           |--INVITE-->|
                |           |<---408----|           |
                |           |----ACK--->|           |
                |<---408----|           |           |
                |----ACK--->|           |           |
                """);
        assertThat(scene.phone("alice").calls.values()).containsExactly("ended 408");
    }

    /// §3.11.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3665#section-3.11 RFC 3665 §3.11
    @Test void unsuccessful_temporarily_unavailable() {
        plays(BasicFlow.TEMPORARILY_UNAVAILABLE, """
                Alice       Proxy 1     Proxy 2     Bob
                |--INVITE-->|           |           |
                |<---100----|           |           |
                |           |--INVITE-->|           |
                |           |<---100----|           |
                |           |           |--INVITE-->|
                |           |           |<---180----|
                |           |<---180----|           |
                |<---180----|           |           |
                |           |           |<---480----|
                |           |           |----ACK--->|
                |           |<---480----|           |
                |           |----ACK--->|           |
                |<---480----|           |           |
                |----ACK--->|           |           |
                """);
        ended(480);
    }
}
