package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.Cited;
import p2psip.std.Timers;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;

/// The server side of every request but INVITE and ACK.
///
/// RFC 4320 forbids what does harm: no provisional response but 100, that one not before the client
/// asks every T2 only, and no 408, which always comes too late.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-17.2.2 RFC 3261 §17.2.2
/// @spec https://www.rfc-editor.org/rfc/rfc4320#section-4 RFC 4320 §4
final class NonInviteServerTransaction implements ServerTransaction {

    enum State implements Cited {
        TRYING, PROCEEDING, COMPLETED, TERMINATED;

        @Override public String section() { return "17.2.2"; }
    }

    /// TRYING sends the 100 of RFC 4320, J waits for requests that come again.
    enum Timer implements Cited {
        TRYING, J;

        @Override public String section() { return "17.2.2"; }
    }

    private static final Supplier<Bytes> NOTHING = () -> Bytes.EMPTY;

    private final Flow flow;
    private final TimerValues times;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private State state = State.TRYING;
    /// What the request is answered when it comes again: a 100, made only if it is needed, or the
    /// final response.
    private Supplier<Bytes> last;

    NonInviteServerTransaction(Request request, Flow flow, TimerValues times) {
        this.flow = flow;
        this.times = times;
        this.last = () -> Reply.trying(request).encode();
    }

    @Override public Flow flow() { return flow; }

    @Override public Instant deadline() { return timers.deadline(); }

    //= rfc3261#17.2.2-10 terminated: its parent destroys it that instant
    @Override public boolean terminated() { return state == State.TERMINATED; }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Begin _ -> {
                timers.set(Timer.TRYING, now.plus(untilClientSlowsDown()));
                yield List.of(new Output.Changed(state));
            }
            case Input.Received _ -> switch (state) {
                //= rfc3261#17.2.2-4 proceeding: the provisional response again
                //= rfc3261#17.2.2-7 completed: the final one
                case PROCEEDING, COMPLETED -> resend();
                //= rfc3261#17.2.2¶2 trying: a retransmission is discarded
                case TRYING, TERMINATED -> List.of();
            };
            case Input.Respond(var response) -> respond(response, now);
            //= rfc6026#8.8-1 the TU is informed of the failure, the state remains
            //= rfc3261#17.2.4-1 exception it does not terminate: RFC 6026 has the state remain
            case Input.TransportError _ -> state == State.TERMINATED ? List.of()
                    : List.of(new Output.Failed(Core.Failure.TRANSPORT));
        };
    }

    /// How long it takes until the client's Timer E is reset to T2 (RFC 4320 §4.1).
    private Duration untilClientSlowsDown() {
        var sum = Duration.ZERO;
        for (var gap = times.t1(); gap.compareTo(times.t2()) < 0; gap = times.backOff(gap))
            sum = sum.plus(gap);
        return sum;
    }

    private List<Output> resend() {
        var bytes = last.get();
        return bytes.isEmpty() ? List.of() : List.of(new Output.Send(bytes));
    }

    private List<Output> respond(Response response, Instant now) {
        //= rfc3261#17.2.2-8 completed: any other final response is discarded
        if (state == State.COMPLETED || state == State.TERMINATED) return List.of();
        if (response.provisional()) return provisional(response);
        boolean tooLate = response.status() == 408;
        var bytes = tooLate ? Bytes.EMPTY : response.encode();
        last = tooLate ? NOTHING : () -> bytes;
        state = State.COMPLETED;
        timers.clear();
        //= rfc3261#17.2.2-6 Timer J: 64*T1, or zero on reliable transports
        timers.set(Timer.J, flow.reliable() ? now : now.plus(times.t1x64()));
        var completed = new Output.Changed(state);
        //= rfc3261#17.2.2-5 a final response completes it, and is transmitted
        return tooLate ? List.of(completed) : List.of(completed, new Output.Send(bytes));
    }

    /// On an unreliable transport the TU's own 100 waits for the timer; no other is ever sent.
    private List<Output> provisional(Response response) {
        if (response.status() != 100) return List.of();
        var bytes = response.encode();
        last = () -> bytes;
        return flow.reliable() ? proceed() : List.of();
    }

    private List<Output> proceed() {
        timers.stop(Timer.TRYING);
        var bytes = last.get();
        last = () -> bytes;
        var send = new Output.Send(bytes);
        //= rfc3261#17.2.2-3 another provisional response while proceeding is sent too
        if (state == State.PROCEEDING) return List.of(send);
        state = State.PROCEEDING;
        //= rfc3261#17.2.2-1 a provisional response while trying: proceeding
        //= rfc3261#17.2.2-2 and it is passed to the transport layer
        return List.of(new Output.Changed(state), send);
    }

    @Override public List<Output> wake(Instant now) {
        var out = new ArrayList<Output>();
        for (var timer : timers.fired(now)) switch (timer) {
            case TRYING -> out.addAll(proceed());
            case J -> {
                state = State.TERMINATED;
                //= rfc3261#17.2.2-9 Timer J ends it
                out.add(new Output.Changed(state));
            }
        }
        return out;
    }
}
