package p2psip.tools.book;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.trace.Svg;
import p2psip.app.trace.Svg.Anchor;

/// The ring of a [RingRun] as a circle: each node at its number, with a mark that says why it holds
/// the record, or that it does not; strokes across the circle are the two points of the record.
public final class RingDrawing {
    private static final double MIDDLE = 235, TOP = 185, RADIUS = 140, DOT = 7;
    private static final double NAMES = RADIUS + 25;
    private static final String POINT = "#c9801c", WAY = "#3d84c6";
    private static final BigDecimal ALL = new BigDecimal(BigInteger.TWO.pow(8 * NodeId.BYTES));

    /// What a node is to the record.
    private enum Mark {
        HERE("near the point"), THERE("near the opposite"), BOTH("near both"), NONE("no copy"),
        DEAD("dead");

        private static final String GREEN = "#2f9e62", VIOLET = "#a06cc9", GREY = "#8a8a92";

        private final String meaning;

        Mark(String meaning) { this.meaning = meaning; }

        void draw(Svg svg, double x, double y) {
            switch (this) {
                case HERE -> svg.dot(x, y, DOT, GREEN);
                case THERE -> svg.dot(x, y, DOT, VIOLET);
                case BOTH -> svg.dot(x, y, DOT, GREEN).dot(x, y, DOT / 2, VIOLET);
                case NONE -> svg.dot(x, y, DOT, GREY);
                case DEAD -> svg.line(x - 6, y - 6, x + 6, y + 6, GREY, "")
                        .line(x - 6, y + 6, x + 6, y - 6, GREY, "");
            }
        }
    }

    /// What is written beside the circle.
    private record Label(double turn, Anchor anchor, double radius, String text, String look) {}

    private final RingRun run = RingRun.whole();
    private final NodeId point = NodeId.of(RingRun.KEY);
    private final Svg svg = new Svg();
    /// Those who are to hold the record because of its point, and because of the opposite.
    private Set<Peer> here = run.near(point), there = run.near(point.opposite());

    private RingDrawing() {}

    /// @throws IllegalArgumentException if there is no drawing of this name
    public static String svg(String name) {
        var drawing = new RingDrawing();
        return switch (name) {
            case "stored" -> drawing.finish("a record and its holders");
            case "way" -> drawing.way();
            case "lost" -> drawing.lost();
            case "repaired" -> drawing.repaired();
            default -> throw new IllegalArgumentException("no drawing of a ring " + name
                    + ", there are: stored, way, lost, repaired");
        };
    }

    /// How the questions go to both points.
    private String way() {
        for (var to : List.of(point, point.opposite())) {
            var way = run.way(run.asker(), to);
            for (int i = 1; i < way.size(); i++)
                arrow(at(way.get(i - 1).id(), RADIUS), at(way.get(i).id(), RADIUS));
        }
        return finish("the way of a question");
    }

    /// From the border of one dot to that of another.
    private void arrow(double[] from, double[] to) {
        double along = Math.atan2(to[1] - from[1], to[0] - from[0]);
        double x = (DOT + 2) * Math.cos(along), y = (DOT + 2) * Math.sin(along);
        svg.line(from[0] + x, from[1] + y, to[0] - x, to[1] - y, WAY, "")
                .tip(from[0], from[1], to[0] - x, to[1] - y, WAY);
    }

    private String lost() {
        run.killRoot();
        return finish("five nodes die");
    }

    private String repaired() {
        run.killRoot();
        run.pass(Duration.ofSeconds(30));
        here = run.near(point);
        there = run.near(point.opposite());
        return finish("half a minute later");
    }

    private Mark mark(Peer peer) {
        if (!run.living().contains(peer)) return Mark.DEAD;
        if (!run.holds(peer)) return Mark.NONE;
        if (!here.contains(peer)) return Mark.THERE;
        return there.contains(peer) ? Mark.BOTH : Mark.HERE;
    }

    private String finish(String title) {
        svg.path(circle(), "currentColor", 1.3, "opacity=\"0.35\"");
        var labels = new ArrayList<Label>();
        for (var spot : List.of(point, point.opposite())) {
            double[] in = at(spot, RADIUS - 13), out = at(spot, RADIUS + 13);
            svg.path(Svg.at("M", in[0], in[1]) + Svg.at("L", out[0], out[1]), POINT, 3, "");
            labels.add(new Label(turn(spot), out[0] < MIDDLE ? Anchor.END : Anchor.START,
                    RADIUS + 18, spot.equals(point) ? "point" : "opposite",
                    "font-style=\"italic\""));
        }
        var marks = EnumSet.noneOf(Mark.class);
        for (var peer : run.names()) {
            double[] at = at(peer.id(), RADIUS);
            var mark = mark(peer);
            marks.add(mark);
            mark.draw(svg, at[0], at[1]);
            labels.add(new Label(turn(peer.id()), Anchor.MIDDLE, NAMES, run.name(peer),
                    mark == Mark.DEAD ? "opacity=\"0.5\"" : ""));
        }
        labels.sort(Comparator.comparing(Label::turn));
        var turns = apart(labels.stream().mapToDouble(Label::turn).toArray());
        for (int i = 0; i < turns.length; i++) {
            var label = labels.get(i);
            double[] at = at(turns[i], label.radius);
            svg.text(at[0], at[1] + 4, label.anchor, label.text, label.look);
        }
        return svg.finish("ring", title, 2 * MIDDLE, legend(marks));
    }

    /// What the marks mean, two in a line; answers where it ends.
    private double legend(Set<Mark> marks) {
        double y = TOP + NAMES + 34;
        int i = 0;
        for (var mark : marks) {
            double x = MIDDLE - 130 + i % 2 * 150, line = y + i / 2 * 20;
            mark.draw(svg, x, line);
            svg.text(x + 16, line + 4, Anchor.START, mark.meaning, "");
            i++;
        }
        return y + (i + 1) / 2 * 20;
    }

    /// Where labels stand that are to be near their places and must not touch: neighbours give way
    /// to each other.
    private static double[] apart(double[] places) {
        double least = 26 / NAMES;
        var apart = places.clone();
        for (int round = 0; round < 100; round++)
            for (int i = 0; i < apart.length; i++) {
                int next = (i + 1) % apart.length;
                double gap = apart[next] - apart[i] + (next == 0 ? 2 * Math.PI : 0);
                double lacks = Math.max(0, least - gap) / 2;
                apart[i] -= lacks;
                apart[next] += lacks;
            }
        return apart;
    }

    private static String circle() {
        var left = MIDDLE - RADIUS;
        return Svg.at("M", left, TOP) + " a " + RADIUS + " " + RADIUS + " 0 1 0 " + 2 * RADIUS
                + " 0 a " + RADIUS + " " + RADIUS + " 0 1 0 -" + 2 * RADIUS + " 0";
    }

    private static double turn(NodeId id) {
        return 2 * Math.PI * new BigDecimal(id.number()).divide(ALL, MathContext.DECIMAL64)
                .doubleValue();
    }

    private static double[] at(NodeId id, double radius) { return at(turn(id), radius); }

    /// Number 0 is at the top, and numbers rise clockwise.
    private static double[] at(double turn, double radius) {
        return new double[] {MIDDLE + radius * Math.sin(turn), TOP - radius * Math.cos(turn)};
    }
}
