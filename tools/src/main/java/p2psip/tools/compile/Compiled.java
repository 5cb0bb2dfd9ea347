package p2psip.tools.compile;

import module java.base;
import module java.compiler;
import javax.tools.ToolProvider;

/// What the compiler has made of sources, in memory.
///
/// @param classes by their binary names; none of them is to be used unless all is good
/// @param said    what it complains about
public record Compiled(boolean good, Map<String, byte[]> classes,
        List<Diagnostic<? extends JavaFileObject>> said) {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /// One for all: it has read what stands in the jars.
    private static final StandardJavaFileManager FILES =
            COMPILER.getStandardFileManager(null, null, null);

    /// @param name of the file without its folder, or of its class
    public record Source(String name, String text) {}

    /// @param options of `javac`
    public static Compiled of(List<Source> sources, List<String> options) {
        var written = new HashMap<String, ByteArrayOutputStream>();
        var said = new DiagnosticCollector<JavaFileObject>();
        boolean good = COMPILER.getTask(Writer.nullWriter(), new Kept(FILES, written), said,
                options, null, sources.stream().map(Text::new).toList()).call();
        var classes = new HashMap<String, byte[]>();
        written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return new Compiled(good, classes, said.getDiagnostics());
    }

    /// A loader that has them beside all that the other has.
    public ClassLoader loader(ClassLoader other) {
        return new ClassLoader(other) {
            @Override protected Class<?> findClass(String name) throws ClassNotFoundException {
                var bytes = classes.get(name);
                if (bytes == null) throw new ClassNotFoundException(name);
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(Source source) {
            super(URI.create("mem:///" + source.name.replaceFirst("\\.java$", "") + ".java"),
                    Kind.SOURCE);
            text = source.text;
        }

        @Override public CharSequence getCharContent(boolean ignoreEncodingErrors) { return text; }
    }

    /// Keeps what the compiler writes.
    private static final class Kept extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written;

        Kept(JavaFileManager usual, Map<String, ByteArrayOutputStream> written) {
            super(usual);
            this.written = written;
        }

        @Override public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
                @Override public OutputStream openOutputStream() {
                    return written.computeIfAbsent(name, _ -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
