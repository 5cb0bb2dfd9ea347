package p2psip.tools.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.AssertionFailedError;
import p2psip.app.p2psip.Main;
import p2psip.tools.Night;

/// The experiments of the guide's chapter, made in earnest: one line of a source is changed, it is
/// compiled, and tests run with it. What breaks is what the chapter says breaks.
class ExperimentTest {
    private static final Path ROOT = Sources.repository().orElseThrow();
    private static final String TIMES = "rfc3261/TimerValues", CLIENT = "rfc3261/ClientTransaction";

    /// Lines that differ, shown of one test.
    private static final int SHOWN = 6;

    /// Characters shown of such a line.
    private static final int WIDTH = 90;

    @TempDir Path folder;

    @Test void a_timer_b_of_half_its_length() {
        assertTold("timer-b.txt", broken("std", TIMES, "By(64)", "By(32)", CLIENT));
    }

    @Test void a_t1_of_a_quarter_of_a_second() {
        assertTold("t1.txt", broken("std", TIMES, "T1 = Duration.ofMillis(500)",
                "T1 = Duration.ofMillis(250)", CLIENT));
    }

    @Test void a_gap_that_does_not_double() {
        assertTold("gap.txt", broken("std", "rfc3261/InviteClientTransaction",
                "gap = gap.multipliedBy(2);", "gap = gap.multipliedBy(1);", CLIENT));
    }

    @Test void a_proxy_that_does_not_ask_to_stay_on_the_way() {
        assertTold("record-route.txt", broken("std", "rfc3261/server/RecordRoute",
                "if (!wanted(copy)) return copy;", "if (wanted(copy)) return copy;",
                "rfc3261/server/ProxyRouting"));
    }

    @Test void the_worst_response_of_a_fork() {
        assertTold("worst.txt", broken("std", "rfc3261/server/BestResponse",
                "Collections.min(", "Collections.max(",
                "rfc3261/server/BestResponse", "rfc3261/server/ProxyAnswers"));
    }

    @Test void reports_without_chance() {
        assertTold("chance.txt", broken("std", "rfc3550/Interval",
                "(random.nextDouble() + 0.5)", "1.0",
                "rfc3550/Interval", "rfc3550/SessionSimulation"));
    }

    @Test void one_place_on_the_ring_in_place_of_two() {
        Night.only();
        assertTold("one-place.txt", broken("app", "dht/Storage",
                "List.of(point, point.opposite())", "List.of(point, point)",
                "dht/Storage", "dht/RingNode"));
    }

    @Test void a_ring_without_shortcuts() {
        Night.only();
        assertTold("shortcuts.txt", broken("app", "dht/RoutingTable",
                "{ cells.put(cell(peer.id()), peer); }", "{ }", "dht/RingNode"));
    }

    /// One that changes nothing: who gets through to whom.
    @Test void every_kind_of_router_against_every_other() {
        Night.only();
        var out = new StringWriter();
        assertThat(Main.command().setOut(new PrintWriter(out)).execute("sim", "nat")).isZero();
        assertTold("nat.txt", out.toString());
    }

    @Test void without_a_change_nothing_breaks() {
        assertThat(broken("std", TIMES, "By(64)", "By(64)", CLIENT)).isEmpty();
    }

    @Test void nor_does_anything_of_the_ring() {
        Night.only();
        assertThat(broken("app", "dht/Storage", "List.of(point, ", "List.of(point, ",
                "dht/Storage", "dht/RingNode")).isEmpty();
    }

    /// The guide has the text as a file; what is true now is left in the build's folder, to be
    /// taken over if the change is meant.
    private static void assertTold(String name, String broken) {
        var now = ROOT.resolve("tools/target/experiment").resolve(name);
        try {
            Files.createDirectories(now.getParent());
            Files.writeString(now, broken);
            assertThat(Files.readString(ROOT.resolve("docs/src/experiment").resolve(name)))
                    .as("docs/src/experiment/" + name + ": see " + now).isEqualTo(broken);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The tests that fail when a source says something else: the sentences each cites, and the
    /// lines of the flow that differ. Properties are left out, for they draw their cases by chance.
    private String broken(String module, String source, String from, String to, String... tests) {
        var sources = Path.of(module, "src/main/java/p2psip", module);
        var classes = List.of(ROOT.resolve(module + "/target/classes"),
                ROOT.resolve(module + "/target/test-classes"));
        Changed.compile(ROOT.resolve(sources).resolve(source + ".java"), Map.of(from, to), folder,
                ROOT.resolve(module + "/target/classes"));
        var out = new StringBuilder();
        try (var loader = new Changed("p2psip." + module + ".",
                Stream.concat(Stream.of(folder), classes.stream()).toList())) {
            for (var test : tests) {
                var name = "p2psip." + module + "." + test.replace('/', '.') + "Test";
                told(Path.of(module, "src/test/java", name.replace('.', '/') + ".java"),
                        failures(loader.loadClass(name)), out);
            }
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toString();
    }

    private static void told(Path test, Map<String, Throwable> failures, StringBuilder out)
            throws IOException {
        var methods = Methods.of(ROOT, List.of(test)).get(test).methods();
        var citations = new Sources.Source(test, Files.readAllLines(ROOT.resolve(test)))
                .citations();
        for (var method : methods) {
            var failure = failures.get(method.name());
            if (failure == null) continue;
            out.append(method.className().replaceFirst(".*\\.", "")).append('.')
                    .append(method.name()).append('\n');
            citations.stream().filter(c -> method.firstLine() <= c.target()
                    && c.line() <= method.lastLine()).forEach(c -> out.append(
                            "    cites %s: %s\n".formatted(c.place(), c.words())));
            shown(failure).forEach(line -> out.append("    ").append(line).append('\n'));
        }
    }

    /// How the tests of a class fail, by the names of their methods.
    private static Map<String, Throwable> failures(Class<?> type) {
        var failures = new HashMap<String, Throwable>();
        LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(type))
                .filters(EngineFilter.includeEngines("junit-jupiter")).build(),
                new TestExecutionListener() {
                    @Override public void executionFinished(
                            TestIdentifier test, TestExecutionResult result) {
                        result.getThrowable().ifPresent(failure -> failures.put(((MethodSource)
                                test.getSource().orElseThrow()).getMethodName(), failure));
                    }
                });
        return failures;
    }

    /// The lines that differ, or what is said where no text was compared.
    private static List<String> shown(Throwable failure) {
        if (!(failure instanceof AssertionFailedError compared) || !compared.isExpectedDefined())
            return said(failure);
        var expected = compared.getExpected().getStringRepresentation().lines().toList();
        var actual = compared.getActual().getStringRepresentation().lines().toList();
        return first(Stream.concat(
                expected.stream().filter(line -> !actual.contains(line)).map("- "::concat),
                actual.stream().filter(line -> !expected.contains(line)).map("+ "::concat))
                .toList());
    }

    private static List<String> said(Throwable failure) {
        return first(String.valueOf(failure.getMessage()).lines().map(String::strip)
                .filter(line -> !line.isEmpty()).map("! "::concat).toList());
    }

    private static List<String> first(List<String> lines) {
        return Stream.concat(lines.stream().limit(SHOWN).map(line -> line.length() <= WIDTH ? line
                : line.substring(0, WIDTH) + " ..."), lines.size() <= SHOWN ? Stream.of()
                : Stream.of("... and " + (lines.size() - SHOWN) + " lines more")).toList();
    }
}
