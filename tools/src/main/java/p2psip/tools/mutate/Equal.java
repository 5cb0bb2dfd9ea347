package p2psip.tools.mutate;

import module java.base;
import p2psip.tools.rfc.Citation;

/// The mutants that change no behaviour, each named with its reason:
/// `file citation change: reason`.
record Equal(Set<List<String>> marks) {
    static final Path FILE = Path.of("docs", "src", "mutation-equal.txt");
    private static final Pattern LINE = Pattern.compile(
            "(\\S+) (rfc\\S+) (`.*`(?: \\(\\d+\\))?): \\S.*");

    static Equal under(Path root) throws IOException {
        var file = root.resolve(FILE);
        var lines = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
        return new Equal(lines.stream().map(LINE::matcher).filter(Matcher::matches)
                .map(m -> List.of(m.group(1), m.group(2), m.group(3)))
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    boolean names(Mutant mutant) { return marks(mutant).anyMatch(marks::contains); }

    private static Stream<List<String>> marks(Mutant mutant) {
        return mutant.citations().stream()
                .map(citation -> List.of(mutant.file(), citation, mutant.change()));
    }

    /// The lines that name none of these mutants, as the code has changed since.
    Stream<String> idle(List<Mutant> mutants, Predicate<Integer> rfcs) {
        var named = mutants.stream().flatMap(Equal::marks).collect(Collectors.toSet());
        return marks.stream().filter(mark -> !named.contains(mark) && Citation.place(mark.get(1))
                .filter(place -> rfcs.test(place.rfc())).isPresent())
                .map(mark -> String.join(" ", mark));
    }
}
