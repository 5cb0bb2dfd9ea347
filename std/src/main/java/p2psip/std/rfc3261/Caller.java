package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Timers;
import p2psip.std.rfc3261.Call.State;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.UserAgent.Command;
import p2psip.std.rfc3261.UserAgent.Event;

/// The INVITEs that a call sends: the one that begins it, with all dialogs that this makes, and those
/// that change it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-13.2 RFC 3261 §13.2
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-14.1 RFC 3261 §14.1
final class Caller {
    /// Ends the wait for more 2xx.
    private enum Timer { FORKS }

    private final Call call;
    private final Local local;
    private final Acks acks;
    private final Forks forks = new Forks();
    private final Modification modification;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private Optional<ClientRequest> inviting = Optional.empty();
    private Optional<Request> first = Optional.empty();
    private Optional<Request> toAcknowledge = Optional.empty();
    private long sequence;

    Caller(Call call, Local local) {
        this.call = call;
        this.local = local;
        acks = new Acks(local);
        modification = new Modification(local.random());
    }

    Acks acks() { return acks; }

    Optional<Dialog> early(String remoteTag) { return forks.early(remoteTag); }

    /// Whether an INVITE of ours is in progress.
    boolean busy() { return inviting.isPresent() || toAcknowledge.isPresent(); }

    boolean terminated() { return inviting.isEmpty() && !timers.isSet(Timer.FORKS); }

    Instant deadline() {
        return Collections.min(List.of(timers.deadline(), modification.deadline(),
                inviting.map(ClientRequest::deadline).orElse(Instant.MAX)));
    }

    void wake(Instant now) {
        //= rfc3261#13.2.2.4¶6 64*T1 after the first 2xx no others come, early dialogs are over
        if (!timers.fired(now).isEmpty()) forks.clear();
        modification.wake(now);
        //= rfc3261#14.1-11 after the pause the re-INVITE is tried once more
        changeIfFree();
        step(r -> !r.deadline().isAfter(now), r -> r.wake(now), now);
    }

    /// Begins the call.
    void invite(String uri, Optional<Content> offer) {
        call.enter(State.INVITING);
        var secure = Dialog.secure(uri) || local.routes().routes().stream().findFirst()
                .filter(route -> Dialog.secure(route.uri().toString())).isPresent();
        //= rfc3261#12.1.2-1 an INVITE has a Contact, for it may make a dialog
        //= rfc3261#13.2.1-1 and Allow
        //= rfc3261#13.2.1-3 and Supported
        var request = local.request("INVITE", uri, uri, call.key())
                .change(local.introduction(secure));
        send(new ClientRequest(local, Local.body(request, offer), local.routes(),
                () -> ++sequence));
    }

    private void send(ClientRequest invite) {
        inviting = Optional.of(invite);
        call.perform(invite.start());
    }

    void cancel(Instant now) { step(_ -> true, r -> r.cancel(now), now); }

    /// Tells an input to the INVITE in progress, if it is for that, and takes what comes of it.
    boolean step(Predicate<ClientRequest> mine,
            Function<ClientRequest, ClientRequest.Step> what, Instant now) {
        var invite = inviting.filter(mine);
        invite.ifPresent(i -> {
            var step = what.apply(i);
            call.perform(step.out());
            step.response().ifPresent(r -> answered(i.request(), r, now));
        });
        return invite.isPresent();
    }

    private void answered(Request invite, Response response, Instant now) {
        if (!response.provisional()) {
            inviting = Optional.empty();
            if (call.dialog().isEmpty()) first = Optional.of(invite);
        }
        if (response.success()) accepted(invite, response, now);
        else if (call.dialog().isPresent()) notChanged(response, now);
        else if (!response.provisional()) {
            forks.clear();
            call.end(response.status(), response.reason());
        } else {
            var answer = forks.progress(invite, response);
            if (response.status() > 100) call.tell(new Event.Progress(call.number(),
                    response.status(), response.reason(), response.to().tag().orElse(""), answer));
        }
    }

