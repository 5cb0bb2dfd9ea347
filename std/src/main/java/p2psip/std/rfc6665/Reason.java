package p2psip.std.rfc6665;

import module java.base;

/// Why a subscription has ended, by its notifier's word.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-4.1.3 RFC 6665 §4.1.3
public enum Reason {
    DEACTIVATED, PROBATION, REJECTED, TIMEOUT, GIVEUP, NORESOURCE, INVARIANT;

    /// How long to wait where nothing is said of that.
    static final Duration LATER = Duration.ofMinutes(1);

    /// Empty if the word is none of them.
    static Optional<Reason> parse(String word) {
        return Stream.of(values()).filter(r -> r.toString().equalsIgnoreCase(word)).findFirst();
    }

    /// How long to wait before another subscription; empty if there should be none.
    Optional<Duration> again(Optional<Duration> retryAfter) {
        return switch (this) {
            //= rfc6665#4.4.2-1 another SUBSCRIBE, which finds the new notifier
            //= rfc6665#4.1.3-9 at once, whatever retry-after says: it has gone to another node
            case DEACTIVATED -> Optional.of(Duration.ZERO);
            //= rfc6665#4.1.3-10 some time later
            //= rfc6665#4.1.3-11 after the seconds that are named, if any are
            case PROBATION -> Optional.of(retryAfter.orElse(LATER));
            //= rfc6665#4.1.3-13 it was not refreshed: immediately, which we may
            case TIMEOUT -> Optional.of(Duration.ZERO);
            //= rfc6665#4.1.3-14 after the seconds that are named; else it would but pend again
            case GIVEUP -> Optional.of(retryAfter.orElse(LATER));
            //= rfc6665#4.1.3-12 rejected: no other attempt
            //= rfc6665#4.1.3-15 the resource is gone: no other attempt
            //= rfc6665#4.1.3-16 its state never changes: no other, whatever retry-after says
            case REJECTED, NORESOURCE, INVARIANT -> Optional.empty();
        };
    }

    /// As it stands in the field.
    @Override public String toString() { return name().toLowerCase(Locale.ROOT); }
}
