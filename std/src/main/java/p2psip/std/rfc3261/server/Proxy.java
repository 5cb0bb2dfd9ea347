package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.*;
import p2psip.std.SyntaxException;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.Guard.*;
import p2psip.std.rfc3261.server.LocationService.*;

/// A stateful proxy: sends requests on to where their addressees are, to all of them at once, and
/// brings one answer back.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.2 RFC 3261 §16.2
public final class Proxy implements Core {
    /// As many requests may be under way at once; one more is answered 503.
    public static final int LIMIT = 100_000;

    private final Domains home;
    private final Guard guard;
    private final TimerValues times;
    private final RandomGenerator random;
    private final RecordRoute recordRoute;
    private final RouteInformation routes;
    private final Outbox<Output> out = new Outbox<>();
    private final Machines<TransactionId, ResponseContext> contexts = new Machines<>(LIMIT);
    /// Which server transaction a client transaction works for.
    private final Owners<TransactionId, TransactionId> owners = new Owners<>();
    private final Questions questions = new Questions();
    /// Those for which a question was asked.
    private final Map<Long, Request> acks = new HashMap<>();

    public Proxy(Domains home, Guard guard, TimerValues times, RandomGenerator random) {
        this.home = home;
        this.guard = guard;
        this.times = times;
        this.random = random;
        this.recordRoute = new RecordRoute(home, random);
        this.routes = new RouteInformation(home, recordRoute);
    }

    /// How many requests are under way, or were accepted in the last 32 seconds.
    public int size() { return contexts.size(); }

    /// How many entries the tables beside have: 0 whenever [#size] is.
    public int pending() { return owners.size() + questions.size() + acks.size(); }

    @Override public Instant deadline() { return contexts.deadline(); }

