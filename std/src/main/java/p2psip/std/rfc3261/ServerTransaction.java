package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.rfc3261.Message.*;

/// The side of a transaction that got the request: it recognises the request when it comes again,
/// and sends again what was answered.
///
/// The request itself was passed to the TU when the transaction was made.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-17.2 RFC 3261 §17.2
public sealed interface ServerTransaction extends Transaction<ServerTransaction.Input>
        permits InviteServerTransaction, NonInviteServerTransaction {

    sealed interface Input {
        /// First of all: the transaction enters its first state.
        record Begin() implements Input {}
        /// The request once more, or the ACK of an INVITE.
        record Received(Request request) implements Input {}
        /// What the TU answers.
        record Respond(Response response) implements Input {}
        record TransportError() implements Input {}
    }
}
