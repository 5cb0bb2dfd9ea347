package p2psip.std.rfc3608;

import module java.base;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.ua.Extension;

/// A user agent that sends its requests by the proxies that its registrar names.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3608#section-6.1 RFC 3608 §6.1
public record ServiceRouteUserAgent() implements Extension {
    /// As many proxies are visited; a longer route is nobody's who means well.
    static final int LIMIT = 16;

    @Override public List<Address> routes(Response registered) {
        try {
            //= rfc3608#6.1-1 the value of Service-Route is stored, until the next response
            //= rfc3608#6.1-4 in its order, which is preserved over all of the header fields
            var route = registered.list(ServiceRouteRegistrar.NAME).stream()
                    .map(Address::parse).toList();
            return route.size() <= LIMIT && route.stream().allMatch(
                    to -> to.uri() instanceof SipUri) ? route : List.of();
        } catch (SyntaxException e) {
            return List.of();   // without one of its hops it would lead astray
        }
    }
}
