package p2psip.tools.book;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.trace.Svg;
import p2psip.app.trace.Svg.Anchor;

/// The ring of a [RingRun] as a circle: each node at its number, filled if it holds the record, the
/// two points of the key as crosses; a node that is dead is a cross of its own in grey.
public final class RingDrawing {
    private static final double MIDDLE = 190, RADIUS = 130;
    private static final String HELD = "#2f9e62", POINT = "#c9801c", WAY = "#3d84c6";
    private static final BigDecimal ALL = new BigDecimal(BigInteger.TWO.pow(8 * NodeId.BYTES));

    private final RingRun run = RingRun.whole();
    private final List<Peer> names = run.living();   // all, as yet
    private final NodeId key = NodeId.of(RingRun.KEY);
    private final Svg svg = new Svg();

    private RingDrawing() {}

    /// @throws IllegalArgumentException if there is no drawing of this name
    public static String svg(String name) {
        var drawing = new RingDrawing();
        return switch (name) {
            case "stored" -> drawing.finish("a record and its holders");
            case "way" -> drawing.way();
            case "lost" -> drawing.lost(Duration.ZERO);
            case "repaired" -> drawing.lost(Duration.ofSeconds(30));
            default -> throw new IllegalArgumentException("no drawing of a ring " + name
                    + ", there are: stored, way, lost, repaired");
        };
    }

    /// How a question goes from the node that is farthest from the key.
    private String way() {
        var from = run.living().stream().max(Comparator.comparing(
                peer -> peer.id().distance(key))).orElseThrow();
        var way = run.way(from, key);
        for (int i = 1; i < way.size(); i++) {
            double[] a = at(way.get(i - 1).id(), RADIUS), b = at(way.get(i).id(), RADIUS - 10);
            svg.line(a[0], a[1], b[0], b[1], WAY, "").tip(a[0], a[1], b[0], b[1], WAY);
        }
        return finish("the way of a question");
    }

    /// The root of the key and the two on either side of it die at once.
    private String lost(Duration later) {
        var root = run.root(key);
        var living = run.living();
        int at = living.indexOf(root);
        for (int i = -2; i <= 2; i++)
            run.kill(living.get(Math.floorMod(at + i, living.size())));
        run.pass(later);
        return finish(later.isZero() ? "five nodes die" : "half a minute later");
    }

    private String finish(String title) {
        svg.path(circle(), "currentColor", 1.3, "opacity=\"0.35\"");
        for (var peer : names) {
            int n = names.indexOf(peer) + 1;
            // those of neighbours do not touch
            double[] at = at(peer.id(), RADIUS), label = at(peer.id(), RADIUS + 20 + n % 2 * 16);
            boolean lives = run.living().contains(peer);
            if (lives) svg.dot(at[0], at[1], 7, run.holds(peer) ? HELD : "currentColor");
            else cross(at, "currentColor");
            svg.text(label[0], label[1] + 4, Anchor.MIDDLE, "N" + n,
                    lives ? "" : "opacity=\"0.5\"");
        }
        for (var point : List.of(key, key.opposite())) {
            double[] at = at(point, RADIUS), label = at(point, RADIUS - 24);
            cross(at, POINT);
            svg.text(label[0], label[1] + 4, Anchor.MIDDLE,
                    point.equals(key) ? "key" : "opposite", "font-style=\"italic\"");
        }
        return svg.finish("ring", title, 2 * MIDDLE, 2 * MIDDLE);
    }

    private void cross(double[] at, String colour) {
        svg.line(at[0] - 6, at[1] - 6, at[0] + 6, at[1] + 6, colour, "")
                .line(at[0] - 6, at[1] + 6, at[0] + 6, at[1] - 6, colour, "");
    }

    private static String circle() {
        var left = MIDDLE - RADIUS;
        return Svg.at("M", left, MIDDLE) + " a " + RADIUS + " " + RADIUS + " 0 1 0 " + 2 * RADIUS
                + " 0 a " + RADIUS + " " + RADIUS + " 0 1 0 -" + 2 * RADIUS + " 0";
    }

    /// Number 0 is at the top, and numbers rise clockwise.
    private static double[] at(NodeId id, double radius) {
        double turn = 2 * Math.PI * new BigDecimal(id.number())
                .divide(ALL, MathContext.DECIMAL64).doubleValue();
        return new double[] {MIDDLE + radius * Math.sin(turn), MIDDLE - radius * Math.cos(turn)};
    }
}
