package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.rfc2396.Address;

/// What an event package says of its subscriptions: a value that [Subscriptions] are given.
///
/// @param name     in Event and Allow-Events: `presence`
/// @param expires  how long a subscription lasts if its SUBSCRIBE does not say
/// @param bodies   the media types of its documents that are understood, of which the first is
///                 written, and is what is taken where nothing else is said
/// @param interval the least time from one NOTIFY to the next
/// @param forking  what becomes of further dialogs that one SUBSCRIBE makes
/// @param pending  what is told to who has to wait
/// @param blocked  what is told to who may not know, and not know that
/// @param rule     who may watch; empty if nobody can, for only others are watched
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-5.4 RFC 6665 §5.4
public record EventPackage(String name, Duration expires, List<String> bodies, Duration interval,
        Forking forking, Document pending, Document blocked,
        Optional<Access.Rule> rule) {

    /// What becomes of the dialogs that one SUBSCRIBE makes.
    public enum Forking {
        /// The first is kept, and the others are refused.
        FIRST,
        /// Each is a state of its own.
        ALL
    }

    public EventPackage { bodies = List.copyOf(bodies); }

    /// Of which nobody is told who subscribes here.
    public EventPackage(String name, Duration expires, List<String> bodies, Duration interval,
            Forking forking, Document pending, Document blocked) {
        this(name, expires, bodies, interval, forking, pending, blocked, Optional.empty());
    }

    /// The same, watched by those whom the rule allows.
    public EventPackage watchedBy(Access.Rule rule) {
        return new EventPackage(name, expires, bodies, interval, forking, pending, blocked,
                Optional.of(rule));
    }

    Access access(Address watcher) {
        return rule.map(r -> r.of(watcher)).orElse(Access.REFUSED);
    }
}
