package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Timers;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.Status;
import p2psip.std.rfc3261.ua.Call.State;
import p2psip.std.rfc3261.ua.UserAgent.Command;
import p2psip.std.rfc3261.ua.UserAgent.Event;

/// The INVITEs that a call sends: the one that begins it, with all dialogs that this makes, and
/// those that change it.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-13.2 RFC 3261 §13.2
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-14.1 RFC 3261 §14.1
final class Caller {
    /// Ends the wait for more 2xx.
    private enum Timer { FORKS }

    private final Call call;
    private final Self local;
    private final Acks acks;
    private final Forks forks = new Forks();
    private final Modification modification;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private Optional<ClientRequest> inviting = Optional.empty();
    private Optional<Request> first = Optional.empty();
    private Optional<Request> toAcknowledge = Optional.empty();
    private long sequence;

    Caller(Call call, Self local) {
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
        try {
            invite(FormedRequest.of("INVITE", uri), offer);
        } catch (p2psip.std.rfc2396.SyntaxException e) {
            call.end(400, e.getMessage());
        }
    }

    private void invite(FormedRequest formed, Optional<Content> offer) {
        var uri = formed.uri();
        //= rfc3261#12.1.2-2 a SIPS Request-URI or topmost Route asks for a SIPS Contact
        var secure = Dialog.secure(uri) || local.routes().routes().stream().findFirst()
                .filter(route -> Dialog.secure(route.uri().toString())).isPresent();
        //= rfc3261#8.1.1.1-1 the Request-URI is the URI of To
        var request = local.request("INVITE", uri, uri, call.key())
                //= rfc3261#12.1.2-1 an INVITE has a Contact, for it may make a dialog
                //= rfc3261#13.2.1-1 and Allow
                //= rfc3261#13.2.1-3 and Supported
                .change(local.introduction(secure))
                .change(headers -> headers.addAll(formed.headers()));
        //= rfc3261#16.6-31 no Record-Route of another dialog is used
        send(new ClientRequest(local, Self.body(request, offer), local.routes(),
                () -> ++sequence));
    }

    private void send(ClientRequest invite) {
        inviting = Optional.of(invite);
        call.perform(invite.start());
    }

    /// Gives up the INVITE in progress; a 2xx whose offer waits for an answer is acknowledged.
    void cancel(Instant now) {
        step(_ -> true, r -> r.cancel(now), now);
        toAcknowledge.ifPresent(invite ->
                acknowledge(call.dialog().orElseThrow(), invite, Optional.empty()));
        toAcknowledge = Optional.empty();
    }

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
            //= rfc3261#8.1.3.2-3 a 100 tells the program nothing, a 183 how the call goes on
            //= rfc3261#8.1.3.2-2 as does any other provisional response, known or not
            //= rfc3261#21.1.5-1 the reason and the body of a 183 tell how the call gets on
            if (response.status() > 100) call.tell(new Event.Progress(call.number(),
                    response.status(), response.reason(), response.to().tag().orElse(""), answer));
        }
    }

    private void accepted(Request invite, Response response, Instant now) {
        if (call.dialog().isPresent()) {
            changed(invite, response);
            return;
        }
        timers.set(Timer.FORKS, now.plus(Self.TIMES.t1x64()));
        if (call.hungUp()) {
            //= rfc3261#15-5 a CANCEL that crossed the 2xx has no effect: a BYE ends what was made
            acknowledgeAndBye(invite, response);
            call.end(487, Status.reason(487));
            return;
        }
        //= rfc3261#12.1.2-3 the state of the dialog is kept as long as the call
        call.dialog(forks.confirm(invite, response));
        call.enter(State.ESTABLISHED);
        acknowledge(invite, response);
        call.tell(new Event.Answered(call.number(), forks.content(response)));
    }

    private void changed(Request invite, Response response) {
        //= rfc3261#12.2-2 only the Contact of it counts: Record-Route changes no route set here
        call.dialog().orElseThrow().refresh(response);
        acknowledge(invite, response);
        if (call.state() == State.ENDED) return;
        call.tell(new Event.Changed(call.number(), Content.of(response)));
        changeIfFree();
    }

    private void acknowledge(Request invite, Response response) {
        //= rfc3261#13.2.1-16 either the INVITE has the offer, or the 2xx has
        boolean offer = invite.body().isEmpty() && Content.of(response).isPresent();
        if (offer && call.state() != State.ENDED) toAcknowledge = Optional.of(invite);
        else acknowledge(call.dialog().orElseThrow(), invite, Optional.empty());
    }

    private void acknowledge(Dialog dialog, Request invite, Optional<Content> answer) {
        //= rfc3261#13.2.2.4-3 the core makes an ACK for each 2xx
        call.perform(acks.acknowledge(dialog, invite, answer));
    }

    /// The program has answered the offer that was in the 2xx.
    void acknowledge(Optional<Content> answer) {
        toAcknowledge.ifPresent(invite -> {
            toAcknowledge = Optional.empty();
            //= rfc3261#13.2.2.4-7 an offer that is not acceptable has its answer, too, then BYE
            //= rfc3261#14.2-12 and so has one that answers a re-INVITE of ours
            acknowledge(call.dialog().orElseThrow(), invite, answer);
            changeIfFree();
        });
    }

    /// A 2xx that no INVITE in progress awaits: one that comes again, or from another fork.
    void stray(Response response) {
        //= rfc3261#13.2.2.3-1 any other final response that comes after the first is ignored
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
        //= rfc3261#13.2.1-14 after the first offer and its answer there may be others
        modification.want(wanted);
        changeIfFree();
    }

    //= rfc3261#14.1-4 no re-INVITE while an INVITE is in progress, in either direction
    void changeIfFree() { if (call.free()) modification.take().ifPresent(this::reInvite); }

    private void reInvite(Command.Change change) {
        var d = call.dialog().orElseThrow();
        //= rfc3261#12.2.1.1-17 a target refresh request has a Contact
        //= rfc3261#12.2.1.1-18 a SIPS URI in a dialog that is secure
        var introduced = d.request("INVITE").change(local.introduction(d.secure()));
        //= rfc3261#14.1-1 a change may come without a description: the peer makes the offer
        var request = Self.body(introduced, change.offer());
        send(new ClientRequest(local, request, d.routes(), d::nextSequence));
    }

    private void notChanged(Response response, Instant now) {
        if (response.provisional() || call.state() == State.ENDED) return;
        switch (response.status()) {
            case 491 -> modification.glare(first.isPresent(), now);
            //= rfc3261#12.2.1.2-2 481 and 408 within a dialog end it
            //= rfc3261#12.2.1.2-3 and so does no response at all, which counts as 408
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
