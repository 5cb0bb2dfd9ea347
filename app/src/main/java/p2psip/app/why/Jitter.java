package p2psip.app.why;

import module java.base;

/// How unevenly the packets of a stream come, beside how evenly they were sent, for who passes them
/// on and has not been told how fast the clock of the sender runs: of the usual clocks that one is
/// taken with which the stream has lasted as long there as here.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3550#section-6.4.1 RFC 3550 §6.4.1
final class Jitter {
    private static final List<Integer> CLOCKS = List.of(8_000, 16_000, 48_000, 90_000);

    /// So long a stream is listened to before anything is said of it.
    private static final double LEAST = 0.5;

    private Instant begun = Instant.MIN, last = Instant.MIN;
    private int stamp;
    /// Ticks of the sender's clock since the first packet.
    private long ticks;
    private int clock;
    /// In seconds.
    private double jitter;

    /// One has come, and no other was lost or late before it.
    void heard(int timestamp, Instant now) {
        if (begun.equals(Instant.MIN)) begun = now;
        else next(timestamp - stamp, seconds(last, now), seconds(begun, now));
        stamp = timestamp;
        last = now;
    }

    /// Another source has begun.
    void restart() {
        begun = Instant.MIN;
        ticks = 0;
        clock = 0;
        jitter = 0;
    }

    private void next(int step, double since, double all) {
        ticks += step;
        if (all < LEAST) return;
        int nearest = CLOCKS.stream().min(Comparator.comparingDouble(
                each -> Math.abs(ticks / (double) each - all))).orElseThrow();
        if (nearest != clock) jitter = 0;
        clock = nearest;
        jitter += (Math.abs(since - step / (double) clock) - jitter) / 16;
    }

    Duration mean() { return Duration.ofNanos(Math.round(jitter * 1e9)); }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
