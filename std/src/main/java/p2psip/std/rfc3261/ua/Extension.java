package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc3261.Message.*;

/// What an RFC adds to a user agent: an ability, and the usages that begin with its methods and
/// its commands.
public interface Extension extends Ability {

    /// Why a request is refused, of whatever method, that would otherwise be somebody's.
    default Optional<Response> refusal(Request request, Self self) { return Optional.empty(); }

    /// A call that is not what it seems.
    ///
    /// @param ends  the call that ends as soon as the new one is taken; none: it is beside them
    /// @param event is told before [Call.Event.Incoming]
    record Place(OptionalLong ends, Usage.Event event) {}

    /// What an INVITE is beyond a call, that was not refused: it takes the place of another, say.
    ///
    /// @param number of the new call
    default Optional<Place> place(Request invite, long number, Self self) {
        return Optional.empty();
    }

    /// Whether a request is this one's that no usage takes: several may have NOTIFY, and the first
    /// of them that serves it does.
    default boolean serves(Request request) { return methods().contains(request.method()); }

    /// The usage that answers a request which it [#serves] and which none takes that is there
    /// already; the request is told to it next.
    ///
    /// @param dialog the one that the request is part of, or makes
    /// @param number of the usage
    default Usage begin(Request request, Optional<Dialog> dialog, long number, Self self) {
        throw new IllegalStateException("serves no " + request.method());
    }

    /// The usage that a command begins, whose number is new; empty if the command is another
    /// extension's, or comes too late. The command is told to the usage next.
    default Optional<Usage> begin(Usage.Command command, Self self) { return Optional.empty(); }
}
