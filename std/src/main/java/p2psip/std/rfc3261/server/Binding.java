package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc2396.Address;
import p2psip.std.rfc3261.*;

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
}
