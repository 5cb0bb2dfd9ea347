package p2psip.tools.figures;

import module java.base;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.instruction.*;

/// The project's classes loaded once more, those of the machines so that each line tells [Lines]
/// when it runs. What is found there comes back as bytes, for its classes are not ours.
final class Watched extends ClassLoader {
    private static final String PROJECT = "p2psip.", CLASS = ".class";
    private static final MethodTypeDesc TOLD =
            MethodTypeDesc.ofDescriptor("(Ljava/lang/String;I)V");

    private final Set<String> names;
    private final Map<String, BitSet> lines = new HashMap<>();

    private Watched(Set<String> names) {
        super(Watched.class.getClassLoader());
        this.names = names;
    }

    /// What was found of one machine.
    ///
    /// @param variants by the circumstances that differ for it: `UDP`
    /// @param lines    all that its class has
    record Found(SequencedMap<String, Moves> variants, BitSet lines) {}

    /// The moves of each machine.
    static Map<Kind, Found> run(List<Kind> kinds) {
        var loader = new Watched(kinds.stream().map(Kind::type).collect(Collectors.toSet()));
        var found = new LinkedHashMap<Kind, Found>();
        try {
            @SuppressWarnings("unchecked")
            var mover = (Function<String, byte[]>) loader.loadClass(Mover.class.getName())
                    .getConstructor().newInstance();
            for (var kind : kinds)
                try (var in = new ObjectInputStream(new ByteArrayInputStream(
                        mover.apply(kind.id())))) {
                    @SuppressWarnings("unchecked")
                    var variants = (SequencedMap<String, Moves>) in.readObject();
                    found.put(kind, new Found(variants, loader.lines.get(kind.type())));
                }
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException(e);   // it was written by this very class
        }
        return found;
    }

    @Override protected Class<?> loadClass(String name, boolean resolve)
            throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            if (loaded != null) return loaded;
            if (!name.startsWith(PROJECT) || name.equals(Lines.class.getName()))
                return super.loadClass(name, resolve);
            var bytes = bytes(name);
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private byte[] bytes(String name) throws ClassNotFoundException {
        try (var in = getResourceAsStream(name.replace('.', '/') + CLASS)) {
            if (in == null) throw new ClassNotFoundException(name);
            return names.contains(name) ? telling(name, in.readAllBytes()) : in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private byte[] telling(String name, byte[] bytes) {
        var told = Lines.class.describeConstable().orElseThrow();
        var all = lines.computeIfAbsent(name, _ -> new BitSet());
        var at = new int[1];
        CodeTransform each = (code, element) -> {
            if (element instanceof ReturnInstruction)
                code.loadConstant(name).loadConstant(at[0] + Lines.RETURN)
                        .invokestatic(told, "run", TOLD);
            code.with(element);
            if (!(element instanceof LineNumber line)) return;
            at[0] = line.line();
            all.set(at[0]);
            code.loadConstant(name).loadConstant(at[0]).invokestatic(told, "run", TOLD);
        };
        var file = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(this)));
        return file.transformClass(file.parse(bytes), ClassTransform.transformingMethodBodies(
                // constants are made once, at no move
                method -> !method.methodName().equalsString("<clinit>"), each));
    }
}
