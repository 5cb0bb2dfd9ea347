package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Timers;
import p2psip.std.rfc2396.SyntaxException;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.Status;
import p2psip.std.rfc3261.ua.Call.Command.Change;
import p2psip.std.rfc3261.ua.CallState.State;

/// The INVITEs that a call sends: the one that begins it, with all that comes of its forks, and
/// those that change it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-13.2 RFC 3261 §13.2
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-14.1 RFC 3261 §14.1
final class Caller {
    /// FORKS ends the wait for more 2xx, GLARE that for another try to change the session.
    private enum Timer { FORKS, GLARE }

    /// An INVITE of ours, in progress.
    private record Inviting(long ask, Optional<Content> offer) {}

    private final CallState call;
    private final Map<Dialog.Id, Content> answers = new HashMap<>();
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private Optional<Inviting> inviting = Optional.empty();
    private OptionalLong toAcknowledge = OptionalLong.empty();
    private Optional<Change> wanted = Optional.empty();

    Caller(CallState call) { this.call = call; }

    /// Whether an INVITE of ours is in progress.
    boolean busy() { return inviting.isPresent() || toAcknowledge.isPresent(); }

    boolean terminated() { return inviting.isEmpty() && !timers.isSet(Timer.FORKS); }

    Instant deadline() { return timers.deadline(); }

    /// Afterwards a change that waits may be due.
    void wake(Instant now) { timers.fired(now); }

    /// Begins the call.
    ///
    /// @param more header fields of the INVITE
    void invite(String uri, Optional<Content> offer, List<Header> more) {
        if (!call.is(State.IDLE)) return;
        call.enter(State.INVITING);
        try {
            //= rfc3261#8.1.1.1-1 the Request-URI is the URI of To
            //= rfc3261#16.6-31 no Record-Route of another dialog is used
            var invite = call.self().request("INVITE", uri);
            send(invite.change(list -> list.addAll(more)), offer, Optional.empty());
        } catch (SyntaxException e) {
            call.end(400, e.getMessage());
        }
    }

    private void send(Request invite, Optional<Content> offer, Optional<Dialog> dialog) {
        long ask = call.self().ask();
        inviting = Optional.of(new Inviting(ask, offer));
        call.say(new Usage.Output.Ask(ask, Self.body(invite, offer), dialog, Optional.empty()));
    }

    /// Gives up the INVITE in progress; a 2xx whose offer waits for an answer is acknowledged.
    void cancel() {
        inviting.ifPresent(invite -> call.say(new Usage.Output.Cancel(invite.ask)));
        acknowledge(Optional.empty());
    }

    void answered(long ask, Response response, Optional<Dialog> dialog, Instant now) {
        var invite = inviting.filter(i -> i.ask == ask);
        if (invite.isEmpty()) {
            if (response.success() && response.cseq().method().equals("INVITE"))
                dialog.ifPresent(fork -> acknowledgeAndBye(ask, fork));
            return;
        }
        if (!response.provisional()) inviting = Optional.empty();
        if (response.success()) dialog.ifPresent(d -> accepted(invite.get(), response, d, now));
        else if (call.dialog().isPresent()) notChanged(invite.get(), response, now);
        else if (!response.provisional()) call.end(response.status(), response.reason());
        else progress(invite.get(), response, dialog);
    }

    private void progress(Inviting invite, Response response, Optional<Dialog> dialog) {
        var answer = dialog.flatMap(early -> Content.of(response).filter(content ->
                invite.offer.isPresent() && answers.putIfAbsent(early.id(), content) == null));
        //= rfc3261#8.1.3.2-2,3 100 tells nothing, 183 and any provisional response how it goes
        //= rfc3261#21.1.5-1 the reason and the body of a 183 tell how the call gets on
        if (response.status() > 100) call.tell(new Call.Event.Progress(call.number(),
                response.status(), response.reason(), response.to().tag().orElse(""), answer));
    }

