package p2psip.app.sim;

import module java.base;
import p2psip.app.sim.Plot.*;

/// A figure of a paper, and how it is had again with nodes of ours.
///
/// What was published is said in the paper's text or read from its figure; a mean of several seeds
/// stands beside it, with the interval in which the true mean lies in 95 of 100 cases.
public enum Paper {
    /// Hops grow with the logarithm of the size: by four bits a hop in the ring, by two in Chord.
    ///
    /// @spec https://rowstron.azurewebsites.net/PAST/pastry.pdf Rowstron and Druschel: Pastry, 4.1
    HOPS("hops to the root of a point", "nodes", "hops", List.of(100., 300., 1000.),
            "Of perfect tables, counted: ring 1.69, 2.49 and 3.25, Chord 4.18, 5.84 and 7.52 in"
                    + " 100, 1,000 and 10,000 nodes (Chord without its list of successors).",
            List.of(
                new Curve("ring", (nodes, seed) -> still(RingKind.RING, nodes, seed),
                        RingFindings::hops),
                new Curve("Chord", (nodes, seed) -> still(RingKind.CHORD, nodes, seed),
                        RingFindings::hops))),

    /// The less time nodes stay, the less often a ring is right.
    ///
    /// @spec https://www.usenix.org/legacy/event/usenix04/tech/general/full_papers/rhea/rhea.pdf
    ///       Rhea, Geels, Roscoe, Kubiatowicz: Handling Churn in a DHT, section 4
    CHURN("look-ups that are not consistent", "minutes in the median", "%",
            List.of(1.4, 6., 23., 60., 180.),
            "Bamboo of 1,000 nodes: nearly all at 1.4 minutes; FreePastry: less than half at 23.",
            List.of(
                new Curve("ring", (minutes, seed) -> churn(RingKind.RING, minutes, seed),
                        found -> 100 - found.consistent()),
                new Curve("Chord", (minutes, seed) -> churn(RingKind.CHORD, minutes, seed),
                        found -> 100 - found.consistent()))),

    /// What it costs: bytes of a node in a second.
    ///
    /// @spec https://www.usenix.org/legacy/event/usenix04/tech/general/full_papers/rhea/rhea.pdf
    ///       Rhea, Geels, Roscoe, Kubiatowicz: Handling Churn in a DHT, section 4
    BYTES("bytes that a node sends", "minutes in the median", "B/s",
            List.of(1.4, 6., 23., 60., 180.),
            "Bamboo of 1,000 nodes: less than 900 at 1.4 minutes.",
            List.of(
                new Curve("ring", (minutes, seed) -> churn(RingKind.RING, minutes, seed),
                        RingFindings::bytes),
                new Curve("Chord", (minutes, seed) -> churn(RingKind.CHORD, minutes, seed),
                        RingFindings::bytes))),

    /// How long half of the look-ups take at most while nodes come and go, and how long 95 of 100.
    ///
    /// @spec https://www.usenix.org/legacy/event/usenix04/tech/general/full_papers/rhea/rhea.pdf
    ///       Rhea, Geels, Roscoe, Kubiatowicz: Handling Churn in a DHT, section 4
    LATENCY("time of a look-up", "minutes in the median", "ms", List.of(1.4, 6., 23., 60., 180.),
            "MIT Chord completes its look-ups, but takes seconds for them when sessions are short.",
            List.of(
                new Curve("ring, 50 of 100", (minutes, seed) -> churn(RingKind.RING, minutes,
                        seed), found -> found.latency(50).toMillis()),
                new Curve("ring, 95 of 100", (minutes, seed) -> churn(RingKind.RING, minutes, seed),
                        found -> found.latency(95).toMillis()),
                new Curve("Chord, 50 of 100", (minutes, seed) -> churn(RingKind.CHORD, minutes,
                        seed), found -> found.latency(50).toMillis()),
                new Curve("Chord, 95 of 100", (minutes, seed) -> churn(RingKind.CHORD, minutes,
                        seed), found -> found.latency(95).toMillis()))),

