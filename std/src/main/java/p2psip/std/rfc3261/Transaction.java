package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.*;

/// One side of a request and all its responses: what both sides tell whoever owns or draws them.
///
/// @param <I> what happens to it
/// @param <O> what it asks for
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-17 RFC 3261 §17
public sealed interface Transaction<I, O> extends Machine<I, O>
        permits ClientTransaction, ServerTransaction {

    /// The way of all that it sends: of the request, its retransmissions and its ACK, or of the
    /// responses.
    Flow flow();

    /// Where it stands.
    Cited state();

    /// When each timer fires that is set.
    Map<? extends Cited, Instant> due();
}
