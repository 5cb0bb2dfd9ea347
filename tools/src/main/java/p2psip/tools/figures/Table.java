package p2psip.tools.figures;

import module java.base;
import p2psip.tools.figures.Comparison.Difference;
import p2psip.tools.figures.Moves.*;
import p2psip.tools.figures.RfcFigure.Departure;
import p2psip.tools.figures.Watched.Found;

/// Everything that can happen to a machine and what it does then, a row for each transition and one
/// for all that is ignored in a state for the same reasons: what a reader moves through.
final class Table {

    /// @param events  one; of what is ignored all
    /// @param started how long each timer is that begins, by the circumstances
    /// @param cites   the sentences on the lines that ran
    /// @param reasons why it is not as a figure draws it
    record Row(Edge edge, List<String> events,
            SequencedMap<String, Map<String, Set<Duration>>> started, Set<String> stopped,
            List<String> cites, List<Departure> reasons) {
        boolean ignored() { return edge.absorbs() && started.isEmpty() && stopped.isEmpty(); }
    }

    private final Figures figures;
    private final Found found;
    private final Cites cites;
    private final List<Row> rows = new ArrayList<>();
    private final Map<Edge, Integer> numbers = new HashMap<>();   // asked only
    private final List<String> sentences;

    Table(Figures figures, Found found, Cites cites) {
        this.figures = figures;
        this.found = found;
        this.cites = cites;
        var byEdge = new LinkedHashMap<Edge, Row>();
        found.variants().forEach((name, moves) -> moves.situations().forEach(from -> from.moves()
                .forEach((input, move) -> add(name, moves, from, input, move, byEdge))));
        var order = List.copyOf(figures.edges().keySet());
        byEdge.values().stream().sorted(Comparator.comparing(row -> order.indexOf(row.edge)))
                .forEach(this::place);
        sentences = Stream.concat(rows.stream().flatMap(r -> r.cites.stream()),
                found.variants().values().stream().flatMap(m -> m.situations().stream())
                        .flatMap(s -> over(s).stream())).distinct().toList();
    }

    Figures figures() { return figures; }

    Found found() { return found; }

    Cites cites() { return cites; }

    List<Row> rows() { return rows; }

    /// The number of the row of a transition.
    int row(Edge edge) { return numbers.get(edge); }

    /// Each sentence that some move or the end of the machine cites.
    List<String> sentences() { return sentences; }

    /// The sentences that end the machine here, if they do.
    List<String> over(Situation situation) {
        return situation.over().isEmpty() ? List.of()
                : cites.of(situation.over(), found.lines(), "");
    }

    /// The sentences of a move.
    List<String> cites(Moves moves, Situation from, Move move) {
        var to = moves.situations().get(move.to());
        return cites.of(move.lines(), found.lines(),
                to.state().equals(from.state()) ? "" : to.state());
    }

    private void add(String circumstance, Moves moves, Situation from, String input, Move move,
            Map<Edge, Row> byEdge) {
        if (input.equals(Moves.PASS)) return;
        var edge = moves.edge(from, input);
        var row = byEdge.computeIfAbsent(edge, _ -> new Row(edge, new ArrayList<>(
                List.of(input)), new LinkedHashMap<>(), new TreeSet<>(), new ArrayList<>(),
                reasons(edge)));
        cites(moves, from, move).stream().filter(c -> !row.cites.contains(c))
                .forEach(row.cites::add);
        var to = moves.situations().get(move.to());
        to.due().forEach((timer, due) -> {
            var before = from.due().get(timer);
            if (before == null || !before.minus(move.after()).equals(due))
                row.started.computeIfAbsent(timer, _ -> new TreeMap<>(Comparator.reverseOrder()))
                        .computeIfAbsent(circumstance, _ -> new TreeSet<>()).add(due);
        });
        from.due().keySet().stream().filter(timer -> !to.due().containsKey(timer)
                && !timer.equals(input)).forEach(row.stopped::add);
    }

    /// What is ignored for the same reasons is one row.
    private void place(Row row) {
        var same = rows.stream().filter(r -> row.ignored() && r.ignored() && r.edge.from()
                .equals(row.edge.from()) && r.cites.equals(row.cites)
                && r.reasons.equals(row.reasons)).findFirst();
        same.ifPresentOrElse(r -> r.events.addAll(row.events), () -> rows.add(row));
        numbers.put(row.edge, rows.indexOf(same.orElse(row)));
    }

    private List<Departure> reasons(Edge edge) {
        return figures.comparisons().stream().flatMap(c -> c.differences().stream())
                .filter(d -> d.edge().equals(edge) || d.drawn()
                        && d.edge().from().equals(edge.from())
                        && covers(d.edge().event(), edge.event()))
                .map(Difference::departure).flatMap(Optional::stream).distinct().toList();
    }

    /// Whether an event of a figure is, or has among others, one of ours: `1xx from TU` has
    /// `101-199 from TU`.
    static boolean covers(String drawn, String ours) {
        var several = Pattern.compile("(\\d)xx(.*)").matcher(drawn);
        return drawn.equals(ours) || several.matches() && ours.matches(
                several.group(1) + "\\d\\d(-" + several.group(1) + "\\d\\d)?"
                        + Pattern.quote(several.group(2)));
    }
}
