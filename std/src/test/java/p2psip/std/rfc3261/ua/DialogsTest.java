package p2psip.std.rfc3261.ua;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.ua.CallFlow.ESTABLISHED;
import static p2psip.std.rfc3261.ua.CallFlow.play;

import module java.base;
import org.junit.jupiter.api.Test;
import p2psip.std.rfc5057.Harm;

/// What failures within a dialog end.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5057#section-5.1 RFC 5057 §5.1
class DialogsTest {
    private static final Set<Integer> USAGE = Set.of(405, 480, 481, 489, 501);
    private static final Set<Integer> DIALOG =
            Set.of(404, 410, 416, 482, 483, 484, 485, 502, 604);

    /// But for 408: as a time-out it ends the usage, by section 5.2.
    @Test void each_failure_ends_what_table_1_says() {
        for (int status = 300; status < 700; status++)
            assertThat(Harm.of(status)).as("%d", status).isEqualTo(
                    USAGE.contains(status) || status == 408 ? Harm.USAGE
                    : DIALOG.contains(status) ? Harm.DIALOG : Harm.TRANSACTION);
    }

    @Test void a_change_that_says_that_the_peer_is_gone_ends_the_call() {
        for (int status : List.of(404, 480, 502)) play(ESTABLISHED + """
                 1000 TU    -> alice change 1 sdp3
                 1000 alice -> b1    INVITE 2 sip:b1@127.0.0.2 sdp3
                 1100 b1    -> alice %d
                 1100 alice -> b1    BYE 3 sip:b1@127.0.0.2
                 1100 alice -> TU    Ended 1 %<d
                """.formatted(status));
    }

    /// The usage repeats what it has said; what is put in on the way is the same each time.
    @Test void a_2xx_that_comes_again_is_the_same() {
        var flow = play("""
                    0 bob   -> alice INVITE 7 sdp1 Record-Route=<sip:p1;lr>
                    0 alice -> TU    Incoming -1 sdp1
                    0 TU    -> alice answer -1 sdp2
                    0 alice -> bob   200 sdp2
                  500 alice -> bob   200 sdp2
                 1500 alice -> bob   200 sdp2
                """);
        assertThat(flow.answers("INVITE")).hasSize(3).containsOnly(flow.answer("INVITE"));
        assertThat(flow.answer("INVITE").has("Record-Route")).isTrue();
    }
}
