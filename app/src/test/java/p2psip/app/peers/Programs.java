package p2psip.app.peers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import module java.base;
import p2psip.app.p2psip.Display;

/// Programs of others that a test has started: each writes into a file of its own, and ends with
/// the test.
final class Programs implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final List<Process> started = new ArrayList<>();

    Programs(Path folder) { this.folder = folder; }

    static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    /// Whether there is the time of a night (`-Pnight`).
    static void assumeNight() {
        assumeTrue(Integer.getInteger("tries.least", 0) > 0, "at night: -Pnight");
    }

    static void assumeThere(String program) {
        assumeTrue(isThere(program), program + " is not installed");
    }

    Process start(String... command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("out" + started.size()).toFile())
                .directory(folder.toFile()).start();
        started.add(process);
        return process;
    }

    /// One that is spoken with; what goes wrong with it stands in a file.
    Process speak(String... command) throws IOException {
        started.add(new ProcessBuilder(command).directory(folder.toFile()).redirectError(
                folder.resolve("err" + started.size()).toFile()).start());
        return started.getLast();
    }

    /// What the one that was started last has written.
    String output() {
        try {
            return Files.readString(folder.resolve("out" + (started.size() - 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until the one that was started last has written this.
    void says(String text) { says(text, PATIENCE); }

    void says(String text, Duration patience) {
        new Display(this::output, last()::isAlive, patience).await(text);
    }

    /// The one that was started last.
    Process last() { return started.getLast(); }

    /// They are gone when it returns: some write until their end.
    @Override public void close() {
        started.forEach(Process::destroy);
        for (var process : started) try {
            if (!process.waitFor(PATIENCE)) process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
