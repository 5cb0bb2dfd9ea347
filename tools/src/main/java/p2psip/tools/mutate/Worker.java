package p2psip.tools.mutate;

import module java.base;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import p2psip.tools.compile.Compiled;
import p2psip.tools.compile.Compiled.Source;

/// A process that is given jobs by its standard input and answers by its output, each a serialized
/// object. What a mutant can do at worst is to stop this process.
final class Worker {
    /// What it is to do.
    sealed interface Job extends Serializable {}

    /// Run a test class with probes.
    record Visit(String test) implements Job {}

    /// Run test classes one after the other against a mutant until one fails.
    record Trial(Mutant mutant, List<Reach.Witness> tests) implements Job {}

    /// What came of a trial.
    enum Fate { KILLED, SURVIVED, STILLBORN }

    /// @param by the test that noticed
    record Verdict(Fate fate, String by) implements Serializable {}

    private final Path root;
    private final String libraries;
    private final List<Path> folders;
    private final Loader.Classes classes;

    private Worker(Path root, String module) throws IOException {
        this.root = root;
        folders = folders(root, module);
        classes = Loader.Classes.below(folders);
        libraries = System.getProperty("java.class.path");
    }

    /// A module's classes, those of its tests, and those of the modules below.
    static List<Path> folders(Path root, String module) {
        var names = module.equals("std") ? List.of("std/target/classes", "std/target/test-classes")
                : List.of(module + "/target/classes", module + "/target/test-classes",
                        "std/target/classes", "std/target/test-classes");
        return names.stream().map(root::resolve).filter(Files::isDirectory).toList();
    }

    /// @param args the root of the repository and a module of it
    public static void main(String[] args) throws IOException, ClassNotFoundException {
        var out = new ObjectOutputStream(System.out);
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(System.out);
        out.flush();
        var worker = new Worker(Path.of(args[0]), args[1]);
        try (var in = new ObjectInputStream(System.in)) {
            while (true) {
                out.writeObject(worker.answer((Job) in.readObject()));
                out.flush();
                out.reset();
                if (worker.stuck) Runtime.getRuntime().halt(0);
            }
        } catch (EOFException e) {
            Runtime.getRuntime().halt(0);   // whoever started it is done
        }
    }

    private boolean stuck;

    private Object answer(Job job) throws IOException {
        return switch (job) {
            case Visit(var test) -> visit(test);
            case Trial(var mutant, var tests) -> compiled(mutant).map(mutated ->
                    trial(mutated, tests)).orElse(new Verdict(Fate.STILLBORN, ""));
        };
    }

    private Reach.Line visit(String test) {
        Probe.forget();
        long begin = System.nanoTime();
        var failing = failing(test, new Loader(classes, Map.of(), true), Duration.ofMinutes(5));
        return new Reach.Line(test, failing, Duration.ofNanos(System.nanoTime() - begin),
                Probe.told());
    }

    private Verdict trial(Map<String, byte[]> mutated, List<Reach.Witness> tests) {
        var loader = new Loader(classes, mutated, false);
        for (var test : tests) {
            var failing = failing(test.test(), loader, test.limit());
            if (stuck) return new Verdict(Fate.KILLED, "hangs in " + test.test());
            if (!test.failing().containsAll(failing.keySet()))
                return new Verdict(Fate.KILLED, test.test());
        }
        return new Verdict(Fate.SURVIVED, "");
    }

    /// What fails of a test class, and why.
    private Map<String, String> failing(String test, Loader loader, Duration limit) {
        var failing = new TreeMap<String, String>();
        var thread = new Thread(() -> run(test, loader, failing));
        thread.setDaemon(true);
        thread.start();
        try {
            stuck = !thread.join(limit);
        } catch (InterruptedException e) {
            stuck = true;
        }
        return stuck ? Map.of(test, "hangs") : failing;
    }

    private static void run(String test, Loader loader, Map<String, String> failing) {
        Thread.currentThread().setContextClassLoader(loader);
        try {
            var listener = new SummaryGeneratingListener();
            LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectClass(loader.loadClass(test)))
                    .configurationParameter("jqwik.database", "")
                    .configurationParameter("jqwik.reporting.onlyfailures", "true")
                    .configurationParameter("jqwik.shrinking.default", "OFF")
                    .build(), listener);
            listener.getSummary().getFailures().forEach(f -> failing.put(
                    f.getTestIdentifier().getUniqueId(), why(f.getException())));
        } catch (ClassNotFoundException | LinkageError e) {
            failing.put(test, why(e));
        }
    }

    private static String why(Throwable e) {
        var root = Stream.iterate(e, Objects::nonNull, Throwable::getCause)
                .reduce((_, cause) -> cause).orElse(e);
        var line = root.toString().replaceAll("\\s+", " ");
        return line.substring(0, Math.min(line.length(), 200));
    }

    private Optional<Map<String, byte[]>> compiled(Mutant mutant) throws IOException {
        var file = root.resolve(mutant.file());
        var sources = new ArrayList<>(List.of(new Source(file.getFileName().toString(),
                mutant.applied(Files.readString(file)))));
        if (!mutant.word().isEmpty()) for (var user : users(mutant))
            sources.add(new Source(user.getFileName().toString(), Files.readString(user)));
        var path = folders.stream().map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)) + File.pathSeparator + libraries;
        var compiled = Compiled.of(sources, List.of("-proc:none", "-Xlint:none", "-implicit:none",
                "-parameters", "-g", "-cp", path));
        return compiled.good() ? Optional.of(compiled.classes()) : Optional.empty();
    }

    /// The other files that have a word.
    private List<Path> users(Mutant mutant) throws IOException {
        var word = Pattern.compile("\\b" + mutant.word() + "\\b");
        try (var walk = Files.walk(root.resolve(mutant.module(), "src"))) {
            var users = new ArrayList<Path>();
            for (var file : (Iterable<Path>) walk.filter(f -> f.toString().endsWith(".java")
                    && !f.equals(root.resolve(mutant.file())))::iterator)
                if (word.matcher(Files.readString(file)).find()) users.add(file);
            return users;
        }
    }
}
