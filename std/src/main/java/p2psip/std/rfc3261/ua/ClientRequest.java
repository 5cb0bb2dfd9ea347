package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.Timers;
import p2psip.std.rfc2617.Challenger;
import p2psip.std.rfc2617.Credentials;
import p2psip.std.rfc2617.DigestClient;
import p2psip.std.rfc3261.CSeq;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.Core.Output;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.Reply;
import p2psip.std.rfc3261.Status;
import p2psip.std.rfc3261.Target;
import p2psip.std.rfc3261.TransactionId;
import p2psip.std.rfc3261.ua.UserAgent.Event;

/// One request of a UAC until its final response: finds out where to send it, tries one server
/// after the other, shows credentials to who asks for them, follows redirections, cancels.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-8.1 RFC 3261 §8.1
final class ClientRequest {
    /// How many URIs redirections may name; more are not tried.
    static final int MAX_URIS = 8;
    /// How many addresses of one URI are tried.
    static final int MAX_TARGETS = 8;

    /// What came of an input: what to do, and perhaps a response for the owner to see.
    record Step(List<Output> out, Optional<Response> response) {
        static final Step NOTHING = new Step(List.of(), Optional.empty());

        static Step of(List<Output> out) { return new Step(out, Optional.empty()); }
    }

    private enum Timer { CANCELLED }

    private final Self local;
    private final RouteSet routes;
    private final LongSupplier sequence;
    private final Request original;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Set<String> uris = new HashSet<>();
    private final Deque<Redirection> untriedUris = new ArrayDeque<>();
    private final Deque<Target> untriedTargets = new ArrayDeque<>();
    private Request request;
    private Redirection current;
    private long lookUp;
    private Target target;
    private TransactionId transaction;
    private boolean provisional;
    private boolean cancelling;
    private boolean done;

    /// @param request  without CSeq, Route and Via; its Request-URI is the remote target
    /// @param sequence gives each new request its CSeq number
    ClientRequest(Self local, Request request, RouteSet routes, LongSupplier sequence) {
        this.local = local;
        this.request = request;
        this.routes = routes;
        this.sequence = sequence;
        original = request;
        uris.add(request.uri());
        untriedUris.add(Redirection.none(request.uri()));
    }

    /// The request as it was last sent.
    Request request() { return request; }

    /// Where it was last sent to.
    Target target() { return target; }

    boolean done() { return done; }

    boolean cancelling() { return cancelling; }

    Instant deadline() { return timers.deadline(); }

    boolean awaits(long id) { return !done && id == lookUp; }

    boolean owns(TransactionId id) { return !done && id.equals(transaction); }

    List<Output> start() { return tryUri(untriedUris.remove()); }

    private List<Output> tryUri(Redirection to) {
        //= rfc3261#8.1.3.4-11 To, From and Call-ID are those of the request that was redirected
        //= rfc3261#8.1.3.4-13 and so are the other header fields and the body
        current = to;
        request = to.applied(original);
        number();
        //= rfc3261#8.1.1.1-3 the URI is the remote target for the rules of 12.2.1.1
        var routed = to.through(routes).route(request, to.uri());
        request = routed.request();
        credentials();
        lookUp = local.lookUp();
        //= rfc3261#8.1.2-1 where to send it is found out by the procedures of RFC 3263
        return List.of(new Output.Resolve(lookUp, routed.nextHop()));
    }

    /// The next number of the sequence, and the method that goes with it.
    private void number() {
        //= rfc3261#8.1.1.5-1 the method in CSeq is that of the request
        //= rfc3261#12.2.1.1-10 and so is the method field within a dialog
        request = request.with("CSeq",
                new CSeq(sequence.getAsLong(), request.method()).toString());
    }

    /// Shows unasked what servers and proxies have asked for before.
    private void credentials() {
        //= rfc3261#22.2-4 credentials are kept for a realm and used again
        //= rfc3261#26.3.2.2-3 in an INVITE too, without another question to the user
        for (var to : Challenger.values())
            if (!request.has(to.credentials())) local.credentials().ifPresent(client ->
                    show(to, client.unasked(to, realm -> to == Challenger.SERVER
                            || local.shows(request.callId(), realm), request.method(),
                            request.uri(), request.body())));
    }

