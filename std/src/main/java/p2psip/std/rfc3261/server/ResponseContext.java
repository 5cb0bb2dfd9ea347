package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.Machine;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.Flow;
import p2psip.std.rfc3261.Grammar;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.Target;
import p2psip.std.rfc3261.TransactionId;
import p2psip.std.rfc3261.Via;
import p2psip.std.rfc3261.server.Branch.State;
import p2psip.std.rfc3261.server.Guard.Refusal;
import p2psip.std.rfc3261.server.LocationService.Answer;
import p2psip.std.rfc3261.server.LocationService.Event;
import p2psip.std.rfc3261.server.LocationService.Found;

/// One request that is being proxied: its target set, its branches, what they have answered.
///
/// It lives until nothing can come of any branch any more.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.7 RFC 3261 §16.7
final class ResponseContext implements Machine<Core.Input, Core.Output> {
    //= rfc3261#16.6-64 longer than three minutes
    static final Duration TIMER_C = Duration.ofSeconds(181);
    static final Duration T1_64 = Duration.ofSeconds(32);
    /// The most branches at once of one request, here and further on.
    static final int MAX_BREADTH = 60;

    private final Proxy proxy;
    private final TransactionId server;
    private final Flow cameBy;
    private final boolean invite;
    private final int breadth;
    private final String secondPart;
    private Request request;
    private boolean searching = true;
    private TargetSet targets = new TargetSet(List.of());
    private final List<Branch> branches = new ArrayList<>(1);
    private BestResponse best = new BestResponse();
    /// No new branches: somebody has accepted, declined for all, or the caller has given up.
    private boolean closed;
    private boolean cancelled;
    /// Whether the server transaction has its final response.
    private boolean answered;

    ResponseContext(Proxy proxy, TransactionId server, Request request, Flow cameBy,
            String secondPart) {
        this.proxy = proxy;
        this.server = server;
        this.request = request;
        this.cameBy = cameBy;
        this.invite = request.is("INVITE");
        //= rfc5393#5.3.3-1 without a Max-Breadth as if it were 60
        //= rfc5393#5.3.3-2 the most that is allowed here
        //= rfc5393#5.3.3-3 a received value over that maximum is overwritten
        this.breadth = request.first("Max-Breadth").filter(v -> Grammar.isNumber(v, MAX_BREADTH))
                .map(Integer::parseInt).filter(n -> n > 0).orElse(MAX_BREADTH);
        this.secondPart = secondPart;
    }

    @Override public boolean terminated() {
        if (!answered) return false;
        //= rfc3261#16.7-47 also after the final response, until all transactions have terminated
        for (var b : branches) if (b.state != State.DONE) return false;
        return true;
    }

    @Override public Instant deadline() {
        var first = Instant.MAX;
        for (var b : branches) if (b.due.isBefore(first)) first = b.due;
        return first;
    }

    @Override public List<Core.Output> handle(Core.Input input, Instant now) {
        var out = new ArrayList<Core.Output>(2);
        switch (input) {
            case Core.Input.Asked(Found found) -> found(found);
            case Core.Input.Resolved(long id, var found) -> resolved(id, found, now, out);
            //= rfc3261#16.7-2 each response that a client transaction passes is processed
            case Core.Input.Answered(var id, var response, _) ->
                    branch(id).ifPresent(b -> answered(b, response, now, out));
            case Core.Input.Failed(var id, var why) ->
                    branch(id).ifPresent(b -> failed(b, why, now, out));
            case Core.Input.Received _ -> cancel(now, out);
            default -> { }
        }
        conclude(now, out);
        return out;
    }

    private Optional<Branch> branch(TransactionId id) {
        for (var b : branches) if (b.transaction.equals(id)) return Optional.of(b);
        return Optional.empty();
    }

    /// The target set has been determined.
    private void found(Found found) {
        if (!searching) return;
        searching = false;
        targets = new TargetSet(found.destinations());
        //= rfc3261#16.5-15 a resource of that name does not exist: 404
        if (!found.known()) best.add(refusal(404, found));
        //= rfc3261#16.5-16 an empty target set: temporarily unavailable
        else if (targets.isEmpty()) best.add(refusal(480, found));
    }

    /// Starts what may be started, and answers when nothing is left to wait for.
    private void conclude(Instant now, List<Core.Output> out) {
        if (closed) targets.clear();
        //= rfc3261#16.6-1 forwarding begins as soon as the target set is there
        advance(now, out);
        if (searching || active() > 0) return;
        if (!answered) finish(out);
        if (terminated()) return;
        best = new BestResponse();
        request = request.change(List::clear);
        branches.forEach(Branch::shrink);
    }

