package p2psip.tools.stages;

import module java.base;
import p2psip.std.*;

/// It gives up after a while, and then has ended.
final class Stage3 implements Machine<Stage3.Input, Stage3.Output> {
    sealed interface Input {
        record Begin() implements Input {}
    }

    sealed interface Output {
        record Send(Bytes message) implements Output {}

        record Failed(String why) implements Output {}

        record Changed(State state) implements Output {}
    }

    // tag::state[]
    enum State { CALLING, TERMINATED }

    enum Timer { A, B }
    // end::state[]

    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Bytes invite;
    private final Duration t1 = Duration.ofMillis(500);
    private State state = State.CALLING;
    private Duration gap = t1;

    Stage3(Bytes invite) { this.invite = invite; }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Begin _ -> List.of(enter(State.CALLING, now), new Output.Send(invite));
        };
    }

    // tag::wake[]
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

    /// Every state owns its timers: entering one stops those of the last.
    private Output enter(State next, Instant now) {
        state = next;
        timers.clear();
        switch (next) {
            case CALLING -> {
                timers.set(Timer.A, now.plus(gap));
                timers.set(Timer.B, now.plus(t1.multipliedBy(64)));
            }
            case TERMINATED -> { }
        }
        return new Output.Changed(next);
    }
    // end::wake[]

    @Override public Instant deadline() { return timers.deadline(); }

    @Override public boolean terminated() { return state == State.TERMINATED; }
}
