package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.Guard.*;
import p2psip.std.rfc3261.server.LocationService.*;
import p2psip.std.rfc5393.Breadth;

/// A stateful proxy: sends requests on to where their addressees are, to all of them at once, and
/// brings one answer back.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.2 RFC 3261 §16.2
public final class Proxy implements Intermediary {
    /// As many requests may be under way at once; one more is answered 503.
    public static final int LIMIT = 100_000;

    private final Domains home;
    private final RandomGenerator random;
    private final RecordRoute recordRoute;
    private final Admission.Rules rules;
    private final List<ProxyExtension> extensions;
    private final boolean recurses;
    private final Outbox<Output> out = new Outbox<>();
    /// By their server transactions.
    private final Map<TransactionId, ResponseContext> contexts = new HashMap<>();
    /// By the numbers of their questions.
    private final Machines<Long, Branch> branches = new Machines<>(LIMIT * Breadth.MAX);
    /// Which branch a client transaction works for.
    private final Owners<TransactionId, Long> attempts = new Owners<>();
    /// For which server transaction it was asked where somebody is.
    private final Owners<Long, TransactionId> searches = new Owners<>();
    /// Those for which a question was asked.
    private final Map<Long, Request> acks = new HashMap<>();
    private long lastQuestion;

    /// @param extensions what it does beyond RFC 3261
    /// @param recurses   whether it follows redirections of its users itself
    /// @param secret     of [#secret]: dialogs that were begun through a proxy go on through one
    ///                   with the same
    public Proxy(Domains home, Guard guard, List<ProxyExtension> extensions, boolean recurses,
            Bytes secret, RandomGenerator random) {
        this.home = home;
        this.extensions = List.copyOf(extensions);
        this.recurses = recurses;
        this.random = random;
        this.recordRoute = new RecordRoute(home, secret);
        this.rules = new Admission.Rules(home, guard,
                new RouteInformation(home, recordRoute), this.extensions, UnaryOperator.identity());
    }

    /// What nobody else knows, for a new proxy.
    public static Bytes secret(RandomGenerator random) { return Bytes.random(32, random); }

    /// How many requests are under way, or were accepted in the last 32 seconds.
    @Override public int size() { return contexts.size(); }

    /// How many entries the tables beside have: 0 whenever [#size] is.
    @Override public int pending() { return attempts.size() + searches.size() + acks.size(); }

    @Override public Instant deadline() { return branches.deadline(); }