    /// Many die at once, in the middle of what is counted.
    ///
    /// @spec https://pdos.csail.mit.edu/papers/ton:chord/paper-ton.pdf
    ///       Stoica et al.: Chord, sections IV to VI
    DEATHS("look-ups that are wrong around a mass death", "% that die", "%",
            List.of(0., 10., 20., 30., 40., 50.),
            "Chord with 20 successors: no wrong answer though half of the nodes die.",
            List.of(
                new Curve("ring", (share, seed) -> deaths(RingKind.RING, share, seed),
                        found -> 100 - found.right()),
                new Curve("Chord", (share, seed) -> deaths(RingKind.CHORD, share, seed),
                        found -> 100 - found.right())));

    /// One kind of nodes, in all settings.
    ///
    /// @param setting of a value of the horizontal axis and a seed
    private record Curve(String name, Setting setting, ToDoubleFunction<RingFindings> measure) {}

    private interface Setting {
        RingSetting of(double x, long seed);
    }

    /// Of two-sided intervals of 95 %, from two measurements (one degree of freedom) on.
    private static final double[] STUDENT =
            {12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26};

    /// Of many.
    private static final double NORMAL = 1.96;

    private final String title, across, up, published;
    private final List<Double> values;
    private final List<Curve> curves;

    Paper(String title, String across, String up, List<Double> values, String published,
            List<Curve> curves) {
        this.title = title;
        this.across = across;
        this.up = up;
        this.values = values;
        this.published = published;
        this.curves = curves;
    }

    /// What is measured.
    public String title() { return title; }

    /// What the paper says of it, in a line.
    public String published() { return published; }

    /// Runs all settings with so many seeds, from 1 on.
    ///
    /// @param scale    how many nodes there are where their number is not what is varied
    /// @param trial    what a setting comes to: [RingTrial#run], or what is remembered of it
    /// @param progress told now and then which part of all is done, from 0 to 1
    public Plot run(int scale, int seeds, Function<RingSetting, RingFindings> trial,
            DoubleConsumer progress) {
        int all = curves.size() * values.size() * seeds, done = 0;
        var series = new ArrayList<Series>();
        for (var curve : curves) {
            var points = new ArrayList<Point>();
            for (double x : values) {
                var sample = new double[seeds];
                for (int i = 0; i < seeds; i++) {
                    var setting = scaled(curve.setting.of(x, i + 1), scale);
                    sample[i] = curve.measure.applyAsDouble(trial.apply(setting));
                    progress.accept(++done / (double) all);
                }
                points.add(point(x, sample));
            }
            series.add(new Series(curve.name, points, true));
        }
        return new Plot(title, across, up, series, this != DEATHS);
    }

    /// The mean, and how far from it the true one may lie.
    static Point point(double x, double... sample) {
        int n = sample.length;
        double mean = Arrays.stream(sample).average().orElseThrow();
        if (n < 2) return new Point(x, mean);
        double variance = Arrays.stream(sample).map(one -> (one - mean) * (one - mean)).sum()
                / (n - 1);
        double t = n - 2 < STUDENT.length ? STUDENT[n - 2] : NORMAL;
        return new Point(x, mean, t * Math.sqrt(variance / n));
    }

    private RingSetting scaled(RingSetting setting, int nodes) {
        return this == HOPS ? setting : setting.nodes(nodes);
    }

    private static RingSetting still(RingKind kind, double nodes, long seed) {
        return RingSetting.of((int) nodes, Optional.empty(), Duration.ofMinutes(3), seed)
                .kind(kind);
    }

    private static RingSetting churn(RingKind kind, double minutes, long seed) {
        return RingSetting.of(0, Optional.of(Duration.ofMillis(Math.round(60_000 * minutes))),
                Duration.ofMinutes(10), seed).kind(kind);
    }

    private static RingSetting deaths(RingKind kind, double share, long seed) {
        return RingSetting.of(0, Optional.empty(), Duration.ofMinutes(2), seed).kind(kind)
                .deaths(share / 100);
    }
}
