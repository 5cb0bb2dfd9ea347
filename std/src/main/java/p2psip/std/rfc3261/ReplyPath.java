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
        //= rfc3581#4-1 an rport without a value gets the source port
        //= rfc3581#4-2 and then received is written even if it equals sent-by
        if (top.params().has("rport"))
            return top.with("rport", Integer.toString(flow.remote().getPort()))
                    .with("received", HostName.numeric(source));
        //= rfc3261#18.2.1-5 received is added if sent-by is a name or another address
        //= rfc3261#18.2.1-6 it holds the source address
        return HostName.literal(top.host()).filter(source::equals).isPresent() ? top
                : top.with("received", HostName.numeric(source));
    }

    /// A request with another topmost Via.
    static Request withTop(Request request, Via top) {
        return request.change(headers -> {
            int at = 0;
            while (!headers.get(at).is("Via")) at++;
            var rest = CommaList.rest(headers.get(at).value());
            headers.set(at, new Header("Via", rest.isEmpty() ? top.toString() : top + ", " + rest));
        });
    }

    /// Where the responses to a request go.
    static Flow of(Via top, Flow flow) {
        //= rfc3261#18.2.2-1 this process, in this order
        //= rfc3261#18.2.2-2 over a reliable transport on the connection of the request
        if (flow.reliable()) return flow;
        int port = top.port().orElse(flow.transport().defaultPort());
        //= rfc3261#18.2.2-5 maddr is where the response goes, with the port of sent-by
        var maddr = top.params().get("maddr").flatMap(HostName::literal);
        if (maddr.isPresent())
            return Flow.udp(flow.local(), new InetSocketAddress(maddr.get(), port));
        //= rfc3581#4-3 received and rport: the very address and port the request came from
        //= rfc3581#4-4 and from the address it came to
        if (top.params().has("rport")) return flow;
        //= rfc3261#18.2.2-7 the received address, the port of sent-by
        //= rfc3261#18.2.2-9 without received the two are the same address
        return Flow.udp(flow.local(), new InetSocketAddress(flow.remote().getAddress(), port));
    }
}
