package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3263.Candidates;
import p2psip.std.rfc3326.Reason;

/// One request of a UAC until its final response: finds out where to send it, tries one server
/// after the other, shows credentials to who asks for them, follows redirections, cancels.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-8.1 RFC 3261 §8.1
final class Uac implements Machine<Core.Input.OfRequest, Uac.Output> {
    /// What it can ask for or tell.
    sealed interface Output {
        record Do(Core.Output output) implements Output {}
        /// For the usage that has asked.
        record Tell(Usage.Input.Answered response) implements Output {}
    }

    /// CANCELLING waits for the first response, ACCEPTED for those of other forks.
    enum State implements Cited {
        @Section("8.1.2") RESOLVING, @Section("8.1.2") SENT, @Section("8.1.3.2") PROCEEDING,
        @Section("9.1") CANCELLING, @Section("9.1") CANCELLED, @Section("13.2.2.4") ACCEPTED,
        @Section("8.1.3") DONE
    }

    private final Self self;
    private final Usage.Output.Ask ask;
    private final SequenceNumbers sequence;
    /// The dialogs that it has made.
    final Forks forks = new Forks();
    private final Set<String> accepted = new HashSet<>();
    private final Outbox<Output> out = new Outbox<>();
    private final RedirectionSet redirections;
    private final Candidates candidates = new Candidates();
    private State state = State.RESOLVING;
    private Request request;
    private Optional<Core.Output.Send> sent = Optional.empty();
    private Instant due = Instant.MAX;
    /// Why it is given up.
    private Optional<Reason> reason = Optional.empty();

    /// @param ask      its Request-URI is the remote target
    /// @param sequence gives it its CSeq number, unless it is within a dialog
    Uac(Self self, Usage.Output.Ask ask, SequenceNumbers sequence) {
        this.self = self;
        this.ask = ask;
        request = self.introduced(ask.request(), ask.dialog());
        this.sequence = ask.dialog().map(in -> in.sequence).orElse(sequence);
        redirections = new RedirectionSet(request, ask.dialog().map(Dialog::routes)
                .orElseGet(() -> self.routes(request)));
    }

    /// The request as it was last sent.
    Request request() { return request; }

    /// The dialog that it is part of.
    Optional<Dialog> dialog() { return ask.dialog(); }

    /// Whether a 2xx that no transaction awaits is one more for it.
    boolean accepts(Response again) {
        return state == State.ACCEPTED && request.cseq().equals(again.cseq());
    }

    /// Whether it may still make dialogs.
    private boolean forking() {
        return dialog().isEmpty() && self.makesDialogs(request) && state != State.DONE;
    }

    /// The dialog that a request of the peer makes which answers it.
    Optional<Dialog> notified(Request theirs) {
        return forking() ? forks.notified(request, theirs) : Optional.empty();
    }

    @Override public Instant deadline() { return due; }

    @Override public boolean terminated() { return state == State.DONE; }

    List<Output> begin(Instant now) {
        redirections.next().ifPresent(to -> tryUri(to, now));
        return out.take();
    }

    @Override public List<Output> handle(Core.Input.OfRequest input, Instant now) {
        switch (input) {
            case Core.Input.Resolved(_, var targets) when state == State.RESOLVING ->
                    resolved(targets, now);
            case Core.Input.Resolved(long id, var targets) ->
                    forks.resolved(id, targets).ifPresent(this::perform);
            case Core.Input.Answered(_, var response, var flow) -> answered(response, flow, now);
            case Core.Input.Stray(var response, var flow) -> answered(response, flow, now);
            case Core.Input.Failed(_, var why) -> failed(why, now);
        }
        return out.take();
    }

    /// Acknowledges the 2xx of a dialog.
    List<Output> acknowledge(Dialog dialog, Optional<Content> answer) {
        perform(forks.acknowledge(self.lookUp(), dialog, request,
                self.all(can -> can.acknowledging(request)), answer));
        return out.take();
    }

    /// Every state owns its timer.
    private void enter(State next, Instant now) {
        state = next;
        due = switch (next) {
            case RESOLVING, SENT, PROCEEDING, DONE -> Instant.MAX;
            case CANCELLING, CANCELLED, ACCEPTED -> now.plus(TimerValues.T1_X64);
        };
        perform(new Core.Output.Changed(request.method() + " request", next));
    }

