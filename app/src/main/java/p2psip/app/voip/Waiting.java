package p2psip.app.voip;

import module java.base;
import p2psip.app.sound.AnyRate;
import p2psip.std.Ticks;

/// Sound that waits until there is a frame of it.
final class Waiting {
    private final AnyRate rates;
    private final short[] samples;
    private int length;

    /// @param rate of what is taken
    /// @param most that waits; of more the oldest is forgotten
    Waiting(int rate, Duration most) {
        rates = new AnyRate(rate);
        samples = new short[(int) Ticks.of(most, rate)];
    }

    void add(Sound said) {
        var added = rates.take(said.samples(), said.rate());
        int fresh = Math.min(added.length, samples.length);
        int kept = Math.min(length, samples.length - fresh);
        System.arraycopy(samples, length - kept, samples, 0, kept);
        System.arraycopy(added, added.length - fresh, samples, kept, fresh);
        length = kept + fresh;
    }

    /// The oldest of it; empty if there is not so much.
    Optional<short[]> take(int count) {
        if (count == 0 || length < count) return Optional.empty();
        var taken = Arrays.copyOf(samples, count);
        System.arraycopy(samples, count, samples, 0, length - count);
        length -= count;
        return Optional.of(taken);
    }

    /// The same, or what there is if it is less.
    short[] rest(int most) { return take(Math.min(most, length)).orElseGet(() -> new short[0]); }
}
