package p2psip.tools.figures;

import module java.base;
import p2psip.app.trace.Svg;
import p2psip.app.trace.Svg.Anchor;

/// A state machine as SVG: a box for each state, one below the other, with a line for each thing
/// that can happen there.
///
/// What leads to another state leaves the box on the right and joins the lane that goes there; each
/// state that is entered has one lane, of its own colour. What leads nowhere else is marked with a
/// loop. So no line needs a label, and all can be read at a width of 400 pixels.
///
/// @param numbers what each transition is called in the list of differences, if it is in there
/// @param address where a state's section is to be read
record Diagram(Kind kind, SequencedMap<Edge, Set<String>> edges, Map<Edge, String> numbers,
        Function<String, String> address) {
    private static final double WIDTH = 399, BOX = 318, LANE = 13, HEADER = 26, GAP = 22,
            ACTION = 148;
    private static final int EVENT_WIDTH = 18, ACTION_WIDTH = 20;
    private static final String ITALIC = "font-style=\"italic\"", SOFT = "opacity=\"0.7\"";
    private static final List<String> COLOURS =
            List.of("#3d84c6", "#c9801c", "#a06cc9", "#2f9e62", "#cc5a5a", "#5d8a8f");

    /// A lane on its way: where it begins, where it ends, which rows join it.
    private record Lane(double x, String colour, List<Double> joins) {}

    String svg() {
        var svg = new Svg();
        var lanes = lanes();
        var heads = new HashMap<String, Double>();
        double y = begin(svg);
        for (var state : kind.states().sequencedEntrySet()) {
            if (edges.keySet().stream().noneMatch(e -> e.to().equals(state.getKey()))) continue;
            heads.put(state.getKey(), y + HEADER / 2);
            y = box(svg, state, y, lanes) + GAP;
        }
        lanes.forEach((to, lane) -> lane(svg, lane, heads.get(to)));
        return svg.finish("machine", kind.name() + ": states and transitions",
                BOX + 8 + lane(lanes.size()) * (lanes.size() + 1), y - GAP + 2);
    }

    /// A lane for each state that is entered from another, the first state's nearest to the boxes.
    private SequencedMap<String, Lane> lanes() {
        var entered = kind.states().keySet().stream().filter(state -> edges.keySet().stream()
                .anyMatch(e -> e.to().equals(state) && !e.stays() && !e.from().isEmpty())).toList();
        var lanes = new LinkedHashMap<String, Lane>();
        for (int n = 0; n < entered.size(); n++)
            lanes.put(entered.get(n), new Lane(BOX + 8 + lane(entered.size()) * (n + 1),
                    COLOURS.get(n % COLOURS.size()), new ArrayList<>()));
        return lanes;
    }

    /// How far lanes stand apart: nearer where there are many.
    private static double lane(int lanes) {
        return Math.min(LANE, (WIDTH - BOX - 8) / (lanes + 1));
    }

    private double begin(Svg svg) {
        var first = edges.keySet().stream().filter(e -> e.from().isEmpty()).toList();
        double y = 0;
        svg.dot(20, 10, 4.5, "currentColor");
        for (var edge : first) y = words(svg, edge, 34, y + 1);
        double to = Math.max(y + 8, 28);
        svg.line(20, 10, 20, to - 6, "currentColor", "").tip(20, 10, 20, to, "currentColor");
        return to;
    }

    private double box(Svg svg, Map.Entry<String, String> state, double top,
            Map<String, Lane> lanes) {
        var rows = edges.keySet().stream().filter(e -> e.from().equals(state.getKey()))
                .filter(e -> !e.absorbs() || numbers.containsKey(e)).toList();
        svg.text(12, top + 18, Anchor.START, state.getKey(), "font-weight=\"bold\"");
        var section = Sentence.title(state.getValue());
        svg.link(address.apply(state.getValue()), s -> s.text(BOX - 10, top + 17, Anchor.END,
                section, "opacity=\"0.7\" font-size=\"10\""));
        double y = top + HEADER;
        if (!rows.isEmpty())
            svg.line(0, y, BOX, y, "currentColor", "opacity=\"0.3\"");
        for (var edge : rows) {
            double middle = y + 11;
            y = words(svg, edge, 12, y + 1) + 2;
            if (edge.stays()) loop(svg, BOX - 12, middle);
            else {
                var lane = lanes.get(edge.to());
                svg.line(BOX, middle, lane.x, middle, lane.colour, "").dot(BOX, middle, 2.2,
                        lane.colour);
                lane.joins.add(middle);
            }
        }
        double bottom = y + (rows.isEmpty() ? 0 : 4);
        svg.box(0.7, top, BOX - 0.7, bottom - top, "currentColor",
                "data-state=\"" + state.getKey() + "\"");
        return bottom;
    }

    /// Event and action side by side; answers where they end.
    private double words(Svg svg, Edge edge, double x, double y) {
        var only = edges.get(edge).stream().allMatch(v -> v.startsWith("UDP")) ? " (UDP)"
                : edges.get(edge).stream().allMatch(v -> v.startsWith("TCP")) ? " (TCP)" : "";
        var event = Svg.wrap(edge.event() + only, EVENT_WIDTH);
        var action = edge.action().isEmpty() ? List.<String>of()
                : Svg.wrap(edge.action(), ACTION_WIDTH);
        double height = Math.max(event.size(), action.size()) * Svg.LINE;
        svg.box(x - 8, y + 1.5, BOX - x + 4, height + 1, "none",
                "data-edge=\"" + Svg.escape(edge.toString()) + "\"");
        for (int i = 0; i < event.size(); i++)
            svg.text(x, y + 14 + i * Svg.LINE, Anchor.START, event.get(i), "");
        for (int i = 0; i < action.size(); i++)
            svg.text(ACTION + (x - 12) / 2, y + 14 + i * Svg.LINE, Anchor.START, action.get(i),
                    ITALIC);
        var number = numbers.getOrDefault(edge, "");
        if (!number.isEmpty()) svg.link("#" + kind.id() + "-" + number, s -> s.text(BOX - 22,
                y + 13, Anchor.END, number, "font-size=\"10\" font-weight=\"bold\""));
        return y + height;
    }

    private static void loop(Svg svg, double x, double y) {
        svg.path(Svg.at("M", x, y - 4.5) + "a4.5 4.5 0 1 0 4.5 4.5"
                + Svg.at("M", x - 2.5, y - 7.5) + Svg.at("L", x + 1, y - 4.5)
                + Svg.at("L", x - 2.5, y - 1.5), "currentColor", 1.2, SOFT);
    }

    private static void lane(Svg svg, Lane lane, double head) {
        double top = Math.min(head, Collections.min(lane.joins));
        double bottom = Math.max(head, Collections.max(lane.joins));
        svg.line(lane.x, top, lane.x, bottom, lane.colour, "");
        for (double join : lane.joins) svg.dot(lane.x, join, 2.6, lane.colour);
        svg.line(lane.x, head, BOX + 5, head, lane.colour, "")
                .tip(lane.x, head, BOX, head, lane.colour);
    }
}
