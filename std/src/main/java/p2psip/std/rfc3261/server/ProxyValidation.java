package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc2396.Uri;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.Guard.Refusal;

/// Whether a proxy may touch a request at all. (Its syntax is the [Validator]'s business.)
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.3 RFC 3261 §16.3
final class ProxyValidation {
    private ProxyValidation() {}

    /// What the request gets instead of being forwarded.
    ///
    /// @param secondPart of the branches that it would have
    static Optional<Refusal> check(Request request, String secondPart, Domains home) {
        if (!request.uri().startsWith("sip:") && !schemeUnderstood(request))
            //= rfc3261#16.3-8 a Request-URI of a scheme that leads nowhere from here
            return Optional.of(Refusal.of(416));
        var hops = request.first("Max-Forwards");
        if (hops.isPresent() && !Grammar.isNumber(hops.get(), 255))
            //= rfc3261#16.3-5 what forwarding needs must be well-formed
            return Optional.of(Refusal.of(400, "Bad Max-Forwards"));
        if (hops.filter(v -> Integer.parseInt(v) == 0).isPresent())
            //= rfc3261#16.3-11 no hop is left
            return Optional.of(Refusal.of(483));
        //= rfc5393#4.1-2,3 by the steps of RFC 5393; also what will be forwarded to one location
        //= rfc5393#4.2.2-1 the test comes before all forwarding
        if (LoopDetection.looped(request, secondPart, home))
            //= rfc5393#4.1-1 what loops through this proxy is not forked
            //= rfc5393#4.2.2-4 but rejected
            //= rfc3261#16.3-14 with 482, for a loop was detected
            return Optional.of(Refusal.of(482));
        var extensions = request.list("Proxy-Require");
        if (!extensions.isEmpty())
            //= rfc3261#16.3-15,16 it understands no extension: all option-tags are unsupported
            return Optional.of(Refusal.of(420,
                    new Header("Unsupported", String.join(", ", extensions))));
        return Optional.empty();
    }

    private static boolean schemeUnderstood(Request request) {
        return switch (Uri.parse(request.uri()).scheme()) {
            case "sip", "sips" -> true;
            default -> false;
        };
    }
}
