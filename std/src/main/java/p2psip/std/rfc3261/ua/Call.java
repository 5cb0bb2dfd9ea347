package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Cited;
import p2psip.std.rfc3261.Core.Input;
import p2psip.std.rfc3261.Core.Output;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.Reply;
import p2psip.std.rfc3261.TransactionId;
import p2psip.std.rfc3261.ua.UserAgent.Command;
import p2psip.std.rfc3261.ua.UserAgent.Event;

/// A call as one side sees it, from the INVITE that begins it to the BYE.
///
/// Either side may send INVITEs in the end, so a call has both parts: a `Caller` for those it sends
/// (§13.2, §14.1) and a `Callee` for those it receives (§13.3, §14.2). Here is what they share: the
/// dialog, the state, and how it ends.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-13 RFC 3261 §13
final class Call implements Leg {

    /// ACCEPTED is the callee's wait for the ACK; the caller goes from INVITING to ESTABLISHED.
    enum State implements Cited {
        INVITING("13.2"), INVITED("13.3"), ACCEPTED("13.3.1.4"), ESTABLISHED("13.1"), ENDED("15");

        private final String section;

        State(String section) { this.section = section; }

        @Override public String section() { return section; }
    }

    private final Self local;
    private final Key key;
    private final long number;
    private final Caller caller;
    private final Callee callee;
    private final List<ClientRequest> byes = new ArrayList<>();
    private final List<Output> out = new ArrayList<>();
    private State state;
    private Optional<Dialog> dialog = Optional.empty();
    private boolean hangUp;

    Call(Self local, Key key, long number) {
        this.local = local;
        this.key = key;
        this.number = number;
        caller = new Caller(this, local);
        callee = new Callee(this, local);
    }

    Key key() { return key; }

    long number() { return number; }

    State state() { return state; }

    Optional<Dialog> dialog() { return dialog; }

    void dialog(Dialog made) { dialog = Optional.of(made); }

    /// Whether the program has hung up already, though the call could not yet be ended.
    boolean hungUp() { return hangUp; }

    /// Whether an INVITE of ours may be sent: none is in progress, in either direction.
    boolean free() {
        return state == State.ESTABLISHED
                //= rfc3261#14.1-5 an INVITE client transaction of ours must have ended
                && !caller.busy()
                //= rfc3261#14.1-6 and so must a server transaction for an INVITE of theirs
                && !callee.busy();
    }

    Caller caller() { return caller; }

    @Override public boolean terminated() {
        return state == State.ENDED && byes.isEmpty() && caller.terminated();
    }