    /// Begins as many branches of a group as the breadth allows; the next group when all ended.
    private void advance(Instant now, List<Core.Output> out) {
        while (!targets.isEmpty()) {
            //= rfc5393#5.3.3-5 the branches under way never have more breadth than the request
            //= rfc5393#5.3.3.1-1 the Max-Breadth of a finished branch is reused
            int free = breadth;
            for (var b : branches) if (b.pending()) free -= b.breadth;
            var next = targets.next(free, active() == 0);
            if (next.isEmpty()) return;
            //= rfc5393#5.3.3-7 Max-Breadth is distributed evenly between the branches
            //= rfc5393#5.3.3-8 and all that was in the original request is used
            for (int i = 0; i < next.size(); i++)
                //= rfc3261#16.1-3 to multiple destinations: this is a fork
                //= rfc3428#6-1 a MESSAGE may fork as well
                start(next.get(i), free / next.size() + (i < free % next.size() ? 1 : 0), now, out);
        }
    }

    private int active() {
        int n = 0;
        for (var b : branches) if (b.pending()) n++;
        return n;
    }

    private void start(
            Destination to, int breadth, Instant now, List<Core.Output> out) {
        var branch = new Branch(RequestForwarding.copy(request, to.uri(), breadth), breadth);
        branches.add(branch);
        if (to.hop().isPresent() && !branch.copy.has("Route")) {
            branch.candidates.add(to.hop().get());
            send(branch, now, out);
        } else {
            branch.question = proxy.question(server);
            out.add(new Core.Output.Resolve(
                    branch.question, RouteInformation.nextHop(request, to.uri())));
        }
    }

    private void resolved(
            long id, List<Target> targets, Instant now, List<Core.Output> out) {
        for (var b : branches)
            if (b.state == State.RESOLVING && b.question == id) {
                b.candidates.addAll(targets);
                if (targets.isEmpty()) end(b, refusal(503));
                else send(b, now, out);
                return;
            }
    }

    private void send(Branch branch, Instant now, List<Core.Output> out) {
        proxy.disown(branch.transaction);
        //= rfc3261#16.6-51 to the first address, and to the next when that fails
        branch.target = branch.candidates.poll();
        //= rfc3261#16.6-62 each attempt is a client transaction of its own
        branch.transaction = LoopDetection.branch(request, secondPart, proxy.random);
        proxy.own(branch.transaction, server);
        branch.state = State.TRYING;
        //= rfc3261#16.6-63 Timer C for every INVITE transaction
        if (invite) branch.due = now.plus(TIMER_C);
        //= rfc3261#16.6-52 formatted for this tuple: its transport decides on Record-Route
        out.add(new Core.Output.Send(branch.transaction,
                proxy.recorded(branch.copy, cameBy, branch.target), branch.target));
    }

    private void answered(
            Branch branch, Response response, Instant now, List<Core.Output> out) {
        //= rfc3261#16.7-3 of each response forwarded
        //= rfc3261#16.7-43 the topmost Via is removed
        //= rfc3261#16.7-42 and the body left as it is
        var up = Via.popped(response);
        //= rfc3261#16.7-6 no Via is left: it was meant for this element
        if (!up.has("Via") || branch.state == State.DONE) return;
        if (response.provisional()) provisional(branch, up, now, out);
        else if (response.success()) success(branch, up, now, out);
        else if (branch.pending()) refused(branch, up, now, out);
    }

    private void provisional(
            Branch branch, Response response, Instant now, List<Core.Output> out) {
        if (branch.state == State.TRYING) branch.state = State.PROCEEDING;
        // a CANCEL that had to wait for it (§9.1)
        if (branch.unwanted) cancel(branch, now, out);
        //= rfc3261#16.7-17 a 100 says nothing about the next hop
        if (response.status() == 100) return;
        //= rfc3261#16.7-4 it rings: Timer C begins anew
        //= rfc3261#16.7-5 with a value greater than three minutes
        if (invite && branch.state == State.PROCEEDING) branch.due = now.plus(TIMER_C);
        //= rfc3261#16.7-13 forwarded at once until there is a final response
        //= rfc3261#16.7-45 to the server transaction of this response context
        //= rfc3261#16.7-30 with no tag in To if the phone has put in none
        if (!answered)
            //= rfc3261#28.1-1 from 101 to 199, as a proxy must since RFC 2543 was changed
            out.add(new Core.Output.Respond(server, response));
    }

