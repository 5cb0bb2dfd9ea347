package p2psip.tools.book;

import module java.base;
import module java.compiler;
import javax.tools.ToolProvider;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.*;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// What came of an exercise: it does not compile, it does not end, or its tests say what is wrong.
///
/// @param passed the tests that are content, by name
/// @param wrong  what is not as it should be: a line of the compiler, or a test and what it saw
record Attempt(List<String> passed, SequencedMap<String, String> wrong) {
    /// A test of an exercise takes milliseconds; who is slower goes round in circles.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /// One for all: it has read what stands in the jars.
    private static final StandardJavaFileManager FILES =
            COMPILER.getStandardFileManager(null, null, null);

    boolean done() { return wrong.isEmpty() && !passed.isEmpty(); }

    static Attempt at(String type, String source) { return at(type, source, PATIENCE); }

    /// Compiles a source and runs the tests in it.
    ///
    /// @param type the class that it declares
    /// @param patience how long its tests may take
    static Attempt at(String type, String source, Duration patience) {
        var written = new HashMap<String, ByteArrayOutputStream>();
        var complaints = new DiagnosticCollector<JavaFileObject>();
        boolean good = COMPILER.getTask(Writer.nullWriter(), new Kept(FILES, written), complaints,
                List.of("-proc:none", "-Xlint:all", "-Xlint:-processing", "-Werror", "-cp",
                        System.getProperty("java.class.path")),
                null, List.of(new Text(type, source))).call();
        var attempt = new Attempt(new ArrayList<>(), new LinkedHashMap<>());
        if (good) attempt.run(new Loader(written), type, patience);
        else complaints.getDiagnostics().stream()
                .filter(d -> d.getKind() != Diagnostic.Kind.NOTE && d.getLineNumber() > 0)
                .forEach(d -> attempt.wrong.putIfAbsent("line " + d.getLineNumber(),
                        d.getMessage(Locale.ENGLISH)));
        return attempt;
    }

    private void run(Loader loader, String type, Duration patience) {
        var thread = new Thread(() -> {
            Thread.currentThread().setContextClassLoader(loader);
            LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectClass(loader, type)).build(), new Ear());
        });
        thread.setDaemon(true);
        thread.start();
        try {
            if (!thread.join(patience)) wrong.put("the tests", "have not ended after "
                    + patience.toMillis() + " ms: something goes round in circles");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Ear implements TestExecutionListener {
        @Override public void executionFinished(
                TestIdentifier test, TestExecutionResult result) {
            var name = test.getDisplayName().replaceFirst("\\(.*\\)$", "").replace('_', ' ');
            result.getThrowable().ifPresentOrElse(
                    e -> wrong.put(name, String.valueOf(e.getMessage()).strip()),
                    () -> { if (test.isTest()) passed.add(name); });
        }
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String type, String text) {
            super(URI.create("string:///" + type + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override public CharSequence getCharContent(boolean ignoreEncodingErrors) { return text; }
    }

    private static final class Kept extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written;

        Kept(JavaFileManager usual, Map<String, ByteArrayOutputStream> written) {
            super(usual);
            this.written = written;
        }

        @Override public JavaFileObject getJavaFileForOutput(Location location, String name,
                JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
                @Override public OutputStream openOutputStream() {
                    return written.computeIfAbsent(name, _ -> new ByteArrayOutputStream());
                }
            };
        }
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, ByteArrayOutputStream> written;

        Loader(Map<String, ByteArrayOutputStream> written) {
            super(Attempt.class.getClassLoader());
            this.written = written;
        }

        @Override protected Class<?> findClass(String name) throws ClassNotFoundException {
            var bytes = Optional.ofNullable(written.get(name))
                    .orElseThrow(() -> new ClassNotFoundException(name)).toByteArray();
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
