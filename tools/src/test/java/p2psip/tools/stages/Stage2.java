package p2psip.tools.stages;

import module java.base;
import p2psip.std.*;

/// It sends the INVITE again, and again later: the network may have lost it.
final class Stage2 implements Machine<Stage2.Input, Stage2.Output> {
    sealed interface Input {
        record Begin() implements Input {}
    }

    sealed interface Output {
        record Send(Bytes message) implements Output {}
    }

    // tag::timer[]
    enum Timer { A }

    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Bytes invite;
    private Duration gap = Duration.ofMillis(500);
    // end::timer[]

    Stage2(Bytes invite) { this.invite = invite; }

    // tag::wake[]
    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Begin _ -> {
                timers.set(Timer.A, now.plus(gap));
                yield List.of(new Output.Send(invite));
            }
        };
    }

    @Override public List<Output> wake(Instant now) {
        if (timers.fired(now).isEmpty()) return List.of();
        gap = gap.multipliedBy(2);
        timers.set(Timer.A, now.plus(gap));
        return List.of(new Output.Send(invite));
    }

    @Override public Instant deadline() { return timers.deadline(); }
    // end::wake[]
}
