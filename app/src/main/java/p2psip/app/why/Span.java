package p2psip.app.why;

import module java.base;

/// Lengths of time, for people.
final class Span {
    private Span() {}

    /// How long it is from one moment to another: `32.0 s`, `4 min`.
    static String of(Instant from, Instant to) { return of(Duration.between(from, to)); }

    static String of(Duration span) {
        var length = span.abs();
        long minutes = length.toMinutes();
        return minutes >= 120 ? minutes / 60 + " h" : minutes >= 3 ? minutes + " min"
                : String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1e3);
    }
}
