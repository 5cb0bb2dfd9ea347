package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;

/// The way of one copy of a request through a proxy.
public final class Passage {
    private final Flow cameBy;
    private final Target target;
    private final RecordRoute recordRoute;
    private final Optional<Request> request;

    Passage(Flow cameBy, Target target, RecordRoute recordRoute) {
        this(cameBy, target, recordRoute, Optional.empty());
    }

    Passage(Flow cameBy, Target target, RecordRoute recordRoute, Optional<Request> request) {
        this.request = request;
        this.cameBy = cameBy;
        this.target = target;
        this.recordRoute = recordRoute;
    }

    /// By which the request has come.
    public Flow cameBy() { return cameBy; }

    /// Where the copy goes.
    public Target target() { return target; }

    /// The request as it has come; none for who keeps no state, nor for a response after the first
    /// final one.
    public Optional<Request> request() { return request; }

    /// Route values by which whoever gets them comes back through this proxy, in any dialog, with
    /// [Guard.Purpose#OFFERED]: one, or one for either side, the far one first, where the copy
    /// leaves by another transport or address than the request came by.
    ///
    /// @param byFlow whether what comes so is sent on over the very flow that the request came by;
    ///               else to where its URI leads
    public List<String> back(boolean byFlow) {
        return recordRoute.back(cameBy, target, byFlow, false);
    }

    /// The same for a copy: SIPS URIs where it is for one, so that all of the way back is secure.
    public List<String> back(Request copy, boolean byFlow) {
        return recordRoute.back(cameBy, target, byFlow, RecordRoute.isSips(copy.uri()));
    }
}
