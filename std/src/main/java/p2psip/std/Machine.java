package p2psip.std;

import module java.base;

// tag::contract[]
/// A protocol state machine that does no I/O, reads no clock and starts no thread.
///
/// Whoever owns it — a socket loop, a test, a simulator — tells it what happened and when, and
/// carries out what it answers. One thread at a time; the same calls always give the same answers.
///
/// @param <I> what can happen to it, a sealed interface of records
/// @param <O> what it can ask for or tell, a sealed interface of records
public interface Machine<I, O> {

    /// Something happened at `now`; the answer is what to do about it, in order.
    List<O> handle(I input, Instant now);

    /// Time has moved on to `now`; harmless when nothing is due.
    List<O> wake(Instant now);

    /// When to call [#wake] next: [Instant#MAX] if nothing is pending.
    Instant deadline();

    /// Whether the machine has ended for good, so that its parent may forget it.
    default boolean terminated() { return false; }
}
// end::contract[]
