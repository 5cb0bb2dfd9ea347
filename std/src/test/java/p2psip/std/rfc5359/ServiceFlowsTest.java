package p2psip.std.rfc5359;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3665.Ladder;
import p2psip.std.rfc3665.Scene;

/// The flows of RFC 5359 over UDP: each ladder is the one that the RFC draws, except where its test
/// says what is otherwise. What is sent at the same time to two sides it draws in either order.
class ServiceFlowsTest {
    private final Scene scene = Scene.good();

    private void plays(ServiceFlow flow, String ladder) {
        flow.cast(scene);
        flow.play(scene);
        assertThat(new Ladder(scene.net.names()).draw(scene.passed())).isEqualTo(ladder);
        assertThat(scene.oneSided()).isFalse();
    }

    private void states(String phone, String... calls) {
        assertThat(scene.phone(phone).calls.values()).containsExactly(calls);
    }

    private void ended(String... phones) {
        for (var phone : phones)
            assertThat(scene.phone(phone).calls.values()).containsOnly("ended 200");
    }

    /// §2.1. Over a proxy a re-INVITE is answered with 100 as any INVITE, which the RFC
    /// does not draw. The features of RFC 4235 do not stand in our Contact.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.1 RFC 5359 §2.1
    @Test void call_hold() {
        plays(ServiceFlow.CALL_HOLD, """
                Alice       Proxy       Bob
                |--INVITE-->|           |
                |<---100----|           |
                |           |--INVITE-->|
                |           |<---180----|
                |<---180----|           |
                |           |<---200----|
                |<---200----|           |
                |----ACK--->|           |
                |           |----ACK--->|
                |           |<-INVITE---|
                |           |----100--->|
                |<-INVITE---|           |
                |----200--->|           |
                |           |----200--->|
                |           |<---ACK----|
                |<---ACK----|           |
                |           |<-INVITE---|
                |           |----100--->|
                |<-INVITE---|           |
                |----200--->|           |
                |           |----200--->|
                |           |<---ACK----|
                |<---ACK----|           |
                |----BYE--->|           |
                |           |----BYE--->|
                |           |<---200----|
                |<---200----|           |
                """);
        assertThat(scene.net.last("proxy -> alice INVITE").body().utf8()).isEqualTo("offer");
        ended("alice", "bob");
    }

    /// §2.2.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.2 RFC 5359 §2.2
    @Test void consultation_hold() {
        plays(ServiceFlow.CONSULTATION_HOLD, """
                Alice       Proxy       Bob         Carol
                |--INVITE-->|           |           |
                |<---100----|           |           |
                |           |--INVITE-->|           |
                |           |<---180----|           |
                |<---180----|           |           |
                |           |<---200----|           |
                |<---200----|           |           |
                |----ACK--->|           |           |
                |           |----ACK--->|           |
                |           |<-INVITE---|           |
                |           |----100--->|           |
                |<-INVITE---|           |           |
                |----200--->|           |           |
                |           |----200--->|           |
                |           |<---ACK----|           |
                |<---ACK----|           |           |
                |           |<-INVITE---|           |
                |           |----100--->|           |
                |           |--------INVITE-------->|
                |           |<---------180----------|
                |           |----180--->|           |
                |           |<---------200----------|
                |           |----200--->|           |
                |           |<---ACK----|           |
                |           |----------ACK--------->|
                |           |<---BYE----|           |
                |           |----------BYE--------->|
                |           |<---------200----------|
                |           |----200--->|           |
                |           |<-INVITE---|           |
                |           |----100--->|           |
                |<-INVITE---|           |           |
                |----200--->|           |           |
                |           |----200--->|           |
                |           |<---ACK----|           |
                |<---ACK----|           |           |
                |----BYE--->|           |           |
                |           |----BYE--->|           |
                |           |<---200----|           |
                |<---200----|           |           |
                """);
        ended("alice", "bob", "carol");
    }

