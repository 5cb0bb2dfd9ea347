package p2psip.std.rfc3261;

import static p2psip.std.rfc3261.TimerValues.*;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.Message.Response;

/// The client side of every request but INVITE and ACK.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-17.1.2 RFC 3261 §17.1.2
public final class NonInviteClientTransaction
        extends Transacting<NonInviteClientTransaction.State, NonInviteClientTransaction.Timer>
        implements ClientTransaction {

    @Section("17.1.2.2") public enum State implements Cited {
        TRYING, PROCEEDING, COMPLETED, TERMINATED
    }

    /// E repeats the request, F gives it up, K waits for answers that come again.
    @Section("17.1.2.2") public enum Timer implements Cited { E, F, K }

    /// The request, or nothing when it is answered.
    private Bytes message;

    /// @param request as it goes over the wire, with its Via
    public NonInviteClientTransaction(Bytes request, Flow flow) {
        super(State.TRYING, Timer.class, flow);
        this.message = request;
    }

    //= rfc3261#17.1.2.2-12 terminated: its parent destroys it immediately
    @Override public boolean terminated() { return state() == State.TERMINATED; }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            //= rfc3261#17.1.2.2-2 the request goes to the transport layer
            case Input.Begin _ -> List.of(enter(State.TRYING, now), new Output.Send(message));
            case Input.Received(var response) -> received(response, now);
            case Input.TransportError _ -> switch (state()) {
                //= rfc3261#17.1.4-1 inform the TU of the transport failure, and terminate
                case TRYING, PROCEEDING -> failed(State.TERMINATED, Failure.TRANSPORT, now);
                case COMPLETED, TERMINATED -> List.of();
            };
        };
    }

    private List<Output> received(Response response, Instant now) {
        var inform = new Output.Inform(response);
        return switch (state()) {
            case TRYING, PROCEEDING -> {
                //= rfc3261#17.1.2.2-6,9 a final response in either state goes to the TU
                if (!response.provisional())
                    yield List.of(enter(State.COMPLETED, now), inform);
                //= rfc3261#17.1.2.2-5 the provisional response goes to the TU; now it is proceeding
                yield state() == State.PROCEEDING ? List.of(inform)
                        : List.of(enter(State.PROCEEDING, now), inform);
            }
            case COMPLETED, TERMINATED -> List.of();
        };
    }

    @Override public List<Output> wake(Instant now) {
        var out = new ArrayList<Output>();
        for (var timer : timers.fired(now)) switch (timer) {
            case E -> {
                //= rfc3261#17.1.2.2¶2 the gap doubles up to T2 while trying
                //= rfc3261#17.1.2.2-7 and is T2 when proceeding
                gap = state() == State.PROCEEDING ? T2 : backOff(gap);
                timers.set(Timer.E, now.plus(gap));
                out.add(new Output.Send(message));
            }
            //= rfc3261#17.1.2.2-4,8 a timeout while trying or proceeding: inform the TU, terminate
            case F -> out.addAll(failed(State.TERMINATED, Failure.TIMEOUT, now));
            //= rfc3261#17.1.2.2-11 Timer K ends it
            case K -> out.add(enter(State.TERMINATED, now));
        }
        return out;
    }

    @Override void settle(State entered, Instant now) {
        switch (entered) {
            case TRYING -> {
                //= rfc3261#17.1.2.2-1 Timer F: 64*T1
                timers.set(Timer.F, now.plus(T1_X64));
                //= rfc3261#17.1.2.2-3 on an unreliable transport timer E, at first T1
                if (!flow.reliable()) timers.set(Timer.E, now.plus(gap));
            }
            case PROCEEDING -> { }   // E and F run on
            case COMPLETED -> {
                message = Bytes.EMPTY;
                timers.clear();
                //= rfc3261#17.1.2.2-10 Timer K: T4, or zero on reliable transports
                timers.set(Timer.K, unlessReliable(now, T4));
            }
            case TERMINATED -> timers.clear();
        }
    }
}
