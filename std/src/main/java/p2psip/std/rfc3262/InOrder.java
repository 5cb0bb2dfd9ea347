package p2psip.std.rfc3262;

import module java.base;
import p2psip.std.rfc3261.Message.Response;

/// The reliable provisional responses to one INVITE in one dialog, as its client receives them.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3262#section-4 RFC 3262 §4
public final class InOrder {
    private OptionalLong last = OptionalLong.empty();

    /// What acknowledges a response that is [Reliability#reliable]; empty if the response is to be
    /// forgotten: it has come before, or too early.
    public Optional<RAck> received(Response response) {
        var ack = RAck.of(response);
        //= rfc3262#4-9 one that comes again is discarded
        //= rfc3262#4-13 as is one whose number is not the next
        //= rfc3262#4-14 the response is discarded, for it will come again
        if (last.isPresent() && ack.response() != last.getAsLong() + 1) return Optional.empty();
        //= rfc3262#4-10,12 the number of the latest is kept; the first begins it
        last = OptionalLong.of(ack.response());
        return Optional.of(ack);
    }
}