    private void perform(Core.Output output) { out.add(new Output.Do(output)); }

    private boolean cancelling() { return state == State.CANCELLING || state == State.CANCELLED; }

    private void tryUri(RedirectionSet.Redirection to, Instant now) {
        //= rfc3261#8.1.3.4-11,13 To, From, Call-ID and all other header fields of the request
        request = to.request();
        number();
        //= rfc3261#8.1.1.1-3 the URI is the remote target for the rules of 12.2.1.1
        var routed = to.routes().route(request, request.uri());
        request = self.passwords.unasked(routed.request());
        enter(State.RESOLVING, now);
        //= rfc3261#8.1.2-1 where to send it is found out by the procedures of RFC 3263
        perform(new Core.Output.Resolve(self.lookUp(), routed.nextHop(), false));
    }

    /// The next number of the sequence, and the method that goes with it.
    private void number() {
        //= rfc3261#8.1.1.5-1 the method in CSeq is that of the request
        //= rfc3261#12.2.1.1-10 and so is the method field within a dialog
        request = request.with("CSeq", new CSeq(sequence.next(), request.method()).toString());
    }

    private void resolved(List<Target> targets, Instant now) {
        candidates.found(sameFirst(targets)).ifPresentOrElse(to -> send(to, now),
                () -> next(Reply.to(request, 503, "No Such Host", ""), now));
    }

    /// The candidates, and before all others that to which the flow leads.
    private List<Target> sameFirst(List<Target> targets) {
        var over = ask.over().or(() -> dialog().isEmpty() ? self.flows.best().flow()
                : Optional.empty());
        //= rfc3261#10.2.4-4 refreshes go to the same network address
        return targets.stream().sorted(Comparator.comparing(to -> over.filter(flow ->
                flow.transport() == to.transport() && flow.remote().equals(to.address()))
                .isEmpty())).toList();
    }

    private void send(Target to, Instant now) {
        //= rfc3261#8.1.3.4-12 a redirected request as well
        var transaction = TransactionId.client(request.method(), self.random());
        var send = new Core.Output.Send(transaction, request, to);
        sent = Optional.of(send);
        enter(State.SENT, now);
        perform(send);
    }

    private void answered(Response answer, Flow by, Instant now) {
        var response = Inspection.readable(answer);
        var flow = Optional.of(by);
        if (state == State.ACCEPTED) again(response, flow);
        else if (response.provisional()) provisional(response, flow, now);
        //= rfc3261#9.1-9 no CANCEL after a final response
        else if (cancelling()) end(response, flow, now);
        else switch (response.status()) {
            //= rfc3261#22.2-3 after a 401 the request is sent again with them
            //= rfc3261#21.4.8-1 for a 407 the client authenticates itself with the proxy first
            //= rfc3261#22.3-5 and sends the request again
            case 401, 407 -> challenged(response, now);
            //= rfc3261#21.5.4-3 one server is unavailable: an alternate one is attempted
            case 503 -> nextTarget(candidates.next(), response, now);
            default -> {
                //= rfc3261#13.2.2.2-1 a 3xx names other addresses to try
                //= rfc3261#21.3.1-4 without asking the user
                if (response.status() / 100 == 3) redirections.add(response);
                //= rfc3261#8.1.3.4-6 a code above 399 is how a failure is noticed
                //= rfc3261#21.4-1 no 4xx makes the client retry without modification
                //= rfc3261#21.4.4-1 and a 403 is not repeated
                if (response.success() || response.status() >= 600) end(response, flow, now);
                else next(response, now);
            }
        }
    }

    private void provisional(Response response, Optional<Flow> flow, Instant now) {
        candidates.heard();
        if (state == State.SENT) enter(State.PROCEEDING, now);
        else if (state == State.CANCELLING) sendCancel(now);
        tell(response, flow);
    }

    private void tell(Response response, Optional<Flow> flow) {
        out.add(new Output.Tell(new Usage.Input.Answered(ask.ask(), response, dialog().or(() ->
                self.makesDialogs(request) ? forks.answered(request, response)
                        : Optional.empty()), flow)));
    }

