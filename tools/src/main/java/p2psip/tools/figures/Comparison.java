package p2psip.tools.figures;

import module java.base;
import p2psip.tools.figures.RfcFigure.Departure;

/// The differences between what the code does and what a figure draws.
record Comparison(RfcFigure figure, List<Difference> differences) {

    /// @param drawn     whether it is in the figure and not in the code; else the other way round
    /// @param departure empty if nobody has explained it
    record Difference(Edge edge, boolean drawn, Optional<Departure> departure) {}

    static Comparison of(RfcFigure figure, Collection<Edge> code) {
        var drawn = figure.edges().stream().filter(e -> !code.contains(e))
                .map(e -> new Difference(e, true, why(figure, e)));
        var ours = code.stream().filter(e -> !figure.edges().contains(e) && !e.absorbs())
                .map(e -> new Difference(e, false, why(figure, e)));
        return new Comparison(figure, Stream.concat(drawn, ours).toList());
    }

    private static Optional<Departure> why(RfcFigure figure, Edge edge) {
        return Optional.ofNullable(figure.departures().get(edge));
    }

    /// What must not be: a difference without a reason, a reason without a difference.
    List<String> unexplained() {
        var edges = differences.stream().map(Difference::edge).toList();
        return Stream.concat(
                differences.stream().filter(d -> d.departure.isEmpty()).map(d -> d.edge
                        + (d.drawn ? ": in the figure, not in the code"
                        : ": in the code, not in the figure")),
                figure.departures().keySet().stream().filter(e -> !edges.contains(e))
                        .map(e -> e + ": explained, but no difference")).toList();
    }
}
