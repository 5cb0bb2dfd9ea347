package p2psip.tools.htmlify;

import module java.base;
import module java.compiler;
import module jdk.compiler;
import com.sun.source.tree.IdentifierTree;
import javax.tools.ToolProvider;
import p2psip.tools.rfc.Sources;

/// The sources as the compiler understands them: what each file declares, and where each name in it
/// leads to.
final class Program {

    enum Kind { TYPE, METHOD, FIELD }

    /// Something that has a name, and the lines it takes with its comment.
    ///
    /// @param owner the types around it, outermost first, joined by dots
    record Declaration(Kind kind, String owner, String name, int line, int firstLine,
            int lastLine) {
        String qualified() { return owner.isEmpty() ? name : owner + "." + name; }
    }

    /// A name at an offset of a file, and the file and line of what it names.
    record Link(int start, int length, Path file, int line) {}

    /// Lines of which little is to be learned: what follows the constants of an enum.
    record Fold(int from, int to) {}

    /// One file, its text and what was found in it, links in the order of the text.
    record Unit(Path path, String packageName, String text, List<Declaration> declarations,
            List<Link> links, List<Fold> folds) {
        Unit {
            declarations = List.copyOf(declarations);
            links = List.copyOf(links);
            folds = List.copyOf(folds);
        }

        String name() { return Html.name(path); }

        String packagePage() { return Html.page(path.getName(0).toString(), packageName); }

        boolean main() { return path.getName(2).toString().equals("main"); }

        boolean door() { return path.endsWith("package-info.java"); }

        /// The innermost method around a line.
        Optional<Declaration> method(int line) {
            return declarations.stream().filter(d -> d.kind == Kind.METHOD)
                    .filter(d -> d.firstLine <= line && line <= d.lastLine)
                    .reduce((_, inner) -> inner);
        }
    }

    private final Map<Path, Unit> units = new LinkedHashMap<>();
    private final Map<String, List<Map.Entry<Unit, Declaration>>> types = new HashMap<>();

    private Program() {}

    /// Without any source.
    static Program none() { return new Program(); }

    /// Reads all sources; what the class path lacks (the libraries of tests) leaves its names
    /// without links and does no other harm.
    static Program of(Sources sources) {
        var program = new Program();
        var root = sources.root();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var inputs = files.getJavaFileObjectsFromPaths(
                    sources.files().stream().map(file -> root.resolve(file.path())).toList());
            var task = (JavacTask) compiler.getTask(null, files, _ -> {},
                    List.of("-proc:none", "-implicit:none", "--should-stop=ifError=ATTR",
                            "--should-stop=ifNoError=ATTR",
                            "-classpath", System.getProperty("java.class.path")), null, inputs);
            var trees = new ArrayList<CompilationUnitTree>();
            task.parse().forEach(trees::add);
            task.analyze();
            var places = new HashMap<Element, Optional<Scan.Place>>();   // asked only
            for (var tree : trees) program.read(root, tree, Trees.instance(task), places);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return program;
    }

    private void read(Path root, CompilationUnitTree tree, Trees trees,
            Map<Element, Optional<Scan.Place>> places) throws IOException {
        var scan = new Scan(root, tree, trees, places);
        scan.scan(tree, null);
        scan.links.sort(Comparator.comparingInt(Link::start));
        var path = root.relativize(Path.of(tree.getSourceFile().toUri()));
        var unit = new Unit(path, String.valueOf(tree.getPackageName()),
                tree.getSourceFile().getCharContent(true).toString(), scan.declarations,
                scan.links, scan.folds);
        units.put(path, unit);
        name(unit);
    }

    Collection<Unit> units() { return Collections.unmodifiableCollection(units.values()); }

    Optional<Unit> unit(Path path) { return Optional.ofNullable(units.get(path)); }

    /// The type of that name: `Timers`, `Message.Request`; one of the asking package first.
    Optional<Map.Entry<Unit, Declaration>> type(String name, String packageName) {
        return types.getOrDefault(name, List.of()).stream().min(Comparator
                .comparing((Map.Entry<Unit, Declaration> e) ->
                        !e.getKey().packageName.equals(packageName))
                .thenComparing(e -> e.getKey().path.toString().contains("/test/")));
    }

    private void name(Unit unit) {
        for (var d : unit.declarations) if (d.kind == Kind.TYPE)
            for (var name : new TreeSet<>(List.of(d.name, d.qualified())))
                types.computeIfAbsent(name, _ -> new ArrayList<>()).add(Map.entry(unit, d));
    }

    private static final class Scan extends TreePathScanner<Void, Void> {
        private final Path root;
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final SourcePositions positions;
        private final String text;
        final List<Declaration> declarations = new ArrayList<>();
        final List<Link> links = new ArrayList<>();
        final List<Fold> folds = new ArrayList<>();
        private final Deque<String> owners = new ArrayDeque<>();
        private final Map<Element, Optional<Place>> places;

        /// Where something is declared.
        record Place(Path file, int line) {}

