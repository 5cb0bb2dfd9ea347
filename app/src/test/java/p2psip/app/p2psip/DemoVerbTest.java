package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// Two nodes, two phones, one call, whole: the program that a newcomer runs first.
class DemoVerbTest {

    @Test void a_simulated_call_has_sound_and_keys_and_is_drawn() {
        var drawn = demo("--sim");
        assertThat(drawn).contains("INVITE sip:bob@", "200 OK (INVITE)", "rfc3261#17.1.1",
                "RTP").doesNotContain("481 Call");
        assertThat(drawn.lines().toList().getLast()).matches("call: ok rtp=(\\d+)/\\1 lost=0");
    }

    @Test void one_seed_is_one_ladder() {
        assertThat(demo("--sim", "--seed", "7")).isEqualTo(demo("--sim", "--seed", "7"))
                .isNotEqualTo(demo("--sim", "--seed", "8"));
    }

    @Test void the_same_on_sockets() {
        assertThat(demo().lines().toList().getLast())
                .matches("call: ok rtp=(\\d+)/\\1 lost=0");
    }

    private static String demo(String... options) {
        var out = new StringWriter();
        assertThat(new CommandLine(new DemoVerb()).setOut(new PrintWriter(out)).execute(options))
                .isZero();
        return out.toString();
    }
}
