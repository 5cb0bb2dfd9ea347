package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.host.*;
import p2psip.app.stun.*;
import p2psip.std.rfc5780.*;
import p2psip.std.rfc8489.Authentication;

/// Behaviour discovery (RFC 5780) between coturn and us, each way, on a loopback of two addresses.
@Tag("peer")
class BehaviorPeerTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final InetAddress A1 = InetAddress.ofLiteral("127.0.0.1"),
            A2 = InetAddress.ofLiteral("127.0.0.2");

    @TempDir Path folder;
    private Programs programs;

    @BeforeEach void begin() { programs = new Programs(folder); }

    private String run(String... command) throws Exception {
        assertThat(programs.start(command).waitFor(SOON)).as("%s ends", command[0]).isTrue();
        return programs.output();
    }

    @AfterEach void stop() { programs.close(); }

    /// Two ports that are free at both addresses.
    private static List<Integer> freePorts() throws IOException {
        try (var one = new DatagramSocket(new InetSocketAddress(A1, 0));
                var two = new DatagramSocket(new InetSocketAddress(A1, 0));
                var _ = new DatagramSocket(new InetSocketAddress(A2, one.getLocalPort()));
                var _ = new DatagramSocket(new InetSocketAddress(A2, two.getLocalPort()))) {
            return List.of(one.getLocalPort(), two.getLocalPort());
        }
    }

    private static Object probe(RealHost host, int port) {
        return host.start("probe", room -> new Probing("127.0.0.1", port,
                new Authentication.None(), room.addresses(), room.random())).told(SOON).getFirst();
    }

    @Test void our_client_asks_coturn() throws Exception {
        Programs.assumeThere("turnserver");
        var ports = freePorts();
        programs.start("turnserver", "-n", "-L", "127.0.0.1", "-L", "127.0.0.2", "-E", "127.0.0.1",
                "--listening-port", "" + ports.getFirst(), "--alt-listening-port",
                "" + ports.getLast(), "-a", "-u", "u:p", "-r", "p2psip.test", "--no-tls",
                "--no-dtls", "--no-cli", "--min-port", "48001", "--max-port", "48999", "-m", "1",
                "--no-stdout-log", "--log-file", "" + folder.resolve("log"), "--simple-log",
                "--pidfile", "" + folder.resolve("pid"), "--userdb", "" + folder.resolve("db"));
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            // while it starts it does not answer
            var found = probe(host, ports.getFirst());
            for (int i = 0; i < 3 && found instanceof Probing.NotFound; i++)
                found = probe(host, ports.getFirst());
            System.out.println("coturn, asked for behaviour: " + found);
            assertThat(found).isInstanceOf(Findings.class);
            assertThat(((Findings) found).translated()).isFalse();
            assertThat(((Findings) found).mapping()).hasToString("endpoint-independent");
            assertThat(((Findings) found).filtering()).hasToString("endpoint-independent");
        }
    }

    @Test void turnutils_natdiscovery_asks_us() throws Exception {
        Programs.assumeThere("turnutils_natdiscovery");
        var ports = freePorts();
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            assertThat(host.start("stun", _ -> new Serving(new BehaviorServer("p2psip 0.1.0",
                    List.of(A1, A2), ports))).told(SOON).getFirst())
                    .isInstanceOf(Serving.Ready.class);
            for (var how : List.of(List.of("-m", "-f"), List.of("-m", "-f", "-P"))) {
                var command = new ArrayList<>(List.of("turnutils_natdiscovery"));
                command.addAll(how);
                command.addAll(List.of("-p", "" + ports.getFirst(), "127.0.0.1"));
                var output = run(command.toArray(String[]::new));
                System.out.println("turnutils_natdiscovery " + how + ": " + output.lines()
                        .filter(line -> line.contains("NAT with")).toList());
                assertThat(output).contains("Endpoint Independent Mapping",
                        "Endpoint Independent Filtering");
            }
        }
    }

    /// A client of RFC 3489 is not to be served by this usage, unless that was asked for.
    @Test void stun_client_hears_nothing_where_it_is_not_expected() throws Exception {
        Programs.assumeThere("stun");
        var ports = freePorts();
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var line = host.start("stun", _ -> new Serving(new BehaviorServer("p2psip 0.1.0",
                    List.of(A1, A2), ports)));
            assertThat(line.told(SOON).getFirst()).isInstanceOf(Serving.Ready.class);
            var output = run("stun", "127.0.0.1:" + ports.getFirst());
            System.out.println("stun 0.97: " + output.strip());
            assertThat(output).containsIgnoringCase("blocked");
            line.command(new Serving.Count());
            assertThat(line.told(SOON).getFirst()).isEqualTo(new Serving.Statistics(0));
        }
    }

    @Test void stun_client_finds_no_router_on_this_machine() throws Exception {
        Programs.assumeThere("stun");
        var ports = freePorts();
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            var line = host.start("stun", _ -> new Serving(new BehaviorServer("p2psip 0.1.0",
                    List.of(A1, A2), ports, true)));
            assertThat(line.told(SOON).getFirst()).isInstanceOf(Serving.Ready.class);
            var output = run("stun", "127.0.0.1:" + ports.getFirst());
            System.out.println("stun 0.97: " + output.strip());
            assertThat(output).contains("Primary: Open");
            line.command(new Serving.Count());
            assertThat(((Serving.Statistics) line.told(SOON).getFirst()).answered())
                    .isGreaterThan(3);
        }
    }
}