    private void show(Challenger to, List<Credentials> credentials) {
        request = request.without(to.credentials()).change(headers -> credentials.forEach(
                //= rfc3261#20.7-1 credentials are not combined into a single line
                //= rfc3261#20.28-1 those for proxies have a line for each, too
                //= rfc3261#7.3.1-4 each is a row of its own
                c -> headers.add(0, new Header(to.credentials(), c.text()))));
    }

    Step resolved(List<Target> targets) {
        lookUp = 0;
        untriedTargets.clear();
        targets.stream().limit(MAX_TARGETS).forEach(untriedTargets::add);
        return untriedTargets.isEmpty() ? next(failure(503, "No Such Host"))
                : Step.of(send(untriedTargets.remove()));
    }

    private List<Output> send(Target to) {
        target = to;
        provisional = false;
        //= rfc3261#8.1.3.4-12 a redirected request as well
        transaction = TransactionId.client(request.method(), local.random());
        return List.of(new Output.Send(transaction, request, target));
    }

    Step answered(Response response) {
        if (response.provisional()) return provisional(response);
        if (!cancelling) switch (response.status()) {
            //= rfc3261#22.2-3 after a 401 the request is sent again with them
            case 401 -> { return challenged(response); }
            //= rfc3261#21.4.8-1 for a 407 the client authenticates itself with the proxy first
            //= rfc3261#22.3-5 and sends the request again
            case 407 -> { return challenged(response); }
            //= rfc3261#21.5.4-3 one server is unavailable: an alternate one is attempted
            case 503 -> { return nextTarget(response); }
            default -> { }
        }
        //= rfc3261#13.2.2.2-1 a 3xx names other addresses to try
        //= rfc3261#21.3.1-4 without asking the user
        if (!cancelling && response.status() / 100 == 3) redirected(response);
        //= rfc3261#8.1.3.4-6 a code above 399 is how a failure is noticed
        //= rfc3261#21.4-1 no 4xx makes the client retry without modification
        //= rfc3261#21.4.4-1 and a 403 is not repeated
        return response.success() || response.status() >= 600 ? end(response) : next(response);
    }

    private Step provisional(Response response) {
        boolean first = !provisional;
        provisional = true;
        return new Step(first && cancelling ? sendCancel() : List.of(), Optional.of(response));
    }

    Step failed(Core.Failure why) {
        return switch (why) {
            //= rfc3261#8.1.3.1-1 nobody answered in time: as if with 408
            case TIMEOUT -> nextTarget(failure(408, Status.reason(408)));
            //= rfc3261#8.1.3.1-2 the transport failed: as if answered with 503
            case TRANSPORT -> nextTarget(failure(503, Status.reason(503)));
        };
    }

    private Response failure(int status, String reason) {
        return Reply.to(request, status, reason, "");
    }

    private Step nextTarget(Response response) {
        //= rfc3261#8.1.2-9 each address is tried until a server answers
        return cancelling || untriedTargets.isEmpty() ? next(response)
                : Step.of(send(untriedTargets.remove()));
    }

    /// After a failure: the next URI of those we were redirected to, if there is one.
    private Step next(Response response) {
        if (cancelling || untriedUris.isEmpty()) return end(response);
        //= rfc3261#8.1.3.4-7 one contact address failed: the next
        //= rfc3261#8.1.3.4-5 one after the other, never in parallel
        return Step.of(tryUri(untriedUris.remove()));
    }

    private void redirected(Response response) {
        for (var to : Redirection.of(response)) {
            if (uris.size() >= MAX_URIS) break;
            //= rfc3261#8.1.3.4-3 a call by SIPS does not go on to a URI that is not secure
            if (Dialog.secure(original.uri()) && !Dialog.secure(to.uri())) continue;
            //= rfc3261#8.1.3.4-2 no URI is tried twice
            //= rfc3261#21.3.3-3 and none is kept for future transactions
            if (uris.add(to.uri())) untriedUris.add(response.status() == 305
                    //= rfc3261#21.3.4-1 the resource is accessed through the proxy in Contact
                    ? to.asProxyFor(current.uri())
                    //= rfc3261#21.3.2-1 the request is tried again at the new address
                    //= rfc3261#21.3.3-1 for this request, where the callee has moved for a while
                    : to);
        }
    }

