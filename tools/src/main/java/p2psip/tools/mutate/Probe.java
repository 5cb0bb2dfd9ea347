package p2psip.tools.mutate;

import module java.base;

/// Which lines have run: the classes of a probed [Loader] tell it.
public final class Probe {
    private static final int LIMIT = 1 << 18;
    private static final Map<String, Integer> IDS = new LinkedHashMap<>();
    private static boolean[] run = new boolean[LIMIT];

    private Probe() {}

    /// A line, as many times as it runs.
    public static void hit(int id) { run[id] = true; }

    /// The number of a line; all beyond the limit share the last.
    static synchronized int id(String topClass, int line) {
        return IDS.computeIfAbsent(topClass + ":" + line, _ -> Math.min(IDS.size(), LIMIT - 1));
    }

    static synchronized void forget() { run = new boolean[LIMIT]; }

    /// The lines that have run, by class.
    static synchronized Map<String, BitSet> told() {
        var told = new HashMap<String, BitSet>();
        IDS.forEach((name, id) -> {
            int colon = name.indexOf(':');
            if (run[id]) told.computeIfAbsent(name.substring(0, colon), _ -> new BitSet())
                    .set(Integer.parseInt(name.substring(colon + 1)));
        });
        return told;
    }
}
