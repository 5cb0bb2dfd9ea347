package p2psip.tools.mutate;

import module java.base;
import p2psip.tools.mutate.Worker.Fate;

/// What the tests notice, by RFC: a text that is checked in.
public record Scores(SequencedMap<Integer, Score> scores) {
    /// A score below this one stops the build.
    public static final double LEAST = 80;
    static final Path FILE = Path.of("docs", "src", "mutation.txt");
    private static final String HEAD = "what a test notices of the cited lines, each broken in"
            + " every small way: app/p2psip bench mutate --write";
    private static final Pattern LINE = Pattern.compile("rfc(\\d+) (\\S+) \\S+ lines=(\\d+)"
            + " whole=(\\d+) killed=(\\d+) survived=(\\d+) equal=(\\d+)");

    public Scores { scores = Collections.unmodifiableSequencedMap(new TreeMap<>(scores)); }

    /// One RFC's.
    ///
    /// @param lines that cite it, of which `whole` cannot be broken in any way that compiles
    /// @param equal the mutants that were left out because no behaviour changes
    /// @param survivors those that no test noticed
    public record Score(int rfc, LocalDate day, int lines, int whole, int killed, int equal,
            List<String> survivors) {
        public Score { survivors = List.copyOf(survivors); }

        /// How many of a hundred were noticed.
        public double percent() {
            int all = killed + survivors.size();
            return all == 0 ? 100 : 100.0 * killed / all;
        }

        /// `95.2%`.
        public String share() { return "%.1f%%".formatted(percent()); }

        /// What should be noticed.
        public double goal() {
            return switch (rfc) {
                case 3261 -> 95;
                case 2617, 7616, 2833, 3263, 3264, 3550, 3551, 4566, 8489 -> 90;
                default -> LEAST;
            };
        }

        @Override public String toString() {
            return "rfc%d %s %s lines=%d whole=%d killed=%d survived=%d equal=%d".formatted(
                    rfc, day, share(), lines, whole, killed, survivors.size(), equal);
        }
    }

    /// @param cited how many lines cite the RFC
    static Score of(int rfc, LocalDate day, int cited, List<Result> results, List<Mutant> equal) {
        var own = results.stream().filter(r -> r.mutant().cites(rfc)).toList();
        var lived = own.stream().filter(r -> r.verdict().fate() != Fate.STILLBORN).toList();
        var broken = Stream.concat(lived.stream().map(Result::mutant),
                        equal.stream().filter(m -> m.cites(rfc)))
                .map(m -> m.file() + m.target()).distinct().count();
        return new Score(rfc, day, cited, (int) (cited - broken), count(lived, Fate.KILLED),
                (int) equal.stream().filter(m -> m.cites(rfc)).count(),
                lived.stream().filter(r -> r.verdict().fate() == Fate.SURVIVED)
                        .map(r -> r.mutant().toString()).toList());
    }

    private static int count(List<Result> results, Fate fate) {
        return (int) results.stream().filter(r -> r.verdict().fate() == fate).count();
    }

    /// Those that are checked in.
    public static Scores under(Path root) {
        var file = root.resolve(FILE);
        try {
            return parse(Files.exists(file) ? Files.readAllLines(file) : List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Scores parse(List<String> lines) {
        var scores = new TreeMap<Integer, Score>();
        var survivors = new ArrayList<String>();
        for (var line : lines.reversed()) {
            var m = LINE.matcher(line);
            if (line.startsWith("  ")) survivors.addFirst(line.strip());
            else if (m.matches()) {
                int rfc = Integer.parseInt(m.group(1));
                scores.put(rfc, new Score(rfc, LocalDate.parse(m.group(2)), number(m, 3),
                        number(m, 4), number(m, 5), number(m, 7), survivors));
                survivors.clear();
            }
        }
        return new Scores(scores);
    }

    private static int number(MatchResult m, int group) {
        return Integer.parseInt(m.group(group));
    }

    Scores with(Collection<Score> newer) {
        var all = new TreeMap<>(scores);
        newer.forEach(score -> all.put(score.rfc, score));
        return new Scores(all);
    }

    @Override public String toString() {
        var out = new StringBuilder(HEAD).append('\n');
        for (var score : scores.values()) {
            out.append(score).append('\n');
            score.survivors.forEach(s -> out.append("  ").append(s).append('\n'));
        }
        return out.toString();
    }
}
