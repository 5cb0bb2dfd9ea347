package p2psip.tools.rfc;

import module java.base;

/// The Java sources of std, app and tools, main and test, what their packages leave out, and the
/// citations in both.
public record Sources(Path root, List<Source> files, List<LeftOut> leftOut) {
    private static final List<String> MODULES = List.of("std", "app", "tools");

    public Sources {
        files = List.copyOf(files);
        leftOut = List.copyOf(leftOut);
    }

    /// One file; its path is relative to the root of the repository.
    public record Source(Path path, List<String> lines) {
        public Source { lines = outsideTextBlocks(lines); }

        /// What stands in a text block is no comment: such lines are read as quotation marks only.
        private static List<String> outsideTextBlocks(List<String> lines) {
            var read = new ArrayList<String>();
            boolean inside = false;
            for (var line : lines) {
                read.add(inside ? "\"" : line);
                inside ^= line.split("\"\"\"", -1).length % 2 == 0;
            }
            return List.copyOf(read);
        }

        boolean test() { return path.startsWith(path.getName(0).resolve("src/test")); }

        /// The first line (counted from 0) at or after this one that is no citation.
        int target(int line) {
            while (line < lines.size() && Citation.is(lines.get(line))) line++;
            return line;
        }

        public List<Citation> citations() {
            return IntStream.range(0, lines.size()).boxed()
                    .flatMap(i -> Citation.parse(path, i + 1, target(i) + 1, test(), lines.get(i))
                            .stream())
                    .toList();
        }
    }

    /// The root of the repository, looked for upwards from where the tools' classes are and from
    /// the working directory.
    public static Optional<Path> repository() {
        return Stream.of(home(), Path.of("").toAbsolutePath())
                .flatMap(start -> Stream.iterate(start, Objects::nonNull, Path::getParent))
                .filter(folder -> MODULES.stream()
                        .allMatch(module -> Files.exists(folder.resolve(module, "pom.xml"))))
                .findFirst();
    }

    private static Path home() {
        try {
            return Path.of(Sources.class.getProtectionDomain().getCodeSource().getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);   // a location on this machine is a URI
        }
    }

    public static Sources under(Path root) {
        var folders = MODULES.stream().flatMap(module -> Stream.of("main", "test")
                        .map(part -> root.resolve(module, "src", part, "java")))
                .filter(Files::isDirectory).toList();
        return new Sources(root, read(root, folders, ".java")
                .map(f -> new Source(f, lines(root.resolve(f)))).toList(),
                read(root, folders, "/" + LeftOut.NAME)
                        .map(f -> new LeftOut(f, lines(root.resolve(f)))).toList());
    }

    /// The paths, from the root, of the files below these folders whose names end so.
    private static Stream<Path> read(Path root, List<Path> folders, String end) {
        return folders.stream().flatMap(folder -> {
            try (var walk = Files.walk(folder)) {
                return walk.filter(file -> file.toString().endsWith(end)).sorted()
                        .map(root::relativize).toList().stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// The lines of a file that has to be there, as they are written.
    public static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The line that a citation stands over.
    String line(Citation citation) {
        return file(citation.file()).orElseThrow().lines().get(citation.target() - 1).strip();
    }

    /// The source with that path.
    public Optional<Source> file(Path path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    /// The source of a class: of what runs, or else of a test.
    ///
    /// @param name `Proxy`, or `rfc3550.Session` where several have that name
    /// @throws IllegalArgumentException if it is not one class
    public Path named(String name) {
        var file = Path.of(name.replace('.', '/') + ".java");
        var found = files.stream().collect(Collectors.partitioningBy(Source::test)).values()
                .stream().map(of -> of.stream().map(Source::path).filter(p -> p.endsWith(file))
                        .toList()).filter(paths -> !paths.isEmpty()).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no class has that name"));
        if (found.size() > 1)
            throw new IllegalArgumentException(found.size() + " classes have that name: " + found);
        return found.getFirst();
    }

    /// What the package of a file leaves out, if it says so.
    public Optional<LeftOut> leftOutBeside(Path file) {
        return leftOut.stream().filter(l -> l.path().equals(file.resolveSibling(LeftOut.NAME)))
                .findFirst();
    }

    public List<Citation> citations() {
        return Stream.concat(files.stream().flatMap(source -> source.citations().stream()),
                leftOut.stream().flatMap(left -> left.citations().stream())).toList();
    }
}
