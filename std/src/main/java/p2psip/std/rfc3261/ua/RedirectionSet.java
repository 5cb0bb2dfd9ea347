package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.rfc3261.Message.Response;

/// The URIs that one request goes to: the one that was asked for, then those it is redirected to.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-8.1.3.4 RFC 3261 §8.1.3.4
final class RedirectionSet {
    /// How many URIs are tried; more that redirections name are not.
    static final int LIMIT = 8;

    private final Set<String> uris = new HashSet<>();
    private final Deque<Redirection> untried = new ArrayDeque<>();
    private final boolean secure;
    private Redirection current;

    RedirectionSet(String uri) {
        current = Redirection.none(uri);
        secure = RouteSet.secure(uri);
        uris.add(uri);
    }

    /// What is tried now.
    Redirection current() { return current; }

    /// What is to be tried after that.
    Optional<Redirection> next() {
        var next = Optional.ofNullable(untried.poll());
        next.ifPresent(to -> current = to);
        return next;
    }

    /// Takes in what a 3xx names.
    void add(Response response) {
        for (var to : Redirection.of(response)) {
            if (uris.size() >= LIMIT) break;
            //= rfc3261#8.1.3.4-3 a call by SIPS does not go on to a URI that is not secure
            if (secure && !RouteSet.secure(to.uri())) continue;
            //= rfc3261#8.1.3.4-2 no URI is tried twice
            //= rfc3261#21.3.3-3 and none is kept for future transactions
            if (uris.add(to.uri())) untried.add(response.status() == 305
                    //= rfc3261#21.3.4-1 the resource is accessed through the proxy in Contact
                    ? to.asProxyFor(current.uri())
                    //= rfc3261#21.3.2-1 the request is tried again at the new address
                    //= rfc3261#21.3.3-1 for this request, where the callee has moved for a while
                    : to);
        }
    }
}
