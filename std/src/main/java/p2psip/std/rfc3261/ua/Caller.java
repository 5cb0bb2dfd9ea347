package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Timers;
import p2psip.std.rfc2396.SyntaxException;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.Status;
import p2psip.std.rfc3261.ua.CallState.State;
import p2psip.std.rfc3262.*;
import p2psip.std.rfc3311.Exchange;
import p2psip.std.rfc3326.Reason;
import p2psip.std.rfc4028.SessionTimer;

/// The INVITEs that a call sends: the one that begins it, with all that comes of its forks, and
/// those that change it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-13.2 RFC 3261 §13.2
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-14.1 RFC 3261 §14.1
final class Caller {
    /// FORKS ends the wait for more 2xx, GLARE that for another try to change the session.
    private enum Timer { FORKS, GLARE }

    /// A change that is wanted.
    ///
    /// @param told whether the program, which has asked for it, hears that it has failed
    private record Wanted(Optional<Content> offer, boolean told) {}

    /// An INVITE of ours, in progress.
    ///
    /// @param orders  of the reliable responses of each dialog
    /// @param settled the dialogs in which offer and answer have been exchanged already
    private record Inviting(long ask, Request request, Wanted wanted,
            Map<Dialog.Id, InOrder> orders, Set<Dialog.Id> settled) {
        boolean offers() { return wanted.offer.isPresent(); }
    }

    /// A response that is acknowledged together with the answer to its offer.
    private record Unanswered(Dialog dialog, RAck ack) {}

    private final CallState call;
    private final Map<Dialog.Id, Content> answers = new HashMap<>();
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private Optional<Inviting> inviting = Optional.empty();
    private Optional<Unanswered> unanswered = Optional.empty();
    private final Set<Long> pracks = new HashSet<>();
    private OptionalLong toAcknowledge = OptionalLong.empty();
    private Optional<Wanted> wanted = Optional.empty();

    Caller(CallState call) { this.call = call; }

    /// Whether an INVITE of ours is in progress.
    boolean busy() { return inviting.isPresent() || toAcknowledge.isPresent(); }

