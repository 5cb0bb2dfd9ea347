package p2psip.app.p2psip;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.host.*;
import p2psip.app.stun.*;
import p2psip.std.*;
import p2psip.std.rfc5780.BehaviorServer;
import p2psip.std.rfc8489.*;
import picocli.CommandLine;

class StunVerbTest {
    @TempDir Path folder;
    private final StringWriter out = new StringWriter(), err = new StringWriter();

    /// A node that does nothing but answer Binding requests, and tell where and whom. As servers of
    /// RFC 3489 do, it understands no attribute that needs padding.
    private static final class Server implements Machine<Event, Effect> {
        private final BindingServer stun = new BindingServer("test", false);
        private final InetAddress at;
        private Instant due = Instant.MIN;

        Server(InetAddress at) { this.at = at; }

        @Override public List<Effect> handle(Event event, Instant now) {
            return switch (event) {
                case Event.Bound(_, var local) -> List.of(new Effect.Tell(local));
                case Event.Datagram(_, var local, var from, var bytes) -> stun.answer(bytes, from)
                        .filter(_ -> wholeWords(Message.parse(bytes)))
                        .map(answer -> List.<Effect>of(new Effect.Tell(from),
                                new Effect.Datagram(local, from, answer))).orElse(List.of());
                default -> List.of();
            };
        }

        private static boolean wholeWords(Message request) {
            return request.attributes().stream()
                    .allMatch(a -> Table.RFC8489.raw(a, request.id()).value().size() % 4 == 0);
        }

        @Override public List<Effect> wake(Instant now) {
            due = Instant.MAX;
            return List.of(new Effect.Bind(Id.PROGRAM, new InetSocketAddress(at, 0)));
        }

        @Override public Instant deadline() { return due; }
    }

    private int stun(String... arguments) {
        return new CommandLine(new StunVerb()).setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((mistake, line, _) -> {
                    line.getErr().println(((UserMistake) mistake).getMessage());
                    return 2;
                }).execute(arguments);
    }

