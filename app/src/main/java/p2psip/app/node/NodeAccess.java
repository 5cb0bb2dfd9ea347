package p2psip.app.node;

import module java.base;
import p2psip.app.sipd.Access;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Flow;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;

/// Who may do what at a node: phones of its own machine, those that know a password, and all others
/// as far as they reach who is registered here.
///
/// | purpose | from this machine | from elsewhere |
/// |---|---|---|
/// | REGISTER | anybody, unless users are listed | by Digest |
/// | INBOUND, to who is here | anybody | anybody, but not in the name of a phone of ours |
/// | INBOUND, to who is not | anybody | a phone of ours, in its own name |
/// | IN_DIALOG | yes | yes |
/// | OUTBOUND | as [Access] | a phone of ours, in its own name; by Digest if users are listed |
///
/// With an open [Door] its network counts as this machine, and others do not register.
final class NodeAccess implements Guard {
    private final Domains home;
    private final Door door;
    private final List<InetAddress> own;
    private final Bindings bindings;
    /// Asks nobody for a password, and who asks.
    private final Access open, asking;

    /// @param own the machine's addresses
    NodeAccess(Domains home, Door door, List<InetAddress> own, Bindings bindings,
            RandomGenerator random) {
        this.home = home;
        this.door = door;
        this.own = own;
        this.bindings = bindings;
        open = new Access(home, Optional.empty(), bindings, random);
        asking = new Access(home, door.asked(), bindings, random);
    }

    /// Knows which phones are registered.
    Access phones() { return open; }

    /// What to write down since the last call.
    List<String> remarks() { return asking.remarks(); }

    @Override public Optional<Refusal> refuses(
            Request request, Flow flow, Purpose purpose, Instant now) {
        var peer = flow.remote().getAddress();
        boolean here = peer.isLoopbackAddress() || own.contains(peer)
                || door instanceof Door.Open && isNear(peer);
        return switch (purpose) {
            case REGISTER -> switch (door) {
                case Door.Open _ -> here ? Optional.empty()
                        : Optional.of(Refusal.of(403, "For Phones Of This Network"));
                case Door.Word _ -> here ? Optional.empty()
                        : asking.refuses(request, flow, purpose, now);
                case Door.Listed _ -> asking.refuses(request, flow, purpose, now);
            };
            case INBOUND -> here ? Optional.empty() : inbound(request, flow);
            case IN_DIALOG -> Optional.empty();
            case OUTBOUND -> (door instanceof Door.Listed ? asking : open)
                    .refuses(request, flow, purpose, now);
        };
    }

    /// Another node brings its phones' calls to those that are here. A phone has no other way than
    /// its own node's, so whoever comes without having passed one speaks for itself alone.
    private Optional<Refusal> inbound(Request request, Flow flow) {
        if (open.registers(request.from().uri(), flow)) return Optional.empty();
        boolean direct = request.list("Via").size() == 1;
        if (!isRegistered(Uri.parse(request.uri()))) return Optional.of(direct
                ? Refusal.of(403, "Register From Address First") : Refusal.of(480));
        return direct && isRegistered(request.from().uri())
                ? Optional.of(Refusal.of(403, "From Is Another Phone")) : Optional.empty();
    }

    private boolean isRegistered(Uri uri) {
        return uri instanceof SipUri sip && !bindings.of(home.aor(sip)).isEmpty();
    }

    /// An address that is private to a network.
    private static boolean isNear(InetAddress peer) {
        return peer.isSiteLocalAddress() || peer.isLinkLocalAddress()
                || peer instanceof Inet6Address && (peer.getAddress()[0] & 0xfe) == 0xfc;
    }
}
