package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;

/// What proxies and registrars say to the service that knows where everybody is, and what it
/// answers: a table beside the registrar, or a ring of nodes.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-10.1 RFC 3261 §10.1
public interface LocationService {

    /// What it is asked and told.
    sealed interface Event extends Core.Event {

        /// Where can this address of record be reached? Answered by [Found] with the same id.
        record Find(long id, Aor aor, Request request) implements Event {}

        /// A destination that was found has not answered for a while: is there anybody at all?
        /// Answered by [Gone] with the same id if there is not, by nothing else.
        record Silent(long id, Destination destination) implements Event {}

        /// A REGISTER makes these all the bindings of an address of record; none: it is gone.
        /// Answered by [Kept] or [NotKept] with the same id: until then they do not count, and the
        /// REGISTER is not answered.
        record Bind(long id, Aor aor, List<Binding> bindings) implements Event {
            public Bind { bindings = List.copyOf(bindings); }
        }

        /// Bindings of an address of record have ended with their time or their flow; these are
        /// left. Nobody awaits an answer.
        record Ended(Aor aor, List<Binding> left) implements Event {
            public Ended { left = List.copyOf(left); }
        }
    }

    /// What it answers.
    sealed interface Answer extends Core.Command {}

    /// Answers [Event.Find].
    ///
    /// @param known whether there is such an address; if there is but nobody is there, the
    ///              destinations are none
    /// @param headers of each response that the caller gets: a Warning, say
    record Found(long id, boolean known, List<Destination> destinations, List<Header> headers)
            implements Answer {
        public Found {
            destinations = List.copyOf(destinations);
            headers = List.copyOf(headers);
        }

        public Found(long id, boolean known, List<Destination> destinations) {
            this(id, known, destinations, List.of());
        }
    }

    /// Answers [Event.Silent]: nobody is there.
    ///
    /// @param reason the phrase of the 480 that this counts as
    record Gone(long id, String reason) implements Answer {}

    /// Answers [Event.Bind]: the bindings are where no crash can take them back.
    ///
    /// @param headers of the 200: a Warning, say
    record Kept(long id, List<Header> headers) implements Answer {
        public Kept { headers = List.copyOf(headers); }

        public Kept(long id) { this(id, List.of()); }
    }

    /// Answers [Event.Bind]: the bindings could not be kept, and are not to count.
    record NotKept(long id) implements Answer {}

    /// All bindings of an address of record end, whoever made them: its user is shut out, or is
    /// none any more. [Event.Ended] follows.
    record Revoked(Aor aor) implements Answer {}

    /// What was kept when the server last ended, by address of record: told once, at the start.
    /// What has expired since is among it.
    record Restored(SortedMap<Aor, List<Binding>> bindings) implements Answer {}
}
