package p2psip.std.rfc6665;

/// One thing of those that a document lists: a watcher, a dialog, a contact.
///
/// @param <R> its own kind
public interface Row<R extends Row<R>> {
    /// What tells it from the others.
    String id();

    /// Whether it is over, and said for the last time.
    boolean terminated();

    /// The same when it is over, and nobody says why.
    R ended();
}
