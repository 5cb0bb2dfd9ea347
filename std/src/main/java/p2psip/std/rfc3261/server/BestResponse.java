package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.Reply;

/// The final responses of all branches, and which of them the caller gets to see.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.7 RFC 3261 §16.7
final class BestResponse {
    /// These tell the caller how to try again.
    private static final List<Integer> HELPFUL = List.of(401, 407, 415, 420, 484);

    private final List<Response> finals = new ArrayList<>(2);

    void add(Response response) { finals.add(response); }

    boolean isEmpty() { return finals.isEmpty(); }

    void clear() { finals.clear(); }

    /// The best, or nothing if only silence could be answered.
    Optional<Response> choose(Request request, String tag) {
        var candidates = finals.stream()
                // RFC 4320 §4.2: whoever waits for a non-INVITE has timed out as well, so no 408
                .filter(r -> request.is("INVITE") || r.status() != 408).toList();
        if (candidates.isEmpty()) return Optional.empty();
        //= rfc3261#16.7-23,24 a 6xx before all others; else the lowest class
        var best = Collections.min(candidates, Comparator.comparingInt(BestResponse::rank));
        return Optional.of(switch (best.status()) {
            //= rfc3261#16.7-29 processed before it is forwarded: authorization is aggregated
            case 401, 407 -> challenging(best);
            //= rfc3261#16.7-27,28 a 503 is not forwarded upstream: it becomes a 500
            case 503 -> Reply.to(request, 500, tag);
            //= rfc3261#16.7-32 the To tag of a response that is only passed on is preserved
            default -> best;
        });
    }

    private static int rank(Response response) {
        int kind = response.status() / 100;
        if (kind == 6) return 0;
        //= rfc3261#16.7-25,26 any of the class, preference to what helps to send it again
        int within = HELPFUL.contains(response.status()) ? 0 : response.status() == 503 ? 2 : 1;
        return kind * 10 + within;
    }

    /// With the challenges of all branches.
    private Response challenging(Response best) {
        return best.change(list -> {
            for (var other : finals)
                if (other != best && (other.status() == 401 || other.status() == 407))
                    //= rfc8760#2.5-2 in the order in which one server has put them
                    for (var h : other.headers())
                        //= rfc3261#16.7-34 challenges of all 401 and 407 responses
                        //= rfc8760#2.5-1 each value received in response to a forked request
                        //= rfc3261#22.3-14 go into the single response that is sent
                        if (h.is("WWW-Authenticate") || h.is("Proxy-Authenticate")) list.add(h);
        });
    }
}
