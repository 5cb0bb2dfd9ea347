package p2psip.app.sipd;

import module java.base;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.Guard;

/// Lets nobody begin more than so many transactions a second, so that others are served meanwhile:
/// one more gets 503. Phones that are registered do not suffer from a flood that comes from their
/// own address, as it does behind a NAT: what they ask is not counted with it.
public final class Quota implements Guard {
    /// Far more than a household or an office asks; another server may ask as much.
    static final int AT_ONCE = 2_000, PER_SECOND = 1_000;

    private final Guard guard;
    private final Access access;
    private final Budget<Object> budget = new Budget<>(AT_ONCE, PER_SECOND);

    /// @param guard  decides about all others
    /// @param access knows who is registered
    public Quota(Guard guard, Access access) {
        this.guard = guard;
        this.access = access;
    }

    @Override public Optional<Refusal> refuses(
            Request request, Flow flow, Purpose purpose, Instant now) {
        boolean counted = purpose != Purpose.IN_DIALOG && !request.is("ACK");
        // Retry-After says when to try again
        return counted && !budget.take(who(request, flow), now)
                ? Optional.of(Refusal.of(503, new Header("Retry-After", "1")))
                : guard.refuses(request, flow, purpose, now);
    }

    @Override public Request trusted(Request request, Flow flow) {
        return guard.trusted(request, flow);
    }

    private Object who(Request request, Flow flow) {
        return access.registers(request.from().uri(), flow)
                ? flow.remote() : flow.remote().getAddress();
    }
}
