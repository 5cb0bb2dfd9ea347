package p2psip.app.voip;

import module java.base;

/// How loud it has been in the last fifth of a second or so.
final class Loudness {
    /// How much the last frame counts, of all there have been: 20 ms of them.
    private static final double SHARE = 0.1;

    /// After so long without a frame it is silent.
    private static final Duration STALE = Duration.ofMillis(300);

    private double energy;
    private Instant last = Instant.MIN;

    void heard(short[] frame, Instant now) {
        double sum = 0;
        for (short sample : frame) sum += (double) sample * sample;
        energy += SHARE * ((frame.length == 0 ? 0 : sum / frame.length) - energy);
        last = now;
    }

    /// In dB below a square wave of the largest samples.
    double level(Instant now) {
        if (last.isBefore(now.minus(STALE)) || energy < 1) return Quality.SILENT;
        return 10 * Math.log10(energy / (32768.0 * 32768));
    }
}
