package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.ua.Call.Event.*;
import p2psip.std.rfc3261.ua.Usage.Input.Received;
import p2psip.std.rfc3326.Reason;
import p2psip.std.rfc4028.SessionTimer;

/// What the two ends of a call share: its number, its dialog, how far it has got, and what is said.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-13.1 RFC 3261 §13.1
final class CallState {

    /// ACCEPTED is the callee's wait for the ACK; the caller goes from INVITING to ESTABLISHED.
    enum State implements Cited {
        @Section("13") IDLE, @Section("13.2") INVITING, @Section("13.3") INVITED,
        @Section("13.3.1.4") ACCEPTED, @Section("13.1") ESTABLISHED, @Section("15") ENDED
    }

    final long number;
    final Self self;
    final CallRules rules;
    final SessionTimer timer;
    private final Outbox<Usage.Output> out = new Outbox<>();
    private State state = State.IDLE;
    /// The dialog of the call: of one that was placed here, once it is taken.
    Optional<Dialog> dialog = Optional.empty();
    /// The early dialog that has agreed to a session last.
    Optional<Dialog> early = Optional.empty();
    /// How this side has described the session last.
    Optional<Content> local = Optional.empty();
    private Optional<Content> before = Optional.empty();
    /// That the program has hung up already, though the call could not yet be ended.
    Optional<Call.Command.HangUp> hungUp = Optional.empty();

    CallState(long number, Self self) {
        this.number = number;
        this.self = self;
        rules = self.profile.calls();
        timer = new SessionTimer(rules.timer());
    }

    State state() { return state; }

    boolean is(State wanted) { return state == wanted; }

    /// Where the session may be changed now.
    Optional<Dialog> session() { return dialog.or(() -> early); }

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
    boolean updates(Dialog dialog) { return rules.updates() && dialog.updates(); }

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

    void enter(State next) {
        state = next;
        say(new Usage.Output.Changed(next));
    }

    void say(Usage.Output output) { out.add(output); }

    void tell(Usage.Event event) { say(new Usage.Output.Told(event)); }

    /// The session has changed, or was said once more.
    void changed(Message description) { tell(new Changed(number, Content.of(description))); }

    void changeOffered(Message offer) { tell(new ChangeOffered(number, Content.of(offer))); }

    void notChanged(int status, String reason) { tell(new NotChanged(number, status, reason)); }

    void respond(Received received, Response response) {
        say(new Usage.Output.Respond(received.transaction(), response));
    }

    void respond(Received received, int status) {
        respond(received, self.reply(received.request(), status));
    }

    /// Whether an INVITE or UPDATE asks for too short a session timer, and is refused.
    boolean tooShort(Received received) {
        var minimum = timer.refusal(received.request());
        minimum.ifPresent(field -> respond(received, self.reply(received.request(), 422)
                .with(field.name(), field.value())));
        return minimum.isPresent();
    }

    /// The peer comes in between: 500, and after a random while it may try again.
    void respondLater(Received received) {
        //= rfc3261#21.5.1-2 the condition is temporary: Retry-After says when to try again
        respond(received, self.reply(received.request(), 500)
                .with("Retry-After", "" + self.random().nextInt(0, 11)));
    }

    /// A 2xx to an INVITE or UPDATE of the peer, of which the session timer takes note: one that
    /// was sent before the call is taken times nothing.
    Response accept(Received received, Optional<Content> content, Instant now) {
        var request = received.request();
        var ok = Self.body(self.reply(request, 200), content);
        if (request.is("INVITE") || is(State.ESTABLISHED)
                || is(State.ACCEPTED) && request.has("Session-Expires")) {
            ok = timer.answering(ok, request);
            timer.answered(ok, now);
        }
        respond(received, ok);
        return ok;
    }

    void bye(Dialog of, Optional<Reason> why) {
        var bye = of.request("BYE");
        //= rfc3326#2-1 in a request within a dialog
        //= rfc3326#2-3 whatever status code it is that says so
        say(new Usage.Output.Ask(self.ask(), why.map(reason -> reason.in(bye)).orElse(bye), of));
    }

    void end(int status) { end(status, Status.reason(status)); }

    void end(int status, String reason) {
        if (state == State.ENDED) return;
        enter(State.ENDED);
        tell(new Ended(number, status, reason));
    }

    List<Usage.Output> take() { return out.take(); }
}
