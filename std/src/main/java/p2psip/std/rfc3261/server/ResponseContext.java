package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.LocationService.*;

/// One request that is being proxied: its target set, its branches, what they have answered.
///
/// It lives until nothing can come of any branch any more.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.7 RFC 3261 §16.7
final class ResponseContext implements Machine<Core.Input, Core.Output> {
    /// The most branches at once of one request, here and further on.
    static final int MAX_BREADTH = 60;

    /// Who answers so, or counts as if he had, is not there.
    private static final Set<Integer> AWAY = Set.of(404, 408, 410, 480, 503);

    private final Questions questions;
    private final RequestForwarding forwarding;
    private final TimerValues times;
    private final TransactionId server;
    private final boolean invite;
    private final Outbox<Core.Output> out = new Outbox<>();
    /// By the number of the question where it is to go.
    private final Machines<Long, Branch> branches = new Machines<>(MAX_BREADTH);
    private boolean searching = true;
    private TargetSet targets = new TargetSet(List.of());
    /// What the caller's own proxy alone knows: into each response to him.
    private List<Header> headers = List.of();
    private final BestResponse best = new BestResponse();
    /// How many final responses are awaited, and how much breadth is left for other branches.
    private int pending, free;
    /// No new branches: somebody has accepted, declined for all, or the caller has given up.
    private boolean closed;
    private boolean cancelled;
    /// Whether the server transaction has its final response.
    private boolean answered;

    ResponseContext(TransactionId server, RequestForwarding forwarding, Questions questions,
            TimerValues times) {
        this.server = server;
        this.forwarding = forwarding;
        this.questions = questions;
        this.times = times;
        var request = forwarding.request();
        this.invite = request.is("INVITE");
        this.free = breadth(request);
    }

    private static int breadth(Request request) {
        //= rfc5393#5.3.3-1 without a Max-Breadth as if it were 60
        //= rfc5393#5.3.3-2 the most that is allowed here
        //= rfc5393#5.3.3-3 a received value over that maximum is overwritten
        return request.first("Max-Breadth").filter(v -> Grammar.isNumber(v, MAX_BREADTH))
                .map(Integer::parseInt).filter(n -> n > 0).orElse(MAX_BREADTH);
    }

    //= rfc3261#16.7-47 also after the final response, until all transactions have terminated
    @Override public boolean terminated() { return answered && branches.size() == 0; }

    @Override public Instant deadline() { return branches.deadline(); }

    @Override public List<Core.Output> wake(Instant now) {
        branches.wake(now, b -> b.wake(now), (id, b, outputs) -> heard(id, b, outputs, now));
        conclude(now);
        return out.take();
    }

    @Override public List<Core.Output> handle(Core.Input input, Instant now) {
        switch (input) {
            case Core.Input.Asked(Found found) -> found(found);
            case Core.Input.Asked(Gone(long id, var reason)) ->
                    tell(id, new Branch.Input.Gone(reason), now);
            case Core.Input.Resolved(long id, var found) ->
                    tell(id, new Branch.Input.Resolved(found), now);
            //= rfc3261#16.7-2 each response that a client transaction passes is processed
            case Core.Input.Answered(var id, var response, _) -> answered(id, response, now);
            case Core.Input.Failed(var id, var why) -> branch(id)
                    .ifPresent(b -> tell(b, new Branch.Input.Failed(why), now));
            case Core.Input.Received _ -> cancel(now);
            case Core.Input.Asked _, Core.Input.Acknowledged _, Core.Input.Stray _,
                    Core.Input.FlowEnded _ -> { }
        }
        conclude(now);
        return out.take();
    }

    private Optional<Long> branch(TransactionId id) {
        return branches.find(b -> b.sent(id));
    }

    private void tell(long branch, Branch.Input input, Instant now) {
        branches.tell(branch, b -> b.handle(input, now),
                (id, b, outputs) -> heard(id, b, outputs, now));
    }

    /// The target set has been determined.
    private void found(Found found) {
        if (!searching) return;
        searching = false;
        targets = new TargetSet(found.destinations());
        headers = found.headers();
        //= rfc3261#16.5-15 a resource of that name does not exist: 404
        if (!found.known()) best.add(forwarding.refusal(404));
        //= rfc3261#16.5-16 an empty target set: temporarily unavailable
        else if (targets.isEmpty()) best.add(forwarding.refusal(480));
    }

    private void answered(TransactionId id, Response response, Instant now) {
        //= rfc3261#16.7-3 of each response forwarded
        //= rfc3261#16.7-43 the topmost Via is removed
        //= rfc3261#16.7-42 and the body left as it is
        var up = Via.popped(response);
        //= rfc3261#16.7-6 no Via is left: it was meant for this element
        if (up.has("Via"))
            branch(id).ifPresent(b -> tell(b, new Branch.Input.Answered(up), now));
    }

