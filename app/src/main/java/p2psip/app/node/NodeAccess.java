package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.Orchid;
import p2psip.app.sipd.Access;
import p2psip.std.Net;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;

/// Who may do what at a node: phones of its own machine, those that know a password, and all others
/// as far as they reach who is registered here.
///
/// | purpose | from this machine | plain, from elsewhere | by a Link |
/// |---|---|---|---|
/// | REGISTER | anybody, unless users are listed | by Digest | nobody |
/// | INBOUND, to who is here | anybody | our phones; others where allowed | anybody |
/// | INBOUND, to who is not | anybody | our phones | nobody |
/// | IN_DIALOG | yes | yes | yes |
/// | OUTBOUND | as [Access] | our phones; by Digest if users are listed | nobody |
///
/// A phone of ours speaks in its own name alone, and nobody else in the name of one. Whether who
/// comes by a Link is who he says was seen before ([Callers]).
///
/// With an open [Door] its network counts as this machine, and others do not register. An address
/// that stands for a key ([Orchid]) is believed at the end of a Link alone.
final class NodeAccess implements Guard {
    private final Domains home;
    private final Door door;
    private final List<InetAddress> own;
    private final List<Net> plain;
    private final Bindings bindings;
    /// Asks nobody for a password, and who asks.
    private final Access open, asking;

    /// @param own   the machine's addresses
    /// @param plain from where the owner lets plain calls in
    NodeAccess(Domains home, Door door, List<InetAddress> own, List<Net> plain,
            Bindings bindings, RandomGenerator random) {
        this.plain = plain;
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
        if (flow.transport() == Transport.LINK) return byLink(request, purpose);
        if (pretends(request, flow)) return Optional.of(
                Refusal.of(403, "This Address Is Of Links"));
        boolean here = peer.isLoopbackAddress() || own.contains(peer)
                || door instanceof Door.Open && Net.isPrivate(peer);
        return switch (purpose) {
            case REGISTER -> switch (door) {
                case Door.Open _ -> here ? Optional.empty()
                        : Optional.of(Refusal.of(403, "For Phones Of This Network"));
                case Door.Word _ -> here ? Optional.empty()
                        : asking.refuses(request, flow, purpose, now);
                case Door.Listed _ -> asking.refuses(request, flow, purpose, now);
            };
            case INBOUND -> here ? Optional.empty() : inbound(request, flow);
            case IN_DIALOG, OFFERED -> Optional.empty();
            case OUTBOUND -> (door instanceof Door.Listed ? asking : open)
                    .refuses(request, flow, purpose, now);
        };
    }

    /// Nobody but a node says who calls: what came by a Link was marked before ([Callers]).
    @Override public Request trusted(Request request, Flow flow) {
        if (flow.transport() == Transport.LINK || !Callers.begins(request)) return request;
        return Marks.unmarked(Callers.unasserted(request));
    }

    /// Another node brings its phones' calls to those that are here.
    private Optional<Refusal> byLink(Request request, Purpose purpose) {
        return switch (purpose) {
            case INBOUND -> isRegistered(Uri.parse(request.uri())) ? Optional.empty()
                    : Optional.of(Refusal.of(480));
            case IN_DIALOG -> Optional.empty();
            case REGISTER, OFFERED, OUTBOUND ->
                    Optional.of(Refusal.of(403, "For Phones Of This Node"));
        };
    }

    /// Whether somebody says that he is where only Links lead: by the top Via, or a Contact.
    private static boolean pretends(Request request, Flow flow) {
        return Orchid.isOne(flow.remote().getAddress()) || isOfLinks(request.topVia().host())
                || request.list("Contact").stream().anyMatch(value -> !value.equals("*")
                        && Address.parse(value).uri() instanceof SipUri sip
                        && isOfLinks(sip.host()));
    }

    private static boolean isOfLinks(String host) {
        return HostName.literal(host).filter(Orchid::isOne).isPresent();
    }

    /// Who is neither of this machine nor a phone of ours comes by a Link, unless the owner lets
    /// plain calls in from there. A phone has no other way than its own node's, so whoever comes
    /// without having passed one speaks for itself alone.
    private Optional<Refusal> inbound(Request request, Flow flow) {
        if (open.registers(request.from().uri(), flow)) return Optional.empty();
        if (plain.stream().noneMatch(net -> net.has(flow.remote().getAddress())))
            return Optional.of(Refusal.of(403, "Calls From Elsewhere Come By Links"));
        boolean direct = request.list("Via").size() == 1;
        if (!isRegistered(Uri.parse(request.uri()))) return Optional.of(direct
                ? Refusal.of(403, "Register From Address First") : Refusal.of(480));
        return direct && isRegistered(request.from().uri())
                ? Optional.of(Refusal.of(403, "From Is Another Phone")) : Optional.empty();
    }

    private boolean isRegistered(Uri uri) {
        return uri instanceof SipUri sip && !bindings.of(home.aor(sip)).isEmpty();
    }
}
