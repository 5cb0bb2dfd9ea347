package p2psip.std.rfc9002;

import module java.base;

/// How long a path takes there and back, as far as acknowledgements tell.
///
/// @spec https://www.rfc-editor.org/rfc/rfc9002#section-5 RFC 9002 §5
public final class RoundTrips {

    /// What is thought of a path before anything is known of it.
    //= rfc9002#6.2.2-2 initial RTT: a third of a second
    public static final Duration INITIAL = Duration.ofMillis(333);

    /// No timer is set closer than that.
    //= rfc9002#6.1.2-5 a millisecond
    static final Duration GRANULARITY = Duration.ofMillis(1);

    /// The longest that the peer lets an acknowledgement wait.
    private final Duration maxDelay;
    private Duration smoothed = INITIAL, variation = INITIAL.dividedBy(2), latest = INITIAL;
    private Duration least = Duration.ZERO;
    private Optional<Instant> since = Optional.empty();
    private boolean renews;
    private int eighths = 1;

    /// @param maxDelay the longest that the peer lets an acknowledgement wait
    public RoundTrips(Duration maxDelay) { this.maxDelay = maxDelay; }

    /// One round trip was this long.
    ///
    /// @param delay how long the peer says that it has waited with its answer
    public void sample(Duration took, Duration delay, Instant now) {
        latest = took;
        if (since.isEmpty()) {
            since = Optional.of(now);
            //= rfc9002#5.2-1 the least is the first, and then the lesser of both
            least = smoothed = took;
            variation = took.dividedBy(2);
            return;
        }
        //= rfc9002#5.2-2 after persistent congestion it is the newest
        least = renews ? took : min(least, took);
        renews = false;
        var counted = believed(delay);
        //= rfc9002#5.3-6 and nothing is subtracted that leaves less than the least
        var adjusted = took.compareTo(least.plus(counted)) >= 0 ? took.minus(counted) : took;
        var off = smoothed.minus(adjusted).abs();
        variation = mean(variation, off, 4);
        smoothed = mean(smoothed, adjusted, 8);
    }

    /// What is believed of the delay that the peer tells.
    Duration believed(Duration delay) {
        //= rfc9002#5.3-5 no more of the delay than the peer may make
        return min(delay, maxDelay);
    }

    /// By nanoseconds: [Duration#dividedBy] takes longer than all else here.
    private static Duration mean(Duration before, Duration now, int weight) {
        return Duration.ofNanos(((weight - 1) * before.toNanos() + now.toNanos()) / weight);
    }

    /// There was persistent congestion: the path may be another now.
    void renew() { renews = true; }

    /// One that counted as lost was only late.
    void late() {
        //= rfc9002#6.1.2-6 adaptive: an eighth of a round trip more, up to twice the round trip
        eighths = Math.min(eighths + 1, 8);
    }

    /// When the first round trip was measured.
    public Optional<Instant> since() { return since; }

    public Duration smoothed() { return smoothed; }

    public Duration least() { return least; }

    /// How long after a later packet was acknowledged an earlier one counts as lost.
    public Duration lossDelay() {
        var trip = max(smoothed, latest);
        //= rfc9002#6.1.2-2,4 time threshold: nine eighths of a round trip, a tick at least
        return max(trip.plusNanos(eighths * trip.toNanos() / 8), GRANULARITY);
    }

    /// How long an acknowledgement may take before it is asked for.
    public Duration probeTimeout() {
        //= rfc9002#6.2.1-1 a tick of the timer at least
        return smoothed.plus(max(Duration.ofNanos(4 * variation.toNanos()), GRANULARITY))
                .plus(maxDelay);
    }

    private static Duration max(Duration a, Duration b) { return a.compareTo(b) >= 0 ? a : b; }

    private static Duration min(Duration a, Duration b) { return a.compareTo(b) <= 0 ? a : b; }
}
