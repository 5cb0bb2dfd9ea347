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
import p2psip.std.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8656.*;

/// coturn's client through our server, and our client through coturn's server.
@Tag("peer")
class CoturnTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final Pattern GOT = Pattern.compile("tot_recv_msgs=(\\d+)\\s*$",
            Pattern.MULTILINE);

    @TempDir Path folder;
    private Programs programs;

    @BeforeEach void begin() { programs = new Programs(folder); }

    @AfterEach void stop() { programs.close(); }

    private static int freePort() throws IOException {
        try (var socket = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
            return socket.getLocalPort();
        }
    }

    /// Our server with a user `u` whose password is `p`; answers its port.
    private int ours(RealHost host) {
        var users = TurnUsers.of("p2psip.test", List.of("u:p"), Optional.empty(),
                InstantSource.system());
        return start(host, users, List.of(
                new Relaying.Place(Optional.empty(), new InetSocketAddress(HERE, 0))));
    }

    private int start(RealHost host, TurnUsers users, List<Relaying.Place> places) {
        var line = host.start("turn", room -> new Relaying(new Relaying.Options(places,
                new TurnServer.Settings("p2psip", Map.of(Family.IPV4, HERE), 40_000, 48_000,
                        Limits.USUAL, new Peers(List.of(Net.parse("127.0.0.1")), Set.of()),
                        ChannelData.OLD_LAST), "p2psip.test", users, Duration.ofMinutes(30),
                false), room.random()));
        return line.told(SOON).stream().filter(Relaying.Ready.class::isInstance)
                .map(told -> ((Relaying.Ready) told).places().getFirst().at().getPort())
                .findFirst().orElseThrow();
    }

    /// What turnutils_uclient has got back of what it has sent.
    private String client(int port, String... more) throws Exception {
        assertThat(run(port, Duration.ofSeconds(40), more)).isTrue();
        return programs.output();
    }

    private boolean run(int port, Duration patience, String... more) throws Exception {
        var command = new ArrayList<>(List.of("turnutils_uclient", "-u", "u", "-w", "p",
                "-n", "20", "-m", "2", "-l", "172", "-z", "5", "-p", "" + port));
        command.addAll(List.of(more));
        command.add("127.0.0.1");
        var process = programs.start(command.toArray(String[]::new));
        if (process.waitFor(patience)) return true;
        process.destroy();
        return false;
    }

    private static int got(String output) {
        var found = GOT.matcher(output);
        int last = -1;
        while (found.find()) last = Integer.parseInt(found.group(1));
        return last;
    }

    @Test void their_client_through_our_server() throws Exception {
        Programs.assumeNight();
        Programs.assumeThere("turnutils_uclient");
        Programs.assumeThere("turnutils_peer");
        int peer = freePort();
        programs.start("turnutils_peer", "-L", "127.0.0.1", "-p", "" + peer);
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            int port = ours(host);
            var there = List.of("-e", "127.0.0.1", "-r", "" + peer, "-c");
            // -N binds a peer to a second channel, which RFC 8656 forbids and coturn allows
            assertThat(client(port, with(there, "-N"))).contains("channel bind: error 400");
            // -R sends nonsense until it is stopped, or has had enough of it: what follows goes on
            run(port, Duration.ofSeconds(3), with(there, "-R"));
            for (var how : List.of("-c", "-s")) {
                var output = client(port, with(there, how));
                System.out.println("turnutils_uclient " + how + ": " + got(output) + " of 40");
                assertThat(got(output)).as(output).isEqualTo(40);
            }
            var wrong = client(port, "-w", "wrong", "-e", "127.0.0.1", "-r", "" + peer);
            assertThat(got(wrong)).as(wrong).isLessThanOrEqualTo(0);
        }
    }

    private static String[] with(List<String> all, String more) {
        return Stream.concat(all.stream(), Stream.of(more)).toArray(String[]::new);
    }

    @Test void their_clients_to_each_other_and_over_tcp() throws Exception {
        Programs.assumeNight();
        Programs.assumeThere("turnutils_uclient");
        Programs.assumeThere("turnutils_peer");
        int peer = freePort();
        programs.start("turnutils_peer", "-L", "127.0.0.1", "-p", "" + peer);
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            int port = ours(host);
            var each = client(port, "-y", "-c");
            assertThat(got(each)).as(each).isEqualTo(40);
            int tcp = start(host, TurnUsers.of("p2psip.test", List.of("u:p"), Optional.empty(),
                    InstantSource.system()), List.of(new Relaying.Place(
                    Optional.of(new Way.Tcp()), new InetSocketAddress(HERE, 0))));
            var stream = client(tcp, "-t", "-e", "127.0.0.1", "-r", "" + peer, "-c");
            assertThat(got(stream)).as(stream).isEqualTo(40);
        }
    }

    @Test void their_clients_over_tls() throws Exception {
        Programs.assumeNight();
        Programs.assumeThere("turnutils_uclient");
        Programs.assumeThere("turnutils_peer");
        int peer = freePort();
        programs.start("turnutils_peer", "-L", "127.0.0.1", "-p", "" + peer);
        var authority = new Authority();
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()).with(new Credentials(
                List.of(authority.certify("turn.test")), List.of())))) {
            int tls = start(host, TurnUsers.of("p2psip.test", List.of("u:p"), Optional.empty(),
                    InstantSource.system()), List.of(new Relaying.Place(
                    Optional.of(new Way.Tls("turn.test")), new InetSocketAddress(HERE, 0))));
            for (var how : List.of("-c", "-s")) {
                // 173 bytes: what is no whole number of words is padded in a stream
                var output = client(tls, "-t", "-S", "-l", "173", "-e", "127.0.0.1", "-r",
                        "" + peer, how);
                System.out.println("turnutils_uclient -t -S " + how + ": " + got(output));
                assertThat(got(output)).as(output).isEqualTo(40);
            }
            looks(authority, tls);
        }
    }

    /// What another implementation of TLS says of our server.
    private void looks(Authority authority, int port) throws Exception {
        if (!Programs.isThere("openssl")) return;
        var ca = folder.resolve("ca.pem");
        Files.writeString(ca, Authority.pem(authority.certificate()));
        for (var version : List.of("-tls1_3", "-tls1_2", "-tls1_1")) {
            var process = programs.start("openssl", "s_client", "-connect", "127.0.0.1:" + port,
                    "-servername", "turn.test", "-verify_hostname", "turn.test", "-CAfile",
                    "" + ca, version, "-verify_return_error");
            process.getOutputStream().close();
            assertThat(process.waitFor(SOON)).isTrue();
            var said = programs.output();
            if (version.equals("-tls1_1")) assertThat(process.exitValue()).as(said).isNotZero();
            else assertThat(said).contains("Verify return code: 0 (ok)")
                    .contains("Compression: NONE");
        }
    }

    @Test void our_client_through_their_server() throws Exception {
        Programs.assumeThere("turnserver");
        int port = freePort(), secure = freePort(), to = freePort();
        var authority = new Authority();
        var own = authority.certify("coturn.test");
        Files.writeString(folder.resolve("cert.pem"), Authority.pem(own.chain().toArray()));
        Files.writeString(folder.resolve("key.pem"), Authority.pem(own.key()));
        programs.start("turnserver", "-n", "-L", "127.0.0.1", "-E", "127.0.0.1",
                "--allow-loopback-peers", "--listening-port", "" + port, "-a", "-u", "u:p", "-r",
                "p2psip.test", "--tls-listening-port", "" + secure, "--cert", "cert.pem",
                "--pkey", "key.pem", "--no-dtls", "--no-cli", "--no-rfc5780", "--min-port",
                "48001", "--max-port", "48999", "-m", "1", "--no-stdout-log", "--log-file",
                "" + folder.resolve("log"), "--simple-log", "--pidfile",
                "" + folder.resolve("pid"), "--userdb", "" + folder.resolve("db"));
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()).with(
                new Credentials(List.of(), List.of(authority.certificate()))));
                var peer = new DatagramSocket(new InetSocketAddress(HERE, to))) {
            for (var way : List.<Optional<Way>>of(Optional.empty(), Optional.of(new Way.Tcp()),
                    Optional.of(new Way.Tls("coturn.test")))) {
                var server = new InetSocketAddress(HERE, way.isPresent()
                        && way.get() instanceof Way.Tls ? secure : port);
                var line = host.start("alice" + way, room -> new Borrower(server, way, HERE,
                        new Credential("u", "p"), room.random()));
                var allocated = told(line, TurnClient.Output.Allocated.class);
                assertThat(allocated.lifetime()).isEqualTo(Duration.ofSeconds(600));
                var there = new InetSocketAddress(HERE, to);
                for (int i = 0; i < 8; i++) {
                    line.command(new TurnClient.Input.Send(there, Bytes.utf8("hello" + i)));
                    var packet = new DatagramPacket(new byte[100], 100);
                    peer.setSoTimeout(10_000);
                    peer.receive(packet);
                    assertThat(packet.getSocketAddress())
                            .isEqualTo(allocated.relayed().getFirst());
                    peer.send(packet);
                    assertThat(told(line, TurnClient.Output.Data.class).data())
                            .isEqualTo(Bytes.utf8("hello" + i));
                }
                line.command(new TurnClient.Input.Close());
                told(line, TurnClient.Output.Closed.class);
                System.out.println("coturn " + way + ": 8 of 8, closed");
            }
        }
    }

    private static <T> T told(Host.Line line, Class<T> kind) {
        for (int i = 0; i < 20; i++)
            for (var each : line.told(SOON)) if (kind.isInstance(each)) return kind.cast(each);
        throw new AssertionError("no " + kind);
    }
}
