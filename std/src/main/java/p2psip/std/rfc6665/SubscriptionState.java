package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.rfc2396.Params;
import p2psip.std.rfc3261.Grammar;

/// The value of a Subscription-State field: `active;expires=600`, `terminated;reason=rejected`.
///
/// @param status a token: one of the constants here, or what a later RFC has defined
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-8.2.3 RFC 6665 §8.2.3
public record SubscriptionState(String status, Params params) {
    public static final String ACTIVE = "active", PENDING = "pending", TERMINATED = "terminated";

    private static final long MOST_SECONDS = 0xffffffffL;

    /// One that goes on.
    ///
    /// @param left until it ends
    public static SubscriptionState of(String status, Duration left) {
        //= rfc6665#4.2.2-6 how much time is left stands in each that has not ended
        return new SubscriptionState(status,
                Params.NONE.with("expires", Long.toString(left.toSeconds())));
    }

    /// One that has ended.
    public static SubscriptionState of(Reason reason, Optional<Duration> retryAfter) {
        //= rfc6665#4.2.2-8 with the reason
        var why = Params.NONE.with("reason", reason.toString());
        //= rfc6665#4.2.2-9 and perhaps retry-after, when to ask again
        return new SubscriptionState(TERMINATED, retryAfter
                .map(wait -> why.with("retry-after", Long.toString(wait.toSeconds())))
                .orElse(why));
    }

    /// @throws p2psip.std.SyntaxException if it is none
    public static SubscriptionState parse(String value) {
        int semicolon = value.indexOf(';');
        var status = (semicolon < 0 ? value : value.substring(0, semicolon)).strip()
                .toLowerCase(Locale.ROOT);
        if (!Grammar.isToken(status)) throw new SyntaxException("no state: " + value);
        return new SubscriptionState(status,
                semicolon < 0 ? Params.NONE : Params.parse(value.substring(semicolon)));
    }

    public boolean active() { return status.equals(ACTIVE); }

    public boolean pending() { return status.equals(PENDING); }

    public boolean terminated() { return status.equals(TERMINATED); }

    /// How long it goes on, if that is said.
    public Optional<Duration> expires() {
        //= rfc6665#4.1.3-7 what is terminated has none
        return terminated() ? Optional.empty() : time("expires");
    }

    /// How long to wait before another subscription, if that is said.
    public Optional<Duration> retryAfter() { return time("retry-after"); }

    /// Why it has ended; empty if that is not said, or a word that nobody here knows.
    public Optional<Reason> reason() {
        return params.get("reason").flatMap(Reason::parse);
    }

    /// How long to wait before another subscription; empty if there should be none.
    public Optional<Duration> again() {
        //= rfc6665#4.1.3-8 no reason, or an unknown one: after the time that is said, or any
        return reason().map(why -> why.again(retryAfter()))
                .orElseGet(() -> Optional.of(retryAfter().orElse(Reason.LATER)));
    }

    private Optional<Duration> time(String name) {
        return params.get(name).filter(text -> Grammar.isNumber(text, MOST_SECONDS))
                .map(Long::parseLong).map(Duration::ofSeconds);
    }

    @Override public String toString() { return status + params; }
}
