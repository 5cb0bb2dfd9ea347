package p2psip.app.sound;

/// Brings sound that comes at one rate after another to one of its own.
public final class AnyRate {
    private final int rate;
    private int from;
    private Resampler resampler;

    /// @param rate of what is taken out
    public AnyRate(int rate) {
        this.rate = rate;
        from = rate;
        resampler = new Resampler(rate, rate);
    }

    /// @param from how many of the samples are a second
    public short[] take(short[] samples, int from) {
        if (from != this.from) resampler = new Resampler(from, rate);
        this.from = from;
        return resampler.take(samples);
    }
}
