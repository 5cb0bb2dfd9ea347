package p2psip.app.p2p;

import module java.base;

/// How a node takes part in the overlay.
///
/// @param bind      where the overlay's socket is to be; the wildcard address means everywhere,
///                  port 0 any free one
/// @param otherPort whether any other port will do if that one is in use
/// @param addresses the host's addresses, as its [p2psip.app.host.Host.Room] has them
/// @param superNode whether to be a super-node from the beginning
/// @param bootstrap where super-nodes may be
/// @param group     the multicast group to find each other by; none to do without
/// @param stun      servers that are asked from where they see this node
/// @param mapPort   whether the router is asked to let others in
public record OverlayConfig(InetSocketAddress bind, boolean otherPort,
        List<InetAddress> addresses, boolean superNode, List<Place> bootstrap,
        Optional<InetSocketAddress> group, List<Place> stun, boolean mapPort) {

    /// Without STUN servers: what super-nodes see is enough where they are outside. Nothing is
    /// asked of a router.
    public OverlayConfig(InetSocketAddress bind, boolean otherPort, List<InetAddress> addresses,
            boolean superNode, List<Place> bootstrap, Optional<InetSocketAddress> group) {
        this(bind, otherPort, addresses, superNode, bootstrap, group, List.of(), false);
    }

    /// With STUN servers; nothing is asked of a router.
    public OverlayConfig(InetSocketAddress bind, boolean otherPort, List<InetAddress> addresses,
            boolean superNode, List<Place> bootstrap, Optional<InetSocketAddress> group,
            List<Place> stun) {
        this(bind, otherPort, addresses, superNode, bootstrap, group, stun, false);
    }

    /// The same, where the router is asked, or is not.
    public OverlayConfig mapped(boolean asked) {
        return new OverlayConfig(
                bind, otherPort, addresses, superNode, bootstrap, group, stun, asked);
    }
}
