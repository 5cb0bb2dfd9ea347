package p2psip.tools.rfc;

import module java.base;
import p2psip.tools.rfc.Citation.Type;

/// The standing of every sentence as text, small enough to be read in a diff: it is checked in, and
/// the build fails when it is not what the sources and the tests say.
///
/// For each RFC its line of [Coverage], then for each section a letter a sentence.
public final class Snapshot {
    static final Path FILE = Path.of("docs", "src", "coverage.txt");
    private static final String LEGEND = "T implemented and tested, i implemented, t tested,"
            + " x exception, d to do, . open";

    private Snapshot() {}

    /// The citations that count: of those in tests only the ones whose test ran and passed.
    public static List<Citation> counted(Sources sources) {
        return counted(sources, TestRun.under(sources.root()));
    }

    static List<Citation> counted(Sources sources, TestRun run) {
        var citations = sources.citations();
        var methods = Methods.of(sources.root(), citations.stream()
                .filter(c -> c.type() == Type.TEST).map(Citation::file).distinct().toList());
        return citations.stream().filter(c -> c.type() != Type.TEST
                || proved(c, run, methods.get(c.file()))).toList();
    }

    /// A citation in no method stands for all tests of its class.
    private static boolean proved(Citation citation, TestRun run, Methods methods) {
        return methods.at(citation.line(), citation.target())
                .map(m -> run.passed(m.className(), m.name()))
                .orElseGet(() -> run.passed(methods.topClass()));
    }

    static String of(List<Coverage> coverages) {
        var out = new StringBuilder(LEGEND).append('\n');
        for (var coverage : coverages) {
            out.append(coverage).append('\n');
            for (var section : coverage.index().sections())
                if (!section.items().isEmpty())
                    out.append("%s %s%n".formatted(section.number(), letters(coverage, section)));
        }
        return out.toString();
    }

    private static String letters(Coverage coverage, Index.Entry section) {
        return IntStream.rangeClosed(1, section.items().size())
                .mapToObj(n -> letter(coverage.types(section.number(), n)))
                .collect(Collectors.joining());
    }

    private static String letter(Set<Type> types) {
        if (types.contains(Type.IMPLEMENTED)) return types.contains(Type.TEST) ? "T" : "i";
        return types.contains(Type.TEST) ? "t" : types.contains(Type.EXCEPTION) ? "x"
                : types.contains(Type.TODO) ? "d" : ".";
    }
}
