package p2psip.tools.book;

import module java.base;
import p2psip.app.trace.Svg;
import p2psip.app.trace.Svg.Anchor;

/// A measurement of a run in virtual time, drawn: what something was, at each of many moments.
///
/// @param title what is drawn
/// @param across what the horizontal axis counts
/// @param up     what the vertical one counts
/// @param series what is compared; the first is what it is about
public record Plot(String title, String across, String up, List<Series> series) {
    private static final double LEFT = 44, WIDTH = 520, HEIGHT = 170, TOP = 24;

    /// One moment.
    public record Point(double x, double y) {}

    /// One thing at many moments.
    ///
    /// @param name empty if there is no other
    public record Series(String name, List<Point> points) {
        public Series { points = List.copyOf(points); }
    }

    private static final List<String> COLOURS = List.of("#2f9e62", "#9a6fb0");

    public Plot { series = List.copyOf(series); }

    /// What it is about.
    public List<Point> points() { return series.getFirst().points; }

    /// Drawn for a page.
    public String svg() {
        var svg = new Svg();
        double right = nice(all().mapToDouble(Point::x).max().orElse(1));
        double high = nice(all().mapToDouble(Point::y).max().orElse(1));
        svg.text(LEFT, TOP - 10, Anchor.START, title + " (" + up + ")", "font-weight=\"bold\"");
        for (int i = 0; i <= 4; i++) {
            double y = TOP + HEIGHT * (4 - i) / 4, x = LEFT + WIDTH * i / 4;
            svg.line(LEFT, y, LEFT + WIDTH, y, "currentColor", "opacity=\"0.2\"");
            svg.text(LEFT - 6, y + 4, Anchor.END, label(high * i / 4), "font-size=\"10\"");
            svg.text(x, TOP + HEIGHT + 16, Anchor.MIDDLE, label(right * i / 4),
                    "font-size=\"10\"");
        }
        svg.text(LEFT + WIDTH, TOP + HEIGHT + 30, Anchor.END, across, "font-size=\"10\"");
        for (int i = 0; i < series.size(); i++) {
            var each = series.get(i);
            var colour = COLOURS.get(i);
            for (var point : each.points) svg.dot(LEFT + WIDTH * point.x / right,
                    TOP + HEIGHT * (1 - point.y / high), 2, colour);
            if (each.name.isEmpty()) continue;
            double x = LEFT + 6 + WIDTH * 0.35 * i, y = TOP + HEIGHT + 30;
            svg.dot(x, y - 3, 3, colour);
            svg.text(x + 8, y, Anchor.START, each.name, "font-size=\"10\"");
        }
        return svg.finish("plot", title, LEFT + WIDTH + 12, TOP + HEIGHT + 36);
    }

    private Stream<Point> all() { return series.stream().flatMap(each -> each.points.stream()); }

    /// The end of an axis: four steps that are easily read.
    private static double nice(double most) {
        double step = most / 4, ten = Math.pow(10, Math.floor(Math.log10(step)));
        return 4 * DoubleStream.of(1, 1.5, 2, 2.5, 5, 10).map(f -> f * ten).filter(s -> s >= step)
                .findFirst().orElseThrow();
    }

    private static String label(double value) {
        return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros()
                .toPlainString();
    }
}