    @Override public List<Output> wake(Instant now) {
        contexts.wake(now, context -> context.wake(now), this::heard);
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Received(var id, var request, _) when request.is("CANCEL") ->
                    cancel(id, request, input, now);
            case Input.Received(var id, var request, var flow) -> received(id, request, flow, now);
            case Input.Acknowledged(var ack, var flow) -> acknowledged(ack, flow, now);
            case Input.Answered(var id, _, _) -> tell(owners.owner(id), input, now);
            //= rfc3261#16.9-2 a response that could not be sent cancels nothing: it has no owner
            case Input.Failed(var id, _) -> tell(owners.owner(id), input, now);
            case Input.Resolved(long id, var targets) when acks.containsKey(id) -> {
                var ack = acks.remove(id);
                if (!targets.isEmpty()) out.add(new Output.SendAck(ack, targets.getFirst()));
            }
            case Input.Resolved(long id, _) -> tell(questions.answered(id), input, now);
            case Input.Asked(Found found) when acks.containsKey(found.id()) ->
                    resolveAck(acks.remove(found.id()), found.destinations());
            case Input.Asked(Found found) -> tell(questions.answered(found.id()), input, now);
            case Input.Asked(Gone gone) -> tell(questions.answered(gone.id()), input, now);
            case Input.Asked _ -> { }   // the registrar's
            //= rfc6026#7.3-2 a response that nobody here awaits is not forwarded
            //= rfc6026#8.2-1 no transaction was found: the response is not forwarded
            case Input.Stray _ -> { }
            case Input.FlowEnded _ -> { }
        }
        return out.take();
    }

    private void tell(Optional<TransactionId> server, Input input, Instant now) {
        server.ifPresent(id ->
                contexts.tell(id, context -> context.handle(input, now), this::heard));
    }

    private void heard(TransactionId server, ResponseContext context, List<Output> outputs) {
        for (var output : outputs)
            if (output instanceof Output.Send(var id, var request, _) && !request.is("CANCEL"))
                owners.own(id, server);
        out.addAll(outputs);
        if (!context.terminated()) return;
        owners.forget(server);
        questions.forget(server);
    }

    /// A request as it is to go on.
    ///
    /// @param here       whether it is for this proxy to say where its URI leads
    /// @param secondPart of the branches of its copies
    /// @param refusal    why it may not go on
    private record Admission(Request request, Uri uri, boolean here, String secondPart,
            Optional<Refusal> refusal) {}

    /// Validates and preprocesses a request.
    private Admission admit(Request received, Flow flow, Instant now) {
        //= rfc3261#16.2-3 these steps for every request, known method or not
        var routed = routes.preprocess(received, flow);
        var request = routed.request();
        var uri = Uri.parse(request.uri());
        boolean here = responsible(uri, routed.inDialog());
        var purpose = routed.inDialog() ? Purpose.IN_DIALOG
                : here ? Purpose.INBOUND : Purpose.OUTBOUND;
        var secondPart = LoopDetection.secondPart(request);
        //= rfc3261#16.3-1 a request is verified before it is proxied
        //= rfc3261#16.4-3 as if it had come with the Request-URI that was put back
        return new Admission(request, uri, here, secondPart,
                ProxyValidation.check(request, secondPart, home)
                        //= rfc3261#16.3-17 credentials, if the purpose needs them
                        //= rfc3261#22.3-1 so the originator is authenticated before all else
                        .or(() -> guard.refuses(received, flow, purpose, now)));
    }

    /// Whether it is for this proxy to say where the URI leads.
    private boolean responsible(Uri uri, boolean inDialog) {
        //= rfc3261#16.5-1 with a maddr that is not ours the URI itself is the target
        if (!(uri instanceof SipUri sip) || sip.params().has("maddr")) return false;
        return inDialog ? home.isNamed(sip) : home.hosts(sip);
    }

    /// A new request: validate, preprocess, find targets, forward.
    private void received(TransactionId id, Request received, Flow flow, Instant now) {
        try {
            var admission = admit(received, flow, now);
            //= rfc3261#16.3-2 whatever check fails is answered as a user agent server would
            //= rfc3261#16.1-1 with the error code that fits
            admission.refusal.ifPresentOrElse(refusal -> refuse(id, received, refusal),
                    () -> forward(id, received, admission, flow, now));
        } catch (SyntaxException e) {
            refuse(id, received, Refusal.of(400, e.getMessage()));
        }
    }

    private void forward(TransactionId id, Request received, Admission admission, Flow flow,
            Instant now) {
        //= rfc3261#16.1-4 statefully, for it may go to several places
        //= rfc3261#16.1-7 or from one transport to another, which needs retransmissions
        var context = new ResponseContext(id, new RequestForwarding(admission.request, flow,
                admission.secondPart, recordRoute, random), questions, times);
        //= rfc3261#16.3-3 merged requests have contexts of their own: they are no error
        if (contexts.contains(id) || !contexts.add(id, context)) {
            refuse(id, received, Refusal.of(503, new Header("Retry-After", "10")));
            return;
        }
        //= rfc3261#16.2-1 an INVITE is answered 100 at once
        //= rfc3261#16.2-2 a non-INVITE is not
        if (received.is("INVITE")) out.add(new Output.Respond(id, Reply.trying(received)));
        long question = questions.next();
        if (admission.here) {
            questions.asked(question, id);
            //= rfc3261#26.3.2.2-4 now the Request-URI decides how it is routed
            find(question, (SipUri) admission.uri, admission.request);
        //= rfc3261#16.5-2 for another domain the Request-URI is the only target
        //= rfc3261#16.5-9 and no additional targets come to it
        } else tell(Optional.of(id), new Input.Asked(new Found(question, true,
                List.of(Destination.of(admission.uri)))), now);
    }

    private void find(long question, SipUri uri, Request request) {
        //= rfc3261#16.5-4 the key is the canonical form
        //= rfc3261#16.5-3 whatever mechanism stands behind the question decides where it goes
        //= rfc3261#16.5-7 and may look at all information in the request
        out.add(new Output.Told(new LocationService.Event.Find(question, home.aor(uri), request)));
    }

    private void refuse(TransactionId id, Request request, Refusal refusal) {
        //= rfc3261#16.1-2 as a UAS: with a tag of its own
        out.add(new Output.Respond(id, refusal.to(request, Tokens.token(random))));
    }

    private void cancel(TransactionId id, Request cancel, Input input, Instant now) {
        var invite = Cancel.cancelled(id);
        //= rfc3261#16.10-6 exception nothing was ever forwarded without a context, so it is a 481
        if (!contexts.contains(invite)) {
            refuse(id, cancel, Refusal.of(481));
            return;
        }
        //= rfc3261#16.10-4 the CANCEL itself is answered 200 at once
        //= rfc3261#22.1-10 and never challenged, for it cannot be sent again
        //= rfc3261#22.1-11 but accepted from the hop whose branch it has
        out.add(new Output.Respond(id, Reply.to(cancel, 200, Tokens.token(random))));
        tell(Optional.of(invite), input, now);
    }

    /// An ACK for a 2xx: forwarded, and forgotten.
    private void acknowledged(Request received, Flow flow, Instant now) {
        try {
            if (acks.size() >= LIMIT) return;
            var admission = admit(received, flow, now);
            //= rfc3261#22.1-9 an ACK that may not pass is dropped, not challenged
            if (admission.refusal.isPresent()) return;
            var ack = admission.request;
            if (admission.here) {
                long question = questions.next();
                acks.put(question, ack);
                find(question, (SipUri) admission.uri, ack);
            } else resolveAck(ack, List.of(Destination.of(admission.uri)));
        } catch (SyntaxException e) {
            // an ACK is never answered
        }
    }

    private void resolveAck(Request ack, List<Destination> destinations) {
        if (destinations.isEmpty()) return;
        var to = destinations.getFirst();
        var copy = RequestForwarding.copy(ack, to.uri(), 0);
        if (!to.hops().isEmpty() && !copy.has("Route")) {
            out.add(new Output.SendAck(copy, to.hops().getFirst()));
            return;
        }
        long question = questions.next();
        acks.put(question, copy);
        out.add(new Output.Resolve(question, RouteInformation.nextHop(ack, to.uri())));
    }
}
