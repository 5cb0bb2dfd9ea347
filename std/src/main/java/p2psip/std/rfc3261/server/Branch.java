package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Target;
import p2psip.std.rfc3261.TransactionId;

/// One copy of a request on its way to one member of the target set.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.6 RFC 3261 §16.6
final class Branch {
    enum State {
        /// Where to send it is being found out.
        RESOLVING,
        /// Sent, and nothing heard yet.
        TRYING,
        /// A provisional response has come: it can be cancelled.
        PROCEEDING,
        /// A CANCEL is on its way; a final response must come soon.
        CANCELLED,
        /// A 2xx has come, and more may come.
        ACCEPTED,
        /// Nothing more will come.
        DONE
    }

    private static final Request FORGOTTEN = new Request("", "", List.of(), Bytes.EMPTY);

    final int breadth;
    Request copy;
    Deque<Target> candidates = new ArrayDeque<>(2);
    State state = State.RESOLVING;
    /// The question in [State#RESOLVING].
    long question;
    /// Of the attempt under way or the last one, as is `target`.
    TransactionId transaction = new TransactionId("", "", "");
    Target target;
    /// To be cancelled as soon as it can be.
    boolean unwanted;
    /// Timer C, or how long a final response is awaited, or how long a 2xx may be repeated.
    Instant due = Instant.MAX;

    Branch(Request copy, int breadth) {
        this.copy = copy;
        this.breadth = breadth;
    }

    /// Whether a final response is yet to come.
    boolean pending() { return state != State.ACCEPTED && state != State.DONE; }

    /// Whether another address may be tried in place of one that failed.
    boolean canTryNext() { return !candidates.isEmpty() && !unwanted; }

    /// Keeps only what a repeated 2xx needs.
    void shrink() {
        copy = FORGOTTEN;
        candidates = new ArrayDeque<>(0);
    }
}