    /// The transaction has failed.
    private void failed(Failure why, Instant now) {
        var response = self.reply(request, Candidates.status(why));
        if (cancelling()) end(response, Optional.empty(), now);
        else if (state != State.ACCEPTED) {
            //  the connection has died by which it was heard that it rings: nobody could tell us
            //  any more that the call was taken; so it shall ring no longer, and the CANCEL goes
            //  to the destination of the INVITE by another connection
            if (state == State.PROCEEDING && why == Failure.TRANSPORT && request.is("INVITE"))
                sendCancel(Optional.of(Reason.sip(503, "Connection Lost")));
            nextTarget(candidates.next(why), response, now);
        }
    }

    private void nextTarget(Optional<Target> other, Response response, Instant now) {
        //= rfc3261#8.1.2-9 each address is tried until a server answers
        other.ifPresentOrElse(to -> send(to, now), () -> next(response, now));
    }

    /// After a failure: the next URI of those we were redirected to, if there is one.
    private void next(Response response, Instant now) {
        //= rfc3261#8.1.3.4-5,7 one contact address failed: the next, never in parallel
        redirections.next().ifPresentOrElse(
                to -> tryUri(to, now), () -> end(response, Optional.empty(), now));
    }

    private void challenged(Response response, Instant now) {
        self.passwords.answered(request, response).ifPresentOrElse(authorized -> {
            request = authorized;
            //= rfc3261#22.2-8 with credentials it is a new request, with the next number
            //= rfc3261#8.1.3.5-6 Call-ID, To and From stay
            number();
            sent.ifPresent(last -> send(last.target(), now));
        }, () -> next(response, now));
    }

    private void end(Response response, Optional<Flow> flow, Instant now) {
        boolean others = response.success() && (request.is("INVITE") || forking());
        enter(others ? State.ACCEPTED : State.DONE, now);
        accepted.add(response.to().tag().orElse(""));
        tell(response, flow);
    }

    /// What comes after the first 2xx: one of another fork, or one that comes again.
    private void again(Response response, Optional<Flow> flow) {
        //= rfc3261#13.2.2.3-1 any other final response that comes after the first is ignored
        //= rfc3262#4-15 and so is what was provisional, reliable or not: it is discarded
        if (!response.success()) return;
        var tag = response.to().tag().orElse("");
        if (dialog().isEmpty() && accepted.size() < Forks.LIMIT && accepted.add(tag))
            tell(response, flow);
        else forks.again(tag).ifPresent(this::perform);
    }

    /// Gives the request up, which the server is told as soon as it has been heard of.
    List<Output> cancel(Optional<Reason> why, Instant now) {
        reason = why;
        switch (state) {
            case RESOLVING -> end(self.reply(request, 487), Optional.empty(), now);
            //= rfc3261#9.1-7,8 no CANCEL before a provisional response; has any response come yet?
            case SENT -> enter(State.CANCELLING, now);
            case PROCEEDING -> sendCancel(now);
            case CANCELLING, CANCELLED, ACCEPTED, DONE -> { }
        }
        return out.take();
    }

    private void sendCancel(Instant now) {
        enter(State.CANCELLED, now);
        sendCancel(reason);
    }

    private void sendCancel(Optional<Reason> why) {
        var cancel = Cancel.of(request);
        var told = why.map(said -> said.in(cancel)).orElse(cancel);
        sent.ifPresent(last -> perform(new Core.Output.Send(
                Cancel.of(last.transaction()), told, last.target())));
    }

    @Override public List<Output> wake(Instant now) {
        if (due.isAfter(now)) return List.of();
        //= rfc3261#13.2.2.4¶6 64*T1 after the first 2xx no others come, early dialogs are over
        if (state == State.ACCEPTED) enter(State.DONE, now);
        else {
            sent.ifPresent(last -> perform(new Core.Output.Forget(last.transaction())));
            //= rfc3261#9.1-11 no final response 64*T1 after the CANCEL: it counts as cancelled
            end(self.reply(request, 487), Optional.empty(), now);
        }
        return out.take();
    }
}
