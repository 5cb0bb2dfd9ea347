package p2psip.app.sound;

import module java.base;

/// Sound at another rate, frame by frame, without what the lower of both rates cannot carry.
///
/// As if so many zeros were put between the samples that both rates divide it, and the sinc of a
/// low pass laid over them; of which only those products are taken that are not zero and not thrown
/// away again. It delays by half of the sinc.
public final class Resampler {
    /// How many samples of the slower side the sinc is long, and which part of its band is kept.
    private static final int WIDTH = 32;
    private static final double KEPT = 0.92;

    private final int up, down;
    /// For each place between two samples the weights of the samples around it, the newest first.
    private final float[][] weights;
    /// The last samples, the newest last.
    private short[] past;
    /// Where between samples the next one lies, in units of the rate that both divide.
    private int place;

    /// @throws IllegalArgumentException if the rates have no small ratio
    public Resampler(int from, int to) {
        int common = BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValue();
        up = to / common;
        down = from / common;
        if (up > 1000 || down > 1000)
            throw new IllegalArgumentException("from " + from + " to " + to + " Hz");
        weights = weights(up, down);
        past = new short[weights[0].length - 1];
    }

    private static float[][] weights(int up, int down) {
        int slow = Math.max(up, down), taps = (WIDTH * slow + up - 1) / up;
        double middle = taps * up / 2.0, cut = KEPT / slow;
        var weights = new float[up][taps];
        for (int place = 0; place < up; place++) {
            double sum = 0;
            for (int i = 0; i < taps; i++) {
                double t = i * up + place - middle, x = Math.PI * t * cut;
                double sinc = x == 0 ? 1 : Math.sin(x) / x;
                // Blackman's window
                double w = 2 * Math.PI * (t + middle) / (taps * up);
                weights[place][i] = (float) (sinc * (0.42 - 0.5 * Math.cos(w)
                        + 0.08 * Math.cos(2 * w)));
                sum += weights[place][i];
            }
            // silence stays silence, and a constant the same
            for (int i = 0; i < taps; i++) weights[place][i] /= (float) sum;
        }
        return weights;
    }

    /// What these samples make; over many frames as many as the rates say.
    public short[] take(short[] samples) {
        if (up == down) return samples;
        int taps = weights[0].length;
        var line = Arrays.copyOf(past, past.length + samples.length);
        System.arraycopy(samples, 0, line, past.length, samples.length);
        var out = new short[(int) (((long) samples.length * up - place + down - 1) / down)];
        long at = place;
        for (int n = 0; n < out.length; n++, at += down) {
            var weight = weights[(int) (at % up)];
            int newest = (int) (at / up) + taps - 1;
            float sum = 0;
            for (int i = 0; i < taps; i++) sum += weight[i] * line[newest - i];
            out[n] = (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        place = (int) (at - (long) samples.length * up);
        past = Arrays.copyOfRange(line, line.length - past.length, line.length);
        return out;
    }

    /// All of it at once, without the delay.
    public static short[] convert(short[] samples, int from, int to) {
        if (from == to) return samples;
        var resampler = new Resampler(from, to);
        int taps = resampler.weights[0].length;
        resampler.place = taps * resampler.up / 2;
        var out = resampler.take(Arrays.copyOf(samples, samples.length + taps));
        return Arrays.copyOf(out, (int) ((long) samples.length * to / from));
    }
}
