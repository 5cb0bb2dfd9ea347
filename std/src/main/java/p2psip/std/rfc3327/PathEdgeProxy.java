package p2psip.std.rfc3327;

import module java.base;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.Guard.Refusal;

/// A proxy that wants to see the calls of those whose REGISTERs it forwards: it writes itself into
/// their Path.
///
/// Where the phone itself has sent the REGISTER here, what comes back by that path goes to the
/// phone over the same flow, through its NAT; else on to whom the path or the contact names.
///
/// @param needed whether nobody is to register without a path, at a registrar that knows none
/// @spec https://www.rfc-editor.org/rfc/rfc3327#section-5.2 RFC 3327 §5.2
public record PathEdgeProxy(boolean needed) implements ProxyExtension {

    @Override public List<String> options() { return List.of(PathHeader.OPTION); }

    @Override public Optional<Refusal> refuses(Request request, Flow flow) {
        return needed && request.is("REGISTER") && !PathHeader.isKnown(request)
                //= rfc3327#5.2-3 a user agent that does not support what we require: 421
                ? Optional.of(Refusal.of(421, new Header("Require", PathHeader.OPTION)))
                : Optional.empty();
    }

    //= rfc3327#5.2-4 a Path is put into requests alone: that of a response is not altered
    @Override public Request leaving(Request copy, Passage passage) {
        //= rfc3327#5.2-1 no Path is added unless the user agent has indicated support
        if (!copy.is("REGISTER") || !PathHeader.isKnown(copy)) return copy;
        boolean first = copy.list("Via").size() == 1;
        //= rfc3327#4-1 into a REGISTER that traverses this node
        //= rfc3327#4-4 with the loose-routing parameter
        var path = new Header(PathHeader.NAME, String.join(", ", passage.back(copy, first)));
        return copy.change(headers -> {
            int at = 0;
            while (at < headers.size() && !headers.get(at).is(PathHeader.NAME)) at++;
            //= rfc3327#5.2¶1 our own URI is the topmost value
            headers.add(at == headers.size() ? 0 : at, path);
            //= rfc3327#5.2-2 and where we need the registrar to support it, it is required
            if (needed) headers.add(new Header("Require", PathHeader.OPTION));
        });
    }
}
