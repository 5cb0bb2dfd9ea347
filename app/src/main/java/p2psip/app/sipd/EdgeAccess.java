package p2psip.app.sipd;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;

/// What a proxy at the edge of some domains lets through beside: all that goes on to one of them.
/// Whether somebody may register or call there is asked there; to anywhere else it relays no more
/// than other proxies do.
final class EdgeAccess implements Guard {
    private final Domains home;
    private final Set<String> beyond;
    private final Guard guard;

    /// @param beyond the domains
    /// @param guard  decides about all else
    EdgeAccess(Domains home, List<String> beyond, Guard guard) {
        this.home = home;
        this.beyond = beyond.stream().map(HostName::canonical).collect(Collectors.toSet());
        this.guard = guard;
    }

    @Override public Optional<Refusal> refuses(
            Request request, Flow flow, Purpose purpose, Instant now) {
        return purpose == Purpose.OUTBOUND && beyond.contains(next(request)) ? Optional.empty()
                : guard.refuses(request, flow, purpose, now);
    }

    /// The host that the request visits next.
    private String next(Request request) {
        return Stream.concat(request.list("Route").stream().map(route ->
                        Address.parse(route).uri()), Stream.of(Uri.parse(request.uri())))
                .filter(uri -> !(uri instanceof SipUri sip && home.isRoute(sip))).findFirst()
                .map(uri -> uri instanceof SipUri sip ? HostName.canonical(sip.host()) : "")
                .orElse("");
    }

    @Override public Request trusted(Request request, Flow flow) {
        return guard.trusted(request, flow);
    }
}
