package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Two nodes, two phones, one call, whole: the program that a newcomer runs first.
class DemoVerbTest {

    @Test void a_simulated_call_has_sound_and_keys_and_is_drawn() {
        var drawn = demo("--sim");
        assertThat(drawn).contains("INVITE bob@", "200 OK (INVITE)", "rfc3261#17.1.1",
                "RTP PCMU").doesNotContain("481 Call", "payload type");
        assertThat(drawn.lines().toList().getLast()).matches("call: ok rtp=(\\d+)/\\1 lost=0");
    }

    @Test void every_packet_of_it_passes_our_own_parsers(@TempDir Path folder) {
        var file = folder.resolve("demo.pcapng");
        demo("--sim", "--pcap", "" + file);
        var out = new StringWriter();
        assertThat(new CommandLine(new TraceVerb()).setOut(new PrintWriter(out))
                .execute("--ladder", "" + file)).as(() -> "" + out).isZero();
        assertThat(out.toString()).contains("INVITE bob@", "200 OK (BYE)")
                .containsPattern(" SIP [1-9]\\d* ok 0 refused; SDP [1-9]\\d* ok 0 refused; "
                        + "RTP [1-9]\\d* ok 0 refused; RTCP [1-9]\\d* ok 0 refused; "
                        + "telephone-event [1-9]\\d* ok 0 refused; STUN 0 ok 0 refused; "
                        + "overlay [1-9]\\d* ok 0 refused; plain data 0; other 0\n");
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
