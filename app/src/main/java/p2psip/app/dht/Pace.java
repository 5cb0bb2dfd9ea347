package p2psip.app.dht;

import module java.base;

/// How soon a node looks after its neighbours again: soon after they have changed, and ever later
/// while they do not, so that a ring at rest says little and one that is troubled mends quickly.
///
/// After a change each leaf has its turn in the first 8 s, again in the next 8, then in 16, 32 ...
final class Pace {
    static final Duration SOONEST = Duration.ofSeconds(1), LATEST = Duration.ofSeconds(30);

    static final Duration OFTEN = Duration.ofSeconds(10), SELDOM = Duration.ofMinutes(2);

    /// How long a neighbour may be silent before it is asked whether it lives.
    static final Duration SHORTEST = Duration.ofSeconds(2), LONGEST = Duration.ofSeconds(16);

    private Instant changed = Instant.EPOCH;

    /// The neighbours have changed.
    void changed(Instant now) { changed = now; }

    /// Until the next beat, at which one leaf has its turn.
    Duration period(Instant now) {
        return between(SOONEST, quiet(now).dividedBy(2 * LeafSet.SIDE), LATEST);
    }

    /// Until the next row of the routing table is improved.
    Duration tuning(Instant now) { return between(OFTEN, quiet(now), SELDOM); }

    /// A power of two of the shortest, so that few times another is said, and half of the time that
    /// it has been quiet at most: else who died with the last would not be missed for long.
    Duration silence(Instant now) {
        var silence = SHORTEST;
        while (silence.compareTo(LONGEST) < 0
                && silence.multipliedBy(4).compareTo(quiet(now)) <= 0)
            silence = silence.multipliedBy(2);
        return silence;
    }

    private Duration quiet(Instant now) { return Duration.between(changed, now); }

    static Duration between(Duration least, Duration wanted, Duration most) {
        return wanted.compareTo(least) < 0 ? least : wanted.compareTo(most) > 0 ? most : wanted;
    }
}
