package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.rfc2396.Address;

/// Whether somebody may watch.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-4.2.1.3 RFC 6665 §4.2.1.3
public enum Access {
    /// He is told how things are.
    ALLOWED,
    /// Somebody has to be asked first.
    PENDING,
    /// He is told something that is not true, and not that he is.
    BLOCKED,
    /// He is told that he may not.
    REFUSED;

    /// Who may watch, as far as it is known at once.
    public interface Rule {
        Access of(Address watcher);
    }
}
