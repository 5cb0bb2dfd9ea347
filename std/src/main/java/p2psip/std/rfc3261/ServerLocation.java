package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Machine;
import p2psip.std.rfc1035.*;

/// Finds out where a URI leads, and to whom a response goes that does not get back: what a [Stack]
/// asks of RFC 3263.
///
/// Whatever is asked is answered once, at once or when the DNS has answered.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-8.1.2 RFC 3261 §8.1.2
public interface ServerLocation extends Machine<ServerLocation.Input, ServerLocation.Output> {

    sealed interface Input {

        /// Where does a request go?
        ///
        /// @param uri    the Request-URI or the topmost Route
        /// @param steady whether equal records are to have the same order each time, as whoever
        ///               keeps no state needs it; else chance decides
        record Locate(long id, String uri, boolean steady) implements Input {}

        /// Where else does a response go?
        ///
        /// @param transport as the topmost Via names it
        /// @param host      of its sent-by
        /// @param port      of its sent-by, if it has one
        record LocateClient(long id, Transport transport, String host, OptionalInt port)
                implements Input {}

        /// Answers [Output.Query].
        record Answered(long query, Answer answer) implements Input {}
    }

    sealed interface Output {

        /// Answers what was asked: the best first; none if there are none.
        record Located(long id, List<Target> targets) implements Output {}

        /// For the host: ask the DNS.
        record Query(long query, Question question) implements Output {}

        /// For trace.
        ///
        /// @param citation the section that asks for it
        record Remark(String text, String citation) implements Output {}
    }
}
