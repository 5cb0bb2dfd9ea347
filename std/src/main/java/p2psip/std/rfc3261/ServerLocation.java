package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Machine;

/// Finds out where a URI leads, and to whom a response goes that does not get back: what a [Stack]
/// asks of RFC 3263.
///
/// Whatever is asked is answered once, at once or when the DNS has answered.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-8.1.2 RFC 3261 §8.1.2
public interface ServerLocation extends Machine<ServerLocation.Input, ServerLocation.Output> {

    /// What the DNS has answered is told as the stack hears it.
    sealed interface Input permits Input.Locate, Input.LocateClient, Stack.Input.Answered {

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
    }

    /// What is for the host or for trace is said in the words of the stack.
    sealed interface Output permits Output.Located, Stack.Output.Query, Stack.Output.Remark {

        /// Answers what was asked: the best first; none if there are none.
        record Located(long id, List<Target> targets) implements Output {}
    }
}
