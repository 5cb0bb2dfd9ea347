package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.Guard.Refusal;
import p2psip.std.rfc5393.LoopDetection;

/// Whether a proxy may touch a request at all. (Its syntax is the [Validator]'s business.)
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.3 RFC 3261 §16.3
final class ProxyValidation {
    private ProxyValidation() {}

    /// What the request gets instead of being forwarded.
    ///
    /// @param uri        where it is to go
    /// @param secondPart of the branches that it would have
    /// @param options    the option tags that are understood
    static Optional<Refusal> check(Request request, Uri uri, String secondPart, Domains home,
            List<String> options) {
        //= rfc3261#16.3-8 a Request-URI of a scheme that leads nowhere from here
        if (!home.speaks(uri)) return Optional.of(Refusal.of(416));
        var hops = request.first("Max-Forwards").orElse("70");
        //= rfc3261#16.3-5 what forwarding needs must be well-formed
        if (!Grammar.isNumber(hops, 255)) return Optional.of(Refusal.of(400, "Bad Max-Forwards"));
        //= rfc3261#16.3-11 no hop is left
        if (Integer.parseInt(hops) == 0) return Optional.of(Refusal.of(483));
        //= rfc5393#4.1-2,3 by the steps of RFC 5393; also what will be forwarded to one location
        //= rfc5393#4.2.2-1 the test comes before all forwarding
        if (LoopDetection.looped(request, secondPart, home::listensAt))
            //= rfc5393#4.1-1 what loops through this proxy is not forked
            //= rfc5393#4.2.2-4 but rejected
            //= rfc3261#16.3-14 with 482, for a loop was detected
            return Optional.of(Refusal.of(482));
        //= rfc3261#16.3-15 the extensions that a proxy must understand are those in Proxy-Require
        return Refusal.unsupported(request.list("Proxy-Require"), options);
    }
}
