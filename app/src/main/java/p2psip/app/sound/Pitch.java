package p2psip.app.sound;

/// How voice repeats itself at the end of what was heard, or at the beginning of what comes next.
///
/// @param period   after how many samples it does
/// @param likeness how much it is the same then: 1 if it is, 0 if it is noise
record Pitch(double period, double likeness) {
    /// The pitch of people, in Hz.
    private static final int LOW = 60, HIGH = 400;

    /// A multiple of the period is as much like it: it has to be better by so much to be taken.
    private static final double BETTER = 0.015;

    /// The longest period, in samples.
    static int longest(int rate) { return rate / LOW; }

    /// @param samples the nearest to the gap first, at least two of the longest periods
    static Pitch of(double[] samples, int rate) {
        int from = rate / HIGH, to = Math.min(longest(rate), samples.length / 2);
        var like = new double[to + 2];
        int best = from;
        for (int lag = from; lag <= to; lag++) {
            like[lag] = likeness(samples, lag, Math.max(lag, rate / 100));
            if (like[lag] > like[best] + BETTER) best = lag;
        }
        double part = best == from || best == to ? 0
                : peak(like[best - 1], like[best], like[best + 1]);
        return new Pitch(best + part, Math.clamp(like[best], 0, 1));
    }

    private static double likeness(double[] samples, int lag, int window) {
        double both = 0, here = 1, there = 1;
        for (int i = 0; i < Math.min(window, samples.length - lag); i++) {
            both += samples[i] * samples[i + lag];
            here += samples[i] * samples[i];
            there += samples[i + lag] * samples[i + lag];
        }
        return both / Math.sqrt(here * there);
    }

    /// Where the parabola through three points, one apart, is highest, from the middle one.
    private static double peak(double left, double middle, double right) {
        double bend = left - 2 * middle + right;
        return bend < 0 ? Math.clamp((left - right) / bend / 2, -0.5, 0.5) : 0;
    }
}
