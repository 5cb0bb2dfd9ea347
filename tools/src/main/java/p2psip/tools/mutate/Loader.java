package p2psip.tools.mutate;

import module java.base;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.instruction.LineNumber;

/// The classes of the project, all loaded again, with those of one mutant in the place of the
/// original; what belongs to others is shared.
final class Loader extends URLClassLoader {
    private final Map<String, byte[]> classes;
    private final Map<String, byte[]> mutant;
    private final boolean probed;

    /// @param probed whether each line of main code tells [Probe] when it runs
    Loader(Classes classes, Map<String, byte[]> mutant, boolean probed) {
        super(classes.folders, Loader.class.getClassLoader());
        this.classes = classes.bytes;
        this.mutant = mutant;
        this.probed = probed;
    }

    /// All classes below some folders, read once.
    record Classes(URL[] folders, Map<String, byte[]> bytes, Set<String> main) {

        static Classes below(List<Path> folders) throws IOException {
            var bytes = new HashMap<String, byte[]>();
            var main = new HashSet<String>();
            var urls = new ArrayList<URL>();
            for (var folder : folders) {
                urls.add(folder.toUri().toURL());
                try (var walk = Files.walk(folder)) {
                    for (var file : (Iterable<Path>) walk.filter(f ->
                            f.toString().endsWith(".class"))::iterator) {
                        var name = name(folder.relativize(file));
                        bytes.putIfAbsent(name, Files.readAllBytes(file));
                        if (folder.endsWith("classes")) main.add(name);
                    }
                }
            }
            return new Classes(urls.toArray(URL[]::new), bytes, main);
        }

        private static String name(Path file) {
            return file.toString().replaceFirst("\\.class$", "").replace(File.separatorChar, '.');
        }
    }

    @Override protected Class<?> loadClass(String name, boolean resolve)
            throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            if (loaded != null) return loaded;
            var bytes = mutant.getOrDefault(name, classes.get(name));
            if (bytes == null) return super.loadClass(name, resolve);
            var told = probed ? probed(name, bytes) : bytes;
            return defineClass(name, told, 0, told.length);
        }
    }

    @Override public URL getResource(String name) {
        var own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    /// What the project says it serves is its own classes, not those of who breaks them.
    @Override public Enumeration<URL> getResources(String name) throws IOException {
        return name.startsWith("META-INF/services/p2psip") ? findResources(name)
                : super.getResources(name);
    }

    private byte[] probed(String name, byte[] bytes) {
        var top = name.replaceFirst("\\$.*", "");
        var probe = Probe.class.describeConstable().orElseThrow();
        var hit = MethodTypeDesc.ofDescriptor("(I)V");
        CodeTransform each = (code, element) -> {
            code.with(element);
            if (element instanceof LineNumber line) code.loadConstant(Probe.id(top, line.line()))
                    .invokestatic(probe, "hit", hit);
        };
        var file = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(this)));
        return file.transformClass(
                file.parse(bytes), ClassTransform.transformingMethodBodies(each));
    }
}