    @Override public List<Output> wake(Instant now) {
        branches.wake(now, branch -> branch.wake(now), (number, branch, outputs) -> {
            heard(number, branch, outputs);
            proceed(branch.context, now);
        });
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Received(var id, var request, _) when request.is("CANCEL") ->
                    cancel(id, request, now);
            case Input.Received(var id, var request, var flow) -> received(id, request, flow, now);
            case Input.Acknowledged(var ack, var flow) -> acknowledged(ack, flow, now);
            //= rfc3261#16.7-2 each response that a client transaction passes is processed
            case Input.Answered(var id, var response, _) -> attempts.owner(id).ifPresent(
                    number -> happened(number, new Branch.Input.Answered(response), now));
            //= rfc3261#16.9-2 a response that could not be sent cancels nothing: it has no owner
            case Input.Failed(var id, var why) -> attempts.owner(id).ifPresent(
                    number -> happened(number, new Branch.Input.Failed(why), now));
            case Input.Resolved(long id, var targets) when acks.containsKey(id) -> {
                var ack = acks.remove(id);
                if (!targets.isEmpty()) out.add(new Output.SendAck(ack, targets.getFirst()));
            }
            case Input.Resolved(long id, var targets) ->
                    happened(id, new Branch.Input.Resolved(targets), now);
            case Input.Asked(Found found) -> found(found, true, now);
            case Input.Asked(Gone(long id, var reason)) ->
                    happened(id, new Branch.Input.Gone(reason), now);
            case Input.Asked _ -> { }   // the registrar's
            //= rfc6026#7.3-2 a response that nobody here awaits is not forwarded
            //= rfc6026#8.2-1 no transaction was found: the response is not forwarded
            case Input.Stray _ -> { }
            case Input.FlowEnded _, Input.Ponged _ -> { }
        }
        return out.take();
    }

    /// Something has happened to a branch, if it is still there.
    private void happened(long number, Branch.Input input, Instant now) {
        branches.get(number).ifPresent(branch -> {
            tell(number, input, now);
            proceed(branch.context, now);
        });
    }

    private void tell(long number, Branch.Input input, Instant now) {
        branches.tell(number, branch -> branch.handle(input, now), this::heard);
    }

    private void heard(long number, Branch branch, List<Output> outputs) {
        for (var output : outputs)
            if (output instanceof Output.Send(var id, var request, _) && !request.is("CANCEL")) {
                // nothing is awaited any more from an attempt before it
                attempts.forget(number);
                attempts.own(id, number);
            }
        out.addAll(outputs);
        if (!branch.terminated()) return;
        attempts.forget(number);
        branch.context.branches.remove(number);
    }

    /// Goes on with a request as far as it can go now.
    private void proceed(ResponseContext context, Instant now) {
        if (context.closed())
            //= rfc3261#16.7-48 somebody has accepted: all others are cancelled
            //= rfc3261#16.7-49 a CANCEL for every pending branch
            //= rfc3261#16.10-2 a matching CANCEL cancels every branch that is pending
            for (long number : List.copyOf(context.branches))
                tell(number, new Branch.Input.GiveUp(), now);
        //= rfc3261#16.6-1 forwarding begins as soon as the target set is there
        for (var to = context.next(); to.isPresent(); to = context.next()) {
            long number = ++lastQuestion;
            //= rfc3261#16.1-3 to multiple destinations: this is a fork
            //= rfc3428#6-1 a MESSAGE may fork as well
            branches.add(number, new Branch(number, context, to.get()));
            context.branches.add(number);
            tell(number, new Branch.Input.Begin(), now);
        }
        context.conclude().ifPresent(out::add);
        if (!context.ended()) return;
        contexts.remove(context.server);
        searches.forget(context.server);
    }

    /// A new request: validate, preprocess, find targets, forward.
    private void received(TransactionId id, Request received, Flow flow, Instant now) {
        Refusal.of(() -> {
            var admission = rules.admit(received, flow, now);
            return admission.refusal().or(() -> forward(id, received, admission, flow, now));
            //= rfc3261#16.3-2 whatever check fails is answered as a user agent server would
            //= rfc3261#16.1-1 with the error code that fits
        }).ifPresent(why -> refuse(id, received, why));
    }

    private Optional<Refusal> forward(TransactionId id, Request received, Admission admission,
            Flow flow, Instant now) {
        //= rfc3261#16.1-4 stateful: it may go to several places
        //= rfc5627#6.1-10 nor is what was sent to a GRUU forwarded
        //= rfc3261#16.5-9 for other domains no target is added to the Request-URI
        boolean ours = admission.aor().isPresent() && !admission.exact();
        var context = new ResponseContext(id, new RequestForwarding(admission.request(), flow,
                admission.secondPart(), recordRoute, extensions, random),
                ours && recurses(received) ? Recursion.of(received, home) : Recursion.NONE,
                //= rfc5627#6.1-12 a request sent to a GRUU is not redirected
                ours && redirects(received));
        //= rfc3261#16.3-3 merged requests have contexts of their own: they are no error
        if (contexts.size() >= LIMIT || contexts.putIfAbsent(id, context) != null)
            return Optional.of(Refusal.BUSY);
        //= rfc3261#16.2-1,2 an INVITE is answered 100 at once; a non-INVITE is not
        if (received.is("INVITE"))
            out.add(new Output.Respond(id, Reply.trying(received, Duration.ZERO)));
        long question = ++lastQuestion;
        searches.own(question, id);
        locate(question, admission, now);
        return Optional.empty();
    }

    private boolean recurses(Request request) {
        boolean follows = recurses;
        for (var extension : extensions) follows = extension.recurses(request, follows);
        return follows;
    }

    /// What belongs to a dialog has been forwarded before.
    private boolean redirects(Request request) {
        return request.to().tag().isEmpty()
                && extensions.stream().anyMatch(extension -> extension.redirects(request));
    }

    /// Finds out where a request is to go.
    private void locate(long question, Admission admission, Instant now) {
        admission.settled().ifPresentOrElse(
                to -> found(new Found(question, true, List.of(to)), false, now),
                //= rfc3261#26.3.2.2-4 now the Request-URI decides how it is routed
                //= rfc3261#16.5-3 whatever mechanism stands behind the question decides that
                //= rfc3261#16.5-7 and may look at all information in the request
                () -> out.add(new Output.Told(new LocationService.Event.Find(
                        question, admission.aor().orElseThrow(), admission.request()))));
    }

    /// @param asked whether it is the location service that says so
    private void found(Found found, boolean asked, Instant now) {
        var ack = acks.remove(found.id());
        if (ack != null) resolveAck(ack, (asked ? rules.found(ack, found) : found).destinations());
        searches.release(found.id()).map(contexts::get).ifPresent(context -> {
            context.found(asked ? rules.found(context.forwarding.request(), found) : found, asked);
            proceed(context, now);
        });
    }

    private void refuse(TransactionId id, Request request, Refusal refusal) {
        //= rfc3261#16.1-2 as a UAS: with a tag of its own
        out.add(new Output.Respond(id, refusal.to(request, Tokens.token(random))));
    }

    private void cancel(TransactionId id, Request cancel, Instant now) {
        var context = contexts.get(Cancel.cancelled(id));
        //= rfc3261#16.10-6 departs nothing was forwarded without a context: a 481, not a CANCEL
        if (context == null) refuse(id, cancel, Refusal.of(481));
        else {
            //= rfc3261#16.10-4 the CANCEL itself is answered 200 at once
            //= rfc3261#22.1-10,11 a CANCEL is not challenged: accepted from the hop that sent it
            out.add(new Output.Respond(id, Reply.to(cancel, 200, Tokens.token(random))));
            context.close(cancel);
            proceed(context, now);
        }
    }

    /// An ACK for a 2xx: forwarded, and forgotten.
    private void acknowledged(Request received, Flow flow, Instant now) {
        if (acks.size() < LIMIT) Refusal.of(() -> {
            var admission = rules.admit(received, flow, now);
            if (admission.refusal().isEmpty()) {
                long question = ++lastQuestion;
                acks.put(question, admission.request());
                locate(question, admission, now);
            }
            //= rfc3261#22.1-9 an ACK that may not pass is dropped, not challenged
            return Optional.empty();   // nor is one answered that cannot be read
        });
    }

    private void resolveAck(Request ack, List<Destination> destinations) {
        if (destinations.isEmpty()) return;
        var to = destinations.getFirst();
        var towards = RequestForwarding.towards(ack, to, extensions);
        var copy = RequestForwarding.copy(towards, to.uri(), 0);
        if (!to.hops().isEmpty() && !copy.has("Route"))
            out.add(new Output.SendAck(copy, to.hops().getFirst()));
        else {
            acks.put(++lastQuestion, copy);
            out.add(RouteInformation.nextHop(lastQuestion, towards, to.uri(), false));
        }
    }
}
