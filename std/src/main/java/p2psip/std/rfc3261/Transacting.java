package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.Transaction.Output;

/// What the four transactions have in common: their way, the state they are in and its timers.
///
/// @param <S> the states
/// @param <T> the timers
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-17 RFC 3261 §17
abstract sealed class Transacting<S extends Cited, T extends Enum<T> & Cited>
        permits InviteClientTransaction, NonInviteClientTransaction,
        InviteServerTransaction, NonInviteServerTransaction {
    final Flow flow;
    final Timers<T> timers;
    /// Between one transmission and the next.
    Duration gap = TimerValues.T1;
    private S state;

    Transacting(S first, Class<T> timers, Flow flow) {
        this.state = first;
        this.timers = new Timers<>(timers);
        this.flow = flow;
    }

    public Flow flow() { return flow; }

    public S state() { return state; }

    public Map<T, Instant> due() { return timers.due(); }

    public Instant deadline() { return timers.deadline(); }

    /// Every state owns its timers: entering one stops those of the last, but for what runs on.
    final Output enter(S next, Instant now) {
        state = next;
        settle(next, now);
        return new Output.Changed(next);
    }

    /// Sets the timers of a state that was entered.
    abstract void settle(S entered, Instant now);

    /// When a timer fires that waits for what only an unreliable transport brings.
    final Instant unlessReliable(Instant now, Duration wait) {
        return flow.reliable() ? now : now.plus(wait);
    }

    final List<Output> failed(S terminated, Failure why, Instant now) {
        return List.of(enter(terminated, now), new Output.Failed(why));
    }
}
