package p2psip.tools.rfc;

import module java.base;
import p2psip.tools.rfc.Citation.All;
import p2psip.tools.rfc.Citation.Paragraph;
import p2psip.tools.rfc.Citation.Type;

/// The standing of every normative sentence of an RFC: which citations name it, and as what.
///
/// A sentence may be implemented and tested at once; it is open when nothing at all is said of it.
public record Coverage(Index index, List<Citation> citations) {
    public Coverage {
        citations = citations.stream().filter(c -> c.place().rfc() == index.rfc()).toList();
    }

    /// The citations of one sentence, those first that name it and then those of its whole section.
    public List<Citation> of(String section, int sentence) {
        var exactly = citations.stream().filter(c -> c.place().names(section, sentence));
        var whole = citations.stream().filter(c ->
                c.place() instanceof All all && all.covers(section));
        return Stream.concat(exactly, whole).toList();
    }

    /// The citations of a paragraph.
    public List<Citation> ofParagraph(String section, int paragraph) {
        return citations.stream().filter(c -> c.place() instanceof Paragraph p
                && p.section().equals(section) && p.number() == paragraph).toList();
    }

    /// What is said of a sentence; none means open. What is implemented or tested is no longer an
    /// exception of the section around it.
    public Set<Type> types(String section, int sentence) {
        var types = EnumSet.noneOf(Type.class);
        for (var citation : of(section, sentence)) {
            boolean done = types.contains(Type.IMPLEMENTED) || types.contains(Type.TEST);
            if (!(done && citation.place() instanceof All)) types.add(citation.type());
        }
        return types;
    }

    /// One line: `rfc3261 sentences=N implemented=N tested=N excepted=N todo=N open=N`.
    @Override public String toString() {
        var counts = new EnumMap<Type, Integer>(Type.class);
        int sentences = 0, open = 0;
        for (var section : index.sections())
            for (int n = 1; n <= section.items().size(); n++) {
                var types = types(section.number(), n);
                sentences++;
                if (types.isEmpty()) open++;
                types.forEach(type -> counts.merge(type, 1, Integer::sum));
            }
        return "rfc%d sentences=%d implemented=%d tested=%d excepted=%d todo=%d open=%d".formatted(
                index.rfc(), sentences, counts.getOrDefault(Type.IMPLEMENTED, 0),
                counts.getOrDefault(Type.TEST, 0), counts.getOrDefault(Type.EXCEPTION, 0),
                counts.getOrDefault(Type.TODO, 0), open);
    }

    /// The citations that count: of those in tests only the ones whose test ran and passed.
    public static List<Citation> counted(Sources sources) {
        return Snapshot.counted(sources, TestRun.under(sources.root()));
    }

    /// Of each RFC that is cited and frozen, in the order of their numbers.
    public static List<Coverage> of(List<Citation> citations) {
        return citations.stream().map(c -> c.place().rfc()).distinct().sorted()
                .flatMap(rfc -> Index.of(rfc).stream())
                .map(index -> new Coverage(index, citations)).toList();
    }
}
