package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.*;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.*;

/// Pages of a real browser that are telephones, by JsSIP. Needs node, chromium and a folder that
/// `P2PSIP_PAGES` names, with playwright-core and JsSIP in it as Measurements say.
@Tag("peer")
class PagesPeerTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    @TempDir Path folder;

    @ParameterizedTest @EnumSource(names = {"WS", "WSS"})
    void three_pages_call_each_other_and_one_transfers_its_call(Transport by) throws Exception {
        Programs.assumeThere("node");
        Programs.assumeThere("chromium");
        var pages = System.getenv("P2PSIP_PAGES");
        assumeTrue(pages != null && Files.exists(Path.of(pages, "bundle.js")),
                "P2PSIP_PAGES names no folder with bundle.js");
        int port = Ports.pair();
        try (var host = new RealHost(RealHost.Options.of(Optional.empty()).with(new Credentials(
                List.of(new Authority().certify("127.0.0.1")), List.of())))) {
            var line = host.start("sipd", room -> new Sipd(new Sipd.Options(new SipPort.Wish(
                    List.of(new InetSocketAddress(HERE, 0)), false,
                    EnumSet.of(Transport.UDP, by)).in("127.0.0.1")
                    .from(List.of("http://127.0.0.1:" + port)), List.of("example.com"),
                    Optional.of(Users.parse(List.of(
                            "one:pw-one", "two:pw-two", "three:pw-three"))), false), room));
            var at = ((Sipd.Ready) line.told(Duration.ofSeconds(20)).getFirst()).points().getLast()
                    .address();
            assertThat(run(Map.of("PAGES", pages, "PORT", "" + port, "DOMAIN", "example.com",
                    "BROWSER", "/usr/bin/chromium", "WS",
                    by.name().toLowerCase(Locale.ROOT) + "://" + HostName.text(at))))
                    .containsExactly("registered", "text sent", "text sent", "text sent", "call",
                            "call", "call", "transfer accepted", "over",
                            "from elsewhere kept out");
        }
    }

    private List<String> run(Map<String, String> environment) throws Exception {
        var script = folder.resolve("pages.mjs");
        try (var in = PagesPeerTest.class.getResourceAsStream("pages.mjs")) {
            Files.copy(in, script);
        }
        var out = folder.resolve("out");
        var builder = new ProcessBuilder("node", "" + script).redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).as(Files.readString(out)).isTrue();
            return Files.readAllLines(out);
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}
