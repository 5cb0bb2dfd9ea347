package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;

/// One way to reach an address of record, as its user registered it.
///
/// @param contact without its `expires` parameter
/// @param callId  of the REGISTER that made it or last changed it, as is `cseq`
/// @param expires when it ends
/// @param flow    the way the REGISTER came, if that is the way back: a connection that the phone
///                opened, or the outside of its NAT
/// @param notes   what extensions keep with it
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-10.3 RFC 3261 §10.3
public record Binding(Address contact, String callId, long cseq, Instant expires,
        Optional<Flow> flow, List<Header> notes) {
    public Binding { notes = List.copyOf(notes); }

    public Binding(Address contact, String callId, long cseq, Instant expires,
            Optional<Flow> flow) {
        this(contact, callId, cseq, expires, flow, List.of());
    }

    /// How much the user prefers it: 0 to 1, and 1 where nothing is said.
    public double q() { return contact.q(); }

    public Destination destination() {
        //= rfc3261#26.3.2.2-11 the TLS channel of the user, if there is one, identified
        //= rfc5626#7-4 over the same flow that was saved with the binding
        return new Destination(contact.uri(), q(), flow.map(Target::of).stream().toList(), false,
                notes);
    }

    /// The Contact value of a response: with the seconds that remain. One that has begun counts
    /// whole, so that what was granted is said, however long it took to keep it.
    String value(Instant now) {
        var remaining = Duration.between(now, expires).plusSeconds(1).minusNanos(1);
        //= rfc3261#10.3-33 each Contact says when it expires
        return contact.withParams(contact.params().with("expires",
                Long.toString(remaining.toSeconds()))).toString();
    }

    /// Whether the flow that a request of a phone came over is the way back to its one contact.
    static Optional<Flow> wayBack(Request request, Flow flow) {
        var contacts = request.list("Contact");
        return contacts.size() != 1 || contacts.getFirst().equals("*") ? Optional.empty()
                : wayBack(request, Address.parse(contacts.getFirst()), flow);
    }

    /// Whether the flow a request came over is the way back to a contact.
    ///
    /// It is if the phone speaks for itself (its Via is the only one and names the contact's host),
    /// and either keeps a connection or is seen from another address than it sees itself.
    static Optional<Flow> wayBack(Request request, Address contact, Flow flow) {
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
