package p2psip.std;

import module java.base;

/// Time as a clock of so many hertz counts it: samples of sound, timestamps of packets. What is not
/// a whole tick is left out.
public final class Ticks {
    private static final long SECOND = 1_000_000_000;

    private Ticks() {}

    public static long of(Duration time, int hertz) {
        return of(time.getSeconds(), time.getNano(), hertz);
    }

    /// Since the epoch.
    public static long at(Instant moment, int hertz) {
        return of(moment.getEpochSecond(), moment.getNano(), hertz);
    }

    private static long of(long seconds, int nanos, int hertz) {
        return seconds * hertz + (long) nanos * hertz / SECOND;
    }

    /// How many nanoseconds so many ticks last.
    public static long nanos(long ticks, int hertz) {
        return ticks / hertz * SECOND + ticks % hertz * SECOND / hertz;
    }
}
