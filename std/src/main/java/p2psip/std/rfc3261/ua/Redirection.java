package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message.*;

/// Where a request may go instead: one Contact of a 3xx response.
///
/// @param uri     for the Request-URI
/// @param headers fields that whoever redirects wants the new request to have
/// @param proxy   that it must go through; none but for a 305
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-8.1.3.4 RFC 3261 §8.1.3.4
record Redirection(String uri, List<Header> headers, RouteSet proxy) {

    Redirection { headers = List.copyOf(headers); }

    /// No redirection yet: the URI that was asked for.
    static Redirection none(String uri) {
        return new Redirection(uri, List.of(), RouteSet.NONE);
    }

    /// Those that a response names and that a request can be sent to, the most wanted first.
    static List<Redirection> of(Response response) {
        //= rfc3261#8.1.3.4-1 the URIs in the Contact fields make the new requests
        //= rfc3261#21.3.1-3 there may be several Contact values
        return response.list("Contact").stream().map(Address::parse)
                .filter(contact -> contact.uri() instanceof SipUri)
                //= rfc3261#8.1.3.4-4 the order of the requests is that of q
                .sorted(Comparator.comparingDouble(Address::q).reversed())
                .map(Redirection::of).toList();
    }

    private static Redirection of(Address contact) {
        var uri = (SipUri) contact.uri();
        //= rfc3261#8.1.3.4-8 the entire URI is copied, except the method and header fields
        return new Redirection(RouteSet.requestUri(uri), uri.headers().list().stream()
                .map(h -> new Header(h.name(), Escapes.decode(h.value())))
                .filter(h -> FormedRequest.HARMLESS.contains(h.name())
                        && h.value().chars().allMatch(c -> c >= ' '))
                .toList(), RouteSet.NONE);
    }

    /// With a 305: what is at this URI is a proxy, and leads to the target.
    Redirection asProxyFor(String target) {
        var uri = SipUri.parse(this.uri);
        return new Redirection(target, headers, new RouteSet(List.of(
                Address.of(uri.withParams(uri.params().with("lr", ""))))));
    }

    /// The servers to visit, where it would otherwise be these.
    RouteSet through(RouteSet routes) { return proxy.equals(RouteSet.NONE) ? routes : proxy; }

    /// The request that was redirected, with the fields that belong to this address.
    Request applied(Request request) {
        for (var header : headers) request = header.name().equals("In-Reply-To")
                //= rfc3261#8.1.3.4-9 a comma-separated list is appended to
                ? request.change(list -> list.add(header))
                //= rfc3261#8.1.3.4-10 any other value of the original request is overwritten
                : request.with(header.name(), header.value());
        return request;
    }
}