        /// @param places what was looked up before: a look-up reads a whole file
        Scan(Path root, CompilationUnitTree unit, Trees trees,
                Map<Element, Optional<Place>> places) throws IOException {
            this.places = places;
            this.root = root;
            this.unit = unit;
            this.trees = trees;
            this.positions = trees.getSourcePositions();
            this.text = unit.getSourceFile().getCharContent(true).toString();
        }

        @Override public Void visitClass(ClassTree tree, Void nothing) {
            var name = tree.getSimpleName().toString();
            if (!name.isEmpty()) declare(Kind.TYPE, tree, name);
            if (tree.getKind() == Tree.Kind.ENUM && !owners.isEmpty()) fold(tree);
            owners.addLast(name);
            super.visitClass(tree, nothing);
            owners.removeLast();
            return null;
        }

        /// An inner enum has its constants to say; more than a line beside them is folded.
        private void fold(ClassTree tree) {
            long begin = positions.getStartPosition(unit, tree);
            tree.getMembers().stream().filter(member -> trees.getElement(new TreePath(
                            getCurrentPath(), member)).getKind() != ElementKind.ENUM_CONSTANT)
                    .mapToLong(member -> positions.getStartPosition(unit, member))
                    .filter(start -> start > begin).min().ifPresent(start -> {
                        int from = line((int) start);
                        int to = line((int) positions.getEndPosition(unit, tree)) - 1;
                        if (to > from) folds.add(new Fold(from, to));
                    });
        }

        @Override public Void visitMethod(MethodTree tree, Void nothing) {
            declare(Kind.METHOD, tree, tree.getName().contentEquals("<init>")
                    ? owners.peekLast() : tree.getName().toString());
            return super.visitMethod(tree, nothing);
        }

        @Override public Void visitVariable(VariableTree tree, Void nothing) {
            if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree)
                declare(Kind.FIELD, tree, tree.getName().toString());
            return super.visitVariable(tree, nothing);
        }

        @Override public Void visitIdentifier(IdentifierTree tree, Void nothing) {
            link((int) positions.getStartPosition(unit, tree), tree.getName().length());
            return super.visitIdentifier(tree, nothing);
        }

        @Override public Void visitMemberSelect(MemberSelectTree tree, Void nothing) {
            int length = tree.getIdentifier().length();
            link((int) positions.getEndPosition(unit, tree) - length, length);
            return super.visitMemberSelect(tree, nothing);
        }

        @Override public Void visitMemberReference(MemberReferenceTree tree, Void nothing) {
            int length = tree.getName().length();
            link((int) positions.getEndPosition(unit, tree) - length, length);
            return super.visitMemberReference(tree, nothing);
        }

        private void declare(Kind kind, Tree tree, String name) {
            long start = positions.getStartPosition(unit, tree);
            long end = positions.getEndPosition(unit, tree);
            if (start < 0 || end < 0) return;   // made by the compiler
            int at = nameAt(name, (int) start, (int) end);
            if (at < 0) return;
            declarations.add(new Declaration(kind, String.join(".", owners), name, line(at),
                    line((int) start), line((int) end)));
        }

        /// Where the name stands as a word of its own, after the modifiers.
        private int nameAt(String name, int start, int end) {
            var m = Pattern.compile("(?<![\\w$@.\"])" + Pattern.quote(name) + "(?![\\w$])")
                    .matcher(text).region(start, end);
            return m.find() ? m.start() : -1;
        }

        private void link(int start, int length) {
            var element = trees.getElement(getCurrentPath());
            if (element == null || start < 0 || !text.regionMatches(start, name(), 0, length))
                return;
            switch (element.getKind()) {
                case CLASS, INTERFACE, RECORD, ENUM, ANNOTATION_TYPE, METHOD, CONSTRUCTOR, FIELD,
                        ENUM_CONSTANT, RECORD_COMPONENT ->
                        places.computeIfAbsent(element, this::place).ifPresent(to ->
                                links.add(new Link(start, length, to.file, to.line)));
                default -> { }
            }
        }

        private String name() {
            return switch (getCurrentPath().getLeaf()) {
                case IdentifierTree t -> t.getName().toString();
                case MemberSelectTree t -> t.getIdentifier().toString();
                case MemberReferenceTree t -> t.getName().toString();
                default -> "";
            };
        }

        private Optional<Place> place(Element element) {
            var path = trees.getPath(element);
            if (path == null) {
                // the accessor of a record has no tree; its record has
                var owner = element.getEnclosingElement();
                return owner != null && element.getKind() == ElementKind.METHOD
                        && owner.getKind() == ElementKind.RECORD ? place(owner) : Optional.empty();
            }
            var to = path.getCompilationUnit();
            long at = positions.getStartPosition(to, path.getLeaf());
            return at < 0 ? Optional.empty() : Optional.of(new Place(
                    root.relativize(Path.of(to.getSourceFile().toUri())),
                    (int) to.getLineMap().getLineNumber(at)));
        }

        private int line(int position) { return (int) unit.getLineMap().getLineNumber(position); }
    }
}
