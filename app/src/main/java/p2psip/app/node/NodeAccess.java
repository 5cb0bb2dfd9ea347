package p2psip.app.node;

import module java.base;
import p2psip.app.sipd.Access;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Flow;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;

/// Who may do what at a node: phones of its own machine and network are its users, all others may
/// only reach who is registered here.
///
/// | purpose | from near | from far |
/// |---|---|---|
/// | REGISTER | anybody, or by Digest with a list of users | only by Digest |
/// | INBOUND | anybody of the whole overlay | who is registered here, else 480 |
/// | IN_DIALOG | yes | yes |
/// | OUTBOUND | as [Access] | 403, or by Digest |
final class NodeAccess implements Guard {
    private final Domains home;
    private final boolean listed;
    private final List<InetAddress> own;
    private final Bindings bindings;
    private final Access access;

    /// @param listed whether there is a list of users: then REGISTER and OUTBOUND are `access`'s
    /// @param own    the machine's addresses
    NodeAccess(Domains home, boolean listed, List<InetAddress> own,
            Bindings bindings, Access access) {
        this.home = home;
        this.listed = listed;
        this.own = own;
        this.bindings = bindings;
        this.access = access;
    }

    @Override public Optional<Refusal> refuses(
            Request request, Flow flow, Purpose purpose, Instant now) {
        boolean near = isNear(flow.remote().getAddress());
        return switch (purpose) {
            case REGISTER, OUTBOUND -> listed || near
                    ? access.refuses(request, flow, purpose, now)
                    : Optional.of(Refusal.of(403, "For Phones Of This Network"));
            case INBOUND -> near || isHere(request) ? Optional.empty()
                    : Optional.of(Refusal.of(480));
            case IN_DIALOG -> Optional.empty();
        };
    }

    private boolean isHere(Request request) {
        return Uri.parse(request.uri()) instanceof SipUri uri
                && !bindings.of(home.aor(uri)).isEmpty();
    }

    /// This machine, or an address that is private to a network.
    private boolean isNear(InetAddress peer) {
        return peer.isLoopbackAddress() || peer.isSiteLocalAddress() || peer.isLinkLocalAddress()
                || own.contains(peer)
                || peer instanceof Inet6Address && (peer.getAddress()[0] & 0xfe) == 0xfc;
    }
}
