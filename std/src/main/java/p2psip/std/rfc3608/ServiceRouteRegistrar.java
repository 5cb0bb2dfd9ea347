package p2psip.std.rfc3608;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;

/// A registrar that tells those who register by which proxies they are to send what they send.
///
/// @param route the proxies, in the order in which they are to be visited; the same for everybody
/// @spec https://www.rfc-editor.org/rfc/rfc3608#section-6.3 RFC 3608 §6.3
public record ServiceRouteRegistrar(List<SipUri> route) implements RegistrarExtension {
    static final String NAME = "Service-Route";

    //= rfc3608#5-1,2 each value has the syntax of a Route element, and the parameter lr
    //= rfc3608#6.3-5,6 whatever is configured conforms, and includes the lr parameter
    public ServiceRouteRegistrar {
        route = route.stream().map(uri -> uri.withParams(uri.params().with("lr", ""))
                .withoutHeaders()).toList();
    }

    @Override public Response accepted(Response ok, Request register, List<Binding> bindings) {
        //= rfc3608#6.3-1 one or more values in the 200, as it was chosen locally
        //= rfc3608#6.3-2 to one who only fetches bindings the same value is returned
        //= rfc3608#6.3-4 it may be more than one, the topmost is visited first
        return route.isEmpty() ? ok : ok.with(NAME, route.stream().map(uri -> "<" + uri + ">")
                .collect(Collectors.joining(", ")));
    }
}
