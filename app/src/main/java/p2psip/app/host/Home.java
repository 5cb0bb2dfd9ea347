package p2psip.app.host;

import module java.base;

/// The folder where a node lives: locked while in use, readable by its owner only.
///
/// A second node takes the folder `node-2` within it, a third `node-3`, and [#taken] says so.
public final class Home implements AutoCloseable {
    /// How many nodes of one user can run on a computer.
    private static final int NODES = 100;

    private static final FileAttribute<?> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /// A home that cannot be used; the message is one line for the user.
    public static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unusable(Path path, String why) { this(path, why, ""); }

        /// @param hint what else can be done: `repair it, or `
        Unusable(Path path, String why, String hint) {
            super("cannot use " + path + " as home: " + why + "; " + hint
                    + "choose another with --home DIR");
        }
    }

    private final Path path;
    private final FileChannel lock;
    private final Optional<String> taken;

    private Home(Path path, FileChannel lock, Optional<String> taken) {
        this.path = path;
        this.lock = lock;
        this.taken = taken;
    }

    /// `~/.p2psip`
    public static Path usual() { return Path.of(System.getProperty("user.home"), ".p2psip"); }

    /// Makes the folder if need be and locks it, or the first of its `node-N` that is free.
    ///
    /// @throws Unusable if it is no folder, or may not be written
    public static Home open(Path wanted) {
        for (int i = 1; i <= NODES; i++) {
            var path = i == 1 ? wanted : wanted.resolve("node-" + i);
            var lock = lock(path);
            if (lock.isPresent()) return new Home(path, lock.get(), i == 1 ? Optional.empty()
                    : Optional.of(wanted + " is in use: this node lives in " + path));
        }
        throw new Unusable(wanted, NODES + " nodes live there already");
    }

    /// A folder that is there, if no node is at home.
    ///
    /// @throws Unusable if it is no folder, or may not be written
    public static Optional<Home> free(Path path) {
        return lock(path).map(lock -> new Home(path, lock, Optional.empty()));
    }

    /// The folder.
    public Path path() { return path; }

    /// What to tell the user if the folder wanted was in use.
    public Optional<String> taken() { return taken; }

    /// A file of this home, made readable by its owner only if it is not there yet.
    public Path file(String name) {
        var file = path.resolve(name);
        try {
            if (Files.notExists(file)) Files.createFile(file, FILE);
            if (!Files.isReadable(file) || !Files.isWritable(file))
                throw new Unusable(path, name + " may not be read and written");
            return file;
        } catch (IOException e) {
            throw new Unusable(path, Why.of(e));
        }
    }

    /// Has a file hold this text, for its owner alone: all of it, or what it held before.
    ///
    /// @throws IOException if it cannot be written
    public static void write(Path file, String text) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (var out = FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE), FILE)) {
            var bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) out.write(bytes);
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Makes a folder for its owner alone, if there is none.
    public static void make(Path path) throws IOException {
        Files.createDirectories(path, FOLDER);
    }

    /// Whether a node is at home in a folder that is there.
    public static boolean inhabited(Path path) {
        if (Files.notExists(path.resolve("lock"))) return false;
        var lock = lock(path);
        lock.ifPresent(Why::quietly);
        return lock.isEmpty();
    }

    /// A folder and those within it where second nodes live, as far as they are there.
    public static List<Path> all(Path wanted) {
        return IntStream.rangeClosed(1, NODES)
                .mapToObj(i -> i == 1 ? wanted : wanted.resolve("node-" + i))
                .filter(Files::isDirectory).toList();
    }

    @Override public void close() { Why.quietly(lock); }

    private static Optional<FileChannel> lock(Path path) {
        FileChannel channel = null;
        try {
            Files.createDirectories(path, FOLDER);
            channel = FileChannel.open(path.resolve("lock"), Set.of(StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE), FILE);
            if (channel.tryLock() != null) return Optional.of(channel);
        } catch (OverlappingFileLockException e) {
            // another node of this very program
        } catch (FileAlreadyExistsException e) {
            throw new Unusable(path, "it is not a folder");
        } catch (IOException e) {
            throw new Unusable(path, Why.of(e));
        }
        if (channel != null) Why.quietly(channel);
        return Optional.empty();
    }
}
