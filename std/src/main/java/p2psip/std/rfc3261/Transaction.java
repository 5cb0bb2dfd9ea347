package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.*;

/// One side of a request and all its responses: what both sides tell whoever owns or draws them.
///
/// @param <I> what happens to it
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-17 RFC 3261 §17
public sealed interface Transaction<I> extends Machine<I, Transaction.Output>
        permits ClientTransaction, ServerTransaction {

    sealed interface Output {
        record Send(Bytes message) implements Output {}
        /// For the TU: a response, or an ACK that it awaits, for it sent a 2xx.
        record Inform(Message message) implements Output {}
        record Failed(Failure why) implements Output {}
        record Changed(Cited state) implements Output, Entered {}
    }

    /// The way of all that it sends: of the request, its retransmissions and its ACK, or of the
    /// responses.
    Flow flow();

    /// Where it stands.
    Cited state();

    /// When each timer fires that is set.
    Map<? extends Cited, Instant> due();
}
