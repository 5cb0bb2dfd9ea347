package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.Tokens;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.Guard.Refusal;
import p2psip.std.rfc5393.LoopDetection;

/// Sends one request on: makes the copies, their branches, and what counts as an answer where there
/// is none. (Via is the transaction layer's, and Content-Length the printer's work.)
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.6 RFC 3261 §16.6
record RequestForwarding(Request request, Flow cameBy, String secondPart, RecordRoute recordRoute,
        List<ProxyExtension> extensions, RandomGenerator random) {

    /// Nothing but what is to be done with a request that is answered.
    RequestForwarding emptied() {
        return request.headers().isEmpty() ? this : new RequestForwarding(
                request.change(List::clear), cameBy, secondPart, recordRoute, extensions, random);
    }

    /// The request as it is to go to one destination; as yet to no copy of it.
    Request towards(Destination to) { return towards(request, to, extensions); }

    static Request towards(Request request, Destination to, List<ProxyExtension> extensions) {
        for (var extension : extensions) request = extension.towards(request, to);
        return request;
    }

    /// A client transaction for one more attempt.
    TransactionId transaction() { return LoopDetection.branch(request, secondPart, random); }

    /// A copy of what goes [#towards] a destination as it leaves for a target, with this proxy on
    /// the way back if a dialog may come of it.
    Request copy(Request towards, Uri uri, int breadth, Target target) {
        var copy = recordRoute.recorded(copy(towards, uri, breadth), cameBy, target);
        //= rfc3261#16.6-33 extensions add what header fields they have
        for (var extension : extensions) copy = extension.leaving(copy, passage(target));
        return copy;
    }

    /// A response to that copy as it goes back.
    Response returned(Response response, Target target) {
        for (var extension : extensions) response = extension.returning(response, passage(target));
        return response;
    }

    private Passage passage(Target target) {
        return new Passage(cameBy, target, recordRoute,
                Optional.of(request).filter(r -> !r.headers().isEmpty()));
    }

    /// What the caller is told if nothing better comes.
    Response refusal(Refusal why) { return why.to(request, tag()); }

    String tag() { return Tokens.token(random); }

    /// The copy for one target: steps 1 to 3 and 6.
    ///
    /// @param breadth how many branches further proxies may make of it at once; 0 for an ACK
    static Request copy(Request received, Uri target, int breadth) {
        //= rfc3261#16.6-11,12 the Request-URI is the target's, without parameters not allowed there
        var uri = target instanceof SipUri sip ? sip.withoutHeaders() : target;
        return RouteInformation.postprocess(new Request(received.method(), uri.toString(),
                headers(received, breadth), received.body()));
    }

    /// All header fields, in their order, with one hop less.
    private static List<Header> headers(Request received, int breadth) {
        var headers = new ArrayList<Header>(received.headers().size() + 4);
        //= rfc2617#1.2-17,18 transparent: Authorization and its challenges go on untouched
        //= rfc2617#3.3-9,10 transparent to Digest as well: the Authorization goes on untouched
        //= rfc3261#22.3-3,11 no Proxy-Authorization is added, none consumed, whatever its realm
        for (var h : received.headers())
            //= rfc7616#3.6-7,8 completely transparent to Digest of any age: it is forwarded
            switch (h.name()) {
                //= rfc3261#16.6-13 Max-Forwards is one less than received
                case "Max-Forwards" -> headers.add(new Header("Max-Forwards",
                        Integer.toString(Integer.parseInt(h.value()) - 1)));
                case "Max-Breadth" -> { }
                //= rfc3261#16.6-6,7,9 all fields received are in the copy, in their order
                //= rfc6665#4.4.4-3 and no Allow-Events is inserted that was not there
                default -> headers.add(h);
            }
        //= rfc3261#16.6-14 a request without Max-Forwards gets one
        if (!received.has("Max-Forwards")) headers.add(Header.MAX_FORWARDS);
        //= rfc5393#5.3.3-4,9 exactly one Max-Breadth in each proxied request, none taken off
        if (breadth > 0) headers.add(new Header("Max-Breadth", Integer.toString(breadth)));
        return headers;
    }
}
