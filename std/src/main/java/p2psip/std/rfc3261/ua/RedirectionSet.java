package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message.*;

/// What becomes of one request: itself, then one for each URI that it is redirected to.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-8.1.3.4 RFC 3261 §8.1.3.4
final class RedirectionSet {
    /// How many URIs are tried; more that redirections name are not.
    static final int LIMIT = 8;

    /// One to be tried.
    ///
    /// @param routes the servers that it visits on its way
    record Redirection(Request request, RouteSet routes) {}

    private final Redirection original;
    private final Set<String> uris = new HashSet<>();
    private final Deque<Redirection> untried = new ArrayDeque<>();
    private Redirection current;

    RedirectionSet(Request request, RouteSet routes) {
        original = new Redirection(request, routes);
        current = original;
        uris.add(request.uri());
        untried.add(original);
    }

    /// What is to be tried now.
    Optional<Redirection> next() {
        var next = Optional.ofNullable(untried.poll());
        next.ifPresent(to -> current = to);
        return next;
    }

    /// Takes in what a 3xx names.
    void add(Response response) {
        //= rfc3261#8.1.3.4-1 the URIs in the Contact fields make the new requests
        //= rfc3261#21.3.1-3 there may be several Contact values
        response.list("Contact").stream().map(Address::parse)
                .filter(contact -> contact.uri() instanceof SipUri)
                //= rfc3261#8.1.3.4-4 the order of the requests is that of q
                .sorted(Comparator.comparingDouble(Address::q).reversed())
                .forEach(contact -> add((SipUri) contact.uri(), response.status() == 305));
    }

    /// @param proxy whether it leads to the target, and is none
    private void add(SipUri to, boolean proxy) {
        //= rfc3261#8.1.3.4-3 a call by SIPS does not go on to a URI that is not secure
        boolean secure = to.secure() || !RouteSet.secure(original.request.uri());
        //= rfc3261#8.1.3.4-8 the entire URI is copied, except the method and header fields
        var uri = RouteSet.requestUri(to);
        //= rfc3261#8.1.3.4-2 no URI is tried twice
        //= rfc3261#21.3.3-3 and none is kept for future transactions
        if (!secure || uris.size() >= LIMIT || !uris.add(uri)) return;
        var request = withHeaders(original.request, to.headers());
        untried.add(proxy
                //= rfc3261#21.3.4-1 the resource is accessed through the proxy in Contact
                ? new Redirection(request.withUri(current.request.uri()), by(uri))
                //= rfc3261#21.3.2-1 the request is tried again at the new address
                //= rfc3261#21.3.3-1 for this request, where the callee has moved for a while
                : new Redirection(request.withUri(uri), original.routes));
    }

    private static RouteSet by(String proxy) {
        var uri = SipUri.parse(proxy);
        return new RouteSet(List.of(Address.of(uri.withParams(uri.params().with("lr", "")))));
    }

    /// With the fields that whoever redirects wants the new request to have.
    private static Request withHeaders(Request request, Params wishes) {
        for (var wish : wishes.list()) {
            var header = new Header(wish.name(), Escapes.decode(wish.value()));
            if (!FormedRequest.HARMLESS.contains(header.name())
                    || header.value().chars().anyMatch(c -> c < ' ')) continue;
            request = header.name().equals("In-Reply-To")
                    //= rfc3261#8.1.3.4-9 a comma-separated list is appended to
                    ? request.change(list -> list.add(header))
                    //= rfc3261#8.1.3.4-10 any other value of the original request is overwritten
                    : request.with(header.name(), header.value());
        }
        return request;
    }
}
