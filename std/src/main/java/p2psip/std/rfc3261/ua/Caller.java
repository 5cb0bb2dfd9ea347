package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Timers;
import p2psip.std.rfc2396.SyntaxException;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.CallState.State;
import p2psip.std.rfc3262.*;
import p2psip.std.rfc3311.Exchange;
import p2psip.std.rfc3326.Reason;

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

        /// What a response describes that has no part in offer and answer yet.
        Optional<Content> described(Response response, Dialog in) {
            return Content.of(response).filter(_ -> !settled.contains(in.id()));
        }
    }

    /// A response whose offer is not answered yet: it is acknowledged together with the answer.
    private record Unanswered(Dialog dialog, Consumer<Optional<Content>> acknowledge) {}

    private final CallState call;
    private final Map<Dialog.Id, Content> answers = new HashMap<>();
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private Optional<Inviting> inviting = Optional.empty();
    private Optional<Unanswered> unanswered = Optional.empty();
    private final Set<Long> pracks = new HashSet<>();
    private Optional<Wanted> wanted = Optional.empty();

    Caller(CallState call) { this.call = call; }

    /// Whether an INVITE of ours is in progress.
    boolean busy() { return inviting.isPresent() || unanswered.isPresent(); }

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
            var invite = call.self.request("INVITE", uri).change(list -> list.addAll(more));
            send(invite, new Wanted(offer, true), Optional.empty());
        } catch (SyntaxException e) {
            call.end(400, e.getMessage());
        }
    }

    private void send(Request invite, Wanted wanted, Optional<Dialog> dialog) {
        long ask = call.self.ask();
        var request = Self.body(invite, call.local(wanted.offer));
        //= rfc3262#4¶1 who insists on reliable responses requires them
        //= rfc3262#4-1 in an INVITE and nowhere else
        //= rfc3261#8.1.1.9-3,5 the option tag of a standards-track RFC is in Require
        if (call.rules.reliability() == Reliability.REQUIRED)
            //= rfc3261#20.32-3 no other option tag is
            request = request.with("Require", Reliability.OPTION);
        request = call.timer.asking(request);
        inviting = Optional.of(
                new Inviting(ask, request, wanted, new HashMap<>(), new HashSet<>()));
        call.say(new Usage.Output.Ask(ask, request, dialog, Optional.empty()));
    }

    /// Gives up the INVITE in progress; a 2xx whose offer waits for an answer is acknowledged.
    ///
    /// @param why what the peer is told
    void cancel(Optional<Reason> why) {
        inviting.ifPresentOrElse(invite -> {
            call.say(new Usage.Output.Cancel(invite.ask, why));
            unanswered = Optional.empty();
        }, () -> acknowledge(Optional.empty()));
    }

    void answered(long ask, Response response, Optional<Dialog> dialog, Instant now) {
        var invite = inviting.filter(i -> i.ask == ask);
        if (invite.isEmpty()) {
            if (response.cseq().method().equals("INVITE"))
                dialog.ifPresent(fork -> acknowledgeAndBye(ask, fork));
            return;
        }
        //  an offer in our INVITE is one in each dialog that this makes
        if (invite.get().offers()) dialog.map(in -> in.exchange)
                .filter(exchange -> exchange.is(Exchange.State.NONE)).ifPresent(Exchange::offered);
        if (response.provisional()) provisional(invite.get(), response, dialog);
        else {
            // until then the numbers of reliable responses are kept
            inviting = Optional.empty();
            unanswered = Optional.empty();
            if (!response.success()) refused(invite.get(), response, now);
            else dialog.ifPresent(in -> accepted(invite.get(), response, in, now));
        }
    }

    private void refused(Inviting invite, Response response, Instant now) {
        if (invite.offers() && invite.settled.isEmpty()) call.revert();
        //= rfc4028#7.3-1 after a 422 the request is retried, for longer
        if (call.hungUp.isEmpty() && !call.is(State.ENDED) && call.timer.mayRetry(response))
            //= rfc4028#7.3-2 Call-ID, To and From stay
            send(invite.request, invite.wanted, call.dialog);
        else if (call.dialog.isPresent()) notChanged(invite, response, now);
        else call.end(response.status(), response.reason());
    }

    // Provisional responses

    private void provisional(Inviting invite, Response response, Optional<Dialog> dialog) {
        boolean reliable = call.rules.acknowledges() && Reliability.reliable(response);
        //= rfc3262#4-5 a reliable one has made a dialog, if there was none
        if (reliable && dialog.filter(d -> taken(invite, response, d)).isEmpty()
                || call.is(State.ENDED)) return;
        if (call.dialog.isEmpty()) progress(invite, response, dialog);
    }

    /// Takes a reliable response, if it comes in its turn: what it says of the session counts.
    private boolean taken(Inviting invite, Response response, Dialog dialog) {
        //= rfc3262#4-10..12 a sequence number for each dialog, from its first reliable response
        var ack = invite.orders.computeIfAbsent(dialog.id(), _ -> new InOrder()).received(response);
        //= rfc3262#4-8 one PRACK, for the first copy of the response
        if (ack.isEmpty()) return false;
        boolean describes = invite.described(response, dialog).isPresent();
        if (describes && !invite.offers()) {
            dialog.exchange.asked();
            unanswered = Optional.of(new Unanswered(dialog, answer -> {
                settled(invite, dialog);
                prack(dialog, ack.get(), answer);
            }));
        } else {
            if (describes) settled(invite, dialog);
            //= rfc3262#5-4 another offer in it is possible, but not made
            prack(dialog, ack.get(), Optional.empty());
        }
        if (describes && call.dialog.isPresent()) call.changed(response);
        return true;
    }

    private void settled(Inviting invite, Dialog dialog) {
        dialog.exchange.answered();
        invite.settled.add(dialog.id());
        call.early = Optional.of(dialog);
    }

    private void prack(Dialog dialog, RAck ack, Optional<Content> answer) {
        //= rfc3262#4-6 a PRACK within the dialog of the response
        //= rfc3262#9-1 with a password for who asks for one, as any request
        var prack = dialog.request(Reliability.METHOD).with("RAck", ack.toString());
        //= rfc3262#5-3 an offer of the response is answered in it
        //= rfc3262#4-7 PRACK requests may have bodies
        long ask = call.self.ask();
        pracks.add(ask);
        call.say(new Usage.Output.Ask(ask, Self.body(prack, call.local(answer)), dialog));
    }

    /// A PRACK has its answer; false if it is none of ours.
    boolean acknowledged(long ask, Response response) {
        return !response.provisional() && pracks.remove(ask);
    }

    private void progress(Inviting invite, Response response, Optional<Dialog> dialog) {
        //= rfc3262#5-6 with an answer the session is there, though the call is not taken yet
        var said = dialog.flatMap(early -> Content.of(response).filter(content ->
                unanswered.filter(u -> u.dialog == early).isPresent() || invite.offers()
                        && answers.putIfAbsent(early.id(), content) == null));
        //= rfc3261#8.1.3.2-2,3 100 tells nothing, 183 and any provisional response how it goes
        //= rfc3261#21.1.5-1 the reason and the body of a 183 tell how the call gets on
        if (response.status() > 100) call.tell(new Call.Event.Progress(call.number,
                response.status(), response.reason(), response.to().tag().orElse(""), said));
    }

    // The 2xx

    private void accepted(Inviting invite, Response response, Dialog dialog, Instant now) {
        boolean begins = call.dialog.isEmpty();
        if (begins) timers.set(Timer.FORKS, now.plus(TimerValues.T1_X64));
        if (begins && (call.hungUp.isPresent() || dialog.state == Dialog.State.TERMINATED)) {
            //= rfc3261#15-5 a CANCEL that crossed the 2xx has no effect: a BYE ends what was made
            acknowledgeAndBye(invite.ask, dialog);
            call.end(487);
            return;
        }
        //= rfc3261#12.1.2-3 the state of the dialog is kept as long as the call
        call.dialog = Optional.of(dialog);
        if (begins) call.enter(State.ESTABLISHED);
        call.timer.accepted(invite.request, response, now);
        acknowledge(invite, response, dialog);
        if (begins)
            //= rfc3261#13.2.1-12 the first session description is the answer, later are ignored
            call.tell(new Call.Event.Answered(call.number, Optional.ofNullable(
                    answers.get(dialog.id())).or(() -> invite.described(response, dialog))));
        else if (!call.is(State.ENDED) && !invite.settled.contains(dialog.id()))
            call.changed(response);
    }

    private void acknowledge(Inviting invite, Response response, Dialog dialog) {
        //= rfc3261#13.2.1-16 either the INVITE has the offer, or the 2xx has
        //= rfc3262#5-8 or a reliable provisional response had
        boolean offer = !invite.offers() && invite.described(response, dialog).isPresent();
        if (offer) dialog.exchange.asked();
        else if (dialog.exchange.is(Exchange.State.OFFERED)) dialog.exchange.answered();
        if (!offer || call.is(State.ENDED)) acknowledge(invite.ask, dialog, Optional.empty());
        else unanswered = Optional.of(new Unanswered(dialog, answer -> {
            dialog.exchange.answered();
            //= rfc3261#13.2.2.4-7 an offer that is not acceptable has its answer, too, then BYE
            //= rfc3261#14.2-12 and so has one that answers a re-INVITE of ours
            acknowledge(invite.ask, dialog, call.local(answer));
        }));
    }

    private void acknowledge(long ask, Dialog dialog, Optional<Content> answer) {
        call.say(new Usage.Output.Acknowledge(ask, dialog, answer));
    }

    /// The program has answered the offer that was in the 2xx, or in a reliable response before.
    void acknowledge(Optional<Content> answer) {
        unanswered.ifPresent(offer -> offer.acknowledge.accept(answer));
        unanswered = Optional.empty();
    }

    private void acknowledgeAndBye(long ask, Dialog fork) {
        acknowledge(ask, fork, Optional.empty());
        //= rfc3261#13.2.2.4-9 a dialog that we do not want to go on with is ended by BYE
        call.bye(fork, Optional.empty());
    }

    // Changes

    /// This side wants to change the session, as soon as it is its turn.
    void change(Optional<Content> offer) {
        //= rfc3261#13.2.1-14 after the first offer and its answer there may be others
        wanted = Optional.of(new Wanted(offer, true));
    }

    /// This side wants to say once more what it has said: the session goes on.
    void refresh() {
        //= rfc4028#7.4-14 a re-INVITE with an offer that is the last one, origin and all
        wanted = wanted.or(() -> Optional.of(new Wanted(call.local, false)));
    }

    /// It is our turn.
    void changeIfWanted() {
        if (wanted.isEmpty() || timers.isSet(Timer.GLARE)) return;
        var dialog = call.dialog.orElseThrow();
        var change = wanted.get();
        wanted = Optional.empty();
        if (change.offer.isPresent()) dialog.exchange.offered();
        //= rfc3261#14.1-8 whatever regular transaction is in progress
        //= rfc3261#14.1-1,11 a re-INVITE may come without description, and again after the pause
        send(dialog.request("INVITE"), change, call.dialog);
    }

    private void notChanged(Inviting invite, Response response, Instant now) {
        if (call.is(State.ENDED)) return;
        boolean executed = !invite.settled.isEmpty();
        //= rfc3261#14.1-9 a refused re-INVITE leaves the session as it was
        if (!executed && invite.offers()) call.dialog.orElseThrow().exchange.failed();
        if (response.status() == 491) {
            //= rfc3261#14.1-10 491 means to wait
            wanted = wanted.or(() -> Optional.of(invite.wanted));
            timers.set(Timer.GLARE, now.plus(call.pause()));
        //= rfc6141#3.4-1 changed already, and then refused: both are told once more how it is
        } else if (executed) refresh();
        else if (invite.wanted.told) call.notChanged(response.status(), response.reason());
        else call.timer.failed(response.status(), now);
    }
}
