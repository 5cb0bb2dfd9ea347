package p2psip.std.rfc3389;

import module java.base;

/// Makes noise as it was described, and goes over slowly to what is described next.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3389#section-5 RFC 3389 §5
public final class NoiseGenerator {
    /// How much of the way to the next level is gone with a sample.
    private static final double STEP = 0.001;

    private final RandomGenerator random;
    private final double[] delayed = new double[ComfortNoise.MAX_ORDER + 1];
    private ComfortNoise like = new ComfortNoise(127, List.of());
    private double loudness;

    public NoiseGenerator(RandomGenerator random) { this.random = random; }

    public void like(ComfortNoise noise) {
        if (loudness == 0) loudness = noise.loudness();
        like = noise;
    }

    public short[] next(int count) {
        double gain = 1;
        int order = like.coefficients().size();
        for (int i = 0; i < order; i++) gain *= 1 - Math.pow(like.coefficient(i), 2);
        gain = Math.sqrt(gain);
        var samples = new short[count];
        for (int n = 0; n < count; n++) {
            loudness += (like.loudness() - loudness) * STEP;
            double value = random.nextGaussian() * loudness * gain;
            // the lattice of the all-pole filter, from the highest order down
            for (int i = order; i > 0; i--) {
                double k = like.coefficient(i - 1);
                value -= k * delayed[i - 1];
                delayed[i] = delayed[i - 1] + k * value;
            }
            delayed[0] = value;
            samples[n] = (short) Math.clamp(Math.round(value), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return samples;
    }
}
