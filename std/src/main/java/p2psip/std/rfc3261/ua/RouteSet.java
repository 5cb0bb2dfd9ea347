package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;

/// The servers that a request must visit on its way, nearest first: those of a dialog, or those a
/// user agent is configured with (its outbound proxy).
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-12.2.1.1 RFC 3261 §12.2.1.1
record RouteSet(List<Address> routes) {
    /// A request made ready to travel.
    ///
    /// @param nextHop the URI that says where to send it (§8.1.2)
    record Routed(Request request, String nextHop) {}

    RouteSet { routes = List.copyOf(routes); }

    static RouteSet parse(List<String> routes) {
        return new RouteSet(routes.stream().map(Address::parse).toList());
    }

    static RouteSet recorded(Message message) { return parse(message.list("Record-Route")); }

    RouteSet reversed() { return new RouteSet(routes.reversed()); }

    /// Gives a request its Request-URI and Route header fields.
    Routed route(Request request, String remoteTarget) {
        //= rfc5630#5.1.1-1 a SIPS URI is not changed to a SIP URI
        //= rfc5630#5.1.1-5 but any SIP URI of the route set to SIPS, by changing the scheme
        var hops = secure(remoteTarget) ? routes.stream().map(RouteSet::secured).toList() : routes;
        if (hops.isEmpty())
            //= rfc3261#12.2.1.1-11,12 no route set: the Request-URI is the remote target, no Route
            return new Routed(request.without("Route").withUri(remoteTarget), remoteTarget);
        var first = hops.getFirst().uri();
        var text = new ArrayList<>(hops.stream().map(Address::toString).toList());
        if (first instanceof SipUri uri && uri.params().has("lr"))
            //= rfc3261#12.2.1.1-13 a loose router leaves the Request-URI to the remote target
            //= rfc3261#8.1.2-3,7 where the topmost Route says, SIPS if the Request-URI is SIPS
            return new Routed(with(request.withUri(remoteTarget), text),
                    //= rfc5630#5.1.1-6 a SIPS Route entry means TLS, with a SIP Request-URI too
                    uri.toString());
        //= rfc3261#12.2.1.1-15 the remainder of the route set stands in Route, in its order
        text.removeFirst();
        //= rfc3261#12.2.1.1-16 for a strict router the remote target goes to the end of Route
        text.add("<" + remoteTarget + ">");
        //= rfc5630#5.1.1-7 of SIPS if that entry is, without lr
        //= rfc3261#12.2.1.1-14 and the strict router's own URI into the Request-URI
        var strict = requestUri(first);
        //= rfc3261#8.1.2-2 a strict router is found by the Request-URI, not by the Route left
        return new Routed(with(request.withUri(strict), text), strict);
    }

    //= rfc3261#8.1.1.2-3 the SIPS URI scheme is supported
    /// Whether a URI asks for SIPS.
    static boolean secure(String uri) { return Uri.parse(uri).secure(); }

    private static Address secured(Address route) {
        return route.uri() instanceof SipUri uri ? route.withUri(uri.withScheme("sips")) : route;
    }

    /// A URI without what a Request-URI may not have: the method parameter and header fields.
    static String requestUri(Uri uri) {
        //= rfc3261#19.1.1-13 components that are disallowed there are ignored
        return uri instanceof SipUri sip
                ? sip.withParams(sip.params().without("method")).withoutHeaders().toString()
                : uri.toString();
    }

    private static Request with(Request request, List<String> routes) {
        //= rfc3261#7.3.1-1 what proxies need stands towards the top
        return request.without("Route").change(headers -> headers.addAll(0,
                routes.stream().map(route -> new Header("Route", route)).toList()));
    }
}
