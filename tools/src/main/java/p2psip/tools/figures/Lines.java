package p2psip.tools.figures;

import module java.base;

/// The lines of watched classes that run: they tell it themselves, as [Watched] has them do. Each
/// thread is told of its own.
public final class Lines {
    private static final ThreadLocal<Map<String, BitSet>> RUN =
            ThreadLocal.withInitial(HashMap::new);

    /// Added to a line that is left by `return`: of `if (...) return;` more is known then.
    public static final int RETURN = 1 << 20;

    private Lines() {}

    /// A line of a class is about to run.
    public static void run(String name, int line) {
        RUN.get().computeIfAbsent(name, _ -> new BitSet()).set(line);
    }

    /// Those of one class since this was asked last.
    public static List<Integer> ran(String name) {
        var ran = RUN.get().getOrDefault(name, new BitSet()).stream().boxed().toList();
        RUN.get().clear();
        return ran;
    }
}
