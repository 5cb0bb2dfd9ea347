package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Timers;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.ua.CallState.State;
import p2psip.std.rfc3262.Reliability;
import p2psip.std.rfc3311.Exchange;
import p2psip.std.rfc3326.Reason;
import p2psip.std.rfc5626.Lifeline;

/// A call as one side sees it, from the INVITE that begins it to the BYE.
///
/// Either side may send INVITEs in the end, so a call has both parts: a `Caller` for those it sends
/// (§13.2, §14.1) and a `Callee` for those it receives (§13.3, §14.2); they share a `CallState`.
/// Beside them stand `Updates`, for what changes a session without an INVITE (RFC 3311), and the
/// session timer (RFC 4028). Here is whose turn it is, and how it ends.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-13 RFC 3261 §13
final class InviteUsage implements Usage {
    private static final Set<String> METHODS =
            Set.of("INVITE", "BYE", Reliability.METHOD, Exchange.UPDATE);

    private static final String EXPIRED = "Session Expired", LOST = "Connection Lost";

    private final CallState call;
    private final Caller caller;
    private final Callee callee;
    private final Updates updates;
    private final Lifeline lifeline = new Lifeline();

    /// @param place of the call that this one replaces
    InviteUsage(long number, Self self, Optional<Extension.Place> place) {
        call = new CallState(number, self);
        caller = new Caller(call);
        callee = new Callee(call, place);
        updates = new Updates(call);
    }

    @Override public String name() { return "call"; }

    @Override public boolean terminated() { return call.is(State.ENDED) && caller.terminated(); }

    @Override public Instant deadline() {
        var common = Timers.earliest(caller.deadline(), callee.deadline(), updates.deadline());
        return call.is(State.ENDED) ? common
                : Timers.earliest(common, lifeline.deadline(), call.timer.deadline());
    }

