package p2psip.std.rfc3611;

/// What people would say of a call, estimated from loss and delay as ITU-T G.107 does.
///
/// @param r 0 to 100: from 80 on people are content, below 50 nobody is
/// @spec https://www.rfc-editor.org/rfc/rfc3611#section-4.7.5 RFC 3611 §4.7.5
public record CallQuality(double r) {
    /// R without any impairment by loss or delay.
    private static final double BEST = 93.2;
    /// How much loss a codec bears: G.711 with a simple concealment.
    public static final double G711_CONCEALED = 25.1;
    /// G.711 with silence for what is lost.
    public static final double G711_PLAIN = 4.3;

    public CallQuality { r = Math.clamp(r, 0, 100); }

    /// @param lost or discarded, of 1
    /// @param burst how much longer runs of loss are than by chance: 1 for chance
    /// @param mouthToEar delay one way, in milliseconds
    /// @param robustness of the codec against loss, `Bpl` of G.113
    public static CallQuality of(double lost, double burst, double mouthToEar, double robustness) {
        double percent = 100 * lost;
        double loss = percent == 0 ? 0 : 95 * percent / (percent / burst + robustness);
        double delay = 0.024 * mouthToEar + Math.max(0, 0.11 * (mouthToEar - 177.3));
        return new CallQuality(BEST - loss - delay);
    }

    /// The mean opinion score, 1 to 4.5.
    public double score() {
        return Math.clamp(1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6, 1, 4.5);
    }

    int factor() { return (int) Math.round(r); }

    int tenfold() { return (int) Math.round(10 * score()); }
}
