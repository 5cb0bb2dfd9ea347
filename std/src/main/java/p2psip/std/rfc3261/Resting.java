package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.rfc3261.Message.*;

/// Servers that have said with a 503 for how long they want to be left alone.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-21.5.4 RFC 3261 §21.5.4
final class Resting {
    /// How many are remembered; for one more the one is forgotten that has said so first.
    static final int LIMIT = 1_000;
    /// The longest that one is left alone, whatever it asks for.
    static final Duration LONGEST = Duration.ofHours(1);

    private final SequencedMap<Target, Instant> until = new LinkedHashMap<>();

    /// Takes in how a server has answered.
    void answered(Flow flow, Response response, Instant now) {
        if (response.status() == 503) response.retryAfter().ifPresent(rest -> {
            until.putLast(Target.of(flow.transport(), flow.remote()),
                    now.plus(Collections.min(List.of(rest, LONGEST))));
            if (until.size() > LIMIT) until.pollFirstEntry();
        });
    }

    /// Whether a request is not to go there now. What belongs to a dialog goes on: that is no load
    /// that another server could take.
    boolean spares(Request request, Target target, Instant now) {
        if (until.isEmpty() || request.to().tag().isPresent() || request.is("CANCEL")) return false;
        var server = Target.of(target.transport(), target.address());
        //= rfc3261#21.5.4-4 no other requests to that server for the duration in Retry-After
        if (until.getOrDefault(server, Instant.MIN).isAfter(now)) return true;
        until.remove(server);
        return false;
    }
}
