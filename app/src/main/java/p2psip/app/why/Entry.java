package p2psip.app.why;

import module java.base;

/// A fact in a [Journal].
///
/// @param at   when it was seen first
/// @param last and when last, so often
public record Entry(Instant at, Instant last, int times, Fact fact) {
    static Entry of(Instant at, Fact fact) { return new Entry(at, at, 1, fact); }

    Entry again(Instant now) { return new Entry(at, now, times + 1, fact); }
}