    private void success(
            Branch branch, Response response, Instant now, List<Core.Output> out) {
        //= rfc3261#16.7-15 also after a final response a 2xx to an INVITE is forwarded at once
        if (invite || !answered) out.add(new Core.Output.Respond(server, response));
        answered = true;
        closed = true;
        if (!invite) end(branch);
        else if (branch.state != State.ACCEPTED) {
            branch.state = State.ACCEPTED;
            branch.due = now.plus(T1_64);
        }
        //= rfc3261#16.7-48 all others are cancelled
        cancelPending(now, out);
    }

    private void refused(
            Branch branch, Response response, Instant now, List<Core.Output> out) {
        //= rfc3263#4.3-1 a 503 is a failure: a new request goes to the next element
        if (response.status() == 503 && branch.canTryNext() && !closed) {
            send(branch, now, out);
            return;
        }
        end(branch, response);
        if (response.status() < 600) return;
        //= rfc3261#16.7-14 a 6xx speaks for all: no new branches, and the others are cancelled
        closed = true;
        //= rfc3261#16.7-49 a CANCEL for every pending branch
        cancelPending(now, out);
    }

    private void failed(
            Branch branch, Core.Failure why, Instant now, List<Core.Output> out) {
        if (!branch.pending()) return;
        //= rfc3263#4.2-2 the attempt has failed: the next address is tried
        if (branch.canTryNext() && !closed) send(branch, now, out);
        else end(branch, refusal(cancelled ? 487 : switch (why) {
            //= rfc3261#16.9-1 what cannot be sent is as good as a 503
            case TRANSPORT -> 503;
            case TIMEOUT -> 408;
        }));
    }

    /// The caller has cancelled.
    private void cancel(Instant now, List<Core.Output> out) {
        if (answered || !invite) return;
        searching = false;
        closed = true;
        cancelled = true;
        //= rfc3261#16.10-2 a matching CANCEL cancels every branch that is pending
        cancelPending(now, out);
    }

    private void cancelPending(Instant now, List<Core.Output> out) {
        //= rfc3261#9.1-1 only an INVITE is worth a CANCEL
        if (!invite) return;
        for (var b : branches)
            switch (b.state) {
                case RESOLVING -> end(b);
                case TRYING -> b.unwanted = true;
                case PROCEEDING -> cancel(b, now, out);
                case CANCELLED, ACCEPTED, DONE -> { }
            }
    }

    private void cancel(Branch branch, Instant now, List<Core.Output> out) {
        branch.unwanted = false;
        branch.state = State.CANCELLED;
        // as long as a user agent waits for what its CANCEL should bring (§9.1)
        branch.due = now.plus(T1_64);
        out.add(new Core.Output.Send(
                //= rfc3261#9.1-3 with the branch of what it cancels
                //= rfc3261#16.6-60 the same branch value in both requests
                //= rfc5393#4.2.1-7 the same branch parameter
                new TransactionId(branch.transaction.branch(), "", "CANCEL"),
                RequestForwarding.cancel(branch.copy), branch.target));
    }

    @Override public List<Core.Output> wake(Instant now) {
        var out = new ArrayList<Core.Output>(1);
        for (var b : branches) if (!b.due.isAfter(now)) timeout(b, now, out);
        conclude(now, out);
        return out;
    }

    private void timeout(Branch branch, Instant now, List<Core.Output> out) {
        switch (branch.state) {
            //= rfc3261#16.8-1 Timer C is not reset: the client transaction has to end
            //= rfc3261#16.8-2 it rang too long: CANCEL
            case PROCEEDING -> cancel(branch, now, out);
            case ACCEPTED -> end(branch);
            case RESOLVING, TRYING, CANCELLED, DONE -> {
                out.add(new Core.Output.Forget(branch.transaction));
                //= rfc3261#16.8-3 nothing was ever heard: as if it were a 408
                end(branch, refusal(cancelled ? 487 : 408));
            }
        }
    }

    private void end(Branch branch, Response response) {
        best.add(response);
        end(branch);
    }

    private void end(Branch branch) {
        branch.state = State.DONE;
        branch.due = Instant.MAX;
        proxy.disown(branch.transaction);
    }

    /// The one final response, now that all branches have theirs.
    private void finish(List<Core.Output> out) {
        answered = true;
        if (cancelled) best.add(refusal(487));
        //= rfc3261#16.7-19 the final response, now that all client transactions have ended
        //= rfc3261#16.7-22 forwarded as it came
        //= rfc3261#16.7-33 so the To tag is not modified
        out.add(best.choose(request, proxy.tag())
                .<Core.Output>map(r -> new Core.Output.Respond(server, r))
                .orElseGet(() -> new Core.Output.Forget(server)));
    }

    private Response refusal(int status, Found found) {
        return refusal(status).change(list -> list.addAll(found.headers()));
    }

    private Response refusal(int status) { return Refusal.of(status).to(request, proxy.tag()); }
}