    @Override public Instant deadline() {
        return caller.deadline().isBefore(callee.deadline())
                ? caller.deadline() : callee.deadline();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Asked(var command) -> asked((Command) command, now);
            case Input.Received(var id, var request, _) -> received(id, request, now);
            case Input.Acknowledged(var ack, _) -> callee.acknowledged(ack, now);
            case Input.Answered(var id, var response, _) -> {
                if (!step(r -> r.owns(id), r -> r.answered(response), now)) caller.stray(response);
            }
            case Input.Stray(var response, _) -> caller.stray(response);
            case Input.Failed(var id, var why) ->
                    step(r -> r.owns(id), r -> r.failed(why), now);
            case Input.Resolved(var id, var targets) -> {
                if (!step(r -> r.awaits(id), r -> r.resolved(targets), now))
                    perform(caller.acks().resolved(id, targets));
            }
            case Input.FlowEnded _ -> { }
        }
        return done();
    }

    @Override public List<Output> wake(Instant now) {
        caller.wake(now);
        callee.wake(now);
        return done();
    }

    private List<Output> done() {
        var all = List.copyOf(out);
        out.clear();
        return all;
    }

    private void asked(Command command, Instant now) {
        switch (command) {
            case Command.Invite(_, var uri, var offer) -> caller.invite(uri, offer);
            case Command.Acknowledge(_, var answer) -> caller.acknowledge(answer);
            case Command.Change wanted -> caller.change(wanted);
            case Command.Ring(_, var content) -> callee.ring(content, now);
            case Command.Answer(_, var content) -> callee.accept(content, now);
            case Command.Refuse(_, var status, var warning) -> callee.refuse(status, warning);
            case Command.Redirect(_, var contacts) -> callee.redirect(contacts);
            case Command.HangUp _ -> hangUp(now);
            case Command.Register _, Command.Unregister _, Command.Send _, Command.Describe _,
                    Command.Respond _ -> { }
        }
    }

    /// Tells an input to the request of ours it is for, if there is one.
    private boolean step(Predicate<ClientRequest> mine,
            Function<ClientRequest, ClientRequest.Step> what, Instant now) {
        if (caller.step(mine, what, now)) return true;
        var bye = byes.stream().filter(mine).findFirst();
        bye.ifPresent(b -> {
            perform(what.apply(b).out());
            //= rfc3261#15.1.1-2 after 481, 408 or no response to the BYE the dialog is over, too
            if (b.done()) byes.remove(b);
        });
        return bye.isPresent();
    }

    private void received(TransactionId id, Request request, Instant now) {
        if (request.is("CANCEL")) {
            callee.cancelled();
            return;
        }
        if (state == null) {
            callee.invited(id, request, now);
            return;
        }
        var tag = request.from().tag().orElse("");
        var found = dialog.filter(d -> d.id().remoteTag().equals(tag))
                .or(() -> caller.early(tag)).filter(_ -> state != State.ENDED);
        // of another dialog, or of one that is over: 481, as for a dialog nobody knows
        if (found.isEmpty()) respond(id, Reply.to(request, 481, key.localTag()));
        //= rfc3261#12.2.2-4 out of order: 500
        //= rfc3261#15.1.2-2 a BYE too
        else if (!found.get().inOrder(request)) respond(id, Reply.to(request, 500, key.localTag()));
        else inDialog(id, request, now);
    }

    private void inDialog(TransactionId id, Request request, Instant now) {
        //= rfc3261#12.2-1 either side may begin transactions within the dialog: the peer here
        switch (request.method()) {
            case "BYE" -> {
                //= rfc3261#15.1.2-4 a BYE is answered with 2xx
                respond(id, Reply.to(request, 200, key.localTag()));
                //= rfc3261#15.1.2-6 and requests still pending with 487
                //= rfc3261#15.1.2-5 for pending requests must be responded to all the same
                callee.refusePending(487);
                caller.cancel(now);
                //= rfc3261#15-1 the session ends with it
                //= rfc3261#15.1.2-3 at once
                end(200, "OK");
            }
            case "INVITE" -> callee.reInvited(id, request, caller.busy(), now);
            case "OPTIONS" -> respond(id, local.capabilities(request, key.localTag(), 200));
            default -> tell(new Event.Asked(id, request, OptionalLong.of(number)));
        }
    }

    void hangUp(Instant now) {
        hangUp = true;
        switch (state) {
            //= rfc3261#15-2 without a dialog no BYE is sent, but CANCEL
            case INVITING -> caller.cancel(now);
            //= rfc3261#15-3 nor by the callee while the dialog is early: it refuses
            case INVITED -> callee.refuse(603, Optional.empty());
            //= rfc3261#15-4 the callee sends no BYE before the ACK: it waits for it
            case ACCEPTED, ENDED -> { }
            case ESTABLISHED -> {
                caller.cancel(now);
                callee.refusePending(487);
                //= rfc3261#14.1-7 whether or not an INVITE is in progress
                dialog.ifPresent(this::bye);
                //= rfc3261#15.1.1-1 the session is over as soon as the BYE is on its way
                end(200, "OK");
            }
        }
    }

    void bye(Dialog of) {
        of.terminate();
        var client = new ClientRequest(local, of.request("BYE"), of.routes(), of::nextSequence);
        byes.add(client);
        perform(client.start());
    }

    void end(int status, String reason) {
        if (state == State.ENDED) return;
        enter(State.ENDED);
        callee.ended();
        tell(new Event.Ended(number, status, reason));
    }

    void enter(State next) {
        state = next;
        out.add(new Output.Changed("call " + number, next));
    }

    void respond(TransactionId id, Response response) {
        out.add(new Output.Respond(id, response));
    }

    void perform(List<Output> outputs) { out.addAll(outputs); }

    void tell(Event event) { out.add(new Output.Told(event)); }
}
