package p2psip.std.rfc4579;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.ua.*;

class FocusTest {
    private static final CallFlow.Words NONE = new CallFlow.Words() {
        @Override public Core.Command command(String[] words) { throw new AssertionError(words); }

        @Override public String text(Usage.Event event) { throw new AssertionError(event); }
    };

    private static CallFlow play(String script) {
        return CallFlow.play(List.of(new Focus()), NONE, script);
    }

    //= rfc4579#4.2-1 isfocus in Contact, in session establishment
    //= rfc4579#5.2-1 in an INVITE to a participant
    @Test void who_is_called_sees_that_a_focus_calls() {
        var invite = play("""
                    0 TU    -> alice invite 1 sip:bob@biloxi.com sdp1
                    0 alice -> bob   INVITE 1 sip:bob@biloxi.com sdp1
                """).sent("INVITE");
        assertThat(invite.all("Contact")).containsExactly("<sip:alice@127.0.0.1:5060>;isfocus");
        assertThat(Focus.isSaid(invite)).isTrue();
    }

    //= rfc4579#5.1-1 and in the 200 OK to an INVITE
    @Test void who_calls_sees_that_a_focus_answers() {
        var ok = play("""
                    0 bob   -> alice INVITE 7 sdp1
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                """).answer("INVITE");
        assertThat(ok.all("Contact")).containsExactly("<sip:alice@127.0.0.1:5060>;isfocus");
    }

    //= rfc4579#4.3-1 as in the 200 OK to an OPTIONS
    @Test void who_asks_sees_it_too() {
        var ok = play("""
                    0 bob   -> alice OPTIONS 7
                    0 alice -> bob   200 OPTIONS Accept-Encoding=identity
                """).answer("OPTIONS");
        assertThat(ok.all("Contact")).containsExactly("<sip:alice@127.0.0.1:5060>;isfocus");
    }

    private static boolean said(String... lines) { return Focus.isSaid(message(lines)); }

    private static Message message(String... lines) {
        return Message.parse("SIP/2.0 200 OK\n" + String.join("\n", lines) + "\n\n");
    }

    //= rfc4579#3.4-1 the feature parameter isfocus is recognized
    @Test void a_focus_is_known_by_its_contact() {
        assertThat(said("Contact: <sip:conf@x>;ISFOCUS")).isTrue();
        assertThat(said("Contact: <sip:a@x;isfocus>")).isFalse();
        assertThat(said("Contact: <sip:a@x")).isFalse();
        assertThat(said("Contact: *")).isFalse();
        assertThat(said()).isFalse();
    }

    //= rfc4579#3.4-3 subscribe if isfocus is in the Contact, and the package in Allow-Events
    @Test void a_focus_that_tells_who_is_there_is_worth_a_subscription() {
        assertThat(Focus.tells(message("Contact: <sip:c@x>;isfocus",
                "Allow-Events: presence, conference"))).isTrue();
        assertThat(Focus.tells(message("Contact: <sip:c@x>;isfocus"))).isFalse();
        assertThat(Focus.tells(message("Contact: <sip:c@x>", "Allow-Events: conference")))
                .isFalse();
    }
}
