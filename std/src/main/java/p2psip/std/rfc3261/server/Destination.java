package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc2396.Uri;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc5626.FlowNote;

/// One member of a proxy's target set.
///
/// @param uri becomes the Request-URI
/// @param q   order: higher first, equal ones together
/// @param hops  where to send it if not where the URI leads, one after the other until there is an
///              answer: the phone's own connection, or the node that serves the address
/// @param spare whether it is tried only if those before it are not there, not if they refuse
/// @param notes what extensions of the registrar have kept with the binding
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.5 RFC 3261 §16.5
public record Destination(Uri uri, double q, List<Target> hops, boolean spare, List<Header> notes) {
    public Destination {
        hops = List.copyOf(hops);
        notes = List.copyOf(notes);
    }

    public Destination(Uri uri, double q, Optional<Target> hop) {
        this(uri, q, hop.stream().toList(), false, List.of());
    }

    /// The instance whose flow it is.
    Optional<String> instance() { return flow().map(FlowNote::instance); }

    Optional<FlowNote> flow() { return FlowNote.of(notes); }

    /// Whether both are flows, and not the same: they may have one contact.
    boolean isOtherFlow(Destination other) {
        return flow().isPresent() && other.flow().isPresent() && !flow().equals(other.flow());
    }

    public static Destination of(Uri uri) { return new Destination(uri, 1, Optional.empty()); }
}
