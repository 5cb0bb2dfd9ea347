package p2psip.std.rfc8445;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc8489.Timing;

/// The transaction of one check: the request again and again until somebody ends it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8445#section-7.2.4 RFC 8445 §7.2.4
final class Check implements Machine<Void, Check.Output> {
    enum Output { SEND, TIMED_OUT }

    private static final int REQUESTS = 7, PATIENCE = 16;

    private final Pair pair;
    private final Bytes request;
    private final Signature signature;
    private final Role role;
    private final long priority;
    private final boolean nominates;
    private final Timing timing;
    private final Instant end;
    private final int attempt;
    private int sent;
    private Instant due;

    /// @param rto the first interval
    Check(Pair pair, Bytes request, Signature signature, Role role, long priority,
            boolean nominates, Duration rto, Instant now) {
        this.pair = pair;
        this.request = request;
        this.signature = signature;
        this.role = role;
        this.priority = priority;
        this.nominates = nominates;
        this.timing = new Timing(rto, REQUESTS, PATIENCE, false);
        this.end = now.plus(new Timing(rto, REQUESTS, PATIENCE, true).after(1));
        this.due = now;
        pair.cancel();
        this.attempt = pair.attempt();
    }

    Pair pair() { return pair; }

    Bytes request() { return request; }

    Signature signature() { return signature; }

    /// As what the request was sent.
    Role role() { return role; }

    long priority() { return priority; }

    boolean nominates() { return nominates; }

    /// Whether the request is sent no more and its silence no failure; an answer still counts.
    boolean cancelled() { return attempt != pair.attempt() || pair.removed(); }

    @Override public List<Output> handle(Void input, Instant now) { return List.of(); }

    @Override public List<Output> wake(Instant now) {
        if (now.isBefore(due)) return List.of();
        if (!now.isBefore(end) || timing.last(sent)) {
            due = Instant.MAX;
            return List.of(Output.TIMED_OUT);
        }
        if (cancelled()) {
            due = end;
            return List.of();
        }
        sent++;
        due = now.plus(timing.after(sent));
        return List.of(Output.SEND);
    }

    @Override public Instant deadline() { return due; }

    @Override public boolean terminated() { return due.equals(Instant.MAX); }
}
