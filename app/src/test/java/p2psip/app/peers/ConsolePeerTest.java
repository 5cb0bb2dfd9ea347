package p2psip.app.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;
import p2psip.app.web.*;

/// The page of the console in a real browser, on a simulated ring of 30: driven, looked at and
/// measured. Needs node, chromium and a folder that `P2PSIP_PAGES` names, with playwright-core in
/// it as Measurements say; axe-core is used where `P2PSIP_AXE` names its file. How long the heap is
/// watched `P2PSIP_CONSOLE_SECONDS` says: 60 if nothing does.
@Tag("peer")
class ConsolePeerTest {
    @TempDir Path home;

    @Test void it_shows_a_ring_of_30_and_keeps_still() throws Exception {
        Programs.assumeNight();
        Programs.assumeThere("node");
        Programs.assumeThere("chromium");
        var pages = System.getenv("P2PSIP_PAGES");
        assumeTrue(pages != null, "P2PSIP_PAGES names no folder");
        var events = new Events();
        try (var stage = new RingStage(1, 30, 0, events);
                var control = new Control(home, 0, Theatre.of(stage, events))) {
            var said = run(Map.of("PAGES", pages, "BROWSER", "/usr/bin/chromium", "URL",
                    control.console(), "SECONDS", System.getenv().getOrDefault(
                    "P2PSIP_CONSOLE_SECONDS", "60"), "AXE",
                    System.getenv().getOrDefault("P2PSIP_AXE", "none")));
            System.out.println("console: " + said);
            assertThat(said).contains("entered true", "selected by keys",
                    "added and killed by keys", "cut and healed by the mouse", "rewound",
                    "text &lt;script&gt;document.title=2&lt;/script&gt;\\u202e", "long []")
                    .noneMatch(line -> line.startsWith("error"));
            assertThat(value(said, "script")).as("milliseconds for each event").isLessThan(2);
            var heap = said.stream().filter(line -> line.startsWith("heap ")).findFirst()
                    .orElseThrow().substring(5).split(" ");
            assertThat(Double.parseDouble(heap[heap.length - 1])).as("bytes after a collection")
                    .isLessThan(1.1 * Double.parseDouble(heap[1]));
        }
    }

    private static double value(List<String> said, String name) {
        return said.stream().filter(line -> line.startsWith(name + " ")).mapToDouble(line ->
                Double.parseDouble(line.substring(name.length() + 1))).findFirst().orElseThrow();
    }

    private List<String> run(Map<String, String> environment) throws Exception {
        var script = home.resolve("console.mjs");
        try (var in = ConsolePeerTest.class.getResourceAsStream("console.mjs")) {
            Files.copy(in, script);
        }
        var out = home.resolve("out");
        var builder = new ProcessBuilder("node", "" + script).redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(15, TimeUnit.MINUTES)).as(Files.readString(out)).isTrue();
            return Files.readAllLines(out);
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}
