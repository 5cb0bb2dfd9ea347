package p2psip.std.rfc3261;

import static p2psip.std.rfc3261.TimerValues.*;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.Message.*;

/// The server side of an INVITE, up to the ACK of a refusal.
///
/// A 2xx is sent again only when the TU says so, and its ACK belongs to the TU; the transaction
/// stays to recognise an INVITE that comes again.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-17.2.1 RFC 3261 §17.2.1
/// @spec https://www.rfc-editor.org/rfc/rfc6026#section-7.1 RFC 6026 §7.1
public final class InviteServerTransaction
        extends Transacting<InviteServerTransaction.State, InviteServerTransaction.Timer>
        implements ServerTransaction {

    @Section("17.2.1") public enum State implements Cited {
        PROCEEDING, COMPLETED, CONFIRMED, @Section("rfc6026#7.1") ACCEPTED, TERMINATED
    }

    /// TRYING sends the 100, G repeats a refusal, H gives it up, I absorbs ACKs, L absorbs INVITEs.
    @Section("17.2.1") public enum Timer implements Cited {
        TRYING, G, H, I, @Section("rfc6026#7.1") L
    }

    /// How long the TU has to answer before the client is told to be patient.
    private static final Duration TRYING_AFTER = Duration.ofMillis(200);

    private static final Function<Instant, Bytes> NOTHING = _ -> Bytes.EMPTY;

    /// What an INVITE that comes again is answered: at first a 100, made only if it is needed.
    private Function<Instant, Bytes> last;
    private Instant begun = Instant.MIN;

    public InviteServerTransaction(Request invite, Flow flow) {
        super(State.PROCEEDING, Timer.class, flow);
        //= rfc3261#17.2.1-2 constructed as in 8.2.6, and without a tag in To
        this.last = now -> Reply.trying(invite, Duration.between(begun, now)).encode();
    }

    //= rfc3261#17.2.1-14 terminated: its parent destroys it immediately
    //= rfc6026#8.7-4 destroyed after an accepted INVITE as well
    //= rfc6026#7.1-6 once terminated
    @Override public boolean terminated() { return state() == State.TERMINATED; }

    /// Whether an ACK of an RFC 2543 client is for what this transaction sent, or awaits nothing.
    boolean sent(Optional<String> toTag) {
        //= rfc3261#17.2.3¶9 the To tag of the ACK is that of the response which was sent
        return state() != State.PROCEEDING && (state() != State.COMPLETED
                || Message.parse(last.apply(Instant.MAX)).to().tag().equals(toTag));
    }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Begin _ -> {
                begun = now;
                yield List.of(enter(State.PROCEEDING, now));
            }
            case Input.Received(var request) ->
                    request.is("ACK") ? acknowledged(request, now) : again(now);
            case Input.Respond(var response) -> respond(response, now);
            //= rfc6026#8.8-1 the TU is informed of the failure, the state remains
            //= rfc6026#7.1-7,8 a transport error: the transaction remains, to know the INVITE again
            case Input.TransportError _ -> state() == State.TERMINATED || state() == State.CONFIRMED
                    ? List.of() : List.of(new Output.Failed(Failure.TRANSPORT));
        };
    }

    private List<Output> again(Instant now) {
        return switch (state()) {
            //= rfc3261#17.2.1-5,10 a retransmission gets the latest response, provisional or final
            case PROCEEDING, COMPLETED -> List.of(send(last.apply(now)));
            //= rfc6026#7.1-2 accepted: no 2xx is generated here, the TU repeats it
            case ACCEPTED, CONFIRMED, TERMINATED -> List.of();
        };
    }

    private List<Output> acknowledged(Request ack, Instant now) {
        return switch (state()) {
            //= rfc3261#17.2.1-11 the ACK confirms a refusal
            case COMPLETED -> List.of(enter(State.CONFIRMED, now));
            //= rfc6026#7.1-4 the ACK of a 2xx is passed to the TU
            case ACCEPTED -> List.of(new Output.Inform(ack));
            case PROCEEDING, CONFIRMED, TERMINATED -> List.of();
        };
    }

    private List<Output> respond(Response response, Instant now) {
        //= rfc6026#7.1-3 accepted: a 2xx that the TU passes again is sent again
        //= rfc6026#8.7-1 by the transport layer
        if (state() == State.ACCEPTED && response.success())
            return List.of(send(response.encode()));
        if (state() != State.PROCEEDING) return List.of();
        var bytes = response.encode();
        //= rfc3261#17.2.1-6 a 2xx is sent once: the TU retransmits it
        last = response.success() ? NOTHING : _ -> bytes;
        if (response.provisional()) {
            timers.stop(Timer.TRYING);
            //= rfc3261#17.2.1-4 while proceeding each provisional response is transmitted
            return List.of(send(bytes));
        }
        //= rfc3261#17.2.1-7 superseded RFC 6026: a 2xx no longer terminates the transaction
        //= rfc6026#8.5-1,2 a 2xx is passed to the transport layer: accepted
        //= rfc3261#17.2.1-8 300 to 699 are sent, and complete it
        var next = response.success() ? State.ACCEPTED : State.COMPLETED;
        return List.of(enter(next, now), send(bytes));
    }

    @Override public List<Output> wake(Instant now) {
        var out = new ArrayList<Output>();
        for (var timer : timers.fired(now)) switch (timer) {
            case TRYING -> {
                var trying = last.apply(now);
                last = _ -> trying;
                //= rfc3261#17.2.1-1 100 Trying, for the TU did not respond within 200 ms
                out.add(send(trying));
            }
            case G -> {
                gap = backOff(gap);
                timers.set(Timer.G, now.plus(gap));
                //= rfc3261#17.2.1¶7 the response once more, and G doubles up to T2
                out.add(send(last.apply(now)));
            }
            //= rfc3261#17.2.1-12 no ACK came: terminate, and tell the TU of the failure
            case H -> out.addAll(failed(State.TERMINATED, Failure.TIMEOUT, now));
            //= rfc3261#17.2.1-13 timer I ends a confirmed transaction
            //= rfc6026#7.1-5 Timer L ends an accepted one
            //= rfc6026#8.7-3 which is then terminated
            case I, L -> out.add(enter(State.TERMINATED, now));
        }
        return out;
    }

    private static Output send(Bytes bytes) { return new Output.Send(bytes); }

    @Override void settle(State entered, Instant now) {
        timers.clear();
        switch (entered) {
            case PROCEEDING -> timers.set(Timer.TRYING, now.plus(TRYING_AFTER));
            case COMPLETED -> {
                //= rfc3261#17.2.1¶5 G repeats the response where the transport is unreliable
                if (!flow.reliable()) timers.set(Timer.G, now.plus(gap));
                //= rfc3261#17.2.1-9 timer H, 64*T1, on all transports
                timers.set(Timer.H, now.plus(T1_X64));
            }
            case CONFIRMED -> {
                last = NOTHING;
                //= rfc3261#17.2.1¶10 timer I: T4, or zero on reliable transports
                timers.set(Timer.I, unlessReliable(now, T4));
            }
            //= rfc6026#8.7-2 Timer L: 64*T1 on all transports
            //= rfc6026#7.1-1 set on the transition to accepted
            //= rfc6026#6-1 which keeps the transaction from being destroyed by its 2xx
            case ACCEPTED -> timers.set(Timer.L, now.plus(T1_X64));
            case TERMINATED -> { }
        }
    }
}
