package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;

/// What a proxy does with Route and Request-URI: before it looks for targets, and before it sends.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.4 RFC 3261 §16.4
record RouteInformation(Domains home, RecordRoute recordRoute) {

    /// A request as it is to be routed.
    ///
    /// @param request without the routes that have led here
    /// @param routes  what those say, taken together
    /// @param flow    by which it is to leave, if the last of them says so
    record Preprocessed(Request request, RecordRoute.Reading routes, Optional<Flow> flow) {}

    Preprocessed preprocess(Request request, Flow flow) {
        var routes = request.list("Route");
        var read = RecordRoute.Reading.NOTHING;
        //= rfc3261#16.4-1 a strict router puts our Record-Route value into the Request-URI
        if (Uri.parse(request.uri()) instanceof SipUri uri) {
            if (recordRoute.made(uri) && !routes.isEmpty()) {
                read = recordRoute.read(request, uri);
                //= rfc3261#16.4-2 the last Route value was the Request-URI: it is put back
                request = withRoutes(request.withUri(sip(routes.removeLast()).toString()), routes);
            } else if (uri.params().has("maddr"))
                request = request.withUri(withoutMaddr(uri, flow).toString());
        }
        //= rfc3261#16.4-6 a first Route that names this proxy has done its work
        int before = routes.size();
        while (!routes.isEmpty() && sip(routes.getFirst()) instanceof SipUri first
                && home.isRoute(first)) {
            read = read.then(recordRoute.read(request, first));
            routes.removeFirst();
        }
        return new Preprocessed(
                routes.size() == before ? request : withRoutes(request, routes), read,
                //= rfc5626#5.3¶3 where it came by the flow of the token it is an outgoing one
                read.flow().filter(way -> !way.equals(flow)));
    }

    /// The URI of a Route value.
    private static Uri sip(String route) { return Address.parse(route).uri(); }

    /// The URI as if maddr, port and transport had not been written, if they lead here.
    private SipUri withoutMaddr(SipUri uri, Flow flow) {
        //= rfc3261#16.4-4 is the address in maddr one that we are responsible for?
        boolean ours = uri.params().get("maddr")
                .filter(maddr -> home.listensAt(maddr, uri.portOrDefault())).isPresent();
        var transport = uri.params().get("transport").orElse("udp");
        if (!ours || uri.portOrDefault() != flow.local().getPort()
                || !flow.transport().isNamed(transport)) return uri;
        //= rfc3261#16.4-5 and did the request come by its port and transport? Then it goes
        return new SipUri(uri.scheme(), uri.user(), uri.password(), uri.host(), OptionalInt.empty(),
                uri.params().without("maddr").without("transport"), Params.NONE);
    }

    /// Makes the request fit for a strict router, if the next element is one.
    static Request postprocess(Request request) {
        var routes = request.list("Route");
        //= rfc3261#16.6-41,42 the first Route value: modified where it has no lr parameter
        if (routes.isEmpty() || sip(routes.getFirst()) instanceof SipUri first
                && first.params().has("lr")) return request;
        //= rfc3261#16.6-43 the Request-URI becomes the last Route value
        routes.addLast("<" + request.uri() + ">");
        //= rfc3261#16.6-44 and the first Route value the Request-URI
        return withRoutes(request.withUri(sip(routes.removeFirst()).toString()), routes);
    }

    /// The question where a request for a target is to go next; as yet without [#postprocess].
    static Core.Output nextHop(long question, Request request, Uri target, boolean steady) {
        //= rfc3261#16.6-48,49 the first Route value, else the Request-URI, or that of both
        var routes = request.list("Route");
        var next = routes.isEmpty() ? target : sip(routes.getFirst());
        //= rfc3261#16.6-40,50 with a SIPS Request-URI it is found as if it were a SIPS URI: by TLS
        var hop = target.secure() && next instanceof SipUri uri ? uri.withScheme("sips") : next;
        return new Core.Output.Resolve(question, hop.toString(), steady);
    }

    private static Request withRoutes(Request request, List<String> routes) {
        return request.change(list -> {
            int at = Header.first(list, "Route");
            list.removeIf(h -> h.is("Route"));
            list.addAll(at, routes.stream().map(route -> new Header("Route", route)).toList());
        });
    }
}
