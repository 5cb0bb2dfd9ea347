package p2psip.app.voip;

import module java.base;

/// Notices that nothing is heard: after some time, and whenever it has lasted twice as long.
final class Silence {
    private final Duration first;
    private Instant since = Instant.MAX;
    private Duration next;

    /// @param first how long nothing is heard before it is noticed
    Silence(Duration first) {
        this.first = first;
        next = first;
    }

    Instant deadline() { return since.equals(Instant.MAX) ? Instant.MAX : since.plus(next); }

    /// Listens from now on, unless it does already.
    void begin(Instant now) { if (since.equals(Instant.MAX)) since = now; }

    /// Listens no more.
    void end() {
        since = Instant.MAX;
        next = first;
    }

    /// Something is heard; answers whether silence had been noticed before.
    boolean heard(Instant now) {
        boolean noticed = next.compareTo(first) > 0;
        next = first;
        if (!since.equals(Instant.MAX)) since = now;
        return noticed;
    }

    /// How long nothing has been heard, when it is time to say so.
    Optional<Duration> wake(Instant now) {
        if (deadline().isAfter(now)) return Optional.empty();
        var lasted = next;
        next = next.multipliedBy(2);
        return Optional.of(lasted);
    }
}
