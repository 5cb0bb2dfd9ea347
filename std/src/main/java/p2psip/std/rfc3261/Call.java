package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Cited;
import p2psip.std.Timers;
import p2psip.std.rfc3261.Core.Input;
import p2psip.std.rfc3261.Core.Output;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.UserAgent.Command;
import p2psip.std.rfc3261.UserAgent.Event;

/// A call as one side sees it: the INVITE that begins it, the dialogs this makes, the changes, and
/// the BYE.
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

    /// Ends the wait for more 2xx.
    private enum Timer { FORKS }

    private final Local local;
    private final Key key;
    private final long number;
    private final Acks acks;
    private final Forks forks = new Forks();
    private final Modification modification;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final List<ClientRequest> byes = new ArrayList<>();
    private final List<Output<Event>> out = new ArrayList<>();
    private State state;
    private Optional<Dialog> dialog = Optional.empty();
    private Optional<ClientRequest> inviting = Optional.empty();
    private Optional<ServerInvite> invited = Optional.empty();
    private Optional<Request> first = Optional.empty();
    private Optional<Request> toAcknowledge = Optional.empty();
    private boolean hangUp;
    private long sequence;

    Call(Local local, Key key, long number) {
        this.local = local;
        this.key = key;
        this.number = number;
        acks = new Acks(local);
        modification = new Modification(local.random());
    }

    @Override public boolean terminated() {
        return state == State.ENDED && byes.isEmpty() && inviting.isEmpty()
                && !timers.isSet(Timer.FORKS);
    }

    @Override public Instant deadline() {
        return Stream.of(Stream.of(timers.deadline(), modification.deadline()),
                inviting.stream().map(ClientRequest::deadline),
                invited.stream().map(ServerInvite::deadline),
                byes.stream().map(ClientRequest::deadline))
                .flatMap(s -> s).min(Comparator.naturalOrder()).orElseThrow();
    }

    @Override public List<Output<Event>> handle(Input<Command> input, Instant now) {
        switch (input) {
            case Input.Asked<Command>(var command) -> asked(command, now);
            case Input.Received<Command>(var id, var request, _) -> received(id, request, now);
            case Input.Acknowledged<Command>(var ack, _) -> acknowledged(ack, now);
            case Input.Answered<Command>(var id, var response, _) -> {
                if (!step(r -> r.owns(id), r -> r.answered(response), now)) stray(response, now);
            }
            case Input.Stray<Command>(var response, _) -> stray(response, now);
            case Input.Failed<Command>(var id, var why) ->
                    step(r -> r.owns(id), r -> r.failed(why), now);
            case Input.Resolved<Command>(var id, var targets) -> {
                if (!step(r -> r.awaits(id), r -> r.resolved(targets), now))
                    out.addAll(acks.resolved(id, targets));
            }
            case Input.FlowEnded<Command> _ -> { }
        }
        return done();
    }

    @Override public List<Output<Event>> wake(Instant now) {
        //= rfc3261#13.2.2.4¶6 64*T1 after the first 2xx no others come, early dialogs are over
        if (!timers.fired(now).isEmpty()) forks.clear();
        modification.wake(now);
        //= rfc3261#14.1-11 after the pause the re-INVITE is tried once more
        changeIfFree(now);
        invited.ifPresent(invite -> {
            switch (invite.wake(now, out)) {
                case NOTHING -> { }
                case EXPIRED -> withdrawn(487);
                case NOT_ACKNOWLEDGED -> {
                    //= rfc3261#13.3.1.4-4 no ACK in 64*T1: the session ends, with a BYE
                    //= rfc3261#14.2-6 and so for the 2xx of a re-INVITE
                    dialog.ifPresent(this::bye);
                    end(408, "No ACK");
                }
            }
        });
        step(r -> !r.deadline().isAfter(now), r -> r.wake(now), now);
        return done();
    }

    private List<Output<Event>> done() {
        var all = List.copyOf(out);
        out.clear();
        return all;
    }

    private void asked(Command command, Instant now) {
        switch (command) {
            case Command.Invite(_, var uri, var offer) -> invite(uri, offer);
            case Command.Ring(_, var content) -> invited.filter(ServerInvite::pending)
                    .filter(_ -> state == State.INVITED)
                    .ifPresent(invite -> out.addAll(invite.progress(180, content, now)));
            case Command.Answer(_, var content) -> invited.filter(ServerInvite::pending)
                    .ifPresent(invite -> accept(invite, content, now));
            case Command.Refuse(_, var status) -> invited.filter(ServerInvite::pending)
                    .ifPresent(invite -> refuse(invite, status, now));
            case Command.Acknowledge(_, var answer) -> toAcknowledge.ifPresent(invite -> {
                toAcknowledge = Optional.empty();
                out.addAll(acks.acknowledge(dialog.orElseThrow(), invite, answer));
                changeIfFree(now);
            });
            case Command.Change wanted -> {
                modification.want(wanted);
                changeIfFree(now);
            }
            case Command.HangUp _ -> hangUp(now);
            case Command.Register _, Command.Unregister _, Command.Send _, Command.Respond _ -> { }
        }
    }

    private void invite(String uri, Optional<Content> offer) {
        enter(State.INVITING);
        var secure = Dialog.secure(uri) || local.routes().routes().stream().findFirst()
                .filter(route -> Dialog.secure(route.uri().toString())).isPresent();
        //= rfc3261#12.1.2-1 an INVITE has a Contact, for it may make a dialog
        //= rfc3261#13.2.1-1 and Allow
        //= rfc3261#13.2.1-3 and Supported
        var request = local.request("INVITE", uri, uri, key).change(local.introduction(secure));
        var client = new ClientRequest(local, Local.body(request, offer), local.routes(),
                () -> ++sequence);
        inviting = Optional.of(client);
        out.addAll(client.start());
    }

    /// Tells an input to the request it is for, and takes what comes of it.
    private boolean step(Predicate<ClientRequest> mine,
            Function<ClientRequest, ClientRequest.Step> what, Instant now) {
        var invite = inviting.filter(mine);
        if (invite.isPresent()) {
            var step = what.apply(invite.get());
            out.addAll(step.out());
            step.response().ifPresent(r -> answered(invite.get().request(), r, now));
            return true;
        }
        var bye = byes.stream().filter(mine).findFirst();
        bye.ifPresent(b -> {
            out.addAll(what.apply(b).out());
            //= rfc3261#15.1.1-2 whatever the BYE is answered, the dialog is over
            if (b.done()) byes.remove(b);
        });
        return bye.isPresent();
    }

    /// A response to the INVITE that is in progress.
    private void answered(Request invite, Response response, Instant now) {
        if (!response.provisional()) {
            inviting = Optional.empty();
            if (dialog.isEmpty()) first = Optional.of(invite);
        }
        if (response.success()) accepted(invite, response, now);
        else if (dialog.isPresent()) notChanged(response, now);
        else if (!response.provisional()) {
            forks.clear();
            end(response.status(), response.reason());
        } else {
            var answer = forks.progress(invite, response);
            if (response.status() > 100) tell(new Event.Progress(number, response.status(),
                    response.reason(), response.to().tag().orElse(""), answer));
        }
    }

    /// A 2xx that no INVITE in progress awaits: one that comes again, or from another fork.
    private void stray(Response response, Instant now) {
        if (!response.success() || !response.cseq().method().equals("INVITE")) return;
        if (acks.contains(response)) out.addAll(acks.again(response));
        else first.filter(invite -> invite.cseq().number() == response.cseq().number()
                        && timers.isSet(Timer.FORKS) && !known(response))
                .ifPresent(invite -> acknowledgeAndBye(invite, response));
    }

    private boolean known(Response response) {
        return dialog.filter(d -> d.id().remoteTag().equals(response.to().tag().orElse("")))
                .isPresent();
    }

    private void accepted(Request invite, Response response, Instant now) {
        if (dialog.isPresent()) {
            dialog.get().refresh(response);
            acknowledge(invite, response);
            if (state != State.ENDED) tell(new Event.Changed(number, Content.of(response)));
            changeIfFree(now);
            return;
        }
        timers.set(Timer.FORKS, now.plus(Local.TIMES.t1x64()));
        if (hangUp) {
            //= rfc3261#15¶4 a CANCEL that crossed the 2xx has no effect: a BYE ends what was made
            acknowledgeAndBye(invite, response);
            end(487, Status.reason(487));
            return;
        }
        dialog = Optional.of(forks.confirm(invite, response));
        enter(State.ESTABLISHED);
        acknowledge(invite, response);
        tell(new Event.Answered(number, forks.content(response)));
    }

    //= rfc3261#13.2.2.4-3 the core makes an ACK for each 2xx
    private void acknowledge(Request invite, Response response) {
        boolean offer = invite.body().isEmpty() && !response.body().isEmpty();
        if (offer && state != State.ENDED) toAcknowledge = Optional.of(invite);
        else out.addAll(acks.acknowledge(dialog.orElseThrow(), invite, Optional.empty()));
    }

    private void acknowledgeAndBye(Request invite, Response response) {
        var fork = forks.confirm(invite, response);
        out.addAll(acks.acknowledge(fork, invite, Optional.empty()));
        //= rfc3261#13.2.2.4-9 a dialog that we do not want to go on with is ended by BYE
        bye(fork);
    }

    private void notChanged(Response response, Instant now) {
        if (response.provisional() || state == State.ENDED) return;
        switch (response.status()) {
            case 491 -> modification.glare(first.isPresent(), now);
            //= rfc3261#12.2.1.2-2 481 and 408 within a dialog end it
            case 481, 408 -> {
                dialog.ifPresent(this::bye);
                end(response.status(), response.reason());
            }
            default -> {
                //= rfc3261#14.1-9 a refused re-INVITE leaves the session as it was
                tell(new Event.NotChanged(number, response.status(), response.reason()));
                changeIfFree(now);
            }
        }
    }

    private void changeIfFree(Instant now) {
        //= rfc3261#14.1-4 no re-INVITE while an INVITE is in progress, in either direction
        if (state != State.ESTABLISHED || inviting.isPresent() || toAcknowledge.isPresent()
                || invited.filter(i -> i.pending() || i.unacknowledged()).isPresent()) return;
        modification.take().ifPresent(this::reInvite);
    }

    private void reInvite(Command.Change change) {
        var d = dialog.orElseThrow();
        //= rfc3261#12.2.1.1-17 a target refresh request has a Contact
        var request = Local.body(d.request("INVITE").change(local.introduction(d.secure())),
                change.offer());
        var client = new ClientRequest(local, request, d.routes(), d::nextSequence);
        inviting = Optional.of(client);
        out.addAll(client.start());
    }

    private void received(TransactionId id, Request request, Instant now) {
        if (request.is("CANCEL")) {
            cancelled();
            return;
        }
        if (state == null) {
            incoming(id, request, now);
            return;
        }
        var tag = request.from().tag().orElse("");
        var found = dialog.filter(d -> d.id().remoteTag().equals(tag)).or(() -> forks.early(tag))
                .filter(_ -> state != State.ENDED);
        //= rfc3261#12.2.2-2 of a dialog that is not, or no longer, there: 481
        if (found.isEmpty()) respond(id, Reply.to(request, 481, key.localTag()));
        //= rfc3261#12.2.2-4 out of order: 500
        else if (!found.get().inOrder(request)) respond(id, Reply.to(request, 500, key.localTag()));
        else inDialog(id, request, now);
    }

    private void incoming(TransactionId id, Request request, Instant now) {
        enter(State.INVITED);
        var invite = new ServerInvite(local, id, request, key.localTag(), now);
        if (!request.has("Contact")) {
            out.addAll(invite.refuse(400, "No Contact"));
            enter(State.ENDED);
            return;
        }
        invited = Optional.of(invite);
        dialog = Optional.of(Dialog.ofUas(request, key.localTag()));
        tell(new Event.Incoming(number, request.from(), request.to(), Content.of(request)));
    }

    private void inDialog(TransactionId id, Request request, Instant now) {
        switch (request.method()) {
            case "BYE" -> {
                //= rfc3261#15.1.2-4 a BYE is answered with 2xx
                respond(id, Reply.to(request, 200, key.localTag()));
                //= rfc3261#15.1.2-6 and requests still pending with 487
                invited.filter(ServerInvite::pending).ifPresent(i -> out.addAll(i.refuse(487)));
                inviting.ifPresent(i -> out.addAll(i.cancel(now).out()));
                //= rfc3261#15-1 the session ends with it
                end(200, "OK");
            }
            case "INVITE" -> reInvited(id, request, now);
            case "OPTIONS" -> respond(id,
                    local.capabilities(Reply.to(request, 200, key.localTag())));
            default -> tell(new Event.Asked(id, request, OptionalLong.of(number)));
        }
    }

    private void reInvited(TransactionId id, Request request, Instant now) {
        var invite = new ServerInvite(local, id, request, key.localTag(), now);
        if (invited.filter(ServerInvite::pending).isPresent())
            //= rfc3261#14.2-1 a second INVITE before the first is answered: 500, and a random delay
            respond(id, Reply.to(request, 500, key.localTag())
                    .with("Retry-After", "" + local.random().nextInt(0, 11)));
        else if (inviting.isPresent() || toAcknowledge.isPresent()
                || invited.filter(ServerInvite::unacknowledged).isPresent())
            //= rfc3261#14.2-2 an INVITE while ours is in progress: 491
            out.addAll(invite.refuse(491));
        else {
            invited = Optional.of(invite);
            tell(new Event.ChangeOffered(number, Content.of(request)));
        }
    }

    private void accept(ServerInvite invite, Optional<Content> content, Instant now) {
        var d = dialog.orElseThrow();
        if (state == State.INVITED) {
            d.confirm();
            enter(State.ACCEPTED);
        } else d.refresh(invite.request());
        out.addAll(invite.accept(content, now));
    }

    private void refuse(ServerInvite invite, int status, Instant now) {
        out.addAll(invite.refuse(status));
        if (state == State.INVITED) end(status, Status.reason(status));
        else changeIfFree(now);
    }

    private void acknowledged(Request ack, Instant now) {
        var invite = invited.filter(i -> i.acknowledged(ack));
        if (invite.isEmpty()) return;
        if (state == State.ACCEPTED) enter(State.ESTABLISHED);
        if (state == State.ENDED) return;
        //= rfc3261#13.2.1-13 the answer to an offer in our 2xx is in the ACK
        tell(new Event.Confirmed(number, Content.of(ack)
                .filter(_ -> invite.get().request().body().isEmpty())));
        if (hangUp) hangUp(now);
        else changeIfFree(now);
    }

    /// By a CANCEL, which the user agent has answered.
    private void cancelled() {
        //= rfc3261#9.2-2 the INVITE is answered with 487 at once
        invited.filter(ServerInvite::pending).ifPresent(invite -> {
            out.addAll(invite.refuse(487));
            withdrawn(487);
        });
    }

    private void withdrawn(int status) {
        if (state == State.INVITED) end(status, Status.reason(status));
        else tell(new Event.NotChanged(number, status, Status.reason(status)));
    }

    private void hangUp(Instant now) {
        hangUp = true;
        switch (state) {
            case INVITING -> inviting.ifPresent(i -> {
                var step = i.cancel(now);
                out.addAll(step.out());
                step.response().ifPresent(r -> answered(i.request(), r, now));
            });
            case INVITED -> invited.ifPresent(invite -> refuse(invite, 603, now));
            //= rfc3261#15-4 the callee sends no BYE before the ACK: it waits for it
            case ACCEPTED, ENDED -> { }
            case ESTABLISHED -> {
                inviting.ifPresent(i -> out.addAll(i.cancel(now).out()));
                invited.filter(ServerInvite::pending).ifPresent(i -> out.addAll(i.refuse(487)));
                dialog.ifPresent(this::bye);
                //= rfc3261#15.1.1-1 the session is over as soon as the BYE is on its way
                end(200, "OK");
            }
        }
    }

    private void bye(Dialog of) {
        of.terminate();
        var client = new ClientRequest(local, of.request("BYE"), of.routes(), of::nextSequence);
        byes.add(client);
        out.addAll(client.start());
    }

    private void end(int status, String reason) {
        if (state == State.ENDED) return;
        enter(State.ENDED);
        invited = Optional.empty();
        tell(new Event.Ended(number, status, reason));
    }

    private void enter(State next) {
        state = next;
        out.add(new Output.Changed<>("call " + number, next));
    }

    private void respond(TransactionId id, Response response) {
        out.add(new Output.Respond<>(id, response));
    }

    private void tell(Event event) { out.add(new Output.Told<>(event)); }
}
