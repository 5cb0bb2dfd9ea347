package p2psip.std.rfc5626;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;

/// Whether the flow that a request of a phone came over is the way back to its contact, though the
/// phone says nothing of flows.
///
/// It is if the phone speaks for itself (its Via is the only one and names the contact's host),
/// and either keeps a connection or is seen from another address than it sees itself.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-5.3 RFC 5626 §5.3
public final class WayBack {
    private WayBack() {}

    /// To its one contact.
    public static Optional<Flow> of(Request request, Flow flow) {
        var contacts = request.list("Contact");
        return contacts.size() != 1 || contacts.getFirst().equals("*") ? Optional.empty()
                : of(request, Address.parse(contacts.getFirst()), flow);
    }

    public static Optional<Flow> of(Request request, Address contact, Flow flow) {
        if (!(contact.uri() instanceof SipUri uri) || request.list("Via").size() > 1)
            return Optional.empty();
        var via = request.topVia();
        if (!HostName.canonical(via.host()).equals(HostName.canonical(uri.host())))
            return Optional.empty();
        boolean translated = !HostName.literal(via.host())
                .equals(Optional.of(flow.remote().getAddress()));
        boolean connected = flow.transport().connected() && uri.params().get("transport")
                .filter(flow.transport()::isNamed).isPresent();
        return translated || connected ? Optional.of(flow) : Optional.empty();
    }
}
