package p2psip.tools.mutate;

import module java.base;
import p2psip.app.p2psip.UserMistake;
import p2psip.tools.mutate.Worker.*;
import p2psip.tools.rfc.*;
import p2psip.tools.rfc.Citation.*;

/// Breaks what is cited, line by line, and sees which test notices.
final class Campaign {
    private static final String CANNOT = "the process ended";

    private final Sources sources;
    private final List<Citation> cited;
    private final Map<Place, Set<String>> citing;
    private final int jobs;
    private final PrintWriter out;

    /// @param sources their classes and tests must have been compiled
    Campaign(Sources sources, int jobs, PrintWriter out) {
        this.sources = sources;
        this.jobs = jobs;
        this.out = out;
        var all = sources.citations();
        cited = all.stream().filter(c -> c.type() == Type.IMPLEMENTED
                && c.file().startsWith(c.file().getName(0).resolve("src/main"))).toList();
        citing = new HashMap<>();
        all.stream().filter(c -> c.type() == Type.TEST).forEach(c -> c.place().each().forEach(
                place -> citing.computeIfAbsent(place, _ -> new HashSet<>())
                        .add(Mutant.topClass(c.file().toString()))));
    }

    /// The RFCs that main code cites.
    Set<Integer> rfcs() {
        return cited.stream().map(c -> c.place().rfc())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// What the tests notice of some RFCs.
    ///
    /// @param at what the place of a mutant must have
    List<Scores.Score> scores(Set<Integer> rfcs, String at, LocalDate day) throws IOException {
        var same = Equal.under(sources.root());
        var results = new ArrayList<Result>();
        var equal = new ArrayList<Mutant>();
        for (var module : cited.stream().map(Campaign::module).distinct().toList()) {
            var mutants = mutants(module, rfcs).stream().filter(m -> m.where().contains(at))
                    .collect(Collectors.partitioningBy(same::names));
            equal.addAll(mutants.get(true));
            if (mutants.get(false).isEmpty()) continue;
            compiled(module);
            results.addAll(tried(module, mutants.get(false)));
        }
        if (at.isEmpty()) same.idle(equal, rfcs::contains)
                .forEach(mark -> out.println(Equal.FILE + " names nothing: " + mark));
        return rfcs.stream().map(rfc -> Scores.of(rfc, day, lines(rfc), results, equal)).toList();
    }

    private List<Mutant> mutants(String module, Set<Integer> rfcs) {
        var files = cited.stream().filter(c -> rfcs.contains(c.place().rfc()))
                .map(Citation::file).collect(Collectors.toSet());
        var path = Stream.concat(
                Worker.folders(sources.root(), module).stream().map(Path::toString),
                Stream.of(System.getProperty("java.class.path")))
                .collect(Collectors.joining(File.pathSeparator));
        return Mutants.of(sources.root(), cited.stream().filter(c -> files.contains(c.file())
                        && module(c).equals(module)).toList(), path).stream()
                .filter(m -> rfcs.stream().anyMatch(m::cites)).toList();
    }

    private int lines(int rfc) {
        return (int) cited.stream().filter(c -> c.place().rfc() == rfc)
                .map(c -> c.file() + ":" + c.target()).distinct().count();
    }

    private static String module(Citation citation) {
        return citation.file().getName(0).toString();
    }

    private List<Result> tried(String module, List<Mutant> mutants) throws IOException {
        var reach = reach(module);
        var done = new AtomicInteger();
        return shared(module, mutants, (hands, mutant) -> {
            var tests = reach.of(mutant, citing(mutant));
            var verdict = (Verdict) hands.ask(new Trial(mutant, tests))
                    .orElse(new Verdict(Fate.KILLED, CANNOT));
            out.println("%d/%d %s %s%s".formatted(done.incrementAndGet(), mutants.size(),
                    verdict.fate().name().toLowerCase(Locale.ROOT), mutant,
                    verdict.by().isEmpty() ? "" : " (" + verdict.by() + ")"));
            out.flush();
            return new Result(mutant, verdict);
        });
    }

    /// The test classes that cite one of the sentences that a mutant's line cites.
    private Set<String> citing(Mutant mutant) {
        return mutant.citations().stream().flatMap(c -> Citation.place(c).stream())
                .flatMap(place -> place.each().stream())
                .flatMap(place -> citing.getOrDefault(place, Set.of()).stream())
                .collect(Collectors.toSet());
    }

    /// What one of those who share the work does with a piece of it.
    private interface Doing<T, R> { R with(Hands hands, T piece) throws IOException; }

    private <T, R> List<R> shared(String module, List<T> pieces, Doing<T, R> doing)
            throws IOException {
        var left = new ConcurrentLinkedQueue<>(IntStream.range(0, pieces.size()).boxed().toList());
        var results = new ConcurrentSkipListMap<Integer, R>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, jobs).mapToObj(_ -> pool.submit(() -> {
                try (var hands = new Hands(sources.root(), module)) {
                    for (var i = left.poll(); i != null; i = left.poll())
                        results.put(i, doing.with(hands, pieces.get(i)));
                }
                return null;
            })).toList();
            for (var one : all) one.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IOException("the work was not done", e);
        }
        return List.copyOf(results.values());
    }

    /// From the last time, as long as nothing was compiled since.
    private Reach reach(String module) throws IOException {
        var file = sources.root().resolve("tools", "target", "reach-" + module + ".bin");
        if (Files.exists(file) && Worker.folders(sources.root(), module).stream()
                .allMatch(folder -> newest(folder).compareTo(newest(file)) < 0)) {
            try (var in = new ObjectInputStream(Files.newInputStream(file))) {
                return new Reach(((List<?>) in.readObject()).stream()
                        .map(Reach.Line.class::cast).toList());
            } catch (ClassNotFoundException | InvalidClassException e) {
                Files.delete(file);   // of another day
            }
        }
        var tests = Reach.tests(sources.root().resolve(module, "target", "test-classes"));
        var lines = shared(module, tests, (hands, test) -> (Reach.Line) hands.ask(new Visit(test))
                .orElse(new Reach.Line(test, Map.of(test, CANNOT), Duration.ZERO, Map.of())));
        lines.forEach(line -> line.failing().forEach((test, why) -> out.println(
                test.replaceFirst(".*?/", "") + " fails by itself: " + why)));
        Files.createDirectories(file.getParent());
        try (var to = new ObjectOutputStream(Files.newOutputStream(file))) {
            to.writeObject(new ArrayList<>(lines));
        }
        return new Reach(lines);
    }

    private void compiled(String module) {
        for (var part : Map.of("main", "classes", "test", "test-classes").entrySet()) {
            var from = sources.root().resolve(module, "src", part.getKey(), "java");
            var to = sources.root().resolve(module, "target", part.getValue());
            if (!Files.isDirectory(to) || newest(from).compareTo(newest(to)) > 0)
                throw new UserMistake("what is in " + from + " is not compiled; run"
                        + " mvn -pl std,app test-compile first");
        }
    }

    private static FileTime newest(Path folder) {
        try (var walk = Files.walk(folder)) {
            var newest = FileTime.fromMillis(0);
            for (var file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
                var time = Files.getLastModifiedTime(file);
                if (time.compareTo(newest) > 0) newest = time;
            }
            return newest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One worker's process: started when there is something to do, and again when it ended.
    private static final class Hands implements Closeable {
        private final Path root;
        private final String module;
        private Optional<Running> running = Optional.empty();

        private record Running(Process process, ObjectOutputStream to, ObjectInputStream from) {}

        Hands(Path root, String module) {
            this.root = root;
            this.module = module;
        }

        /// The answer; none when two processes ended over it.
        Optional<Object> ask(Job job) throws IOException {
            for (int tries = 0; tries < 2; tries++) {
                var now = running.isPresent() ? running.get() : start();
                running = Optional.of(now);
                try {
                    now.to.writeObject(job);
                    now.to.flush();
                    now.to.reset();
                    return Optional.of(now.from.readObject());
                } catch (IOException e) {
                    close();
                } catch (ClassNotFoundException e) {
                    throw new AssertionError(e);   // it has the same classes
                }
            }
            return Optional.empty();
        }

        private Running start() throws IOException {
            var process = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx700m",
                    "-XX:MaxMetaspaceSize=400m", "-XX:+ExitOnOutOfMemoryError",
                    "-Dtries.most=30", "-cp", System.getProperty("java.class.path"),
                    Worker.class.getName(), root.toString(), module)
                    .directory(root.resolve(module).toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            return new Running(process, new ObjectOutputStream(process.getOutputStream()),
                    new ObjectInputStream(process.getInputStream()));
        }

        @Override public void close() {
            running.ifPresent(r -> r.process.destroyForcibly());
            running = Optional.empty();
        }
    }
}
