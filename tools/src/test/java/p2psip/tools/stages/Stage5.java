package p2psip.tools.stages;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;

/// It acknowledges a refusal, and waits for those that come again: figure 5 of RFC 3261 over UDP.
final class Stage5 implements Machine<Stage5.Input, Stage5.Output> {
    sealed interface Input {
        record Begin() implements Input {}

        record Received(Response response) implements Input {}
    }

    sealed interface Output {
        record Send(Bytes message) implements Output {}

        record Inform(Response response) implements Output {}

        record Failed(String why) implements Output {}

        record Changed(State state) implements Output {}
    }

    enum State { CALLING, PROCEEDING, COMPLETED, TERMINATED }

    enum Timer { A, B, D }

    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Duration t1 = Duration.ofMillis(500);
    private State state = State.CALLING;
    private Duration gap = t1;
    /// The INVITE, later its ACK.
    private Bytes message;

    Stage5(Bytes invite) { message = invite; }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Begin _ -> List.of(enter(State.CALLING, now), new Output.Send(message));
            case Input.Received(var response) -> received(response, now);
        };
    }

    // tag::received[]
    private List<Output> received(Response response, Instant now) {
        var inform = new Output.Inform(response);
        return switch (state) {
            case CALLING, PROCEEDING -> {
                if (response.success()) yield List.of(enter(State.TERMINATED, now), inform);
                if (!response.provisional()) yield refused(response, now);
                yield state == State.PROCEEDING ? List.of(inform)
                        : List.of(enter(State.PROCEEDING, now), inform);
            }
            case COMPLETED -> response.status() < 300 ? List.of()
                    : List.of(new Output.Send(message));
            case TERMINATED -> List.of();
        };
    }

    private List<Output> refused(Response response, Instant now) {
        message = ack((Request) Message.parse(message), response).encode();
        return List.of(enter(State.COMPLETED, now), new Output.Send(message),
                new Output.Inform(response));
    }
    // end::received[]

    private static Request ack(Request invite, Response refusal) {
        return new Request("ACK", invite.uri(), List.of(
                new Header("Via", invite.need("Via")),
                new Header("Max-Forwards", "70"),
                new Header("From", invite.need("From")),
                new Header("To", refusal.need("To")),
                new Header("Call-ID", invite.need("Call-ID")),
                new Header("CSeq", invite.cseq().number() + " ACK")), Bytes.EMPTY);
    }

    @Override public List<Output> wake(Instant now) {
        var out = new ArrayList<Output>();
        for (var timer : timers.fired(now)) switch (timer) {
            case A -> {
                gap = gap.multipliedBy(2);
                timers.set(Timer.A, now.plus(gap));
                out.add(new Output.Send(message));
            }
            case B -> {
                out.add(enter(State.TERMINATED, now));
                out.add(new Output.Failed("TIMEOUT"));
            }
            case D -> out.add(enter(State.TERMINATED, now));
        }
        return out;
    }

    private Output enter(State next, Instant now) {
        state = next;
        timers.clear();
        switch (next) {
            case CALLING -> {
                timers.set(Timer.A, now.plus(gap));
                timers.set(Timer.B, now.plus(t1.multipliedBy(64)));
            }
            // tag::d[]
            case COMPLETED -> timers.set(Timer.D, now.plusSeconds(32));
            // end::d[]
            case PROCEEDING, TERMINATED -> { }
        }
        return new Output.Changed(next);
    }

    @Override public Instant deadline() { return timers.deadline(); }

    @Override public boolean terminated() { return state == State.TERMINATED; }
}
