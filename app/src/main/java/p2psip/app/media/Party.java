package p2psip.app.media;

import module java.base;
import p2psip.std.Net;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;

/// Who is at one end of a call, as this node reaches it.
sealed interface Party {

    /// Another node, by its Link.
    ///
    /// @param link its address on Links
    record Node(InetSocketAddress link) implements Party {
        @Override public Optional<InetAddress> page() { return Optional.empty(); }
    }

    /// The address of this node by which a browser has come, if it is one.
    Optional<InetAddress> page();

    /// A telephone.
    ///
    /// @param host   from which its signalling comes: its own, or the outside of its NAT
    /// @param hidden whether it has shown that it does not know this address
    /// @param page   see [Party#page]
    record Phone(InetAddress host, boolean hidden, Optional<InetAddress> page)
            implements Party {

        /// From where its media come of which it says that they come from an address: one that is
        /// of use to its own network alone stands for that of its NAT.
        InetAddress source(InetAddress said) {
            return isNear(said) && !isNear(host) || hidden && isNear(said) ? host : said;
        }

        /// Whether nobody outside its network can send where it says.
        boolean hides(InetAddress said) { return !source(said).equals(said); }
    }

    /// Whoever has sent a request by a flow.
    ///
    /// @param pages flows of browsers
    static Party of(Request request, Flow flow, Predicate<Flow> pages) {
        if (flow.transport() == Transport.LINK) return new Node(flow.remote());
        var ip = flow.remote().getAddress();
        return new Phone(ip, request.list("Via").size() == 1
                && isElsewhere(request.topVia().host(), ip),
                page(flow, pages));
    }

    /// Whom a request goes to: it is hidden if its Contact names another host than the flow.
    ///
    /// @param pages flows of browsers
    static Party of(Request request, Target target, Predicate<Flow> pages) {
        if (target.transport() == Transport.LINK) return new Node(target.address());
        var ip = target.address().getAddress();
        return new Phone(ip, target.flow().isPresent()
                && Uri.parse(request.uri()) instanceof SipUri to && isElsewhere(to.host(), ip),
                target.flow().flatMap(flow -> page(flow, pages)));
    }

    private static Optional<InetAddress> page(Flow flow, Predicate<Flow> pages) {
        return Optional.of(flow).filter(pages).map(each -> each.local().getAddress());
    }

    private static boolean isElsewhere(String host, InetAddress ip) {
        return HostName.literal(host).filter(said -> !said.equals(ip) && isNear(said)).isPresent()
                && !ip.isLoopbackAddress();
    }

    /// Whether an address is of use to those alone who are near.
    static boolean isNear(InetAddress ip) { return ip.isLoopbackAddress() || Net.isPrivate(ip); }
}
