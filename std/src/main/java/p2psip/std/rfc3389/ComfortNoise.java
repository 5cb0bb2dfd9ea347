package p2psip.std.rfc3389;

import module java.base;

/// What the noise behind a voice is like while nobody speaks: its level, and its colour.
///
/// @param level        below the loudest there can be, in -dBov from 0 to 127
/// @param coefficients reflection coefficients of an all-pole filter, ascending, each as a number
///                     from 0 (-1) by 127 (0) to 254 (1); none for white noise
/// @spec https://www.rfc-editor.org/rfc/rfc3389#section-3 RFC 3389 §3
public record ComfortNoise(int level, List<Integer> coefficients) {
    /// Of the filter; more is read, and is as if it were zero.
    public static final int MAX_ORDER = 16;

    private static final int LOUDEST = 32_768, ZERO = 127, RESERVED = 255;

    public ComfortNoise {
        coefficients = List.copyOf(coefficients);
        if (level < 0 || level > 127 || coefficients.stream().anyMatch(n -> n < 0 || n >= RESERVED))
            throw new IllegalArgumentException("level " + level + ", " + coefficients);
    }

    /// Reads what remains in the buffer; empty if there is nothing.
    public static Optional<ComfortNoise> parse(ByteBuffer in) {
        if (!in.hasRemaining()) return Optional.empty();
        //= rfc3389#3.3-1 the first byte is the level
        int level = in.get() & 0x7f;
        var coefficients = new ArrayList<Integer>();
        //= rfc3389#3¶1 the order of the model is what the length of the payload says
        while (in.hasRemaining()) {
            int n = in.get() & 0xff;
            if (n == RESERVED || coefficients.size() == MAX_ORDER) break;
            coefficients.add(n);
        }
        return Optional.of(new ComfortNoise(level, coefficients));
    }

    public ByteBuffer encode() {
        var out = ByteBuffer.allocate(1 + coefficients.size());
        //= rfc3389#3.3-1 the noise level first
        out.put((byte) level);
        //= rfc3389#2-1 which may be all, or spectral information follows it
        //= rfc3389#3-1 that is optional
        coefficients.forEach(n -> out.put(n.byteValue()));
        return out.flip();
    }

    /// What these samples, which are noise, are like.
    public static ComfortNoise of(short[] samples, int order) {
        var alike = new double[order + 1];
        for (int lag = 0; lag <= order; lag++)
            for (int i = lag; i < samples.length; i++) alike[lag] += samples[i] * samples[i - lag];
        double power = alike[0] / Math.max(1, samples.length);
        int level = power < 1e-3 ? 127
                : Math.clamp(Math.round(-10 * Math.log10(power / LOUDEST / LOUDEST)), 0, 127);
        return new ComfortNoise(level, power < 1 ? List.of() : reflections(alike));
    }

    /// By Levinson's and Durbin's recursion.
    private static List<Integer> reflections(double[] alike) {
        var filter = new double[alike.length];
        filter[0] = 1;
        double left = alike[0] * 1.0001;
        var numbers = new ArrayList<Integer>();
        for (int m = 1; m < alike.length; m++) {
            double sum = 0;
            for (int i = 0; i < m; i++) sum += filter[i] * alike[m - i];
            double k = Math.clamp(-sum / left, -0.98, 0.98);
            var next = filter.clone();
            for (int i = 1; i <= m; i++) next[i] = filter[i] + k * filter[m - i];
            filter = next;
            left *= 1 - k * k;
            numbers.add(Math.clamp(Math.round(k * LOUDEST / 258) + ZERO, 0, 254));
        }
        return numbers;
    }

    /// Between -1 and 1.
    double coefficient(int i) { return 258.0 * (coefficients.get(i) - ZERO) / LOUDEST; }

    /// The root of the mean square of samples of this level.
    double loudness() { return LOUDEST * Math.pow(10, -level / 20.0); }
}
