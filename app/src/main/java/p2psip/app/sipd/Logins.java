package p2psip.app.sipd;

import module java.base;

/// How long who gave wrong passwords has to wait before another one is looked at.
///
/// A few mistakes cost nothing; from then on each doubles the wait, and after many nothing of that
/// source is looked at for a while. A right password in between forgives nothing, for he who
/// guesses may have one of his own; time does.
final class Logins {
    /// Mistakes that everybody makes.
    static final int FREE = 5;

    /// As many make a guesser.
    static final int GUESSER = 20;

    /// The wait after the first mistake that is not free, and the longest that it is doubled to.
    static final Duration FIRST_WAIT = Duration.ofSeconds(1), LAST_WAIT = Duration.ofSeconds(32);

    /// How long a guesser waits.
    static final Duration BAN = Duration.ofMinutes(10);

    /// Mistakes are forgotten so long after the last one.
    static final Duration FORGIVEN = Duration.ofHours(1);

    /// Sources remembered; beyond it the one that was wrong least lately is forgotten.
    static final int SOURCES = 10_000;

    private record Mistakes(int count, Instant last, Instant until) {}

    private final SequencedMap<InetAddress, Mistakes> sources = new LinkedHashMap<>();

    /// How long a source still has to wait; empty if its password is looked at.
    Optional<Duration> waits(InetAddress source, Instant now) {
        return Optional.ofNullable(sources.get(source)).map(m -> Duration.between(now, m.until))
                .filter(Duration::isPositive);
    }

    /// A source has given a wrong password.
    ///
    /// @return what to write down: one line when a source becomes slow, another when it is banned
    Optional<String> wrong(InetAddress source, String user, Instant now) {
        var before = sources.get(source);
        int count = before == null || before.last.plus(FORGIVEN).isBefore(now)
                ? 1 : before.count + 1;
        var wait = wait(count);
        sources.putLast(source, new Mistakes(count, now, now.plus(wait)));
        if (sources.size() > SOURCES) sources.pollFirstEntry();
        if (count != FREE + 1 && count != GUESSER) return Optional.empty();
        return Optional.of(source.getHostAddress() + " has given " + count
                + " wrong passwords, the last one for " + user + ": it has to wait "
                + (count < GUESSER ? "before each of the next" : BAN.toMinutes() + " minutes"));
    }

    private static Duration wait(int count) {
        if (count <= FREE) return Duration.ZERO;
        if (count >= GUESSER) return BAN;
        var doubled = FIRST_WAIT.multipliedBy(1L << count - FREE - 1);
        return doubled.compareTo(LAST_WAIT) < 0 ? doubled : LAST_WAIT;
    }

    int size() { return sources.size(); }
}
