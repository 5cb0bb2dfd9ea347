package p2psip.app.sipd;

import module java.base;

/// How much each of many may have: so much at once, and so much a second from then on (a token
/// bucket).
///
/// @param <K> who they are
public final class Budget<K> {
    /// So many are remembered; beyond it the one unused longest is forgotten, and may begin anew.
    static final int REMEMBERED = 10_000;

    private record Left(double tokens, Instant at) {}

    private final int atOnce;
    private final double perSecond;
    private final SequencedMap<K, Left> left = new LinkedHashMap<>();

    public Budget(int atOnce, double perSecond) {
        this.atOnce = atOnce;
        this.perSecond = perSecond;
    }

    /// What somebody has now: all at once that there is, if he has taken nothing lately.
    public double left(K who, Instant now) {
        var before = left.getOrDefault(who, new Left(atOnce, now));
        return Math.min(atOnce,
                before.tokens + perSecond * Duration.between(before.at, now).toNanos() / 1e9);
    }

    /// Takes one; false if nothing is left.
    public boolean take(K who, Instant now) {
        double tokens = left(who, now);
        boolean enough = tokens >= 1;
        left.putLast(who, new Left(enough ? tokens - 1 : tokens, now));
        if (left.size() > REMEMBERED) left.pollFirstEntry();
        return enough;
    }

    int size() { return left.size(); }
}
