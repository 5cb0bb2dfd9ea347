package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3665.BadNetworkFlows;
import p2psip.std.rfc3665.Ladder;
import p2psip.std.rfc3665.Scene;

/// The flows that RFC 3261 shows with all their messages, as it names who takes part: over UDP the
/// ladders that it draws, and then in bad networks.
class ExamplesTest extends BadNetworkFlows {
    private final Scene scene = Scene.good();

    ExamplesTest() { super(ExampleFlow.values()); }

    private void plays(ExampleFlow flow, String ladder) {
        flow.cast(scene);
        flow.play(scene);
        assertThat(new Ladder(scene.net.names()).draw(scene.passed())).isEqualTo(ladder);
    }

    private Message message(String passage) { return scene.net.last(passage); }

    private Request request(String passage) { return (Request) message(passage); }

    /// §24.1, Figure 9.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3261#section-24.1 RFC 3261 §24.1
    @Test void registration() {
        plays(ExampleFlow.REGISTRATION, """
                biloxi.com  Bob
                |<REGISTER--|
                |----200--->|
                """);
        var register = request("bob -> biloxi.com REGISTER");
        assertThat(register.uri()).isEqualTo("sip:biloxi.com");
        assertThat(register.need("To")).isEqualTo("<sip:bob@biloxi.com>");
        assertThat(message("biloxi.com -> bob 200").list("Contact")).singleElement().asString()
                .contains(scene.contact("bob"));
    }

    /// §24.2, Figure 1 of §4; the servers that are neither asked to stay nor stay are passed by in
    /// the rest of the dialog. It draws no password, and neither asks for one here.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3261#section-4 RFC 3261 §4
    /// @spec https://www.rfc-editor.org/rfc/rfc3261#section-24.2 RFC 3261 §24.2
    @Test void session_setup() {
        plays(ExampleFlow.SESSION_SETUP, """
                Alice       atlanta.com biloxi.com  Bob
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
                |----------------ACK--------------->|
                |<---------------BYE----------------|
                |----------------200--------------->|
                """);
        is_as_it_is_shown();
    }

    private void is_as_it_is_shown() {
        var f1 = request("alice -> atlanta.com INVITE");
        assertThat(f1.uri()).isEqualTo("sip:bob@biloxi.com");
        assertThat(f1.need("From")).startsWith("<sip:alice@atlanta.com>;tag=");
        assertThat(f1.need("Max-Forwards")).isEqualTo("70");
        assertThat(f1.list("Via")).hasSize(1);
        var f2 = request("atlanta.com -> biloxi.com INVITE");
        assertThat(f2.uri()).isEqualTo("sip:bob@biloxi.com");
        assertThat(f2.need("Max-Forwards")).isEqualTo("69");
        assertThat(f2.list("Via")).hasSize(2);
        var f4 = request("biloxi.com -> bob INVITE");
        assertThat(f4.uri()).isEqualTo(scene.contact("bob"));
        assertThat(f4.need("Max-Forwards")).isEqualTo("68");
        assertThat(f4.list("Via")).hasSize(3);
        assertThat(f4.has("Record-Route")).isFalse();
        assertThat(f4.body()).isEqualTo(f1.body());
        var f11 = message("atlanta.com -> alice 200");
        assertThat(f11.list("Via")).hasSize(1);
        assertThat(f11.need("Contact")).contains(scene.contact("bob"));
        var f12 = request("alice -> bob ACK");
        assertThat(f12.uri()).isEqualTo(scene.contact("bob"));
        assertThat(f12.topVia().branch()).isNotEqualTo(f1.topVia().branch());
        var f13 = request("bob -> alice BYE");
        assertThat(f13.uri()).isEqualTo(scene.contact("alice"));
        assertThat(f13.need("From")).isEqualTo(f11.need("To"));
        assertThat(f13.need("To")).isEqualTo(f11.need("From"));
        assertThat(f13.callId()).isEqualTo(f1.callId());
    }
}