    private void heard(long id, Branch branch, List<Branch.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Branch.Output.Resolve(var uri) -> {
                questions.asked(id, server);
                out.add(new Core.Output.Resolve(id, uri));
            }
            case Branch.Output.Silent(var destination) -> {
                questions.asked(id, server);
                out.add(new Core.Output.Told(new LocationService.Event.Silent(id, destination)));
            }
            case Branch.Output.Send(var transaction, var request, var target) ->
                    out.add(new Core.Output.Send(transaction, request, target));
            case Branch.Output.Forget(var transaction) ->
                    out.add(new Core.Output.Forget(transaction));
            case Branch.Output.Forward(var response) -> forward(response, now);
            case Branch.Output.Settled(var refusal) -> {
                pending--;
                free += branch.breadth();
                refusal.ifPresent(response -> refused(response, now));
            }
            case Branch.Output.Changed(var state) ->
                    out.add(new Core.Output.Changed("branch", state));
        }
    }

    private void forward(Response response, Instant now) {
        //= rfc3261#16.7-15 also after a final response a 2xx to an INVITE is forwarded at once
        boolean always = invite && response.success();
        //= rfc3261#16.7-13 forwarded at once until there is a final response
        //= rfc3261#28.1-1 from 101 to 199, as a proxy must since RFC 2543 was changed
        if (!answered || always)
            //= rfc3261#16.7-45 to the server transaction of this response context
            //= rfc3261#16.7-30 with no tag in To if the phone has put in none
            out.add(respond(response));
        if (response.provisional()) return;
        answered = true;
        //= rfc3261#16.7-48 all others are cancelled
        close(now);
    }

    private void refused(Response response, Instant now) {
        best.add(response);
        if (!AWAY.contains(response.status())) targets.clearSpare();
        //= rfc3261#16.7-14 a 6xx speaks for all: no new branches, and the others are cancelled
        //= rfc3261#16.7-49 a CANCEL for every pending branch
        if (response.status() >= 600) close(now);
    }

    /// The caller has cancelled.
    private void cancel(Instant now) {
        if (answered || !invite) return;
        searching = false;
        cancelled = true;
        //= rfc3261#16.10-2 a matching CANCEL cancels every branch that is pending
        close(now);
    }

    private void close(Instant now) {
        closed = true;
        for (long id : branches.keys()) tell(id, new Branch.Input.GiveUp(), now);
    }

    /// Starts what may be started, and answers when nothing is left to wait for.
    private void conclude(Instant now) {
        if (closed) targets.clear();
        //= rfc3261#16.6-1 forwarding begins as soon as the target set is there
        advance(now);
        if (searching || pending > 0) return;
        if (!answered) finish();
        best.clear();
        forwarding.forget();
    }

    /// Begins as many branches of a group as the breadth allows; the next group when all ended.
    private void advance(Instant now) {
        while (!targets.isEmpty()) {
            //= rfc5393#5.3.3-5 the branches under way never have more breadth than the request
            //= rfc5393#5.3.3.1-1 the Max-Breadth of a finished branch is reused
            var next = targets.next(free, pending == 0);
            if (next.isEmpty()) return;
            //= rfc5393#5.3.3-7 Max-Breadth is distributed evenly between the branches
            //= rfc5393#5.3.3-8 and all that was in the original request is used
            int share = free / next.size(), rest = free % next.size();
            for (int i = 0; i < next.size(); i++)
                //= rfc3261#16.1-3 to multiple destinations: this is a fork
                //= rfc3428#6-1 a MESSAGE may fork as well
                start(next.get(i), i < rest ? share + 1 : share, now);
        }
    }

    private void start(Destination to, int breadth, Instant now) {
        long id = questions.next();
        branches.add(id, new Branch(forwarding, to, breadth, times));
        pending++;
        free -= breadth;
        tell(id, new Branch.Input.Begin(), now);
    }

    /// The one final response, now that all branches have theirs.
    private void finish() {
        answered = true;
        if (cancelled) best.add(forwarding.refusal(487));
        //= rfc3261#16.7-19 the final response, now that all client transactions have ended
        //= rfc3261#16.7-22 forwarded as it came
        //= rfc3261#16.7-33 so the To tag is not modified
        out.add(best.choose(forwarding.request(), forwarding.tag())
                .map(this::respond).orElseGet(() -> new Core.Output.Forget(server)));
    }

    private Core.Output respond(Response response) {
        return new Core.Output.Respond(server, headers.isEmpty() ? response
                : response.change(list -> list.addAll(headers)));
    }
}
