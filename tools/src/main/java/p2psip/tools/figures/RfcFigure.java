package p2psip.tools.figures;

import module java.base;
import p2psip.tools.rfc.Rfc;

/// A figure of an RFC as data: the transitions that it draws, and where we depart from it.
///
/// @param section  where the figure belongs
/// @param caption  `Figure 5`
/// @param departures why a transition is in the figure and not in the code, or in the code and not
///                   in the figure
record RfcFigure(int rfc, String section, String caption, Set<Edge> edges,
        Map<Edge, Departure> departures) {

    /// The reason for a difference, and the section or sentence behind it.
    record Departure(String reason, String citation) {}

    /// Reads both tables: `from | event | to | action` a line, after which a departure has
    /// `| citation | reason`.
    static RfcFigure of(int rfc, String section, String caption, String edges, String departures) {
        var why = new LinkedHashMap<Edge, Departure>();
        departures.lines().map(l -> l.split("\\s*\\|\\s*"))
                .forEach(c -> why.put(edge(c), new Departure(c[5].strip(), c[4])));
        return new RfcFigure(rfc, section, caption, edges.lines().map(l -> edge(l.split(
                "\\s*\\|\\s*"))).collect(Collectors.toCollection(LinkedHashSet::new)), why);
    }

    private static Edge edge(String[] cells) {
        return new Edge(cells[0].strip().equals("begin") ? "" : cells[0].strip(), cells[1],
                cells[2], cells[3].strip().equals("-") ? "" : cells[3].strip());
    }

    String name() { return "RFC " + rfc + " " + caption; }

    /// The figure as drawn, from the reader's copy of the RFC.
    Optional<List<String>> drawing(Rfc text) {
        for (var section : text.sections()) {
            Optional<List<String>> last = Optional.empty();
            for (var block : section.blocks()) {
                if (!(block instanceof Rfc.Drawing drawing)) continue;
                if (drawing.lines().stream().anyMatch(l -> l.strip().startsWith(caption + ":")))
                    return last;
                last = Optional.of(drawing.lines());
            }
        }
        return Optional.empty();
    }
}
