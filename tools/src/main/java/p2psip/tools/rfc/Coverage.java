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

    /// The citations of one sentence; where none names it, those of the nearest whole section
    /// around it.
    public List<Citation> of(String section, int sentence) {
        var exactly = citations.stream().filter(c -> c.place().names(section, sentence)).toList();
        return !exactly.isEmpty() ? exactly : citations.stream()
                .filter(c -> c.place() instanceof All all && all.covers(section))
                .max(Comparator.comparingInt(c -> c.place().section().length())).stream().toList();
    }

    /// The citations of a paragraph.
    public List<Citation> ofParagraph(String section, int paragraph) {
        return citations.stream().filter(c -> c.place() instanceof Paragraph p
                && p.section().equals(section) && p.number() == paragraph).toList();
    }

    /// The sentences that one citation speaks of: of a whole section those that none names.
    public List<Statements> of(Citation citation) {
        return switch (citation.place()) {
            case Statements several -> several.each();
            case All all -> sentences(_ -> true).stream().filter(s -> all.covers(s.section())
                    && of(s.section(), s.numbers().getFirst()).contains(citation)).toList();
            case Paragraph _ -> List.of();
        };
    }

    public Standing standing(String section, int sentence) {
        return Standing.of(of(section, sentence).stream().map(Citation::type)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Type.class))));
    }

    /// The standings of a section's sentences, in their order.
    public List<Standing> standings(Index.Entry section) {
        return IntStream.rangeClosed(1, section.items().size())
                .mapToObj(n -> standing(section.number(), n)).toList();
    }

    /// The normative sentences whose keyword passes.
    List<Statements> sentences(Predicate<Keyword> keywords) {
        return index.sections().stream().flatMap(section ->
                IntStream.rangeClosed(1, section.items().size())
                        .filter(n -> keywords.test(section.items().get(n - 1).keyword()))
                        .mapToObj(n -> Statements.of(index.rfc(), section.number(), n))).toList();
    }

    /// How many of all sentences are in which standing.
    public Counts counts() { return counts(_ -> true); }

    Counts counts(Predicate<Keyword> keywords) {
        return Counts.of(sentences(keywords).stream()
                .map(s -> standing(s.section(), s.numbers().getFirst())).toList());
    }

    /// How many sentences are in which standing.
    public record Counts(Map<Standing, Integer> each) {

        public static Counts of(List<Standing> standings) {
            var each = new EnumMap<Standing, Integer>(Standing.class);
            standings.forEach(standing -> each.merge(standing, 1, Integer::sum));
            return new Counts(each);
        }

        Counts plus(Counts more) {
            var sum = new EnumMap<Standing, Integer>(Standing.class);
            Stream.of(each, more.each)
                    .forEach(counts -> counts.forEach((s, n) -> sum.merge(s, n, Integer::sum)));
            return new Counts(sum);
        }

        public int of(Standing... standings) {
            return Arrays.stream(standings).mapToInt(s -> each.getOrDefault(s, 0)).sum();
        }

        private int all(Predicate<Standing> which) {
            return of(Arrays.stream(Standing.values()).filter(which).toArray(Standing[]::new));
        }

        public int applying() { return all(Standing::applies); }

        /// What a test proves is implemented, wherever that is said.
        private int implemented() { return of(Standing.BOTH, Standing.DONE, Standing.TESTED); }

        private int tested() { return of(Standing.BOTH, Standing.TESTED); }

        /// In words, of what applies.
        public String told() {
            return "implemented %d (%d tested), departs %d, to do %d%s of the %d that apply;"
                    .formatted(implemented(), tested(), of(Standing.DEPARTS), of(Standing.TODO),
                            of(Standing.OPEN) > 0 ? ", open " + of(Standing.OPEN) : "", applying())
                    + " " + all(s -> !s.applies()) + " ask nothing of us";
        }

        /// As short as can be: how much of what applies is implemented.
        String brief() {
            return applying() == 0 ? "asks nothing of us"
                    : implemented() + " of the " + applying() + " that apply";
        }

        /// How much of what applies is done, `implemented=P% tested=P%`.
        String shares() {
            return "implemented=%s tested=%s".formatted(share(implemented()), share(tested()));
        }

        private String share(int part) {
            return applying() == 0 ? "-" : "%.1f%%".formatted(100.0 * part / applying());
        }

        @Override public String toString() {
            return "applies=%d implemented=%d tested=%d departs=%d todo=%d open=%d asks-nothing=%d"
                    .formatted(applying(), implemented(), tested(), of(Standing.DEPARTS),
                            of(Standing.TODO), of(Standing.OPEN), all(s -> !s.applies()));
        }
    }

    /// One line: `rfc3261 applies=N implemented=N tested=N departs=N todo=N open=N asks-nothing=N`.
    @Override public String toString() { return "rfc" + index.rfc() + " " + counts(); }

    /// Of each RFC that is cited and frozen, in the order of their numbers.
    public static List<Coverage> of(List<Citation> citations) {
        return citations.stream().map(c -> c.place().rfc()).distinct().sorted()
                .flatMap(rfc -> Index.of(rfc).stream())
                .map(index -> new Coverage(index, citations)).toList();
    }
}
