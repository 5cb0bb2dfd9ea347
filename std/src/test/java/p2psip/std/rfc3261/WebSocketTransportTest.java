package p2psip.std.rfc3261;

import static org.assertj.core.api.Assertions.assertThat;
import static p2psip.std.rfc3261.Bench.PEER;
import static p2psip.std.rfc3261.Bench.request;
import static p2psip.std.rfc3261.Bench.response;

import module java.base;
import org.junit.jupiter.api.Test;

/// SIP by connections that keep messages apart: each piece that comes is a message.
class WebSocketTransportTest {
    private static final InetSocketAddress AT = Bench.address("127.0.0.1", 5066);
    private static final String OPTIONS =
            request("OPTIONS", "WS page.invalid;branch=z9hG4bKa");

    private final Bench bench = new Bench(new ListeningPoint(Transport.WS, AT));

    private void accepted() {
        bench.handle(new Stack.Input.Accepted(-1, Transport.WS, AT, PEER, List.of()));
    }

    //= rfc7118#5-2 a message of SIP is one of WebSocket: its length is not needed
    //= rfc7118#5.3-1,2,3 sent-by is examined: a name, so the source is added
    @Test void a_message_needs_no_length() {
        accepted();
        assertThat(bench.read(-1, OPTIONS.replace("Content-Length: 0\n", "")))
                .containsExactly("request OPTIONS from 127.0.0.1:5070");
        assertThat(bench.respond(200)).first().asString().startsWith(
                "-1 -> 200 OPTIONS via SIP/2.0/WS page.invalid;branch=z9hG4bKa;received=127.0.0.1");
    }

    @Test void half_a_message_is_none_and_the_next_is_heard() {
        accepted();
        assertThat(bench.read(-1, OPTIONS.substring(0, 20)))
                .isNotEmpty().allMatch(line -> line.startsWith("remark"));
        assertThat(bench.read(-1, OPTIONS.replace("Length: 0", "Length: 9"))).hasSize(2)
                .last().asString().startsWith("-1 -> 400 OPTIONS");
        assertThat(bench.read(-1, OPTIONS)).hasSize(1);
    }

    //= rfc5626#5.4-2 a double CRLF is answered with a single CRLF
    @Test void who_asks_whether_we_are_there_is_told() {
        accepted();
        assertThat(bench.read(-1, "\n\n")).containsExactly("-1 -> CRLF");
        assertThat(bench.read(-1, "\n")).isEmpty();
    }

    @Test void who_is_asked_whether_he_is_there_answers_once() {
        accepted();
        bench.ask(new Core.Output.Ping(new Flow(Transport.WS, AT, PEER, -1)));
        assertThat(bench.read(-1, "\n")).containsExactly("ponged 127.0.0.1:5070");
        assertThat(bench.read(-1, "\n")).isEmpty();
        assertThat(bench.pass(Duration.ofSeconds(12))).isEmpty();
    }

    @Test void an_empty_line_shows_that_somebody_is_there() {
        accepted();
        assertThat(bench.read(-1, "\n")).isEmpty();
        assertThat(bench.pass(Duration.ofMinutes(5))).isEmpty();
    }

    //= rfc7118#5-1 a reliable transport: no timer repeats what is sent
    //= rfc7118#5.3-5 a response is taken without received in its Via
    @Test void what_is_sent_is_not_repeated() {
        var sent = bench.send("z9hG4bKb", OPTIONS.replaceFirst("Via.*\n", ""),
                Target.of(Transport.WS, PEER));
        assertThat(sent).containsExactly("open 1 to 127.0.0.1:5070 by WS");
        assertThat(bench.connected(1)).singleElement().asString().startsWith(
                "1 -> OPTIONS via SIP/2.0/WS 127.0.0.1:5066;branch=z9hG4bKb;rport");
        assertThat(bench.pass(Duration.ofSeconds(20))).isEmpty();
        assertThat(bench.read(1, response(200, "OPTIONS", "WS 127.0.0.1:5066;branch=z9hG4bKb")))
                .containsExactly("answer 200 to 1 OPTIONS");
    }

    /// A callee takes his time, and no other connection will bring what he says.
    //= rfc3261#18-2 a connection is kept for as long as a transaction takes
    @Test void while_it_rings_the_connection_is_kept() {
        bench.send("z9hG4bKb", request("INVITE", "UDP 192.0.2.9;branch=z9hG4bKa"),
                Target.of(Transport.WS, PEER));
        bench.connected(1);
        bench.read(1, response(180, "INVITE", "WS 127.0.0.1:5066;branch=z9hG4bKb"));
        // nothing is transmitted over it to keep it alive
        assertThat(bench.pass(Duration.ofSeconds(182))).as("until Timer C").isEmpty();
        assertThat(bench.read(1, response(200, "INVITE", "WS 127.0.0.1:5066;branch=z9hG4bKb")))
                .containsExactly("answer 200 to 1 INVITE");
    }

    /// Nobody can call a page in a browser.
    @Test void an_answer_to_who_has_gone_is_not_brought_after_him() {
        accepted();
        bench.read(-1, OPTIONS.replace("page.invalid", "127.0.0.1:5070"));
        bench.closed(-1);
        assertThat(bench.respond(200)).noneMatch(line -> line.startsWith("open"))
                .anyMatch(line -> line.startsWith("failed"));
    }

    @Test void names_and_ports() {
        assertThat(Transport.named("ws")).contains(Transport.WS);
        //= rfc7118#9.2-1 a sips path includes a secure WebSocket connection
        assertThat(Transport.WS.secured()).contains(Transport.WSS);
        assertThat(Transport.WSS.parameter()).isEqualTo("ws");
        assertThat(Transport.WSS).hasToString("WSS");
        assertThat(Stream.of(Transport.values()).map(Transport::defaultPort))
                .containsExactly(5060, 5060, 5061, 80, 443, 5060);
        assertThat(Transport.WSS.secure()).isTrue();
        assertThat(Transport.WS.secure()).isFalse();
    }
}
