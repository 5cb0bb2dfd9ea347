package p2psip.app.peers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;
import p2psip.app.host.Authority;
import p2psip.app.host.Certified;

/// A kamailio process: registrar and proxy of p2psip.test at 127.0.0.1.
final class Kamailio {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final Path MODULES = Path.of("/usr/lib/x86_64-linux-gnu/kamailio/modules");

    private Kamailio() {}

    static void assumeTls() {
        Programs.assumeThere("kamailio");
        assumeTrue(Files.exists(MODULES.resolve("tls.so")), "kamailio has no module for TLS");
    }

    /// By UDP and TCP at a port, and by WebSocket at another.
    static void begin(Programs programs, Path folder, int port, int ws) throws IOException {
        begin(programs, folder, ws, "LPORT=" + port, "WSPORT=" + ws);
    }

    /// By TLS as well, with this certificate: who connects, and to whom it connects, has to show
    /// one of the same authority.
    static void begin(Programs programs, Path folder, int port, int ws, int tls, Certified shown,
            Authority believed) throws IOException {
        Files.writeString(folder.resolve("shown.pem"),
                Authority.pem(shown.chain().toArray()));
        Files.writeString(folder.resolve("key.pem"), Authority.pem(shown.key()));
        Files.writeString(folder.resolve("ca.pem"), Authority.pem(believed.certificate()));
        var party = """
                method = TLSv1.2+
                verify_certificate = yes
                require_certificate = yes
                certificate = %1$s/shown.pem
                private_key = %1$s/key.pem
                ca_list = %1$s/ca.pem
                """.formatted(folder);
        Files.writeString(folder.resolve("tls.cfg"),
                "[server:default]\n" + party + "[client:default]\n" + party);
        begin(programs, folder, tls, "LPORT=" + port, "WSPORT=" + ws, "TLSPORT=" + tls);
    }

    private static void begin(Programs programs, Path folder, int last, String... defined)
            throws IOException {
        var file = folder.resolve("kamailio.cfg");
        try (var in = Kamailio.class.getResourceAsStream("kamailio.cfg")) {
            Files.copy(in, file);
        }
        programs.start(Stream.concat(Stream.of("kamailio", "-f", "" + file, "-DD", "-E", "-m",
                "64", "-M", "8", "-w", "" + folder, "-P", folder + "/pid"), Stream.of(defined)
                .flatMap(each -> Stream.of("-A", each))).toArray(String[]::new));
        programs.says("processes (at least)");
        var end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < end) try (var _ = new Socket(HERE, last)) {
            return;
        } catch (IOException e) {
            LockSupport.parkNanos(50_000_000);
        }
    }
}
