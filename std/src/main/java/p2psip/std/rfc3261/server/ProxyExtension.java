package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.Guard.Refusal;

/// What an RFC adds to a [Proxy]. It sees a request before that is forwarded and may refuse it,
/// then each copy on its way out, and each response on its way back. All of it are questions: a
/// request and its answer may be hours apart, and there may be many copies.
///
/// ```
/// request --> refuses --> choose --> towards (of each destination) --> leaving (by each attempt)
///                                                                        |
///                                               returning <-- response <-+
/// ```
public interface ProxyExtension {

    /// The option tags that a Proxy-Require may name.
    default List<String> options() { return List.of(); }

    /// Why a request is refused, though its sender may send it here.
    default Optional<Refusal> refuses(Request request, Flow flow) { return Optional.empty(); }

    /// Those of the users of this proxy whom a request is for that it is sent to, and in which
    /// order; they may be fewer.
    default List<Destination> choose(Request request, List<Destination> destinations) {
        return destinations;
    }

    /// A request that goes to one of its destinations: before it is settled where it is sent next,
    /// so that a Route in it leads the way.
    default Request towards(Request request, Destination to) { return request; }

    /// A copy as it leaves.
    default Request leaving(Request copy, Passage passage) { return copy; }

    /// A response to such a copy as it goes back.
    default Response returning(Response response, Passage passage) { return response; }
}
