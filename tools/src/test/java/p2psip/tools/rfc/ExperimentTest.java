package p2psip.tools.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import java.lang.reflect.InvocationTargetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/// The experiments of the guide's chapter, made in earnest: one line of a source is changed, it is
/// compiled, and the tests of `std` run with it. What breaks is what the chapter says breaks.
class ExperimentTest {
    private static final Path ROOT = Sources.repository().orElseThrow();
    private static final Path CLASSES = ROOT.resolve("std/target/classes");
    private static final Path TEST_CLASSES = ROOT.resolve("std/target/test-classes");
    private static final Path TIMES = Path.of("p2psip/std/rfc3261/TimerValues.java");

    private static final Path TESTS =
            Path.of("std/src/test/java/p2psip/std/rfc3261/ClientTransactionTest.java");

    /// Lines that differ, shown of one test.
    private static final int SHOWN = 6;

    @TempDir Path folder;

    @Test void a_timer_b_of_half_its_length() {
        assertTold("timer-b.txt", broken(TIMES, "64 * t1", "32 * t1"));
    }

    @Test void a_t1_of_a_quarter_of_a_second() {
        assertTold("t1.txt", broken(TIMES, "ofMillis(500), Duration.ofSeconds(4)",
                "ofMillis(250), Duration.ofSeconds(4)"));
    }

    @Test void a_gap_that_does_not_double() {
        assertTold("gap.txt", broken(
                Path.of("p2psip/std/rfc3261/InviteClientTransaction.java"),
                "gap = gap.multipliedBy(2);", "gap = gap.multipliedBy(1);"));
    }

    @Test void without_a_change_nothing_breaks() {
        assertThat(broken(TIMES, "64 * t1", "64 * t1")).isEmpty();
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

    /// The tests of the client transactions that fail when a source says something else: the
    /// sentences each cites, and the lines of the flow that differ.
    private String broken(Path source, String from, String to) {
        Changed.compile(ROOT.resolve("std/src/main/java").resolve(source), Map.of(from, to), folder,
                CLASSES);
        var citations = read(TESTS).citations();
        var out = new StringBuilder();
        try (var loader = new Changed("p2psip.std.", List.of(folder, CLASSES, TEST_CLASSES))) {
            var type = loader.loadClass("p2psip.std.rfc3261.ClientTransactionTest");
            for (var method : Methods.of(ROOT, List.of(TESTS)).get(TESTS).methods()) {
                var failure = failure(type, method.name());
                if (failure.isEmpty()) continue;
                out.append(method.name()).append('\n');
                citations.stream().filter(c -> method.firstLine() <= c.target()
                        && c.line() <= method.lastLine()).forEach(c -> out.append(
                                "    cites %s: %s\n".formatted(c.place(), c.words())));
                differences(failure.get()).forEach(line ->
                        out.append("    ").append(line).append('\n'));
            }
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toString();
    }

    private static Sources.Source read(Path path) {
        try {
            return new Sources.Source(path, Files.readAllLines(ROOT.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How a test of the changed class fails, if it is one and does.
    private static Optional<AssertionFailedError> failure(Class<?> type, String name)
            throws ReflectiveOperationException {
        var test = Arrays.stream(type.getDeclaredMethods()).filter(m -> m.getName().equals(name)
                && m.isAnnotationPresent(Test.class)).findFirst();
        if (test.isEmpty()) return Optional.empty();
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        test.get().setAccessible(true);
        try {
            test.get().invoke(constructor.newInstance());
            return Optional.empty();
        } catch (InvocationTargetException e) {
            return Optional.of((AssertionFailedError) e.getCause());
        }
    }

    private static List<String> differences(AssertionFailedError failure) {
        var expected = failure.getExpected().getValue().toString().lines().toList();
        var actual = failure.getActual().getValue().toString().lines().toList();
        var all = Stream.concat(
                expected.stream().filter(line -> !actual.contains(line)).map("- "::concat),
                actual.stream().filter(line -> !expected.contains(line)).map("+ "::concat))
                .toList();
        return all.size() <= SHOWN ? all : Stream.concat(all.stream().limit(SHOWN),
                Stream.of("... and " + (all.size() - SHOWN) + " lines more")).toList();
    }
}
