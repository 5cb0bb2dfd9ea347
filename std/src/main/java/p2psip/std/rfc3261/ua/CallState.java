package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.TransactionId;
import p2psip.std.rfc3326.Reason;
import p2psip.std.rfc4028.SessionTimer;

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
    private final Optional<SessionTimer> timer;
    private Optional<Dialog> dialog = Optional.empty();
    private Optional<Dialog> early = Optional.empty();
    private Optional<Content> local = Optional.empty();
    private Optional<Content> before = Optional.empty();
    private boolean hungUp;
    private Optional<Reason> why = Optional.empty();

    CallState(long number, Self self, Optional<Extension.Place> place) {
        this.number = number;
        this.self = self;
        timer = rules().timer().map(SessionTimer::new);
        this.place = place;
    }

    long number() { return number; }

    Self self() { return self; }

    /// What this call is beyond one: it takes the place of another, say.
    Optional<Extension.Place> place() { return place; }

    State state() { return state; }

    boolean is(State wanted) { return state == wanted; }

    CallRules rules() { return self.profile().calls(); }

    Optional<SessionTimer> timer() { return timer; }

    /// The dialog of the call: of one that was placed here, once it is taken.
    Optional<Dialog> dialog() { return dialog; }

    void dialog(Dialog made) { dialog = Optional.of(made); }

    /// Where the session may be changed now: as long as a call is not taken, in the early dialog
    /// that has agreed to one last.
    Optional<Dialog> session() { return dialog.or(() -> early); }

    void session(Dialog agreed) { early = Optional.of(agreed); }

    /// How this side has described the session last.
    Optional<Content> local() { return local; }

    /// A description of this side's, about to be sent.
    Optional<Content> local(Optional<Content> said) {
        if (said.isPresent()) {
            before = local;
            local = said;
        }
        return said;
    }

    /// It was refused, and the one before counts.
    void revert() { local = before; }

    /// Whether the peer can be sent an UPDATE.
    boolean updates(Dialog dialog) { return rules().updates() && dialog.updates(); }

    /// How long to wait after a 491.
    Duration pause() {
        //= rfc3261#14.1-10 491 means to wait for a random time, in units of 10 ms
        return Duration.ofMillis(10L * (number > 0
                //= rfc3261#14.1¶12 from 2.1 to 4 seconds for the owner of the Call-ID
                //= rfc3311#5.3¶4 2.1 to 4 seconds for the owner of the Call-ID, by UPDATE too
                ? self.random().nextInt(210, 401)
                //= rfc3261#14.1¶13 from 0 to 2 seconds for the other
                //= rfc3311#5.3¶5 0 to 2 seconds if it is not the owner
                : self.random().nextInt(0, 201)));
    }

    /// Whether the program has hung up already, though the call could not yet be ended.
    boolean hungUp() { return hungUp; }

    /// @param reason what the peer is told of it
    void hangUp(Optional<Reason> reason) {
        hungUp = true;
        why = reason;
    }

    Optional<Reason> why() { return why; }

    void enter(State next) {
        state = next;
        say(new Usage.Output.Changed(next));
    }

    void say(Usage.Output output) { out.add(output); }

    void tell(Call.Event event) { say(new Usage.Output.Told(event)); }

    void respond(TransactionId id, Response response) {
        say(new Usage.Output.Respond(id, response));
    }

    /// The refusal of an INVITE or UPDATE that asks for too short a session timer.
    Optional<Response> tooShort(Request request) {
        return timer.flatMap(t -> t.refusal(request)).map(minimum ->
                self.reply(request, 422).with(minimum.name(), minimum.value()));
    }

    /// The peer comes in between: 500, and after a random while it may try again.
    void respondLater(TransactionId id, Request request) {
        //= rfc3261#21.5.1-2 the condition is temporary: Retry-After says when to try again
        respond(id, self.reply(request, 500)
                .with("Retry-After", "" + self.random().nextInt(0, 11)));
    }

    /// A 2xx to an INVITE or UPDATE of the peer, of which the session timer takes note: one that
    /// was sent before the call is taken times nothing.
    Response accept(TransactionId id, Response ok, Request request, Instant now) {
        boolean taken = is(State.ESTABLISHED)
                || is(State.ACCEPTED) && request.has("Session-Expires");
        var running = timer.filter(_ -> taken || request.is("INVITE"));
        var complete = running.map(t -> t.answering(ok, request)).orElse(ok);
        running.ifPresent(t -> t.handle(new SessionTimer.Input.Answered(complete), now));
        respond(id, complete);
        return complete;
    }

    void bye(Dialog of) { bye(of, Optional.empty()); }

    void bye(Dialog of, Optional<Reason> why) {
        var bye = of.request("BYE");
        //= rfc3326#2-1 in a request within a dialog
        //= rfc3326#2-3 whatever status code it is that says so
        say(new Usage.Output.Ask(self.ask(), why.map(reason -> reason.in(bye)).orElse(bye), of));
    }

    void end(int status, String reason) {
        if (state == State.ENDED) return;
        enter(State.ENDED);
        tell(new Call.Event.Ended(number, status, reason));
    }

    List<Usage.Output> take() { return out.take(); }
}
