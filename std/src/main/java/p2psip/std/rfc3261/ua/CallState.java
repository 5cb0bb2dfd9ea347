package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.TransactionId;

/// What the two ends of a call share: its number, its dialog, how far it has got, and what is said.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-13.1 RFC 3261 §13.1
final class CallState {

    /// ACCEPTED is the callee's wait for the ACK; the caller goes from INVITING to ESTABLISHED.
    enum State implements Cited {
        IDLE("13"), INVITING("13.2"), INVITED("13.3"), ACCEPTED("13.3.1.4"),
        ESTABLISHED("13.1"), ENDED("15");

        private final String section;

        State(String section) { this.section = section; }

        @Override public String section() { return section; }
    }

    private final long number;
    private final Self self;
    private final Optional<Extension.Place> place;
    private final Outbox<Usage.Output> out = new Outbox<>();
    private State state = State.IDLE;
    private Optional<Dialog> dialog = Optional.empty();
    private boolean hungUp;

    CallState(long number, Self self, Optional<Extension.Place> place) {
        this.number = number;
        this.self = self;
        this.place = place;
    }

    long number() { return number; }

    Self self() { return self; }

    /// The place of another call that this one takes.
    Optional<Extension.Place> place() { return place; }

    State state() { return state; }

    boolean is(State wanted) { return state == wanted; }

    Optional<Dialog> dialog() { return dialog; }

    void dialog(Dialog made) { dialog = Optional.of(made); }

    /// Whether the program has hung up already, though the call could not yet be ended.
    boolean hungUp() { return hungUp; }

    void hangUp() { hungUp = true; }

    void enter(State next) {
        state = next;
        say(new Usage.Output.Changed(next));
    }

    void say(Usage.Output output) { out.add(output); }

    void tell(Call.Event event) { say(new Usage.Output.Told(event)); }

    void respond(TransactionId id, Response response) {
        say(new Usage.Output.Respond(id, response));
    }

    void bye(Dialog of) { say(new Usage.Output.Ask(self.ask(), of.request("BYE"), of)); }

    void end(int status, String reason) {
        if (state == State.ENDED) return;
        enter(State.ENDED);
        tell(new Call.Event.Ended(number, status, reason));
    }

    List<Usage.Output> take() { return out.take(); }
}
