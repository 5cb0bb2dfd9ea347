package p2psip.std.rfc3261.server;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc3326.Reason;

/// Why a proxy cancels, as RFC 3326 has it.
class ProxyReasonTest {
    private static final String RINGING = """
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                   100 cell  -> proxy 180
                   100 proxy -> alice 180
                """;

    private static List<Reason> reasons(ProxyPlay play) {
        return Reason.of(play.sent.get("cell CANCEL"));
    }

    /// Example 3.1 of the RFC: what rings at home is no missed call.
    @Test void another_phone_has_taken_the_call() {
        var play = new ProxyPlay("desk", "cell");
        play.plays(RINGING + """
                  2000 desk  -> proxy 200
                  2000 proxy -> alice 200
                  2000 proxy -> cell  CANCEL
                  2010 cell  -> proxy 487
                """);
        assertThat(reasons(play)).containsExactly(Reason.ELSEWHERE);
    }

    @Test void another_phone_has_declined_for_all() {
        var play = new ProxyPlay("desk", "cell");
        play.plays(RINGING + """
                  2000 desk  -> proxy 603
                  2000 proxy -> cell  CANCEL
                  2010 cell  -> proxy 487
                  2010 proxy -> alice 603
                """);
        assertThat(reasons(play)).containsExactly(Reason.sip(603));
    }

    //= rfc3326#2-2 the Reason of the CANCEL that was received is copied into the new ones
    @Test void what_the_caller_says_is_handed_on() {
        var play = new ProxyPlay("desk", "cell").because("Q.850;cause=16, SIP;cause=200;x=y");
        play.plays(RINGING + """
                  2000 alice -> proxy CANCEL
                  2000 proxy -> alice 200 CANCEL
                  2000 proxy -> cell  CANCEL
                  2010 cell  -> proxy 487
                  3000 desk  -> proxy 180
                  3000 proxy -> desk  CANCEL
                  3000 proxy -> alice 180
                  3010 desk  -> proxy 487
                  3010 proxy -> alice 487
                """);
        for (var who : List.of("desk", "cell"))
            assertThat(play.sent.get(who + " CANCEL").all("Reason"))
                    .containsExactly("Q.850;cause=16, SIP;cause=200;x=y");
    }

    private static final String SILENT = """
                     0 alice -> proxy INVITE
                     0 proxy -> alice 100
                     0 proxy -> desk  INVITE
                     0 proxy -> cell  INVITE
                """;

    @Test void what_was_declined_for_all_is_not_given_up_by_the_caller() {
        var play = new ProxyPlay("desk", "cell").because("Q.850;cause=16");
        play.plays(SILENT + """
                  2000 desk  -> proxy 603
                  2100 alice -> proxy CANCEL
                  2100 proxy -> alice 200 CANCEL
                  3000 cell  -> proxy 180
                  3000 proxy -> cell  CANCEL
                  3000 proxy -> alice 180
                  3010 cell  -> proxy 487
                  3010 proxy -> alice 603
                """);
        assertThat(reasons(play)).containsExactly(Reason.sip(603));
    }

    //= rfc3326#2-2 and what the CANCEL has said is copied though somebody has answered after it
    @Test void what_the_caller_has_given_up_was_not_completed_elsewhere() {
        var play = new ProxyPlay("desk", "cell").because("Q.850;cause=16");
        play.plays(SILENT + """
                  2000 alice -> proxy CANCEL
                  2000 proxy -> alice 200 CANCEL
                  2100 desk  -> proxy 200
                  2100 proxy -> alice 200
                  3000 cell  -> proxy 180
                  3000 proxy -> cell  CANCEL
                  3010 cell  -> proxy 487
                """);
        assertThat(play.sent.get("cell CANCEL").all("Reason"))
                .containsExactly("Q.850;cause=16");
    }

    @Test void a_caller_who_says_nothing_is_not_spoken_for() {
        var play = new ProxyPlay("desk", "cell");
        play.plays(RINGING + """
                  2000 alice -> proxy CANCEL
                  2000 proxy -> alice 200 CANCEL
                  2000 proxy -> cell  CANCEL
                  2010 cell  -> proxy 487
                  3000 desk  -> proxy 487
                  3000 proxy -> alice 487
                """);
        assertThat(play.sent.get("cell CANCEL").has("Reason")).isFalse();
    }
}