    /// §2.3. A REFER is accepted by 200 (RFC 7647). Bob knows the dialog of the server
    /// otherwise: our NOTIFY has the status line alone, as RFC 3515 advises.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.3 RFC 5359 §2.3
    @Test void music_on_hold() {
        plays(ServiceFlow.MUSIC_ON_HOLD, """
                Alice       Bob         Music Server
                |--INVITE-->|           |
                |<---180----|           |
                |<---200----|           |
                |----ACK--->|           |
                |<-INVITE---|           |
                |----200--->|           |
                |<---ACK----|           |
                |           |---REFER-->|
                |           |<---200----|
                |           |<-NOTIFY---|
                |<-------INVITE---------|
                |           |----200--->|
                |----------200--------->|
                |----BYE--->|           |
                |<---------ACK----------|
                |<---200----|           |
                |           |<-NOTIFY---|
                |           |----200--->|
                |<-INVITE---|           |
                |----200--->|           |
                |----------BYE--------->|
                |<---ACK----|           |
                |<---------200----------|
                """);
        assertThat(scene.phone("bob").told).containsExactly("told 100", "told 200");
        states("alice", "ended 200", "ended 200", "talks");
        states("music", "ended 200");
    }

    /// §2.4. Bob calls at once, and does not wait for the BYE.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.4 RFC 5359 §2.4
    @Test void transfer_unattended() {
        plays(ServiceFlow.UNATTENDED_TRANSFER, """
                Alice       Bob         Carol
                |<-INVITE---|           |
                |----180--->|           |
                |----200--->|           |
                |<---ACK----|           |
                |---REFER-->|           |
                |<---200----|           |
                |<-NOTIFY---|           |
                |           |--INVITE-->|
                |----200--->|           |
                |           |<---180----|
                |----BYE--->|           |
                |<---200----|           |
                |           |<---200----|
                |           |----ACK--->|
                |<-NOTIFY---|           |
                |----200--->|           |
                """);
        assertThat(scene.net.last("bob -> carol INVITE").has("Referred-By")).isTrue();
        assertThat(scene.phone("alice").told).containsExactly("told 100", "told 200");
        states("bob", "ended 200", "talks");
    }

    /// §2.5.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.5 RFC 5359 §2.5
    @Test void transfer_attended() {
        plays(ServiceFlow.ATTENDED_TRANSFER, """
                Alice       Bob         Carol
                |--INVITE-->|           |
                |<---180----|           |
                |<---200----|           |
                |----ACK--->|           |
                |<-INVITE---|           |
                |----200--->|           |
                |<---ACK----|           |
                |           |--INVITE-->|
                |           |<---180----|
                |           |<---200----|
                |           |----ACK--->|
                |           |--INVITE-->|
                |           |<---200----|
                |           |----ACK--->|
                |<--REFER---|           |
                |----200--->|           |
                |--NOTIFY-->|           |
                |--------INVITE-------->|
                |<---200----|           |
                |<---------200----------|
                |           |<---BYE----|
                |----------ACK--------->|
                |           |----200--->|
                |--NOTIFY-->|           |
                |<---200----|           |
                |<---BYE----|           |
                |----200--->|           |
                """);
        assertThat(scene.net.last("alice -> carol INVITE").has("Replaces")).isTrue();
        states("alice", "ended 200", "talks");
        states("bob", "ended 200", "ended 200");
        states("carol", "ended 200", "talks");
    }

    /// §2.6.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.6 RFC 5359 §2.6
    @Test void transfer_by_instant_messaging() {
        plays(ServiceFlow.INSTANT_MESSAGING_TRANSFER, """
                Alice       Bob         Carol
                |--INVITE-->|           |
                |<---180----|           |
                |<---200----|           |
                |----ACK--->|           |
                |           |--MESSAGE->|
                |           |<---200----|
                |<-------INVITE---------|
                |----------200--------->|
                |----BYE--->|           |
                |<---------ACK----------|
                |<---200----|           |
                """);
        assertThat(scene.phone("carol").told).singleElement().asString()
                .startsWith(scene.contact("alice") + "?Replaces=");
        states("alice", "ended 200", "talks");
    }

