package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.host.RealHost;
import p2psip.app.voip.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Transport;
import p2psip.std.rfc5626.Instance;

/// A registrar and proxy of others between two phones of ours, by two transports; it gives GRUUs,
/// too. Needs kamailio with its module for WebSocket.
@Tag("peer")
class KamailioPeerTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    @TempDir Path folder;

    @BeforeAll static void kamailio() { Programs.assumeThere("kamailio"); }

    @Test void who_registers_by_websocket_is_called_by_udp_and_by_tcp() throws Exception {
        int port = Ports.run(2), ws = Ports.run(2);
        var reached = new AtomicReference<>("");
        try (var programs = new Programs(folder);
                var host = new RealHost(RealHost.Options.of(Optional.empty()))) {
            begin(programs, port, ws);
            try (var bob = Telephone.start(host, "bob", setup("bob", Transport.WS, ws)
                    .withInstance(Instance.random(new SplittableRandom(1))), news -> {
                        if (news instanceof News.Reached(var uri)) reached.set(uri);
                    })) {
                bob.register();
                for (var by : List.of(Transport.UDP, Transport.TCP))
                    try (var alice = Telephone.start(host, "alice" + by,
                            setup("alice", by, port))) {
                        var call = alice.call("sip:bob@p2psip.test");
                        assertThat(bob.answer(Duration.ofSeconds(10))).isPresent();
                        call.hangUp();
                        //  the registrar of others has given him a GRUU, and knows it again
                        assertThat(reached.get()).startsWith("sip:bob@p2psip.test;gr=urn:uuid:");
                        call = alice.call(reached.get());
                        assertThat(bob.answer(Duration.ofSeconds(10))).isPresent();
                        call.hangUp();
                    }
            }
        }
    }

    private static PhoneSetup setup(String user, Transport by, int port) {
        return PhoneSetup.of("sip:" + user + "@p2psip.test")
                .through(SipUri.of("", new InetSocketAddress(HERE, port))).by(by)
                .local(HERE).calls(4).untraced();
    }

    private void begin(Programs programs, int port, int ws) throws IOException {
        var file = folder.resolve("kamailio.cfg");
        try (var in = KamailioPeerTest.class.getResourceAsStream("kamailio.cfg")) {
            Files.copy(in, file);
        }
        programs.start("kamailio", "-f", "" + file, "-DD", "-E", "-m", "64", "-M", "8",
                "-w", "" + folder, "-P", folder + "/pid", "-A", "LPORT=" + port,
                "-A", "WSPORT=" + ws);
        programs.says("processes (at least)");
        var end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < end) try (var _ = new Socket(HERE, ws)) {
            return;
        } catch (IOException e) {
            LockSupport.parkNanos(50_000_000);
        }
    }
}
