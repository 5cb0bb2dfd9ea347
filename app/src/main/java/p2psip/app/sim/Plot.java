package p2psip.app.sim;

import module java.base;
import p2psip.app.trace.Svg;
import p2psip.app.trace.Svg.Anchor;

/// Measurements of runs in virtual time, drawn: what something was, at each of many moments or in
/// each of some settings.
///
/// @param title what is drawn
/// @param across what the horizontal axis counts
/// @param up     what the vertical one counts
/// @param series what is compared, at most five; the first is what it is about
/// @param growing whether each step to the right is a multiple of the last and not a sum
public record Plot(String title, String across, String up, List<Series> series, boolean growing) {
    private static final double LEFT = 52, WIDTH = 520, HEIGHT = 170, TOP = 24;

    /// One moment.
    ///
    /// @param spread how far above and below of it the truth may lie; 0 if it is known
    public record Point(double x, double y, double spread) {
        public Point(double x, double y) { this(x, y, 0); }
    }

    /// One thing at many moments.
    ///
    /// @param name empty if there is no other
    /// @param joined whether a line leads from one to the next
    public record Series(String name, List<Point> points, boolean joined) {
        public Series { points = List.copyOf(points); }

        public Series(String name, List<Point> points) { this(name, points, false); }
    }

    private static final List<String> COLOURS =
            List.of("#2f9e62", "#9a6fb0", "#d9822b", "#3b7dd8", "#c23030");

    public Plot { series = List.copyOf(series); }

    public Plot(String title, String across, String up, List<Series> series) {
        this(title, across, up, series, false);
    }

    /// What it is about.
    public List<Point> points() { return series.getFirst().points; }

    /// Drawn for a page.
    public String svg() {
        var svg = new Svg();
        double high = nice(all().mapToDouble(point -> point.y + point.spread).max().orElse(1));
        svg.text(LEFT, TOP - 10, Anchor.START, title + " (" + up + ")", "font-weight=\"bold\"");
        for (int i = 0; i <= 4; i++) {
            svg.line(LEFT, y(high * i / 4, high), LEFT + WIDTH, y(high * i / 4, high),
                    "currentColor", "opacity=\"0.2\"");
            svg.text(LEFT - 6, y(high * i / 4, high) + 4, Anchor.END, label(high * i / 4),
                    "font-size=\"10\"");
        }
        for (double value : marks()) svg.text(x(value), TOP + HEIGHT + 16, Anchor.MIDDLE,
                label(value), "font-size=\"10\"");
        svg.text(LEFT + WIDTH, TOP + HEIGHT + 30, Anchor.END, across, "font-size=\"10\"");
        double legend = LEFT + 6, below = TOP + HEIGHT + (series.size() > 2 ? 44 : 30);
        for (int i = 0; i < series.size(); i++) {
            draw(svg, series.get(i), COLOURS.get(i), high);
            var name = series.get(i).name;
            if (name.isEmpty()) continue;
            svg.dot(legend, below - 3, 3, COLOURS.get(i));
            svg.text(legend + 8, below, Anchor.START, name, "font-size=\"10\"");
            legend += 30 + Svg.width(name);
        }
        return svg.finish("plot", title, LEFT + WIDTH + 12, below + 6);
    }

    private void draw(Svg svg, Series each, String colour, double high) {
        if (each.joined) svg.path(each.points.stream().map(point -> Svg.at(
                point == each.points.getFirst() ? "M" : "L", x(point.x), y(point.y, high)))
                .collect(Collectors.joining()), colour, 1.3, "");
        for (var point : each.points) {
            svg.dot(x(point.x), y(point.y, high), each.joined ? 3 : 2, colour);
            if (point.spread > 0) svg.line(x(point.x), y(point.y - point.spread, high),
                    x(point.x), y(point.y + point.spread, high), colour, "");
        }
    }

    private double x(double value) {
        if (!growing) return LEFT + WIDTH * value / marks().getLast();
        double from = Math.log(marks().getFirst()), to = Math.log(marks().getLast());
        return LEFT + WIDTH * (to == from ? 0.5 : (Math.log(value) - from) / (to - from));
    }

    private static double y(double value, double high) {
        return TOP + HEIGHT * (1 - Math.max(0, value) / high);
    }

    /// What is written below the horizontal axis.
    private List<Double> marks() {
        if (growing) return all().map(Point::x).distinct().sorted().toList();
        double right = nice(all().mapToDouble(Point::x).max().orElse(1));
        return IntStream.rangeClosed(0, 4).mapToObj(i -> right * i / 4).toList();
    }

    private Stream<Point> all() { return series.stream().flatMap(each -> each.points.stream()); }

    /// The end of an axis: four steps that are easily read.
    private static double nice(double most) {
        double step = (most > 0 ? most : 1) / 4, ten = Math.pow(10, Math.floor(Math.log10(step)));
        return 4 * DoubleStream.of(1, 1.5, 2, 2.5, 5, 10).map(f -> f * ten).filter(s -> s >= step)
                .findFirst().orElseThrow();
    }

    private static String label(double value) {
        return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros()
                .toPlainString();
    }
}
