package p2psip.std.rfc5630;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.LocationService.Found;

/// A proxy that makes no SIP of SIPS on the last hop, and no SIPS of SIP.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5630#section-5.3 RFC 5630 §5.3
public record SipsProxy(Domains home) implements ProxyExtension {
    private static final String NOT_ALLOWED = "380", REQUIRED = "381";

    @Override public Found found(Request request, Found found) {
        boolean secure = Uri.parse(request.uri()).secure();
        var left = found.destinations().stream()
                .flatMap(to -> (secure ? secured(to) : plain(to)).stream()).toList();
        return new Found(found.id(), found.known(), left,
                left.isEmpty() && !found.destinations().isEmpty()
                        ? Stream.concat(found.headers().stream(), Stream.of(warning(
                                secure ? NOT_ALLOWED : REQUIRED))).toList() : found.headers());
    }

    //= rfc5630#5.3-1 there is no exception for the last hop
    private static Optional<Destination> secured(Destination to) {
        //= rfc5630#5.3-2,3 a request with a SIPS Request-URI goes to no contact that is SIP
        return Optional.of(to).filter(destination -> destination.uri().secure());
    }

    private static Optional<Destination> plain(Destination to) {
        if (!to.uri().secure()) return Optional.of(to);
        //= rfc5630#5.3-9,10 by TLS, or not: to a URI of SIP that would not be known
        if (to.hops().isEmpty()
                || !to.hops().stream().allMatch(hop -> hop.transport().secure()))
            return Optional.empty();
        var uri = (SipUri) to.uri();
        //= rfc5630#5.3-7,8 not to the SIPS Request-URI: its scheme is replaced, the rest left
        return Optional.of(new Destination(new SipUri("sip", uri.user(), uri.password(),
                uri.host(), uri.port(), uri.params(), uri.headers()), to.q(), to.hops(),
                to.spare(), to.notes()));
    }

    private Header warning(String code) {
        //= rfc5630#5.3-4,5 the 480 has a Warning: 380, SIPS Not Allowed
        return new Header("Warning", code + " " + home.domain()
                + (code.equals(REQUIRED) ? " \"SIPS Required\"" : " \"SIPS Not Allowed\""));
    }
}
