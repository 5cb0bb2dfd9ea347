package p2psip.app.sipd;

import module java.base;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.Guard;

/// Writes down who is refused; and, when the server is about to end, lets nothing begin: only what
/// belongs to a dialog passes, and registrations, which outlive the server.
final class Doorkeeper implements Guard {
    private final Guard guard;
    private final Logbook book;
    private Optional<Duration> closed = Optional.empty();

    Doorkeeper(Guard guard, Logbook book) {
        this.guard = guard;
        this.book = book;
    }

    /// Lets nothing begin any more.
    ///
    /// @param retry when others are told to try again
    void close(Duration retry) { closed = Optional.of(retry); }

    @Override public Optional<Refusal> refuses(
            Request request, Flow flow, Purpose purpose, Instant now) {
        boolean begins = switch (purpose) {
            case INBOUND, OUTBOUND, OFFERED -> !request.is("ACK") && !request.is("CANCEL")
                    && request.to().tag().isEmpty();
            case REGISTER, IN_DIALOG -> false;
        };
        // a client that is sent away is told when to come back
        var refusal = begins && closed.isPresent() ? closed.map(retry -> Refusal.of(503,
                new Header("Retry-After", "" + Math.max(1, retry.toSeconds()))))
                : guard.refuses(request, flow, purpose, now);
        refusal.filter(why -> !asks(why, request)).ifPresent(why -> book.refused(why.status(),
                flow.remote().getAddress(), now, "method", request.method(),
                "from", CallLog.text(request.from().uri()),
                "to", CallLog.text(request.to().uri()), "source", flow.remote().getAddress()
                        .getHostAddress(), "status", why.status()));
        return refusal;
    }

    /// Whether somebody is only asked for the password that he has not given yet.
    private static boolean asks(Refusal refusal, Request request) {
        return refusal.status() == 401 && !request.has("Authorization")
                || refusal.status() == 407 && !request.has("Proxy-Authorization");
    }

    @Override public Request trusted(Request request, Flow flow) {
        return guard.trusted(request, flow);
    }
}
