package p2psip.tools.figures;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.tools.rfc.Rfc;

/// A figure of an RFC as data: the transitions that it draws, and where we depart from it.
///
/// @param section  where the figure belongs
/// @param caption  `Figure 5`
/// @param machine  what it shows
/// @param departures why a transition is in the figure and not in the code, or in the code and not
///                   in the figure
record RfcFigure(int rfc, String section, String caption, String machine, Set<Edge> edges,
        Map<Edge, Departure> departures) {

    private static final Pattern HEADING = Pattern.compile("RFC (\\d+) §(\\S+) (.*): (.*)");
    private static final List<RfcFigure> ALL = all();

    /// The reason for a difference, and the section or sentence behind it.
    record Departure(String reason, String citation) {}

    /// Those of a machine, of which the first counts.
    static List<RfcFigure> of(String machine) {
        return ALL.stream().filter(f -> f.machine.equals(machine)).toList();
    }

    /// The file `figures.txt`.
    private static List<RfcFigure> all() {
        try (var in = RfcFigure.class.getResourceAsStream("figures.txt")) {
            return Stream.of(new String(in.readAllBytes(), UTF_8).split("\n\n"))
                    .map(RfcFigure::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads a heading, and then `from | event | to | action` a line, which for a departure goes on
    /// with `| citation | reason`.
    static RfcFigure parse(String text) {
        var heading = HEADING.matcher(text.lines().findFirst().orElse(""));
        if (!heading.matches()) throw new IllegalArgumentException("no heading: " + text);
        var edges = new LinkedHashSet<Edge>();
        var departures = new LinkedHashMap<Edge, Departure>();
        for (var line : text.lines().skip(1).toList()) {
            var cells = line.strip().split("\\s*\\|\\s*");
            if (cells.length == 4) edges.add(edge(cells));
            else departures.put(edge(cells), new Departure(cells[5], cells[4]));
        }
        return new RfcFigure(Integer.parseInt(heading.group(1)), heading.group(2),
                heading.group(3), heading.group(4), edges, departures);
    }

    private static Edge edge(String[] cells) {
        return new Edge(cells[0].equals("begin") ? "" : cells[0], cells[1], cells[2],
                cells[3].equals("-") ? "" : cells[3]);
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
