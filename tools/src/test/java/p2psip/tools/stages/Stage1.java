package p2psip.tools.stages;

import module java.base;
import p2psip.std.*;

/// It sends an INVITE, and that is all.
// tag::all[]
final class Stage1 implements Machine<Stage1.Input, Stage1.Output> {
    sealed interface Input {
        record Begin() implements Input {}
    }

    sealed interface Output {
        record Send(Bytes message) implements Output {}
    }

    private final Bytes invite;

    Stage1(Bytes invite) { this.invite = invite; }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Begin _ -> List.of(new Output.Send(invite));
        };
    }

    @Override public List<Output> wake(Instant now) { return List.of(); }

    @Override public Instant deadline() { return Instant.MAX; }
}
// end::all[]
