package p2psip.app.trace;

import module java.base;
import p2psip.app.trace.Svg.Anchor;
import p2psip.app.trace.Trace.What;

/// A ladder as SVG: a lifeline for each participant, and what is said of an arrow above it.
///
/// Words may be wider than the arrow they belong to: the lifelines make room for them.
record Sequence(String title, List<String> columns, List<Row> rows, Function<Trace, String> link) {
    /// Left of all lifelines stands the time.
    private static final double GUTTER = 50, COLUMN = 118, HEAD = 34;
    private static final String SOFT = "opacity=\"0.65\" font-size=\"10\"";

    /// Where a lifeline is hidden by words.
    private record Gap(double left, double right, double top, double bottom) {}

    String svg(int more) {
        var svg = new Svg();
        var gaps = new ArrayList<Gap>();
        double y = HEAD + 8;
        var begin = rows.getFirst().at();
        var last = "";
        for (var row : rows) {
            var time = "%.3f".formatted(begin.until(row.at()).toNanos() / 1e9);
            var at = time.equals(last) ? "" : time;
            last = time;
            double top = y;
            double[] bottom = {y};
            svg.link(link.apply(row.trace()), _ -> bottom[0] = row.arrow()
                    && !row.from().equals(row.to()) ? arrow(svg, row, top, at, gaps)
                    : note(svg, row, top, at, gaps));
            y = bottom[0];
        }
        if (more > 0)
            svg.text(GUTTER, y += Svg.LINE, Anchor.START, "... and " + more + " more", "");
        lifelines(svg, gaps, y + 8);
        return svg.finish("sequence", title, width(), y + 12);
    }

    private double width() { return GUTTER + Math.max(3, columns.size()) * COLUMN; }

    /// Two have the room of three.
    private double column() { return (width() - GUTTER) / columns.size(); }

    private double x(String column) { return GUTTER + (columns.indexOf(column) + 0.5) * column(); }

    private double arrow(Svg svg, Row row, double y, String time, List<Gap> gaps) {
        double from = x(row.from()), to = x(row.to());
        var colour = colour(row.trace().what());
        var words = Svg.wrap(row.text(), (int) ((width() - GUTTER) / Svg.CHARACTER));
        double widest = words.stream().mapToDouble(Svg::width).max().orElse(0);
        double middle = Math.clamp((from + to) / 2, Math.min(GUTTER + widest / 2, width() / 2),
                Math.max(width() - widest / 2 - 2, width() / 2));
        gaps.add(new Gap(middle - widest / 2 - 3, middle + widest / 2 + 3, y + 1,
                y + words.size() * Svg.LINE + 2));
        for (var line : words) svg.text(middle, y += Svg.LINE, Anchor.MIDDLE, line, "");
        double at = y + 8;
        if (!time.isEmpty()) svg.text(0, at + 3, Anchor.START, time, SOFT);
        double end = row.arrived() ? to : to - (to - from) * 0.12;
        svg.line(from, at, end - Math.signum(to - from) * (row.arrived() ? 6 : 0), at, colour,
                row.arrived() ? "" : "stroke-dasharray=\"5 4\"");
        if (row.arrived()) svg.tip(from, at, to, at, colour);
        else svg.line(end - 4, at - 4, end + 4, at + 4, colour, "")
                .line(end - 4, at + 4, end + 4, at - 4, colour, "");
        return at + 6;
    }

    /// On the side of its lifeline where there is more room.
    private double note(Svg svg, Row row, double y, String time, List<Gap> gaps) {
        double x = x(row.from());
        boolean right = width() - x > x - GUTTER;
        int room = (int) (((right ? width() - x : x - GUTTER) - 12) / Svg.CHARACTER);
        var words = Svg.wrap(row.text(), room);
        double widest = words.stream().mapToDouble(Svg::width).max().orElse(0);
        gaps.add(right ? new Gap(x + 7, x + 12 + widest, y + 2, y + words.size() * Svg.LINE + 5)
                : new Gap(x - 12 - widest, x - 7, y + 2, y + words.size() * Svg.LINE + 5));
        svg.dot(x, y + 10, 3.5, "currentColor");
        if (!time.isEmpty()) svg.text(0, y + 13, Anchor.START, time, SOFT);
        for (var line : words)
            svg.text(right ? x + 9 : x - 9, y += Svg.LINE, right ? Anchor.START : Anchor.END, line,
                    "font-style=\"italic\"");
        return y + 5;
    }

    private void lifelines(Svg svg, List<Gap> gaps, double bottom) {
        for (var column : columns) {
            double x = x(column), from = HEAD;
            var name = Svg.wrap(column, (int) (column() / Svg.CHARACTER));
            for (int i = 0; i < name.size(); i++)
                svg.text(x, HEAD - 8 - (name.size() - 1 - i) * Svg.LINE, Anchor.MIDDLE, name.get(i),
                        "font-weight=\"bold\"");
            for (var gap : gaps) {
                if (gap.right < x || x < gap.left) continue;
                if (gap.top > from) lifeline(svg, x, from, gap.top);
                from = gap.bottom;
            }
            lifeline(svg, x, from, bottom);
        }
    }

    private static void lifeline(Svg svg, double x, double from, double to) {
        svg.line(x, from, x, to, "currentColor", "opacity=\"0.35\"");
    }

    /// Each kind of message has its own, seen on light and on dark.
    private static String colour(What what) {
        return what instanceof What.Message m ? switch (m.protocol()) {
            case "SIP" -> "#3d84c6";
            case "RTP", "RTCP" -> "#2f9e62";
            case "STUN", "TURN" -> "#a06cc9";
            case "DHT", "P2P" -> "#c9801c";
            default -> "currentColor";
        } : "currentColor";
    }
}
