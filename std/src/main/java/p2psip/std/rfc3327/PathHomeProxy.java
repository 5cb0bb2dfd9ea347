package p2psip.std.rfc3327;

import module java.base;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;

/// The proxy of the domain, beside its registrar: it leads calls by the path that was stored.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3327#section-5.4 RFC 3327 §5.4
public record PathHomeProxy() implements ProxyExtension {

    @Override public Request towards(Request request, Destination to) {
        //= rfc3327#5.4¶2 the path vector of this contact becomes a preloaded Route
        var path = to.notes().stream().filter(note -> note.is(PathHeader.NAME))
                .map(Header::value).toList();
        // what was stored may be damaged since: then only the contact is left to try
        if (path.isEmpty() || !PathHeader.readable(path)) return request;
        var routes = path.stream().map(value -> new Header("Route", value)).toList();
        return request.change(headers -> {
            int at = 0;
            while (at < headers.size() && !headers.get(at).is("Route")) at++;
            //= rfc3327#5.4¶3 ahead of the Route values that the request still has
            headers.addAll(at == headers.size() ? 0 : at, routes);
        });
    }
}
