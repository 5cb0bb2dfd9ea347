package p2psip.tools.stages;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.Message.Response;

/// It listens: a provisional response stops the repeating, a final one ends it.
final class Stage4 implements Machine<Stage4.Input, Stage4.Output> {
    // tag::input[]
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

    enum State { CALLING, PROCEEDING, TERMINATED }
    // end::input[]

    enum Timer { A, B }

    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Bytes invite;
    private final Duration t1 = Duration.ofMillis(500);
    private State state = State.CALLING;
    private Duration gap = t1;

    Stage4(Bytes invite) { this.invite = invite; }

    // tag::received[]
    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Begin _ -> List.of(enter(State.CALLING, now), new Output.Send(invite));
            case Input.Received(var response) -> received(response, now);
        };
    }

    private List<Output> received(Response response, Instant now) {
        var inform = new Output.Inform(response);
        return switch (state) {
            case CALLING -> List.of(enter(response.provisional()
                    ? State.PROCEEDING : State.TERMINATED, now), inform);
            case PROCEEDING -> response.provisional() ? List.of(inform)
                    : List.of(enter(State.TERMINATED, now), inform);
            case TERMINATED -> List.of();
        };
    }
    // end::received[]

    @Override public List<Output> wake(Instant now) {
        var out = new ArrayList<Output>();
        for (var timer : timers.fired(now)) switch (timer) {
            case A -> {
                gap = gap.multipliedBy(2);
                timers.set(Timer.A, now.plus(gap));
                out.add(new Output.Send(invite));
            }
            case B -> {
                out.add(enter(State.TERMINATED, now));
                out.add(new Output.Failed("TIMEOUT"));
            }
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
            case PROCEEDING, TERMINATED -> { }
        }
        return new Output.Changed(next);
    }

    @Override public Instant deadline() { return timers.deadline(); }

    @Override public boolean terminated() { return state == State.TERMINATED; }
}
