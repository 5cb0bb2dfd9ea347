package p2psip.std.rfc3261;

import module java.base;

/// Where a request is to be sent: what RFC 3263 makes of a URI, one candidate.
///
/// @param flow the very flow to use if there is one (a phone's own connection), else a new or any
///             suitable one to the address
public record Target(Transport transport, InetSocketAddress address, Optional<Flow> flow) {

    public static Target of(Transport transport, InetSocketAddress address) {
        return new Target(transport, address, Optional.empty());
    }

    public static Target of(Flow flow) {
        return new Target(flow.transport(), flow.remote(), Optional.of(flow));
    }
}
