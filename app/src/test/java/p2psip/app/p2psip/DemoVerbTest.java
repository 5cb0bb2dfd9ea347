package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.host.Network;
import p2psip.app.node.Demonstration;
import p2psip.app.trace.Trace;
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

    /// Longer requests go by TCP (RFC 3261 §18.1.1), and a first look at SIP is to be at datagrams.
    /// On a real network addresses are a little longer: there is room for them if names of header
    /// fields are sent in their compact form (§7.3.3), as they are then.
    @Test void each_request_to_a_phone_leaves_room_in_a_datagram() {
        var sent = new ArrayList<Trace.What.Message>();
        var network = new Network(1, trace -> {
            if (trace.what() instanceof Trace.What.Message m && m.protocol().equals("SIP")
                    && m.remote().getAddress().equals(Demonstration.PLACES.getLast())) sent.add(m);
        });
        try (var demonstration = new Demonstration(at -> network.host(at.getHostAddress()),
                Demonstration.PLACES, Optional.empty())) {
            demonstration.register();
            demonstration.call();
        }
        assertThat(sent).extracting(Trace.What.Message::summary)
                .anyMatch(summary -> summary.startsWith("INVITE "));
        //  responses may be longer: they go where the request has come from
        assertThat(sent).filteredOn(m -> !m.text().startsWith("SIP/2.0"))
                .allSatisfy(m -> assertThat(m.text().length()).isLessThanOrEqualTo(1300));
    }

    @Test void between_the_nodes_calls_are_arrows_and_nobody_else_takes_part() {
        var lines = demo("--sim").lines().toList();
        assertThat(lines.get(2).strip().split("\\s{2,}"))
                .containsExactlyInAnyOrder("alice", "node A", "node B", "bob");
        assertThat(lines.stream().filter(line -> line.contains("- INVITE bob@"))).hasSize(3);
        assertThat(lines.stream().filter(line -> line.contains("200 OK (INVITE)"))).hasSize(3);
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