    private void accepted(Inviting invite, Response response, Dialog dialog, Instant now) {
        if (call.dialog().isPresent()) {
            acknowledge(invite, response, dialog);
            if (!call.is(State.ENDED))
                call.tell(new Call.Event.Changed(call.number(), Content.of(response)));
            return;
        }
        timers.set(Timer.FORKS, now.plus(call.self().times().t1x64()));
        if (call.hungUp()) {
            //= rfc3261#15-5 a CANCEL that crossed the 2xx has no effect: a BYE ends what was made
            acknowledgeAndBye(invite.ask, dialog);
            call.end(487, Status.reason(487));
            return;
        }
        //= rfc3261#12.1.2-3 the state of the dialog is kept as long as the call
        call.dialog(dialog);
        call.enter(State.ESTABLISHED);
        acknowledge(invite, response, dialog);
        //= rfc3261#13.2.1-12 the first session description is the answer, later ones are ignored
        call.tell(new Call.Event.Answered(call.number(),
                Optional.ofNullable(answers.get(dialog.id())).or(() -> Content.of(response))));
    }

    private void acknowledge(Inviting invite, Response response, Dialog dialog) {
        //= rfc3261#13.2.1-16 either the INVITE has the offer, or the 2xx has
        boolean offer = invite.offer.isEmpty() && Content.of(response).isPresent();
        if (offer && !call.is(State.ENDED)) toAcknowledge = OptionalLong.of(invite.ask);
        else call.say(new Usage.Output.Acknowledge(invite.ask, dialog, Optional.empty()));
    }

    /// The program has answered the offer that was in the 2xx.
    void acknowledge(Optional<Content> answer) {
        //= rfc3261#13.2.2.4-7 an offer that is not acceptable has its answer, too, then BYE
        //= rfc3261#14.2-12 and so has one that answers a re-INVITE of ours
        toAcknowledge.ifPresent(ask -> call.say(
                new Usage.Output.Acknowledge(ask, call.dialog().orElseThrow(), answer)));
        toAcknowledge = OptionalLong.empty();
    }

    private void acknowledgeAndBye(long ask, Dialog fork) {
        call.say(new Usage.Output.Acknowledge(ask, fork, Optional.empty()));
        //= rfc3261#13.2.2.4-9 a dialog that we do not want to go on with is ended by BYE
        call.bye(fork);
    }

    // Changes

    /// This side wants to change the session, as soon as it is its turn.
    void change(Change change) {
        //= rfc3261#13.2.1-14 after the first offer and its answer there may be others
        wanted = Optional.of(change);
    }

    /// It is our turn.
    void changeIfWanted() {
        if (wanted.isEmpty() || timers.isSet(Timer.GLARE)) return;
        var dialog = call.dialog().orElseThrow();
        //= rfc3261#14.1-1,11 a re-INVITE may come without description, and again after the pause
        send(dialog.request("INVITE"), wanted.get().offer(), Optional.of(dialog));
        wanted = Optional.empty();
    }

    private void notChanged(Inviting invite, Response response, Instant now) {
        if (response.provisional() || call.is(State.ENDED)) return;
        if (response.status() == 491) glare(invite, now);
        //= rfc3261#14.1-9 a refused re-INVITE leaves the session as it was
        else call.tell(new Call.Event.NotChanged(
                call.number(), response.status(), response.reason()));
    }

    /// Both sides want a change.
    private void glare(Inviting invite, Instant now) {
        wanted = wanted.or(() -> Optional.of(new Change(call.number(), invite.offer)));
        //= rfc3261#14.1-10 491 means to wait for a random time, in units of 10 ms
        timers.set(Timer.GLARE, now.plusMillis(10L * (call.number() > 0
                //= rfc3261#14.1¶12 from 2.1 to 4 seconds for the owner of the Call-ID
                ? call.self().random().nextInt(210, 401)
                //= rfc3261#14.1¶13 from 0 to 2 seconds for the other
                : call.self().random().nextInt(0, 201))));
    }
}
