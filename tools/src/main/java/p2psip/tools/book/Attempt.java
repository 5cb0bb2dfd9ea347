package p2psip.tools.book;

import module java.base;
import javax.tools.*;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.*;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import p2psip.tools.compile.Compiled;

/// What came of an exercise: it does not compile, it does not end, or its tests say what is wrong.
///
/// @param results of its tests, in the order of the file; or what the compiler says
record Attempt(List<Result> results) {
    Attempt { results = List.copyOf(results); }

    /// What came of one test.
    ///
    /// @param name  what it says, or the line of which the compiler speaks
    /// @param wrong what is not as it should be, and in which line; empty if it is content
    record Result(String name, Optional<String> wrong) {}

    /// A test of an exercise takes milliseconds; who is slower goes round in circles.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /// What is not as it should be, by the names of the tests.
    SequencedMap<String, String> wrong() {
        var wrong = new LinkedHashMap<String, String>();
        results.forEach(result -> result.wrong.ifPresent(why -> wrong.put(result.name, why)));
        return wrong;
    }

    boolean done() { return wrong().isEmpty() && !results.isEmpty(); }

    static Attempt at(String type, String source) { return at(type, source, PATIENCE); }

    /// Compiles a source and runs the tests in it.
    ///
    /// @param type the class that it declares
    /// @param patience how long its tests may take
    static Attempt at(String type, String source, Duration patience) {
        var compiled = Compiled.of(List.of(new Compiled.Source(type, source)), List.of(
                "-proc:none", "-Xlint:all", "-Xlint:-processing", "-Werror", "-cp",
                System.getProperty("java.class.path")));
        return new Attempt(compiled.good()
                ? run(compiled.loader(Attempt.class.getClassLoader()), type, source, patience)
                : complaints(compiled.said()));
    }

    /// Of each line the first.
    private static List<Result> complaints(List<Diagnostic<? extends JavaFileObject>> all) {
        var complaints = new LinkedHashMap<String, String>();
        all.stream().filter(d -> d.getKind() != Diagnostic.Kind.NOTE && d.getLineNumber() > 0)
                .forEach(d -> complaints.putIfAbsent("line " + d.getLineNumber(),
                        d.getMessage(Locale.ENGLISH)));
        return complaints.entrySet().stream()
                .map(c -> new Result(c.getKey(), Optional.of(c.getValue()))).toList();
    }

    private static List<Result> run(
            ClassLoader loader, String type, String source, Duration patience) {
        var ear = new Ear(type, source);
        var thread = new Thread(() -> {
            Thread.currentThread().setContextClassLoader(loader);
            LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectClass(loader, type)).build(), ear);
        });
        thread.setDaemon(true);
        thread.start();
        var results = new ArrayList<Result>();
        try {
            if (!thread.join(patience)) results.add(new Result("the tests", Optional.of(
                    "have not ended after " + patience.toMillis()
                    + " ms: something goes round in circles")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        results.addAll(0, ear.heard());
        return results;
    }

    /// Hears what becomes of the tests in a source.
    private static final class Ear implements TestExecutionListener {
        private final String type, source;
        /// By their places in the source, which is not the order in which they run.
        private final NavigableMap<Integer, Result> results = new ConcurrentSkipListMap<>();

        Ear(String type, String source) {
            this.type = type;
            this.source = source;
        }

        List<Result> heard() { return List.copyOf(results.values()); }

        @Override public void executionFinished(
                TestIdentifier test, TestExecutionResult result) {
            if (!test.isTest() && result.getThrowable().isEmpty()) return;
            var name = test.getDisplayName().replaceFirst("\\(.*\\)$", "");
            results.put(source.indexOf("void " + name + "("), new Result(
                    name.replace('_', ' '), result.getThrowable().map(this::why)));
        }

        /// Where it went wrong, as far as that is in the source, and what it was.
        private String why(Throwable e) {
            var lines = Arrays.stream(e.getStackTrace())
                    .filter(frame -> (frame.getClassName() + "$").startsWith(type + "$"))
                    .map(StackTraceElement::getLineNumber).toList();
            var text = source.lines().toList();
            // the first is where it happened, the last the test
            var ends = lines.isEmpty() ? Stream.<Integer>of()
                    : Stream.of(lines.getFirst(), lines.getLast()).distinct();
            var what = e instanceof AssertionError && e.getMessage() != null
                    ? e.getMessage().strip() : e.toString();
            return Stream.concat(ends.map(n -> "line " + n + ": " + text.get(n - 1).strip()),
                    Stream.of(what)).collect(Collectors.joining("\n"));
        }
    }
}
