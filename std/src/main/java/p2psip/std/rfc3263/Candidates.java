package p2psip.std.rfc3263;

import module java.base;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Response;

/// The servers that one request may go to, tried one after another until one of them answers. Each
/// try is a client transaction of its own.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3263#section-4.3 RFC 3263 §4.3
public final class Candidates {
    /// How many servers of one URI are tried.
    public static final int LIMIT = 8;

    private final Deque<Target> untried = new ArrayDeque<>(2);
    private boolean last, heard;

    /// Takes in where a URI leads, best first, in place of what was there; answers the first.
    public Optional<Target> found(List<Target> targets) {
        heard = false;
        untried.clear();
        untried.addAll(targets.subList(0, Math.min(LIMIT, targets.size())));
        return Optional.ofNullable(untried.poll());
    }

    /// The server to try now that another has failed; none if that was the last.
    public Optional<Target> next() {
        heard = false;
        return last ? Optional.empty() : Optional.ofNullable(untried.poll());
    }

    /// The same after a failure without an answer.
    public Optional<Target> next(Failure why) {
        //= rfc3263#4.3¶2 silence after a provisional response is no failure of the server
        return heard && why == Failure.TIMEOUT ? Optional.empty() : next();
    }

    /// A provisional response has come: the server has the request.
    public void heard() { heard = true; }

    /// No other server is tried than the one under way.
    public void giveUp() { last = true; }

    /// Whether a final response is the failure of a server, not of the request.
    public static boolean failed(Response response) {
        //= rfc3263#4.3-1 a 503 is a failure: a new request goes to the next element
        return response.status() == 503;
    }

    /// The status that the failure of a transaction counts as, if no other server can be tried.
    public static int status(Failure why) {
        return switch (why) {
            //= rfc3261#8.1.3.1-1 nobody answered in time: as if with 408
            case TIMEOUT -> 408;
            //= rfc3261#8.1.3.1-2 the transport failed: as if answered with 503
            //= rfc3261#16.9-1 what cannot be sent is as good as a 503
            case TRANSPORT, RESTING -> 503;
        };
    }
}
