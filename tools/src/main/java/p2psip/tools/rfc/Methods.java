package p2psip.tools.rfc;

import module java.base;
import module java.compiler;
import module jdk.compiler;
import javax.tools.ToolProvider;

/// The methods of a Java file and the lines they take, their comments and annotations included.
public record Methods(List<Method> methods, String topClass) {
    public Methods { methods = List.copyOf(methods); }

    /// @param className the binary name of its class, as `p2psip.std.BytesTest$Inner`
    public record Method(String className, String name, int firstLine, int lastLine) {}

    /// Those of several files of a repository, by their paths in it.
    public static Map<Path, Methods> of(Path root, Collection<Path> paths) {
        var methods = new TreeMap<Path, Methods>();
        if (paths.isEmpty()) return methods;
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(null, files, _ -> {}, List.of("-proc:none"),
                    null, files.getJavaFileObjectsFromPaths(
                            paths.stream().map(root::resolve).toList()));
            for (var unit : task.parse()) {
                var scan = new Scan(unit, Trees.instance(task).getSourcePositions());
                scan.scan(unit, null);
                methods.put(root.relativize(Path.of(unit.getSourceFile().toUri())),
                        new Methods(scan.methods, scan.topClass));
            }
            return methods;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The method that has a line, or that begins at the next.
    public Optional<Method> at(int line, int next) {
        return methods.stream().filter(m -> m.firstLine <= line && line <= m.lastLine)
                .reduce((_, inner) -> inner)
                .or(() -> methods.stream().filter(m -> m.firstLine == next).findFirst());
    }

    /// `p2psip.std.BytesTest.a_test`: the method that a citation stands in, or the class alone.
    String name(Citation citation) {
        return at(citation.line(), citation.target())
                .map(m -> m.className() + "." + m.name()).orElse(topClass);
    }

    private static final class Scan extends TreeScanner<Void, Void> {
        final List<Method> methods = new ArrayList<>();
        final Deque<String> classes = new ArrayDeque<>();
        final CompilationUnitTree unit;
        final SourcePositions positions;
        String topClass = "";

        Scan(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
        }

        @Override public Void visitClass(ClassTree tree, Void nothing) {
            var name = classes.isEmpty()
                    ? unit.getPackageName() + "." + tree.getSimpleName()
                    : classes.peek() + "$" + tree.getSimpleName();
            if (topClass.isEmpty()) topClass = name;
            classes.push(name);
            super.visitClass(tree, nothing);
            classes.pop();
            return null;
        }

        @Override public Void visitMethod(MethodTree tree, Void nothing) {
            methods.add(new Method(classes.peek(), tree.getName().toString(),
                    line(positions.getStartPosition(unit, tree)),
                    line(positions.getEndPosition(unit, tree))));
            return super.visitMethod(tree, nothing);
        }

        private int line(long position) {
            return position < 0 ? 0 : (int) unit.getLineMap().getLineNumber(position);
        }
    }
}
