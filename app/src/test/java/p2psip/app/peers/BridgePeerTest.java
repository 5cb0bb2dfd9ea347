package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p2psip.app.host.*;
import p2psip.app.node.Node;
import p2psip.app.sip.SipPort;
import p2psip.app.web.PhonePage;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.*;

/// A browser and baresip, which is a plain telephone, speak through a node. Needs what
/// [PagesPeerTest] needs, and baresip.
@Tag("peer")
class BridgePeerTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final int BARESIP = 440, BROWSER = 660;

    @TempDir Path folder;

    @ParameterizedTest @CsvSource({"WS, ours", "WSS, ours", "WS, JsSIP", "WSS, JsSIP"})
    void a_page_calls_a_plain_telephone_and_is_called(Transport by, String page)
            throws Exception {
        Programs.assumeThere("node");
        Programs.assumeThere("chromium");
        Baresip.assumeThere();
        var pages = System.getenv("P2PSIP_PAGES");
        assumeTrue(pages != null && Files.exists(Path.of(pages, "bundle.js")),
                "P2PSIP_PAGES names no folder with bundle.js");
        int port = Ports.pair();
        var authority = new Authority();
        var shown = authority.certify("127.0.0.1");
        try (var served = by == Transport.WS ? PhonePage.here(0)
                        : PhonePage.elsewhere(HERE, 0, shown);
                var host = new RealHost(new RealHost.Options(Optional.empty(), List.of(HERE),
                        Optional.empty(), Host.NOBODY)
                        .with(new Credentials(List.of(shown), List.of())))) {
            var ready = node(host, by, Stream.concat(served.origins().stream(),
                    Stream.of("http://127.0.0.1:" + port)).toList());
            served.ready(ready.points());
            var own = page.equals("ours");
            var sip = ready.points().getFirst().address();
            var tone = folder.resolve("microphone.wav");
            Tone.write(tone, BROWSER, Duration.ofSeconds(30));
            try (var bob = new Baresip(folder.resolve("bob"), "sip:bob@example.com",
                    "sip:" + HostName.text(sip) + ";transport=udp", BARESIP);
                    var programs = new Programs(folder)) {
                bob.registered();
                var script = folder.resolve("bridge.mjs");
                try (var in = BridgePeerTest.class.getResourceAsStream("bridge.mjs")) {
                    Files.copy(in, script);
                }
                programs.start("env", "PAGES=" + pages, "BROWSER=/usr/bin/chromium",
                        "PORT=" + port, "TONE=" + tone, "TRUSTED=" + pin(authority),
                        "WS=" + at(ready, by), "OWN=" + (own ? served.address() : ""),
                        "node", "" + script);
                programs.says("waiting", Duration.ofMinutes(2));
                hears(bob, by + ", " + page + ", called");
                bob.dial("sip:alice@example.com");
                programs.says("taken", Duration.ofMinutes(2));
                bob.hears(Duration.ofSeconds(2));
                hears(bob, by + ", " + page + ", calls");
                bob.hangUp();
                programs.says("over", Duration.ofMinutes(1));
                assertThat(programs.output().lines()).containsExactly("registered",
                        "calls, hears " + BARESIP + " by DTLS connected", "waiting",
                        "called, hears " + BARESIP + " by DTLS connected", "taken", "over");
            }
        }
    }

    private static void hears(Baresip bob, String when) throws IOException {
        double share = Tone.share(bob.recording(), BROWSER);
        System.out.printf("baresip %s: %.1f s, %.2f of it the browser's tone%n", when,
                Tone.seconds(bob.recording()), share);
        assertThat(share).as(when).isGreaterThan(0.8);
    }

    private static Node.Ready node(RealHost host, Transport by, List<String> origins)
            throws InterruptedException {
        var line = host.start("node", room -> new Node(Node.Options.at(HERE, List.of()).with(
                new SipPort.Wish(List.of(HERE), Ports.pair(), true,
                        EnumSet.of(Transport.UDP, Transport.TCP, by)).in("127.0.0.1")
                        .from(origins)), room));
        for (var told = line.told(Duration.ofSeconds(30)); ;
                told = line.told(Duration.ofSeconds(30)))
            for (var each : told) if (each instanceof Node.Ready ready) return ready;
    }

    private static String at(Node.Ready ready, Transport by) {
        return ready.points().stream().filter(point -> point.transport() == by).findFirst()
                .map(point -> by.name().toLowerCase(Locale.ROOT) + "://"
                        + HostName.text(point.address())).orElseThrow();
    }

    /// As Chromium names a key that it is to believe.
    private static String pin(Authority authority) throws GeneralSecurityException {
        return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256")
                .digest(authority.certificate().getPublicKey().getEncoded()));
    }
}
