package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc2396.Uri;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;

/// The way of one copy of a request through a proxy.
///
/// @param cameBy  by which the request has come
/// @param target  where the copy goes
/// @param request as it has come; with a response none for who keeps no state, nor with one after
///                the first final one
public record Passage(Flow cameBy, Target target, RecordRoute recordRoute,
        Optional<Request> request) {

    /// Route values by which whoever gets them comes back through this proxy, in any dialog, with
    /// [Guard.Purpose#OFFERED]: one, or one for either side, the far one first, where the copy
    /// leaves by another transport or address than the request came by. SIPS URIs where the copy
    /// is for one, so that all of the way back is secure.
    ///
    /// @param byFlow whether what comes so is sent on over the very flow that the request came by;
    ///               else to where its URI leads
    public List<String> back(Request copy, boolean byFlow) {
        return recordRoute.back(cameBy, target, byFlow, Uri.parse(copy.uri()).secure());
    }
}
