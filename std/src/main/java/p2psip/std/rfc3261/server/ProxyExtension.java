package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.Guard.Refusal;
import p2psip.std.rfc3261.server.LocationService.Found;

/// What an RFC adds to a [Proxy]. It sees a request before that is forwarded and may refuse it,
/// then each copy on its way out, and each response on its way back. All of it are questions: a
/// request and its answer may be hours apart, and there may be many copies.
///
/// ```
/// request --> refuses --> meant, found --> towards (of each destination)
///                                             --> leaving (by each attempt) -->
/// <------------------------------------------------ returning <-- response
/// ```
public interface ProxyExtension {

    /// The option tags that a Proxy-Require may name.
    default List<String> options() { return List.of(); }

    /// Why a request is refused, though its sender may send it here.
    default Optional<Refusal> refuses(Request request, Flow flow) { return Optional.empty(); }

    /// Whose address of record is to be looked up for a URI of a domain of ours that means one user
    /// agent alone, in a dialog too. What goes there follows no redirection.
    default Optional<Aor> meant(SipUri uri) { return Optional.empty(); }

    /// What was found for a request: those that it is meant for, in the order to try them.
    default Found found(Request request, Found found) { return found; }

    /// Whether redirections of those that a request is meant for are followed.
    ///
    /// @param usual what is done where nobody says anything
    default boolean recurses(Request request, boolean usual) { return usual; }

    /// Whether who has sent a request is told where those are that it is meant for, as a redirect
    /// server would tell him. What is meant for one user agent alone is forwarded in any case.
    default boolean redirects(Request request) { return false; }

    /// A request that goes to one of its destinations: before it is settled where it is sent next,
    /// so that a Route in it leads the way.
    default Request towards(Request request, Destination to) { return request; }

    /// A copy as it leaves.
    default Request leaving(Request copy, Passage passage) { return copy; }

    /// A response to such a copy as it goes back.
    default Response returning(Response response, Passage passage) { return response; }
}
