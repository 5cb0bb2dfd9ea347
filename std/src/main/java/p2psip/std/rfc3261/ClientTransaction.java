package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.rfc3261.Message.Response;

/// The side of a transaction that sends the request: it repeats it where the transport may lose it,
/// and passes each answer up once.
///
/// It keeps no message but the bytes it may have to send again.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-17.1 RFC 3261 §17.1
public sealed interface ClientTransaction extends Transaction<ClientTransaction.Input>
        permits InviteClientTransaction, NonInviteClientTransaction {

    sealed interface Input {
        /// First of all: the request is sent.
        record Begin() implements Input {}
        record Received(Response response) implements Input {}
        record TransportError() implements Input {}
    }
}
