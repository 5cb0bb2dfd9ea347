package p2psip.tools.rfc;

import module java.base;
import p2psip.tools.rfc.Citation.Type;

/// The standing of every sentence as text, small enough to be read in a diff: it is checked in, and
/// the build fails when it is not what the sources and the tests say.
///
/// For each RFC its line of [Coverage], then for each section a letter a sentence.
public final class Snapshot {
    static final Path FILE = Path.of("docs", "src", "coverage.txt");

    private Snapshot() {}

    /// The citations that count: of those in tests only the ones whose test ran and passed. Where
    /// none has run they are claims like those of the code.
    public static List<Citation> counted(Sources sources) {
        return counted(sources, TestRun.under(sources.root()));
    }

    static List<Citation> counted(Sources sources, TestRun run) {
        var citations = sources.citations();
        if (run.isEmpty()) return citations.stream().map(c -> c.type() != Type.TEST ? c
                : new Citation(c.file(), c.line(), c.target(), c.place(), Type.IMPLEMENTED,
                        c.words())).toList();
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
        var out = new StringBuilder(Standing.legend()).append('\n');
        for (var coverage : coverages) {
            out.append(coverage).append('\n');
            for (var section : coverage.index().sections())
                if (!section.items().isEmpty())
                    out.append("%s %s%n".formatted(section.number(), coverage.standings(section)
                            .stream().map(s -> "" + s.letter).collect(Collectors.joining())));
        }
        return out.toString();
    }
}
