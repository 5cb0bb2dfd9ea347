package p2psip.tools.rfc;

import module java.base;
import p2psip.tools.rfc.Citation.*;

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

    /// The normative sentences whose keyword passes.
    List<Sentence> sentences(Predicate<Keyword> keywords) {
        return index.sections().stream().flatMap(section ->
                IntStream.rangeClosed(1, section.items().size())
                        .filter(n -> keywords.test(section.items().get(n - 1).keyword()))
                        .mapToObj(n -> new Sentence(index.rfc(), section.number(), n))).toList();
    }

    /// How many of these sentences are in which standing.
    Counts counts(Predicate<Keyword> keywords) {
        var counts = new EnumMap<Type, Integer>(Type.class);
        int open = 0, left = 0;
        var sentences = sentences(keywords);
        for (var sentence : sentences) {
            var types = types(sentence.section(), sentence.number());
            if (types.isEmpty()) open++;
            if (types.equals(Set.of(Type.EXCEPTION))) left++;
            types.forEach(type -> counts.merge(type, 1, Integer::sum));
        }
        return new Counts(sentences.size(), counts.getOrDefault(Type.IMPLEMENTED, 0),
                counts.getOrDefault(Type.TEST, 0), counts.getOrDefault(Type.EXCEPTION, 0),
                counts.getOrDefault(Type.TODO, 0), open, sentences.size() - left);
    }

    /// @param applicable the sentences that are not merely excepted: what we owe
    record Counts(int sentences, int implemented, int tested, int excepted, int todo, int open,
            int applicable) {
        Counts plus(Counts c) {
            return new Counts(sentences + c.sentences, implemented + c.implemented,
                    tested + c.tested, excepted + c.excepted, todo + c.todo, open + c.open,
                    applicable + c.applicable);
        }

        /// How much of what applies is done, `applicable=N implemented=P% tested=P%`.
        String shares() {
            return "applicable=%d implemented=%s tested=%s".formatted(applicable,
                    share(implemented), share(tested));
        }

        private String share(int part) {
            return applicable == 0 ? "-" : "%.1f%%".formatted(100.0 * part / applicable);
        }

        @Override public String toString() {
            return "sentences=%d implemented=%d tested=%d excepted=%d todo=%d open=%d".formatted(
                    sentences, implemented, tested, excepted, todo, open);
        }
    }

    /// One line: `rfc3261 sentences=N implemented=N tested=N excepted=N todo=N open=N`.
    @Override public String toString() { return "rfc" + index.rfc() + " " + counts(_ -> true); }

    /// Of each RFC that is cited and frozen, in the order of their numbers.
    public static List<Coverage> of(List<Citation> citations) {
        return citations.stream().map(c -> c.place().rfc()).distinct().sorted()
                .flatMap(rfc -> Index.of(rfc).stream())
                .map(index -> new Coverage(index, citations)).toList();
    }
}
