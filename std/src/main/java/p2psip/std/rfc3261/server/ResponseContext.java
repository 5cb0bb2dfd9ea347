package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.Guard.Refusal;
import p2psip.std.rfc3261.server.LocationService.Found;
import p2psip.std.rfc3326.Reason;
import p2psip.std.rfc5393.Breadth;

/// What the branches of one proxied request share: the targets that are still to be tried, the
/// breadth that is left for them, and the best response so far.
///
/// It lives until nothing can come of any branch any more.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.7 RFC 3261 §16.7
final class ResponseContext {
    /// Who answers so, or counts as if he had, is not there.
    private static final Set<Integer> AWAY = Set.of(404, 408, 410, 430, 480, 503);

    /// How far the request is; no machine of its own, for all its time is that of the branches.
    private enum Stage {
        /// Where its addressee is has been asked.
        SEARCHING,
        /// One target after another is tried.
        OPEN,
        /// No new branches: somebody has declined for all, or the caller has given up.
        CLOSED,
        /// The server transaction has its final response.
        ANSWERED
    }

    final TransactionId server;
    private final Breadth breadth;
    private final Recursion recursion;
    private final boolean redirects;
    /// The branches from which something may come, by their numbers.
    final Set<Long> branches = new LinkedHashSet<>();
    private final BestResponse best = new BestResponse();
    RequestForwarding forwarding;
    private TargetSet targets = new TargetSet(List.of());
    /// What the caller's own proxy alone knows: into each response to him.
    private List<Header> headers = List.of();
    private Stage stage = Stage.SEARCHING;
    /// What is told to the other branches why they are cancelled.
    private Optional<Header> why = Optional.empty();
    private boolean flowsAreOurs;
    /// How many targets redirections have added.
    private int added;

    /// @param redirects whether the caller goes where his request is meant for by himself
    ResponseContext(TransactionId server, RequestForwarding forwarding, Recursion recursion,
            boolean redirects) {
        this.redirects = redirects;
        this.server = server;
        this.forwarding = forwarding;
        this.recursion = recursion;
        this.breadth = new Breadth(forwarding.request());
    }

    boolean answered() { return stage == Stage.ANSWERED; }

    /// Whether nobody wants the answer of any other branch.
    boolean closed() { return answered() || stage == Stage.CLOSED; }

    //= rfc3261#16.7-47 also after the final response, until all transactions have terminated
    boolean ended() { return answered() && branches.isEmpty(); }

    /// The target set has been determined.
    ///
    /// @param own whether they are users of this proxy's own, by whatever flow
    void found(Found found, boolean own) {
        if (stage != Stage.SEARCHING) return;
        stage = Stage.OPEN;
        flowsAreOurs = own;
        headers = found.headers();
        if (redirects)
            best.add(RedirectServer.answer(forwarding.request(), found, forwarding.tag()));
        else if (found.known()) targets = new TargetSet(found.destinations());
        //= rfc3261#16.5-15 a resource of that name does not exist: 404
        else best.add(forwarding.refusal(Refusal.of(404)));
    }

    /// The next target, if a branch for it may begin now.
    Optional<Destination> next() {
        return closed() || !breadth.isFree() ? Optional.empty() : targets.next(breadth.isWhole());
    }

    /// The breadth of the branch for the target that was [#next]; others of its group may wait.
    int share() { return breadth.share(targets.alike()); }

    /// The final response of a branch with that breadth is no longer awaited.
    void settled(int share) { breadth.settled(share); }

    void accepted() {
        if (!closed()) why(Reason.ELSEWHERE);
        stage = Stage.ANSWERED;
    }

    private void why(Reason reason) {
        why = Optional.of(new Header(Reason.NAME, reason.toString()));
    }

    /// The CANCEL of a branch, with why it is cancelled.
    Request cancelling(Request cancel) {
        return why.map(reason -> cancel.change(list -> list.add(reason))).orElse(cancel);
    }

    void refused(Response response, Destination by) {
        targets.ended(by, response.status());
        // a 430 is for who knows the other flows, never for endpoints (RFC 5626 §11.5)
        if (response.status() != 430 || !flowsAreOurs)
            (closed() ? Optional.of(response) : follow(response)).ifPresent(best::add);
        if (!AWAY.contains(response.status())) targets.clearSpare();
        //= rfc3261#16.7-14 a 6xx speaks for all: no new branches, and the others are cancelled
        if (response.status() >= 600 && !closed()) {
            why(Reason.sip(response.status(), response.reason()));
            close();
        }
    }

    /// Adds where a redirection leads to the targets.
    ///
    /// @return what is left of it for the caller
    private Optional<Response> follow(Response response) {
        var result = recursion.apply(response, Recursion.LIMIT - added);
        added += result.added().size();
        //= rfc3261#16.5-10,11 targets that are found while the request is being forwarded
        targets.add(result.added());
        return result.left();
    }

    private void close() { if (!answered()) stage = Stage.CLOSED; }

    /// The caller has given up.
    void close(Request cancel) {
        //= rfc3326#2-2 what a CANCEL says of its reason is in those that come of it
        if (!closed()) why = Optional.of(cancel.list(Reason.NAME)).filter(all -> !all.isEmpty())
                .map(all -> new Header(Reason.NAME, String.join(", ", all)));
        close();
    }

    /// The one final response, if there was none and nothing is left to wait for.
    Optional<Core.Output> conclude() {
        if (stage == Stage.SEARCHING || !breadth.isWhole()) return Optional.empty();
        var last = answered() ? Optional.<Core.Output>empty() : Optional.of(choose());
        stage = Stage.ANSWERED;
        best.clear();
        forwarding = forwarding.emptied();
        return last;
    }

    private Core.Output choose() {
        // if a 6xx has closed it that is the best
        if (closed()) best.add(forwarding.refusal(Refusal.of(487)));
        //= rfc3261#16.5-16 the target set was empty: temporarily unavailable
        // so it is if redirections led nowhere but to each other, or no flow is there any more
        if (best.isEmpty()) best.add(forwarding.refusal(Refusal.of(480)));
        //= rfc3261#16.7-19,22,33 all have ended: the final response, To tag as it came
        return best.choose(forwarding.request(), forwarding.tag())
                .map(this::respond).orElseGet(() -> new Core.Output.Forget(server));
    }

    /// To the caller.
    Core.Output respond(Response response) {
        //= rfc3261#16.7-18 with what is to be added, be it forwarded at once or at the end
        //= rfc3261#16.7-45 to the server transaction of this response context
        return new Core.Output.Respond(server, headers.isEmpty() ? response
                : response.change(list -> list.addAll(headers)));
    }
}
