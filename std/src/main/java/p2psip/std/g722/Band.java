package p2psip.std.g722;

/// Half of the spectrum: a predictor that learns from what the other side hears too, and a step
/// that grows with what it did not foresee.
///
/// Encoder and decoder have the same and feed it the same differences, so that both foresee the
/// same. Names are those of the figures of the recommendation.
final class Band {
    /// Two to the power of 32nds, 11 bits behind the point.
    private static final int[] POWERS = new int[32];

    static {
        for (int i = 0; i < 32; i++) POWERS[i] = (int) Math.round(2048 * Math.pow(2, i / 32.0));
    }

    private final int mostLog;
    private final int shift;

    /// NABLA, the logarithm of the step, and DETL or DETH, the step.
    private int log, step;
    /// Reconstructed: the signal, and what the six zeros leave of it; the newest first.
    private final int[] r = new int[2], p = new int[3];
    /// The differences, the newest first, and the weights of poles and zeros.
    private final int[] d = new int[7], a = new int[2], b = new int[6];
    /// What the zeros foresee, and all together.
    private int sz, s;

    /// @param mostLog of the step
    /// @param shift   by how much the power is smaller than its logarithm says
    /// @param step    to begin with
    Band(int mostLog, int shift, int step) {
        this.mostLog = mostLog;
        this.shift = shift;
        this.step = step;
    }

    int foreseen() { return s; }

    int step() { return step; }

    /// A part of the step, in 32768ths of it.
    int part(int level) { return step * level >> 15; }

    /// Takes the difference, and by how much the step changes.
    void learn(int difference, int change) {
        log = Math.clamp((log * 127 >> 7) + change, 0, mostLog);
        int exponent = shift - (log >> 11), power = POWERS[log >> 6 & 31];
        step = (exponent < 0 ? power << -exponent : power >> exponent) << 2;
        predict(difference);
    }

    private void predict(int difference) {
        push(d, difference);
        push(r, saturate(s + difference));
        push(p, saturate(sz + difference));
        poles();
        zeros();
        int sp = saturate((a[0] * saturate(2 * r[0]) >> 15) + (a[1] * saturate(2 * r[1]) >> 15));
        sz = 0;
        for (int i = 5; i >= 0; i--) sz = saturate(sz + (b[i] * saturate(2 * d[i]) >> 15));
        s = saturate(sp + sz);
    }

    private void poles() {
        boolean one = p[0] < 0 == p[1] < 0, two = p[0] < 0 == p[2] < 0;
        int four = saturate(4 * a[0]);
        int second = (Math.min(one ? -four : four, Short.MAX_VALUE) >> 7)
                + (two ? 128 : -128) + (a[1] * 32_512 >> 15);
        a[1] = Math.clamp(second, -12_288, 12_288);
        int most = 15_360 - a[1];
        a[0] = Math.clamp((one ? 192 : -192) + (a[0] * 32_640 >> 15), -most, most);
    }

    private void zeros() {
        int pull = d[0] == 0 ? 0 : 128;
        for (int i = 0; i < 6; i++) b[i] = saturate(
                (d[i + 1] < 0 == d[0] < 0 ? pull : -pull) + (b[i] * 32_640 >> 15));
    }

    private static void push(int[] values, int newest) {
        System.arraycopy(values, 0, values, 1, values.length - 1);
        values[0] = newest;
    }

    static int saturate(int value) { return Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE); }
}
