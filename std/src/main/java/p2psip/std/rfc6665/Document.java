package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.rfc3261.ua.Content;

/// The state of what is watched, as its package writes it. It never changes; a new state is another
/// one.
///
/// @spec https://www.rfc-editor.org/rfc/rfc6665#section-5.3 RFC 6665 §5.3
public interface Document {

    /// No state, and so no body.
    Document NONE = _ -> Optional.empty();

    /// All of it; empty if there is nothing to say.
    ///
    /// @param version how many documents the subscription had before, for who counts them
    Optional<Content> whole(long version);

    /// Only what is new since another document, which the subscriber has; empty if all is to be
    /// said.
    default Optional<Content> news(Document told, long version) { return Optional.empty(); }
}
