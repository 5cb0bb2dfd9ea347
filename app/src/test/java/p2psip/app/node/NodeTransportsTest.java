package p2psip.app.node;

import static org.assertj.core.api.Assertions.*;

import module java.base;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;

/// By what phones speak with their node.
class NodeTransportsTest {
    private static final int PORT = 5060;

    private final Network network = new Network(5);

    private static Node.Options options(InetAddress at, int port, Transport... by) {
        return Node.Options.at(at, List.of()).with(new SipPort.Wish(List.of(at), port, true,
                EnumSet.of(Transport.UDP, by)).in(HostName.text(at)).from(List.of("https://a.b")));
    }

    private static int port(Transport by) {
        return PORT + switch (by) {
            case UDP, TCP, LINK -> 0;
            case TLS -> 1;
            case WS -> 6;
            case WSS -> 7;
        };
    }

    private Telephone phone(String user, String ip, InetAddress node, Transport by) {
        var phone = Telephone.start(network.host(ip), user, PhoneSetup.of(
                "sip:" + user + "@example.com", new InetSocketAddress(node, port(by))).by(by)
                .port(PORT).untraced());
        phone.register();
        return phone;
    }

    private static void talk(Telephone from, Telephone to, String uri) {
        var call = from.call(uri);
        var taken = to.answer(Duration.ofSeconds(2)).orElseThrow();
        taken.hangUp();
        assertThat(call.talk(Duration.ofSeconds(2))).as("hung up").isTrue();
    }

    /// It is alone, so what it publishes is with itself at once.
    @ParameterizedTest @EnumSource(names = "LINK", mode = EnumSource.Mode.EXCLUDE)
    void phones_call_each_other_at_a_node_that_is_alone(Transport by) {
        var at = InetAddress.ofLiteral("10.0.0.1");
        var host = network.host("10.0.0.1");
        host.certify("10.0.0.1");
        RunningNode.start(host, "node", options(at, PORT, by));
        try (var alice = phone("alice", "10.0.0.2", at, by);
                var bob = phone("bob", "10.0.0.3", at, Transport.UDP)) {
            talk(alice, bob, "sip:bob@example.com");
            talk(bob, alice, "sip:alice@example.com");
        }
    }

    /// A page that its user has not asked for is not his telephone.
    @Test void a_page_from_elsewhere_does_not_come_in() {
        var here = InetAddress.ofLiteral("127.0.0.1");
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var node = RunningNode.start(host, "node", options(here, 0, Transport.WS));
            var uri = URI.create("ws://127.0.0.1:" + (node.sip().getPort() + 6) + "/");
            var http = HttpClient.newHttpClient();
            var page = http.newWebSocketBuilder().subprotocols("sip");
            assertThatThrownBy(() -> page.header("Origin", "https://elsewhere.example")
                    .buildAsync(uri, new WebSocket.Listener() { }).join())
                    .hasCauseInstanceOf(WebSocketHandshakeException.class)
                    .satisfies(e -> assertThat(((WebSocketHandshakeException) e.getCause())
                            .getResponse().statusCode()).isEqualTo(403));
            assertThat(http.newWebSocketBuilder().subprotocols("sip").header("Origin",
                    "https://a.b").buildAsync(uri, new WebSocket.Listener() { }).join()
                    .getSubprotocol()).isEqualTo("sip");
            http.shutdownNow();
        }
    }

    /// What is published is kept when a timer of the ring has run off; the answer then ends a
    /// transaction at once, for it goes by a stream.
    @Test void who_registers_by_a_stream_is_answered_in_the_turn_of_the_ring() {
        var here = InetAddress.ofLiteral("127.0.0.1");
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var node = RunningNode.start(host, "node", options(here, 0, Transport.TCP));
            for (var user : List.of("alice", "bob", "carol"))
                try (var phone = Telephone.start(host, user, PhoneSetup.of(
                        "sip:" + user + "@example.com", node.sip()).by(Transport.TCP).local(here)
                        .untraced())) {
                    phone.register();
                }
        }
    }
}
