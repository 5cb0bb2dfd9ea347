package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.rfc3261.Message.Request;

/// What proxies and registrars say to the service that knows where everybody is, and what it
/// answers: a table beside the registrar, or a ring of nodes.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-10.1 RFC 3261 §10.1
public interface LocationService {

    /// What it is asked and told.
    sealed interface Event {

        /// Where can this address of record be reached? Answered by [Found] with the same id.
        record Find(long id, String aor, Request request) implements Event {}

        /// The bindings of an address of record have changed: these are all of them.
        record Registered(String aor, List<Binding> bindings) implements Event {
            public Registered { bindings = List.copyOf(bindings); }
        }

        /// An address of record has no binding any more.
        record Removed(String aor) implements Event {}
    }

    /// Answers [Event.Find].
    ///
    /// @param known whether there is such an address; if there is but nobody is there, the
    ///              destinations are none
    /// @param headers of the 404 or 480 that the caller gets where there are none: a Warning, say
    record Found(long id, boolean known, List<Destination> destinations, List<Header> headers) {
        public Found {
            destinations = List.copyOf(destinations);
            headers = List.copyOf(headers);
        }

        public Found(long id, boolean known, List<Destination> destinations) {
            this(id, known, destinations, List.of());
        }

        public static Found nobody(long id) { return new Found(id, false, List.of()); }
    }
}