    @Test void prints_the_address_that_the_server_sees() {
        for (var at : List.of("127.0.0.1", "::1")) {
            out.getBuffer().setLength(0);
            try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
                var line = host.start("server", _ -> new Server(InetAddress.ofLiteral(at)));
                var local = (InetSocketAddress) line.told(Duration.ofSeconds(5)).getFirst();
                var name = at.contains(":") ? "[" + at + "]" : at;
                assertThat(stun(name + ":" + local.getPort())).as("" + err).isZero();
                var from = (InetSocketAddress) line.told(Duration.ofSeconds(5)).getFirst();
                assertThat(out.toString().strip()).endsWith(":" + from.getPort())
                        .startsWith(at.contains(":") ? "[" : at);
                assertThat(stun("stun:" + name + ":" + local.getPort())).as("" + err).isZero();
                assertThat(out.toString()).hasLineCount(2);
            }
        }
    }

    /// The loopback has no router; a server of one address tells less.
    @Test void prints_what_routers_do_and_what_the_server_cannot_tell() throws IOException {
        var one = InetAddress.ofLiteral("127.0.0.1");
        var ports = List.of(freePort(), freePort());
        for (var addresses : List.of(List.of(one),
                List.of(one, InetAddress.ofLiteral("127.0.0.2")))) {
            try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
                var line = host.start("server", _ -> new Serving(
                        new BehaviorServer("test", addresses, ports)));
                assertThat(line.told(Duration.ofSeconds(5)).getFirst())
                        .isInstanceOf(Serving.Ready.class);
                assertThat(stun("--behaviour", "127.0.0.1:" + ports.getFirst())).isZero();
            }
        }
        assertThat(out).hasToString("""
                mapping: endpoint-independent (no address is translated)
                filtering: unknown: the server has no second address and port to ask from
                mapping: endpoint-independent (no address is translated)
                filtering: endpoint-independent
                """);
    }

    private static int freePort() throws IOException {
        try (var socket = new DatagramSocket(new InetSocketAddress(
                InetAddress.ofLiteral("127.0.0.1"), 0))) {
            return socket.getLocalPort();
        }
    }

    /// Each failure of TLS is told apart in one line.
    @Test void asks_by_tcp_and_by_tls_whom_it_is_told_to_believe() throws IOException {
        var authority = new Authority();
        var here = InetAddress.ofLiteral("127.0.0.1");
        var ca = folder.resolve("ca.pem");
        Files.writeString(ca, Authority.pem(authority.certificate()));
        int port = freePort();
        var options = RealHost.Options.of(Optional.empty()).with(new Credentials(
                List.of(authority.certify("localhost")), List.of()));
        try (var host = new RealHost(options)) {
            var line = host.start("server", _ -> new Serving(new BehaviorServer("test",
                    List.of(here), List.of(port)), List.of(new Relaying.Place(
                    Optional.of(new Way.Tcp()), new InetSocketAddress(here, 0)),
                    new Relaying.Place(Optional.of(new Way.Tls("localhost")),
                            new InetSocketAddress(here, 0)))));
            var places = ((Serving.Ready) line.told(Duration.ofSeconds(5)).getFirst()).places();
            int tcp = places.get(1).getPort(), tls = places.get(2).getPort();
            for (var how : List.of(List.of("--tcp", "127.0.0.1:" + tcp),
                    List.of("stun:127.0.0.1:" + tcp + "?transport=tcp"),
                    List.of("--ca", "" + ca, "stuns:localhost:" + tls))) {
                out.getBuffer().setLength(0);
                assertThat(stun(how.toArray(String[]::new))).as("%s", err).isZero();
                assertThat(out.toString()).startsWith("127.0.0.1:");
            }
            assertThat(stun("stuns:localhost:" + tls)).isEqualTo(1);
            assertThat(stun("stuns:localhost:" + tcp)).isEqualTo(1);
            assertThat(err.toString()).hasLineCount(2)
                    .contains("nobody whom this computer trusts").contains("no TLS: ");
        }
    }

    @Test void says_so_when_nobody_answers() throws IOException {
        try (var silent = new DatagramSocket(new InetSocketAddress(
                InetAddress.ofLiteral("127.0.0.1"), 0))) {
            assertThat(stun("--timeout", "0.2", "127.0.0.1:" + silent.getLocalPort())).isEqualTo(1);
        }
        assertThat(err.toString()).endsWith(": no answer\n").hasLineCount(1);
    }

    @Test void a_mistake_is_one_line() {
        for (var wrong : List.of("1.2.3.4:0", "1.2.3.4:65536", "[::1", "a:b:c", ":3478", ""))
            assertThat(stun(wrong)).as(wrong).isEqualTo(2);
        assertThat(stun("--timeout", "60", "127.0.0.1")).isEqualTo(2);
        assertThat(stun("--user", "alice", "127.0.0.1")).isEqualTo(2);
        //= rfc8489#8.1-1 a stuns URI with an IP address is rejected
        for (var wrong : List.of("stuns:127.0.0.1", "stun:a:b", "stun:", "stun://x",
                "stuns:example.com?transport=udp", "stun:example.com?transport=sctp"))
            assertThat(stun(wrong)).as(wrong).isEqualTo(2);
        assertThat(stun()).isEqualTo(2);
        assertThat(stun("--serve", "127.0.0.1", "127.0.0.1")).isEqualTo(2);
        for (var wrong : List.of("0.0.0.0", "here", "127.0.0.1,127.0.0.1", "127.0.0.1,::1"))
            assertThat(stun("--serve", wrong)).as(wrong).isEqualTo(2);
        assertThat(stun("--serve", "127.0.0.1", "--ports", "0,1")).isEqualTo(2);
        assertThat(stun("--serve", "127.0.0.1", "--tls", "127.0.0.1:1")).isEqualTo(2);
        assertThat(stun("--tls", "127.0.0.1:1", "127.0.0.1")).isEqualTo(2);
        assertThat(stun("--ca", "" + folder.resolve("none"), "127.0.0.1")).isEqualTo(2);
        assertThat(stun("--cert", "" + folder.resolve("none"), "127.0.0.1")).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(25).doesNotContain("Exception");
    }

    /// What a node's other protocols send is no concern of STUN's.
    @Test void a_node_answers_nothing_but_stun() {
        var server = new Server(InetAddress.ofLiteral("127.0.0.1"));
        var client = new Client(new InetSocketAddress(0), Message.BINDING, List.of(),
                new Authentication.None(), Timing.UDP, new SplittableRandom(1));
        var request = ((Client.Output.Send) client.wake(Instant.EPOCH).getFirst()).bytes();
        for (var bytes : List.of(request, Bytes.utf8("OPTIONS sip:x SIP/2.0\r\n\r\n")))
            assertThat(server.handle(new Event.Datagram(Id.PROGRAM, new InetSocketAddress(1),
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 2), bytes),
                    Instant.EPOCH)).hasSize(bytes == request ? 2 : 0);
    }
}