    /// §2.7. A 181 is none of a proxy, as the RFC says itself.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.7 RFC 5359 §2.7
    @Test void call_forwarding_unconditional() {
        plays(ServiceFlow.FORWARDING_UNCONDITIONAL, """
                Alice       Proxy       Gateway
                |--INVITE-->|           |
                |<---100----|           |
                |           |--INVITE-->|
                |           |<---180----|
                |<---180----|           |
                |           |<---200----|
                |<---200----|           |
                |----ACK--->|           |
                |           |----ACK--->|
                |----BYE--->|           |
                |           |----BYE--->|
                |           |<---200----|
                |<---200----|           |
                """);
        ended("alice", "gateway");
    }

    /// §2.7 in words: it may be done by a 302, which our proxy follows.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.7 RFC 5359 §2.7
    @Test void call_forwarding_by_redirection() {
        plays(ServiceFlow.FORWARDING_BY_REDIRECTION, """
                Alice       Proxy       Bob         Gateway
                |--INVITE-->|           |           |
                |<---100----|           |           |
                |           |--INVITE-->|           |
                |           |<---302----|           |
                |           |----ACK--->|           |
                |           |--------INVITE-------->|
                |           |<---------180----------|
                |<---180----|           |           |
                |           |<---------200----------|
                |<---200----|           |           |
                |----ACK--->|           |           |
                |           |----------ACK--------->|
                |----BYE--->|           |           |
                |           |----------BYE--------->|
                |           |<---------200----------|
                |<---200----|           |           |
                """);
        ended("alice", "gateway");
        states("bob", "ended 302");
    }

    /// §2.8.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.8 RFC 5359 §2.8
    @Test void call_forwarding_busy() {
        plays(ServiceFlow.FORWARDING_BUSY, """
                Alice       Proxy       User B1     User B2
                |--INVITE-->|           |           |
                |<---100----|           |           |
                |           |--INVITE-->|           |
                |           |<---486----|           |
                |           |----ACK--->|           |
                |           |--------INVITE-------->|
                |           |<---------180----------|
                |<---180----|           |           |
                |           |<---------200----------|
                |<---200----|           |           |
                |----ACK--->|           |           |
                |           |----------ACK--------->|
                |----BYE--->|           |           |
                |           |----------BYE--------->|
                |           |<---------200----------|
                |<---200----|           |           |
                """);
        ended("alice", "b2");
    }

    /// §2.9. The time-out is Timer C: B1 does not ask for more by another 180.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.9 RFC 5359 §2.9
    @Test void call_forwarding_no_answer() {
        plays(ServiceFlow.FORWARDING_NO_ANSWER, """
                Alice       Proxy       User B1     User B2
                |--INVITE-->|           |           |
                |<---100----|           |           |
                |           |--INVITE-->|           |
                |           |<---180----|           |
                |<---180----|           |           |
                |           |--CANCEL-->|           |
                |           |<---200----|           |
                |           |<---487----|           |
                |           |----ACK--->|           |
                |           |--------INVITE-------->|
                |           |<---------180----------|
                |<---180----|           |           |
                |           |<---------200----------|
                |<---200----|           |           |
                |----ACK--->|           |           |
                |           |----------ACK--------->|
                |----BYE--->|           |           |
                |           |----------BYE--------->|
                |           |<---------200----------|
                |<---200----|           |           |
                """);
        ended("alice", "b2");
        states("b1", "ended 487");
    }

