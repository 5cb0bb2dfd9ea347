package p2psip.std.rfc3261;

import module java.base;

/// Where a request is to be sent: what RFC 3263 makes of a URI, one candidate.
///
/// @param domain whose certificate the other end must show, where the transport is secure
/// @param flow   the very flow to use if there is one (a phone's own connection), else a new or any
///               suitable one to the address
/// @spec https://www.rfc-editor.org/rfc/rfc5922#section-4 RFC 5922 §4
public record Target(Transport transport, InetSocketAddress address, Optional<String> domain,
        Optional<Flow> flow) {

    public static Target of(Transport transport, InetSocketAddress address) {
        return new Target(transport, address, Optional.empty(), Optional.empty());
    }

    /// @param domain as the URI names it; of no account where the transport is not secure
    public static Target of(Transport transport, InetSocketAddress address, String domain) {
        return new Target(transport, address, Optional.of(domain).filter(_ -> transport.secure()),
                Optional.empty());
    }

    public static Target of(Flow flow) {
        return new Target(flow.transport(), flow.remote(), Optional.empty(), Optional.of(flow));
    }
}
