package p2psip.std.rfc3261;

import static p2psip.std.rfc3261.TimerValues.*;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.Message.Response;

/// The server side of every request but INVITE and ACK.
///
/// RFC 4320 forbids what does harm: no provisional response but 100, that one not before the client
/// asks every T2 only, and no 408, which always comes too late. The 100 that it would have sent for
/// a slow TU is left to the TU: clients in the field take it for an error.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-17.2.2 RFC 3261 §17.2.2
/// @spec https://www.rfc-editor.org/rfc/rfc4320#section-4 RFC 4320 §4
public final class NonInviteServerTransaction
        extends Transacting<NonInviteServerTransaction.State, NonInviteServerTransaction.Timer>
        implements ServerTransaction {

    @Section("17.2.2") public enum State implements Cited {
        TRYING, PROCEEDING, COMPLETED, TERMINATED
    }

    /// J waits for requests that come again.
    @Section("17.2.2") public enum Timer implements Cited { J }

    /// How long it takes until the client's Timer E is reset to T2 (RFC 4320 §4.1): gaps of 1, 2
    /// and 4 times T1, for T2 is 8 times as long.
    private static final Duration CLIENT_SLOW = T1.multipliedBy(1 + 2 + 4);

    /// When a 100 may be sent.
    private Instant patient = Instant.MAX;
    /// What the request is answered when it comes again; empty while there is nothing.
    private Bytes last = Bytes.EMPTY;

    public NonInviteServerTransaction(Flow flow) { super(State.TRYING, Timer.class, flow); }

    //= rfc3261#17.2.2-10 terminated: its parent destroys it that instant
    @Override public boolean terminated() { return state() == State.TERMINATED; }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Begin _ -> List.of(enter(State.TRYING, now));
            case Input.Received _ -> switch (state()) {
                //= rfc3261#17.2.2-4,7 retransmitted: the response again, if there is one
                case PROCEEDING, COMPLETED -> last.isEmpty() ? List.of()
                        : List.of(new Output.Send(last));
                //= rfc3261#17.2.2¶2 trying: a retransmission is discarded
                case TRYING, TERMINATED -> List.of();
            };
            case Input.Respond(var response) -> respond(response, now);
            //= rfc6026#8.8-1 the TU is informed of the failure, the state remains
            //= rfc3261#17.2.4-1 superseded it does not terminate: RFC 6026 has the state remain
            case Input.TransportError _ -> state() == State.TERMINATED ? List.of()
                    : List.of(new Output.Failed(Failure.TRANSPORT));
        };
    }

    private List<Output> respond(Response response, Instant now) {
        //= rfc3261#17.2.2-8 completed: any other final response is discarded
        if (state() == State.COMPLETED || state() == State.TERMINATED) return List.of();
        if (response.provisional()) return response.status() == 100 && !now.isBefore(patient)
                ? proceed(response, now) : List.of();
        boolean tooLate = response.status() == 408;
        last = tooLate ? Bytes.EMPTY : response.encode();
        var completed = enter(State.COMPLETED, now);
        //= rfc3261#17.2.2-5 a final response completes it, and is transmitted
        return tooLate ? List.of(completed) : List.of(completed, new Output.Send(last));
    }

    private List<Output> proceed(Response trying, Instant now) {
        last = trying.encode();
        var send = new Output.Send(last);
        //= rfc3261#17.2.2-3 another provisional response while proceeding is sent too
        if (state() == State.PROCEEDING) return List.of(send);
        //= rfc3261#17.2.2-1,2 a provisional response goes to the transport: proceeding
        return List.of(enter(State.PROCEEDING, now), send);
    }

    @Override public List<Output> wake(Instant now) {
        //= rfc3261#17.2.2-9 Timer J terminates it
        return timers.fired(now).isEmpty() ? List.of() : List.of(enter(State.TERMINATED, now));
    }

    @Override void settle(State entered, Instant now) {
        timers.clear();
        switch (entered) {
            case TRYING -> patient = unlessReliable(now, CLIENT_SLOW);
            //= rfc3261#17.2.2-6 Timer J: 64*T1, or zero on reliable transports
            case COMPLETED -> timers.set(Timer.J, unlessReliable(now, T1_X64));
            case PROCEEDING, TERMINATED -> { }
        }
    }
}
