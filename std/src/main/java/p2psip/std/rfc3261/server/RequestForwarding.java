package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc2396.Uri;
import p2psip.std.rfc3261.CSeq;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message.Request;

/// Makes the copies of a request that a proxy sends on. (Via is the transaction layer's, and
/// Content-Length the printer's work.)
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.6 RFC 3261 §16.6
final class RequestForwarding {
    private static final int HOPS = 70;

    private RequestForwarding() {}

    /// The copy for one target: steps 1 to 3 and 6.
    ///
    /// @param breadth how many branches further proxies may make of it at once; 0 for an ACK
    static Request copy(Request received, Uri target, int breadth) {
        //= rfc3261#16.6-11 the Request-URI is replaced by the target's
        //= rfc3261#16.6-12 without parameters that a Request-URI may not have
        var uri = target instanceof SipUri sip ? sip.withoutHeaders() : target;
        var copy = new Request(received.method(), uri.toString(),
                headers(received.headers(), breadth), received.body());
        return RouteInformation.postprocess(copy);
    }

    /// All header fields, in their order, with one hop less.
    private static List<Header> headers(List<Header> received, int breadth) {
        var headers = new ArrayList<Header>(received.size() + 4);
        boolean counted = false;
        //= rfc2617#1.2-17 transparent to what a user agent and its server say about authentication
        //= rfc3261#22.3-3 of Proxy-Authorization too: no value comes to those received
        //= rfc3261#22.3-11 and none is consumed, whatever its realm
        for (var h : received)
            switch (h.name()) {
                //= rfc3261#16.6-13 Max-Forwards is one less than received
                case "Max-Forwards" -> {
                    counted = true;
                    headers.add(new Header("Max-Forwards",
                            Integer.toString(Integer.parseInt(h.value()) - 1)));
                }
                case "Max-Breadth" -> { }
                //= rfc3261#16.6-6 all other fields of the request received are in the copy
                //= rfc3261#16.6-7 none is removed
                //= rfc3261#16.6-9 and values of one field name are not reordered
                default -> headers.add(h);
            }
        //= rfc3261#16.6-14 a request without Max-Forwards gets one
        if (!counted) headers.add(new Header("Max-Forwards", Integer.toString(HOPS)));
        //= rfc5393#5.3.3-4 exactly one Max-Breadth in each proxied request
        //= rfc5393#5.3.3-9 no hop takes anything off Max-Breadth
        //= rfc3261#16.6-33 which is a header field added to the copy
        if (breadth > 0) headers.add(new Header("Max-Breadth", Integer.toString(breadth)));
        return headers;
    }

    /// Step 4: before all other Record-Route values.
    static Request recorded(Request copy, List<Header> recordRoute) {
        return copy.change(list -> {
            int at = 0;
            while (at < list.size() && !list.get(at).is("Record-Route")) at++;
            //= rfc3261#16.6-15 before any existing Record-Route value
            list.addAll(at == list.size() ? 0 : at, recordRoute);
        });
    }

    /// The CANCEL for a copy that was sent, made as a user agent makes one (§9.1).
    static Request cancel(Request copy) {
        var headers = new ArrayList<Header>(8);
        for (var h : copy.headers())
            switch (h.name()) {
                case "To", "From", "Call-ID", "Route" -> headers.add(h);
                case "CSeq" -> headers.add(new Header("CSeq",
                        new CSeq(copy.cseq().number(), "CANCEL").toString()));
                default -> { }
            }
        headers.add(new Header("Max-Forwards", Integer.toString(HOPS)));
        return new Request("CANCEL", copy.uri(), headers, p2psip.std.Bytes.EMPTY);
    }
}