    /// Answers the challenges; there may be some of proxies and some of servers, for a proxy that
    /// has forked the request gathers them.
    private Step challenged(Response response) {
        if (local.credentials().isEmpty() || target == null) return next(response);
        boolean answered = false;
        //= rfc3261#8.1.3.5-1 the challenges of a 401 are answered, and those of a 407
        for (var from : Challenger.values()) {
            //= rfc2617#3.2.2¶8 those who did not ask again get credentials with the next count
            if (!response.has(from.challenge())) request = request.without(from.credentials());
            switch (local.credentials().get().answer(from, response.all(from.challenge()),
                    request.all(from.credentials()), request.method(), request.uri(),
                    request.body())) {
                case DigestClient.Answer.Authorize(var credentials) -> {
                    //= rfc3261#22.3-15 Authorization and Proxy-Authorization, where both were asked
                    show(from, credentials);
                    if (from == Challenger.PROXY) credentials.forEach(this::askedBy);
                    answered = true;
                }
                //= rfc3261#22.1-13 credentials just refused are not tried again
                case DigestClient.Answer.Refused _ -> { return next(response); }
                case DigestClient.Answer.NotUnderstood _ -> { }
            }
        }
        if (!answered) return next(response);
        credentials();
        //= rfc3261#22.2-8 with credentials it is a new request, with the next number
        //= rfc3261#8.1.3.5-6 Call-ID, To and From stay
        number();
        return Step.of(send(target));
    }

    private void askedBy(Credentials credentials) {
        if (credentials instanceof Credentials.Digest digest)
            local.asked(request.callId(), digest.realm());
    }

    private Step end(Response response) {
        done = true;
        timers.clear();
        return new Step(List.of(), Optional.of(response));
    }

    /// Gives the request up, which the server is told as soon as it has been heard of.
    Step cancel(Instant now) {
        //= rfc3261#9.1-9 no CANCEL after a final response
        if (done || cancelling) return Step.NOTHING;
        cancelling = true;
        if (lookUp != 0) return end(failure(487, Status.reason(487)));
        timers.set(Timer.CANCELLED, now.plus(Self.TIMES.t1x64()));
        //= rfc3261#9.1-8 no CANCEL before a provisional response
        //= rfc3261#9.1-7 has any response come yet?
        return provisional ? Step.of(sendCancel()) : Step.NOTHING;
    }

    private List<Output> sendCancel() {
        var headers = new ArrayList<Header>(8);
        for (var h : request.headers()) switch (h.name()) {
            //= rfc3261#9.1-2 the same Call-ID, To and From
            //= rfc3261#9.1-5 and the same Route
            case "From", "To", "Call-ID", "Route", "Max-Forwards" -> headers.add(h);
            //= rfc3261#9.1-4 the same number, but the method CANCEL
            case "CSeq" -> headers.add(new Header("CSeq",
                    new CSeq(request.cseq().number(), "CANCEL").toString()));
            //= rfc3261#9.1-6 no Require or Proxy-Require
            //= rfc3261#8.2.2.3-3 for they may not stand in a CANCEL
            //= rfc3261#20-7 what is not applicable to a CANCEL is not present, a Contact for one
            default -> { }
        }
        var cancel = new Request("CANCEL", request.uri(), headers, Bytes.EMPTY);
        //= rfc3261#9.1-3 a single Via, with the branch of the INVITE being cancelled
        var id = new TransactionId(transaction.branch(), "", "CANCEL");
        return List.of(new Output.Send(id, cancel, target));
    }

    Step wake(Instant now) {
        if (timers.fired(now).isEmpty()) return Step.NOTHING;
        done = true;
        //= rfc3261#9.1-11 no final response 64*T1 after the CANCEL: it counts as cancelled
        return new Step(List.of(new Output.Forget(transaction)),
                Optional.of(failure(487, Status.reason(487))));
    }
}