    /// Whether a PRACK of ours is under way, which no later request may overtake.
    boolean acknowledging() { return !pracks.isEmpty(); }

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
            send(invite.change(list -> list.addAll(more)), new Wanted(offer, true),
                    Optional.empty());
        } catch (SyntaxException e) {
            call.end(400, e.getMessage());
        }
    }

    private void send(Request invite, Wanted wanted, Optional<Dialog> dialog) {
        long ask = call.self().ask();
        var request = Self.body(invite, call.local(wanted.offer));
        //= rfc3262#4¶1 who insists on reliable responses requires them
        //= rfc3262#4-1 in an INVITE and nowhere else
        if (call.rules().reliability() == Reliability.REQUIRED)
            request = request.with("Require", Reliability.OPTION);
        if (call.timer().isPresent()) request = call.timer().get().asking(request);
        inviting = Optional.of(
                new Inviting(ask, request, wanted, new HashMap<>(), new HashSet<>()));
        call.say(new Usage.Output.Ask(ask, request, dialog, Optional.empty()));
    }

    /// Gives up the INVITE in progress; a 2xx whose offer waits for an answer is acknowledged.
    ///
    /// @param why what the peer is told
    void cancel(Optional<Reason> why) {
        inviting.ifPresent(invite -> call.say(new Usage.Output.Cancel(invite.ask, why)));
        unanswered = Optional.empty();
        acknowledge(Optional.empty());
    }

    void answered(long ask, Response response, Optional<Dialog> dialog, Instant now) {
        var invite = inviting.filter(i -> i.ask == ask);
        if (invite.isEmpty()) {
            //= rfc3262#4-15 a provisional one that comes after the final one is discarded
            if (response.success() && response.cseq().method().equals("INVITE"))
                dialog.ifPresent(fork -> acknowledgeAndBye(ask, fork));
            return;
        }
        if (!response.provisional()) {
            //= rfc3262#4-11 until then the numbers of reliable responses are kept
            inviting = Optional.empty();
            unanswered = Optional.empty();
        }
        if (response.provisional()) provisional(invite.get(), response, dialog);
        else if (response.success())
            dialog.ifPresent(d -> accepted(invite.get(), response, d, now));
        else refused(invite.get(), response, now);
    }

    private void refused(Inviting invite, Response response, Instant now) {
        if (invite.offers() && invite.settled.isEmpty()) call.revert();
        if (mayRetry(response))
            //= rfc4028#7.3-2 Call-ID, To and From stay
            send(invite.request, invite.wanted, call.dialog());
        else if (call.dialog().isPresent()) notChanged(invite, response, now);
        else call.end(response.status(), response.reason());
    }

    /// Whether it was refused for its session timer alone.
    private boolean mayRetry(Response response) {
        //= rfc4028#7.3-1 after a 422 the request is retried, for longer
        return response.status() == 422 && !call.hungUp() && !call.is(State.ENDED)
                && call.timer().filter(timer -> timer.mayRetry(response)).isPresent();
    }

    // Provisional responses

    private void provisional(Inviting invite, Response response, Optional<Dialog> dialog) {
        dialog.ifPresent(early -> offered(invite, early));
        boolean reliable = call.rules().acknowledges() && Reliability.reliable(response);
        //= rfc3262#4-5 a reliable one has made a dialog, if there was none
        if (reliable && dialog.filter(d -> taken(invite, response, d)).isEmpty()
                || call.is(State.ENDED)) return;
        if (call.dialog().isEmpty()) progress(invite, response, dialog);
    }

    /// The offer that was in our INVITE is one in each dialog that this makes.
    private static void offered(Inviting invite, Dialog early) {
        if (invite.offers() && early.exchange().is(Exchange.State.NONE)) early.exchange().offered();
    }

    /// Takes a reliable response, if it comes in its turn: what it says of the session counts.
    private boolean taken(Inviting invite, Response response, Dialog dialog) {
        //= rfc3262#4-10,12 a sequence number for each dialog, from its first reliable response
        var ack = invite.orders.computeIfAbsent(dialog.id(), _ -> new InOrder())
                .received(response);
        if (ack.isEmpty()) return false;
        boolean describes = Content.of(response).isPresent()
                && !invite.settled.contains(dialog.id());
        if (describes && !invite.offers()) {
            dialog.exchange().asked();
            unanswered = Optional.of(new Unanswered(dialog, ack.get()));
        } else {
            if (describes) settled(invite, dialog);
            //= rfc3262#5-4 another offer in it is possible, but not made
            acknowledge(dialog, ack.get(), Optional.empty());
        }
        if (describes && call.dialog().isPresent()) changed(response);
        return true;
    }

    private void settled(Inviting invite, Dialog dialog) {
        //= rfc3262#5-6 the session is there, though the call is not taken yet
        dialog.exchange().answered();
        invite.settled.add(dialog.id());
        call.session(dialog);
    }

    private void acknowledge(Dialog dialog, RAck ack, Optional<Content> answer) {
        //= rfc3262#4-6 a PRACK within the dialog of the response
        //= rfc3262#4-8 one PRACK, for the first copy of the response
        //= rfc3262#9-1 with a password for who asks for one, as any request
        var prack = dialog.request(Reliability.METHOD).with("RAck", ack.toString());
        //= rfc3262#5-3 an offer of the response is answered in it
        //= rfc3262#4-7 PRACK requests may have bodies
        long ask = call.self().ask();
        pracks.add(ask);
        call.say(new Usage.Output.Ask(ask, Self.body(prack, call.local(answer)), dialog));
    }

    /// A PRACK has its answer; false if it is none of ours.
    boolean acknowledged(long ask, Response response) {
        return !response.provisional() && pracks.remove(ask);
    }

    private void progress(Inviting invite, Response response, Optional<Dialog> dialog) {
        var said = dialog.flatMap(early -> Content.of(response).filter(content ->
                unanswered.filter(u -> u.dialog == early).isPresent() || invite.offers()
                        && answers.putIfAbsent(early.id(), content) == null));
        //= rfc3261#8.1.3.2-2,3 100 tells nothing, 183 and any provisional response how it goes
        //= rfc3261#21.1.5-1 the reason and the body of a 183 tell how the call gets on
        if (response.status() > 100) call.tell(new Call.Event.Progress(call.number(),
                response.status(), response.reason(), response.to().tag().orElse(""), said));
    }

    // The 2xx

    private void accepted(Inviting invite, Response response, Dialog dialog, Instant now) {
        offered(invite, dialog);
        if (call.dialog().isPresent()) {
            refreshed(invite, response, now);
            acknowledge(invite, response, dialog);
            if (!call.is(State.ENDED) && !invite.settled.contains(dialog.id())) changed(response);
            return;
        }
        timers.set(Timer.FORKS, now.plus(call.self().times().t1x64()));
        if (call.hungUp() || dialog.state() == Dialog.State.TERMINATED) {
            //= rfc3261#15-5 a CANCEL that crossed the 2xx has no effect: a BYE ends what was made
            acknowledgeAndBye(invite.ask, dialog);
            call.end(487, Status.reason(487));
            return;
        }
        //= rfc3261#12.1.2-3 the state of the dialog is kept as long as the call
        call.dialog(dialog);
        call.enter(State.ESTABLISHED);
        refreshed(invite, response, now);
        acknowledge(invite, response, dialog);
        //= rfc3261#13.2.1-12 the first session description is the answer, later ones are ignored
        call.tell(new Call.Event.Answered(call.number(),
                Optional.ofNullable(answers.get(dialog.id())).or(() -> Content.of(response)
                        .filter(_ -> !invite.settled.contains(dialog.id())))));
    }

    private void refreshed(Inviting invite, Response response, Instant now) {
        call.timer().ifPresent(timer -> timer.handle(
                new SessionTimer.Input.Accepted(invite.request, response), now));
    }

    private void acknowledge(Inviting invite, Response response, Dialog dialog) {
        //= rfc3261#13.2.1-16 either the INVITE has the offer, or the 2xx has
        //= rfc3262#5-8 or a reliable provisional response had
        boolean offer = !invite.offers() && Content.of(response).isPresent()
                && !invite.settled.contains(dialog.id());
        if (offer) dialog.exchange().asked();
        else if (dialog.exchange().is(Exchange.State.OFFERED)) dialog.exchange().answered();
        if (offer && !call.is(State.ENDED)) toAcknowledge = OptionalLong.of(invite.ask);
        else call.say(new Usage.Output.Acknowledge(invite.ask, dialog, Optional.empty()));
    }

    /// The program has answered the offer that was in the 2xx, or in a reliable response before.
    void acknowledge(Optional<Content> answer) {
        unanswered.ifPresent(offer -> {
            inviting.ifPresent(invite -> settled(invite, offer.dialog));
            acknowledge(offer.dialog, offer.ack, answer);
        });
        unanswered = Optional.empty();
        if (toAcknowledge.isEmpty()) return;
        var dialog = call.dialog().orElseThrow();
        dialog.exchange().answered();
        //= rfc3261#13.2.2.4-7 an offer that is not acceptable has its answer, too, then BYE
        //= rfc3261#14.2-12 and so has one that answers a re-INVITE of ours
        call.say(new Usage.Output.Acknowledge(
                toAcknowledge.getAsLong(), dialog, call.local(answer)));
        toAcknowledge = OptionalLong.empty();
    }

    private void acknowledgeAndBye(long ask, Dialog fork) {
        call.say(new Usage.Output.Acknowledge(ask, fork, Optional.empty()));
        //= rfc3261#13.2.2.4-9 a dialog that we do not want to go on with is ended by BYE
        call.bye(fork);
    }

    // Changes

    /// This side wants to change the session, as soon as it is its turn.
    void change(Optional<Content> offer) {
        //= rfc3261#13.2.1-14 after the first offer and its answer there may be others
        wanted = Optional.of(new Wanted(offer, true));
    }

    /// This side wants to say once more what it has said: the session goes on.
    void refresh() {
        //= rfc4028#7.4-13,14 a re-INVITE with an offer that is the last one, origin and all
        wanted = wanted.or(() -> Optional.of(new Wanted(call.local(), false)));
    }

    /// It is our turn.
    void changeIfWanted() {
        if (wanted.isEmpty() || timers.isSet(Timer.GLARE)) return;
        var dialog = call.dialog().orElseThrow();
        var change = wanted.get();
        wanted = Optional.empty();
        if (change.offer.isPresent()) dialog.exchange().offered();
        //= rfc3261#14.1-1,11 a re-INVITE may come without description, and again after the pause
        send(dialog.request("INVITE"), change, Optional.of(dialog));
    }

    private void changed(Response response) {
        call.tell(new Call.Event.Changed(call.number(), Content.of(response)));
    }

    private void notChanged(Inviting invite, Response response, Instant now) {
        if (call.is(State.ENDED)) return;
        var exchange = call.dialog().orElseThrow().exchange();
        boolean executed = !invite.settled.isEmpty();
        //= rfc3261#14.1-9 a refused re-INVITE leaves the session as it was
        if (!executed && invite.offers()) exchange.failed();
        if (response.status() == 491) {
            //= rfc3261#14.1-10 491 means to wait
            wanted = wanted.or(() -> Optional.of(invite.wanted));
            timers.set(Timer.GLARE, now.plus(call.pause()));
        //= rfc6141#3.4-1 changed already, and then refused: both are told once more how it is
        } else if (executed) refresh();
        else if (invite.wanted.told) call.tell(new Call.Event.NotChanged(
                call.number(), response.status(), response.reason()));
        else call.timer().ifPresent(timer -> timer.handle(
                new SessionTimer.Input.Failed(response.status()), now));
    }
}
