package p2psip.std.rfc3261;

import static p2psip.std.rfc3261.TimerValues.*;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.Message.*;

/// The client side of an INVITE, from the first retransmission to the ACK of a refusal.
///
/// A 2xx does not end it at once, as it did before RFC 6026: others may follow from other branches
/// of a fork, and each is passed up.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-17.1.1 RFC 3261 §17.1.1
/// @spec https://www.rfc-editor.org/rfc/rfc6026#section-7.2 RFC 6026 §7.2
public final class InviteClientTransaction
        extends Transacting<InviteClientTransaction.State, InviteClientTransaction.Timer>
        implements ClientTransaction {

    @Section("17.1.1.2") public enum State implements Cited {
        CALLING, PROCEEDING, COMPLETED, @Section("rfc6026#7.2") ACCEPTED, TERMINATED
    }

    /// A repeats the INVITE, B gives it up, D and M wait for answers that come again.
    @Section("17.1.1.2") public enum Timer implements Cited { A, B, D, @Section("rfc6026#7.2") M }

    /// The least value of Timer D, whatever T1 is.
    private static final Duration TIMER_D = Duration.ofSeconds(32);

    /// The INVITE, later its ACK, at last nothing.
    private Bytes message;

    /// @param invite as it goes over the wire, with its Via
    public InviteClientTransaction(Bytes invite, Flow flow) {
        super(State.CALLING, Timer.class, flow);
        this.message = invite;
    }

    //= rfc3261#17.1.1.2-25 terminated: its parent destroys it at once
    //= rfc6026#8.4-13 the instant it is
    //= rfc6026#7.2-5 immediately
    @Override public boolean terminated() { return state() == State.TERMINATED; }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            //= rfc3261#17.1.1.2-1,2 the TU initiates it: calling, the request goes to the transport
            case Input.Begin _ -> List.of(enter(State.CALLING, now), new Output.Send(message));
            case Input.Received(var response) -> received(response, now);
            case Input.TransportError _ -> switch (state()) {
                //= rfc3261#17.1.4-1 inform the TU of the transport failure, and terminate
                case CALLING, PROCEEDING, COMPLETED ->
                        failed(State.TERMINATED, Failure.TRANSPORT, now);
                case ACCEPTED, TERMINATED -> List.of();
            };
        };
    }

    private List<Output> received(Response response, Instant now) {
        return switch (state()) {
            case CALLING, PROCEEDING -> {
                if (response.success()) yield accepted(response, now);
                if (!response.provisional()) yield refused(response, now);
                //= rfc3261#17.1.1.2-16,17 each provisional response is passed to the TU
                var inform = new Output.Inform(response);
                yield state() == State.PROCEEDING ? List.of(inform)
                        : List.of(enter(State.PROCEEDING, now), inform);
            }
            //= rfc6026#8.4-5 a repeated refusal gets the same ACK, the TU does not hear of it again
            //= rfc3261#17.1.1.2-22 each retransmission of the response is answered by the ACK
            case COMPLETED -> response.status() < 300 ? List.of()
                    : List.of(new Output.Send(message));
            //= rfc6026#8.4-10,11 every 2xx is passed up, and no ACK generated to it
            //= rfc6026#7.2-2 it remains accepted
            case ACCEPTED -> response.success() ? List.of(new Output.Inform(response)) : List.of();
            case TERMINATED -> List.of();
        };
    }

    private List<Output> accepted(Response response, Instant now) {
        //= rfc3261#17.1.1.2-24 superseded RFC 6026: a 2xx no longer terminates the transaction
        message = Bytes.EMPTY;
        //= rfc6026#8.4-7,8,9 a 2xx: accepted, the TU gets it, and sends the ACK
        //= rfc6026#7.2-3 which is not generated here
        return List.of(enter(State.ACCEPTED, now), new Output.Inform(response));
    }

    private List<Output> refused(Response response, Instant now) {
        //= rfc3261#17.1.1.2-19,20 an ACK, even if the transport is reliable, on the same flow
        message = ack((Request) Message.parse(message), response).encode();
        //= rfc3261#17.1.1.2-18 a status from 300 to 699 completes the transaction
        //= rfc6026#8.4-1 300 to 699 complete it
        var completed = enter(State.COMPLETED, now);
        //= rfc6026#8.4-2,3 the response goes up, and an ACK to the transport of the request
        return List.of(completed, new Output.Send(message), new Output.Inform(response));
    }

    @Override public List<Output> wake(Instant now) {
        var out = new ArrayList<Output>();
        for (var timer : timers.fired(now)) switch (timer) {
            case A -> {
                //= rfc3261#17.1.1.2-8,12 intervals double after each transmission: backoff
                gap = gap.multipliedBy(2);
                //= rfc3261#17.1.1.2-6,7 timer A fires: the request again, after twice the time
                timers.set(Timer.A, now.plus(gap));
                out.add(new Output.Send(message));
            }
            //= rfc3261#17.1.1.2-13,14 calling when B fires: inform the TU of the timeout, no ACK
            case B -> out.addAll(failed(State.TERMINATED, Failure.TIMEOUT, now));
            //= rfc6026#8.4-6 Timer D ends a completed transaction
            //= rfc3261#17.1.1.2-23 so it moves to the terminated state
            //= rfc6026#8.4-12 Timer M ends an accepted one
            case D, M -> out.add(enter(State.TERMINATED, now));
        }
        return out;
    }

    @Override void settle(State entered, Instant now) {
        timers.clear();
        switch (entered) {
            case CALLING -> {
                //= rfc3261#17.1.1.2-3,4 timer A begins with T1, unless the transport is reliable
                if (!flow.reliable()) timers.set(Timer.A, now.plus(gap));
                //= rfc3261#17.1.1.2-5 any transport has timer B, 64*T1
                timers.set(Timer.B, now.plus(T1_X64));
            }
            //= rfc6026#8.4-4 timer D: 32 seconds at least, zero on reliable transports
            //= rfc3261#17.1.1.2-21 set when it enters the completed state
            case COMPLETED -> timers.set(Timer.D, unlessReliable(now,
                    Collections.max(List.of(T1_X64, TIMER_D))));
            //= rfc6026#7.2-1,4 Timer M is 64*T1, when it fires the machine is terminated
            case ACCEPTED -> timers.set(Timer.M, now.plus(T1_X64));
            //= rfc3261#17.1.1.2-9,15 retransmissions while calling, none while proceeding
            case PROCEEDING, TERMINATED -> { }
        }
    }

    /// Without a body: nobody could refuse it.
    ///
    /// @spec https://www.rfc-editor.org/rfc/rfc3261#section-17.1.1.3 RFC 3261 §17.1.1.3
    private static Request ack(Request invite, Response refusal) {
        //= rfc3261#17.1.1.3-2,8 Request-URI, Call-ID and From of the request, and no body
        //= rfc3261#17.1.1.3-6 the Route header fields of the INVITE
        //= rfc3261#17.1.1.3-5 the same sequence number, but the method is ACK
        return Cancel.beside(invite, "ACK")
                //= rfc3261#17.1.1.3-3 To as in the response, with its tag
                .with("To", refusal.need("To"))
                //= rfc3261#17.1.1.3-4 a single Via, that of the original request
                .change(headers -> headers.addFirst(
                        new Header("Via", CommaList.first(invite.need("Via")))));
    }
}