    private void accepted(Request invite, Response response, Instant now) {
        if (call.dialog().isPresent()) {
            changed(invite, response);
            return;
        }
        timers.set(Timer.FORKS, now.plus(Local.TIMES.t1x64()));
        if (call.hungUp()) {
            //= rfc3261#15-5 a CANCEL that crossed the 2xx has no effect: a BYE ends what was made
            acknowledgeAndBye(invite, response);
            call.end(487, Status.reason(487));
            return;
        }
        call.dialog(forks.confirm(invite, response));
        call.enter(State.ESTABLISHED);
        acknowledge(invite, response);
        call.tell(new Event.Answered(call.number(), forks.content(response)));
    }

    private void changed(Request invite, Response response) {
        call.dialog().orElseThrow().refresh(response);
        acknowledge(invite, response);
        if (call.state() == State.ENDED) return;
        call.tell(new Event.Changed(call.number(), Content.of(response)));
        changeIfFree();
    }

    //= rfc3261#13.2.2.4-3 the core makes an ACK for each 2xx
    private void acknowledge(Request invite, Response response) {
        boolean offer = invite.body().isEmpty() && !response.body().isEmpty();
        if (offer && call.state() != State.ENDED) toAcknowledge = Optional.of(invite);
        else acknowledge(call.dialog().orElseThrow(), invite, Optional.empty());
    }

    private void acknowledge(Dialog dialog, Request invite, Optional<Content> answer) {
        call.perform(acks.acknowledge(dialog, invite, answer));
    }

    /// The program has answered the offer that was in the 2xx.
    void acknowledge(Optional<Content> answer) {
        toAcknowledge.ifPresent(invite -> {
            toAcknowledge = Optional.empty();
            acknowledge(call.dialog().orElseThrow(), invite, answer);
            changeIfFree();
        });
    }

    /// A 2xx that no INVITE in progress awaits: one that comes again, or from another fork.
    void stray(Response response) {
        if (!response.success() || !response.cseq().method().equals("INVITE")) return;
        if (acks.contains(response)) call.perform(acks.again(response));
        else first.filter(invite -> invite.cseq().number() == response.cseq().number()
                        && timers.isSet(Timer.FORKS) && !known(response))
                .ifPresent(invite -> acknowledgeAndBye(invite, response));
    }

    private boolean known(Response response) {
        return call.dialog().filter(d -> d.id().remoteTag()
                .equals(response.to().tag().orElse(""))).isPresent();
    }

    private void acknowledgeAndBye(Request invite, Response response) {
        var fork = forks.confirm(invite, response);
        acknowledge(fork, invite, Optional.empty());
        //= rfc3261#13.2.2.4-9 a dialog that we do not want to go on with is ended by BYE
        call.bye(fork);
    }

    // Changes

    void change(Command.Change wanted) {
        modification.want(wanted);
        changeIfFree();
    }

    //= rfc3261#14.1-4 no re-INVITE while an INVITE is in progress, in either direction
    void changeIfFree() { if (call.free()) modification.take().ifPresent(this::reInvite); }

    private void reInvite(Command.Change change) {
        var d = call.dialog().orElseThrow();
        //= rfc3261#12.2.1.1-17 a target refresh request has a Contact
        var request = Local.body(d.request("INVITE").change(local.introduction(d.secure())),
                change.offer());
        send(new ClientRequest(local, request, d.routes(), d::nextSequence));
    }

    private void notChanged(Response response, Instant now) {
        if (response.provisional() || call.state() == State.ENDED) return;
        switch (response.status()) {
            case 491 -> modification.glare(first.isPresent(), now);
            //= rfc3261#12.2.1.2-2 481 and 408 within a dialog end it
            case 481, 408 -> {
                call.dialog().ifPresent(call::bye);
                call.end(response.status(), response.reason());
            }
            default -> {
                //= rfc3261#14.1-9 a refused re-INVITE leaves the session as it was
                call.tell(new Event.NotChanged(
                        call.number(), response.status(), response.reason()));
                changeIfFree();
            }
        }
    }
}
