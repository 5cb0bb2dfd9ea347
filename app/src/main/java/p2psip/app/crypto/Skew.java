package p2psip.app.crypto;

import module java.base;

/// How far one clock is from another, for people: `5 min ahead`, `3 h behind`.
///
/// @param ahead negative if it is behind
public record Skew(Duration ahead) implements Comparable<Skew> {
    /// How far clocks that are set may be apart.
    static final Duration USUAL = Duration.ofMinutes(1);

    public static final Skew NONE = new Skew(Duration.ZERO);

    /// How far a clock is from the one that shows `other` at the same time.
    public static Skew of(Instant clock, Instant other) {
        return new Skew(Duration.between(other, clock));
    }

    /// Whether it is more than [#USUAL].
    public boolean matters() { return ahead.abs().compareTo(USUAL) > 0; }

    @Override public int compareTo(Skew other) { return ahead.compareTo(other.ahead); }

    @Override public String toString() {
        long minutes = Math.round(ahead.abs().toSeconds() / 60.0);
        return (minutes < 120 ? minutes + " min" : minutes < 2880 ? minutes / 60 + " h"
                : minutes / 1440 + " days") + (ahead.isNegative() ? " behind" : " ahead");
    }
}