    /// §2.10. Bob mixes; no `isfocus` stands in his Contact yet.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.10 RFC 5359 §2.10
    @Test void three_way_conference_third_party_is_added() {
        plays(ServiceFlow.THIRD_PARTY_IS_ADDED, """
                Alice       Bob         Carol
                |--INVITE-->|           |
                |<---180----|           |
                |<---200----|           |
                |----ACK--->|           |
                |<-INVITE---|           |
                |----200--->|           |
                |<---ACK----|           |
                |           |--INVITE-->|
                |           |<---180----|
                |           |<---200----|
                |           |----ACK--->|
                """);
        states("bob", "talks anew", "talks");
    }

    /// §2.11. Bob mixes; no `isfocus` stands in his Contact yet.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.11 RFC 5359 §2.11
    @Test void three_way_conference_third_party_joins() {
        plays(ServiceFlow.THIRD_PARTY_JOINS, """
                Alice       Bob         Carol
                |--INVITE-->|           |
                |<---180----|           |
                |<---200----|           |
                |----ACK--->|           |
                |           |<-INVITE---|
                |           |----180--->|
                |<-INVITE---|           |
                |----200--->|           |
                |<---ACK----|           |
                |           |----200--->|
                |           |<---ACK----|
                """);
        assertThat(scene.net.last("carol -> bob INVITE").has("Join")).isTrue();
        states("bob", "talks anew", "talks");
    }

    /// §2.12.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.12 RFC 5359 §2.12
    @Test void find_me() {
        plays(ServiceFlow.FIND_ME, """
                Alice       Proxy       User B1     User B2     User B3     User B4
                |--INVITE-->|           |           |           |           |
                |<---100----|           |           |           |           |
                |           |--INVITE-->|           |           |           |
                |           |<---180----|           |           |           |
                |<---180----|           |           |           |           |
                |           |--CANCEL-->|           |           |           |
                |           |<---200----|           |           |           |
                |           |<---487----|           |           |           |
                |           |----ACK--->|           |           |           |
                |           |--------INVITE-------->|           |           |
                |           |<---------480----------|           |           |
                |           |----------ACK--------->|           |           |
                |           |--------------INVITE-------------->|           |
                |           |<---------------486----------------|           |
                |           |----------------ACK--------------->|           |
                |           |--------------------INVITE-------------------->|
                |           |<---------------------180----------------------|
                |<---180----|           |           |           |           |
                |           |<---------------------200----------------------|
                |<---200----|           |           |           |           |
                |----ACK--->|           |           |           |           |
                |           |----------------------ACK--------------------->|
                |           |<---------------------BYE----------------------|
                |<---BYE----|           |           |           |           |
                |----200--->|           |           |           |           |
                |           |----------------------200--------------------->|
                """);
        ended("alice", "b4");
    }

    /// §2.13.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.13 RFC 5359 §2.13
    @Test void incoming_call_screening() {
        plays(ServiceFlow.INCOMING_SCREENING, """
                Alice       Proxy       Bob         Announcement
                |--------INVITE-------->|           |
                |<---------305----------|           |
                |----------ACK--------->|           |
                |--INVITE-->|           |           |
                |<---407----|           |           |
                |----ACK--->|           |           |
                |--INVITE-->|           |           |
                |<---403----|           |           |
                |----ACK--->|           |           |
                |--------------INVITE-------------->|
                |<---------------200----------------|
                |----------------ACK--------------->|
                |<---------------BYE----------------|
                |----------------200--------------->|
                """);
        assertThat(scene.net.last("proxy -> alice 403").need("Error-Info"))
                .isEqualTo("<sip:announcement.example>");
        assertThat(scene.net.last("bob -> alice 305").need("Contact"))
                .isEqualTo("<sip:proxy.example>");
        states("alice", "ended 403", "ended 200");
    }

    /// §2.14.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.14 RFC 5359 §2.14
    @Test void outgoing_call_screening() {
        plays(ServiceFlow.OUTGOING_SCREENING, """
                Alice       Proxy       Bob
                |--INVITE-->|           |
                |<---407----|           |
                |----ACK--->|           |
                |--INVITE-->|           |
                |<---403----|           |
                |----ACK--->|           |
                """);
        states("alice", "ended 403");
    }