    @Override public boolean takes(Request request, Optional<Dialog> dialog) {
        return dialog.isPresent() && !call.is(State.ENDED) && METHODS.contains(request.method());
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Asked(var command) -> asked((Call.Command) command, now);
            case Input.Received received -> received(received, now);
            case Input.Acknowledged(var ack, _) -> {
                callee.acknowledged(ack);
                hear(ack);
                if (call.is(State.ESTABLISHED)) call.hungUp.ifPresent(this::hangUp);
            }
            case Input.Cancelled(_, var cancel) ->
                    callee.cancelled(Reason.words(cancel).orElse(Status.reason(487)));
            case Input.Answered(long ask, var response, var dialog, var flow) -> {
                flow.ifPresent(lifeline::heard);
                answered(ask, response, dialog, now);
            }
            case Input.DialogEnded(var dialog, int status) -> {
                if (call.dialog.filter(dialog::equals).isPresent()) dialogEnded(dialog, status);
            }
            case Input.FlowEnded(var flow) -> {
                // who still waits hears by another connection that it rings
                if (lifeline.ended(flow) && call.is(State.INVITED)) callee.remind();
            }
        }
        return done(now);
    }

    @Override public List<Output> wake(Instant now) {
        caller.wake(now);
        callee.wake(now);
        updates.wake(now);
        if (!call.is(State.ENDED)) for (var due : call.timer.wake(now)) switch (due) {
            case REFRESH -> {
                //= rfc4028#7.4-12 by UPDATE where the peer takes it
                if (call.updates(call.dialog.orElseThrow())) updates.refresh();
                else caller.refresh();
            }
            case END -> hangUp(Optional.of(Reason.sip(408, EXPIRED)), 408, EXPIRED);
        }
        return done(now);
    }

    private List<Output> done(Instant now) {
        callee.acceptIfWanted(updates.offering(), now);
        if (call.is(State.ENDED)) {
            callee.done();
            updates.giveUp();
            return call.take();
        }
        if (call.is(State.ESTABLISHED) && lifeline.isDue(now)) {
            //  by another way than that which has died
            long ask = call.self.ask();
            lifeline.asked(ask);
            //= rfc3261#11-3 an OPTIONS request within the dialog
            call.dialog.ifPresent(in -> call.say(new Output.Ask(ask, in.request("OPTIONS"), in)));
        }
        updates.sendIfWanted(callee.describing() || caller.acknowledging())
                .ifPresent(this::refused);
        //= rfc3261#14.1-4 no re-INVITE while an INVITE is in progress, in either direction
        if (call.is(State.ESTABLISHED)
                //= rfc3261#14.1-5 an INVITE client transaction of ours must have ended
                && !caller.busy()
                //= rfc3261#14.1-6 and so must a server transaction for an INVITE of theirs
                && !callee.busy()
                //= rfc3311#5.1¶7 and no UPDATE offers something, either
                && !updates.offering()) caller.changeIfWanted();
        return call.take();
    }

    /// The peer takes no UPDATE with this offer.
    private void refused(Content offer) {
        if (call.is(State.ESTABLISHED)) caller.change(Optional.of(offer));
        else call.notChanged(405, Status.reason(405));
    }

    private void asked(Call.Command command, Instant now) {
        switch (command) {
            case Call.Command.Invite(_, var uri, var offer, var more) ->
                    caller.invite(uri, offer, more);
            case Call.Command.Acknowledge(_, var answer) -> caller.acknowledge(answer);
            //= rfc3311#5.1-2 changes are re-INVITEs, unless the program wants it otherwise
            case Call.Command.Change(_, var offer) -> caller.change(offer);
            case Call.Command.Update(_, var offer) -> updates.update(offer);
            case Call.Command.Ring(_, var content) -> callee.ring(content, now);
            case Call.Command.Answer answer -> {
                if (updates.asked()) updates.answer(answer.content(), now);
                else callee.accept(answer);
            }
            case Call.Command.Refuse(_, var status, var reason, var warning) -> {
                if (updates.asked()) updates.refuse(status, warning);
                else callee.refuse(status, reason, warning);
            }
            case Call.Command.Redirect(_, var contacts) -> callee.redirect(contacts);
            case Call.Command.HangUp hangUp -> hangUp(hangUp);
        }
    }

    private void answered(long ask, Response response, Optional<Dialog> dialog, Instant now) {
        dialog.ifPresent(in -> in.heard(response));
        boolean routed = dialog.filter(Dialog::routed).isPresent();
        switch (lifeline.answered(ask, response.status(), routed, now)) {
            case THERE -> { }
            case NOBODY -> hangUp(Optional.of(Reason.sip(503, LOST)), 503, LOST);
            case NOT_OURS -> {
                if (!caller.acknowledged(ask, response) && !updates.answered(ask, response, now))
                    caller.answered(ask, response, dialog, now);
                if (response.success() && response.cseq().method().equals("INVITE")) hear(response);
            }
        }
    }

    /// What extensions make of it.
    private void hear(Message said) {
        call.self.all(can -> can.heard(call.number, said).stream().toList()).forEach(call::tell);
    }

    private void received(Input.Received input, Instant now) {
        var request = input.request();
        var dialog = input.dialog().orElseThrow();
        dialog.heard(request);
        lifeline.heard(input.flow());
        if (call.is(State.IDLE)) callee.invited(input, dialog, now);
        //= rfc3261#12.2-1 either side may begin transactions within the dialog: the peer here
        else switch (request.method()) {
            case "BYE" -> bye(input);
            case Exchange.UPDATE -> updates.received(input, dialog, now);
            case Reliability.METHOD -> {
                if (callee.acknowledges(input, now)) updates.offered(input, dialog, now);
            }
            default -> callee.reInvited(input, caller.busy(), now);
        }
    }

    private void bye(Input.Received input) {
        //= rfc3261#15.1.2-4 a BYE is answered with 2xx
        call.respond(input, 200);
        //= rfc3261#15.1.2-5,6 pending requests are responded to all the same, with 487
        callee.giveUp();
        caller.cancel(Optional.empty());
        //= rfc3261#15-1 the session ends with it
        //= rfc3261#15.1.2-3 at once
        call.end(200, Reason.words(input.request()).orElse(Status.reason(200)));
    }

    private void dialogEnded(Dialog dialog, int status) {
        boolean ringing = call.is(State.INVITED);
        callee.giveUp();
        //  the peer may have kept the call, though it knows nothing of the dialog
        if (!ringing) call.bye(dialog, Optional.empty());
        //  who is asked whether he is still there, and is not, has hung up: his BYE was lost
        if (status == 481 && lifeline.asking()) call.end(200, "Had Hung Up");
        else call.end(status);
    }

    private void hangUp(Call.Command.HangUp command) {
        call.hungUp = Optional.of(command);
        switch (call.state()) {
            //= rfc3261#15-2 without a dialog no BYE is sent, but CANCEL
            case INVITING -> caller.cancel(command.why());
            //= rfc3261#15-3 nor by the callee while the dialog is early: it refuses
            case INVITED -> callee.refuse(603, "", Optional.empty());
            //= rfc3261#15-4 the callee sends no BYE before the ACK: it waits for it
            case IDLE, ACCEPTED, ENDED -> { }
            case ESTABLISHED -> hangUp(command.why(), 200, Status.reason(200));
        }
    }

    private void hangUp(Optional<Reason> why, int status, String reason) {
        caller.cancel(why);
        callee.giveUp();
        //= rfc3261#14.1-7 whether or not an INVITE is in progress
        call.dialog.ifPresent(dialog -> call.bye(dialog, why));
        //= rfc3261#15.1.1-1 the session is over as soon as the BYE is on its way
        call.end(status, reason);
    }
}
