package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.Message.Request;

/// Where the responses to a request go, and what is noted in its topmost Via so that they do.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-18.2 RFC 3261 §18.2
/// @spec https://www.rfc-editor.org/rfc/rfc3581#section-4 RFC 3581 §4
final class ReplyPath {
    private ReplyPath() {}

    /// The top Via with where the request came from, as far as that is not plain from it.
    static Via tagged(Via top, Flow flow) {
        var source = flow.remote().getAddress();
        //= rfc3581#4-1,2 rport without a value gets the source port, and received is written
        if (top.params().has("rport"))
            return top.with("rport", Integer.toString(flow.remote().getPort()))
                    .with("received", HostName.numeric(source));
        //= rfc7118#5.3-1,2,3 also of WebSocket: sent-by is examined, and the source is added
        //= rfc3261#18.2.1-5,6 received has the source address, where sent-by is a name or another
        return HostName.literal(top.host()).filter(source::equals).isPresent() ? top
                : top.with("received", HostName.numeric(source));
    }

    /// A request with another topmost Via.
    static Request withTop(Request request, Via top) {
        return request.change(headers -> Via.top(headers, top.toString()));
    }

    /// Where the responses to a request go.
    static Flow of(Via top, Flow flow) {
        //= rfc3261#18.2.2-1,2 this process: over a reliable transport on the request's connection
        if (flow.reliable()) return flow;
        int port = top.port().orElse(flow.transport().defaultPort());
        //= rfc3261#18.2.2-5 maddr is where the response goes, with the port of sent-by
        var maddr = top.params().get("maddr").flatMap(HostName::literal);
        if (maddr.isPresent())
            return Flow.udp(flow.local(), new InetSocketAddress(maddr.get(), port));
        //= rfc3581#4-3,4 to received and rport, from the address the request came to
        if (top.params().has("rport")) return flow;
        //= rfc3261#18.2.2-7,9 the received address, else sent-by, with the port of sent-by
        return Flow.udp(flow.local(), new InetSocketAddress(flow.remote().getAddress(), port));
    }
}