    /// §2.15.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.15 RFC 5359 §2.15
    @Test void call_park() {
        plays(ServiceFlow.CALL_PARK, """
                Alice       Bob         Park Server Carol
                |--INVITE-->|           |           |
                |<---180----|           |           |
                |<---200----|           |           |
                |----ACK--->|           |           |
                |           |---REFER-->|           |
                |           |<---200----|           |
                |           |<-NOTIFY---|           |
                |<-------INVITE---------|           |
                |           |----200--->|           |
                |----------200--------->|           |
                |----BYE--->|           |           |
                |<---------ACK----------|           |
                |<---200----|           |           |
                |           |<-NOTIFY---|           |
                |           |----200--->|           |
                |           |           |<SUBSCRIBE-|
                |           |           |----200--->|
                |           |           |--NOTIFY-->|
                |           |           |<---200----|
                |<-------------INVITE---------------|
                |----------------200--------------->|
                |----------BYE--------->|           |
                |<---------------ACK----------------|
                |<---------200----------|           |
                """);
        assertThat(scene.phone("carol").told).containsExactly("active[CONFIRMED]");
        states("alice", "ended 200", "ended 200", "talks");
        states("carol", "talks");
    }

    /// §2.16.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.16 RFC 5359 §2.16
    @Test void call_pickup() {
        plays(ServiceFlow.CALL_PICKUP, """
                Alice       Bob         Bill
                |--INVITE-->|           |
                |<---180----|           |
                |           |<SUBSCRIBE-|
                |           |----200--->|
                |           |--NOTIFY-->|
                |           |<---200----|
                |<-------INVITE---------|
                |----------200--------->|
                |--CANCEL-->|           |
                |<---------ACK----------|
                |<---200----|           |
                |<---487----|           |
                |----ACK--->|           |
                |----------BYE--------->|
                |<---------200----------|
                """);
        assertThat(scene.net.last("bill -> alice INVITE").need("Replaces"))
                .endsWith(";early-only");
        states("bob", "ended 487");
        ended("bill");
    }

    /// §2.17. Bob is busy with Carol, which it does not draw.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.17 RFC 5359 §2.17
    @Test void automatic_redial() {
        plays(ServiceFlow.AUTOMATIC_REDIAL, """
                Alice       Bob         Carol
                |--INVITE-->|           |
                |<---486----|           |
                |----ACK--->|           |
                |-SUBSCRIBE>|           |
                |<---200----|           |
                |<-NOTIFY---|           |
                |----200--->|           |
                |           |----BYE--->|
                |           |<---200----|
                |<-NOTIFY---|           |
                |----200--->|           |
                |--INVITE-->|           |
                |<---180----|           |
                |<---200----|           |
                |----ACK--->|           |
                |<-NOTIFY---|           |
                |----200--->|           |
                |-SUBSCRIBE>|           |
                |<---200----|           |
                |<-NOTIFY---|           |
                |----200--->|           |
                """);
        assertThat(scene.phone("alice").told).containsExactly("active[CONFIRMED]",
                "active[TERMINATED]", "active[CONFIRMED]", "terminated[CONFIRMED]");
        states("alice", "ended 486", "talks");
    }

    /// §2.18.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc5359#section-2.18 RFC 5359 §2.18
    @Test void click_to_dial() {
        plays(ServiceFlow.CLICK_TO_DIAL, """
                Bob's PC    Bob         Carol
                |---REFER-->|           |
                |<---200----|           |
                |           |--INVITE-->|
                |           |<---180----|
                |           |<---200----|
                |           |----ACK--->|
                """);
        assertThat(scene.net.last("pc -> bob REFER").need("Refer-Sub")).isEqualTo("false");
        states("bob", "talks");
    }
}
