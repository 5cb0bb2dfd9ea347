package p2psip.std.rfc3261.server;

import module java.base;
import p2psip.std.Machines;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc2396.Uri;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.Flow;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Reply;
import p2psip.std.rfc3261.SyntaxException;
import p2psip.std.rfc3261.Target;
import p2psip.std.rfc3261.Tokens;
import p2psip.std.rfc3261.TransactionId;
import p2psip.std.rfc3261.server.Guard.Purpose;
import p2psip.std.rfc3261.server.Guard.Refusal;
import p2psip.std.rfc3261.server.LocationService.Answer;
import p2psip.std.rfc3261.server.LocationService.Found;

/// A stateful proxy: sends requests on to where their addressees are, to all of them at once, and
/// brings one answer back.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.2 RFC 3261 §16.2
public final class Proxy implements Core {
    /// As many requests may be under way at once; one more is answered 503.
    public static final int LIMIT = 100_000;

    private final Domains home;
    private final Guard guard;
    final RandomGenerator random;
    private final RecordRoute recordRoute;
    private final RouteInformation routes;
    private final Machines<TransactionId, ResponseContext> contexts = new Machines<>(LIMIT);
    /// Which server transaction a client transaction works for.
    private final Map<TransactionId, TransactionId> owners = new HashMap<>();
    /// Which server transaction a question was asked for; ACKs have none.
    private final Map<Long, TransactionId> questions = new HashMap<>();
    private final Map<Long, Request> acks = new HashMap<>();
    private long lastQuestion;

    public Proxy(Domains home, Guard guard, RandomGenerator random) {
        this.home = home;
        this.guard = guard;
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
        return contexts.wake(now, (_, context) -> context.wake(now));
    }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Received(var id, var request, _) when request.is("CANCEL") ->
                    cancel(id, request, input, now);
            case Input.Received(var id, var request, var flow) ->
                    received(id, request, flow, now);
            case Input.Acknowledged(var ack, var flow) -> acknowledged(ack, flow, now);
            case Input.Answered(var id, _, _) -> tell(owners.get(id), input, now);
            //= rfc3261#16.9-2 a response that could not be sent cancels nothing: it has no owner
            case Input.Failed(var id, _) -> tell(owners.get(id), input, now);
            case Input.Resolved(long id, var targets) -> acks.containsKey(id)
                    ? sendAck(acks.remove(id), targets) : tell(questions.remove(id), input, now);
            case Input.Asked(Found found) -> acks.containsKey(found.id())
                    ? resolveAck(acks.remove(found.id()), found.destinations())
                    : tell(questions.remove(found.id()), input, now);
            case Input.Asked _ -> List.of();   // the registrar's
            //= rfc6026#7.3-2 a response that nobody here awaits is not forwarded
            //= rfc6026#8.2-1 no transaction was found: the response is not forwarded
            case Input.Stray _ -> List.of();
            case Input.FlowEnded _ -> List.of();
        };
    }

    private List<Output> tell(TransactionId server, Input input, Instant now) {
        return server == null ? List.of()
                : contexts.tell(server, context -> context.handle(input, now));
    }

    /// A new request: validate, preprocess, find targets, forward.
    private List<Output> received(
            TransactionId id, Request received, Flow flow, Instant now) {
        try {
            //= rfc3261#16.2-3 these steps for every request, known method or not
            var routed = routes.preprocess(received, flow);
            var uri = Uri.parse(routed.request().uri());
            boolean here = responsible(uri, routed.inDialog());
            var secondPart = LoopDetection.secondPart(routed.request());
            //= rfc3261#16.3-1 a request is verified before it is proxied
            //= rfc3261#16.4-3 as if it had come with the Request-URI that was put back
            var refusal = ProxyValidation.check(routed.request(), secondPart, home);
            if (refusal.isEmpty()) {
                var purpose = routed.inDialog() ? Purpose.IN_DIALOG
                        : here ? Purpose.INBOUND : Purpose.OUTBOUND;
                //= rfc3261#16.3-17 credentials, if the purpose needs them
                //= rfc3261#22.3-1 so the originator is authenticated before all else
                refusal = guard.refuses(received, flow, purpose, now);
            }
            //= rfc3261#16.3-2 whatever check fails is answered as a user agent server would
            //= rfc3261#16.1-1 with the error code that fits
            if (refusal.isPresent()) return refuse(id, received, refusal.get());
            //= rfc3261#16.1-4 statefully, for it may go to several places
            //= rfc3261#16.1-7 or from one transport to another, which needs retransmissions
            var context = new ResponseContext(
                    this, id, routed.request(), flow, secondPart);
            //= rfc3261#16.3-3 merged requests have contexts of their own: they are no error
            if (contexts.contains(id) || !contexts.add(id, context))
                return refuse(id, received, Refusal.of(503, new Header("Retry-After", "10")));
            var out = new ArrayList<Output>(4);
            //= rfc3261#16.2-1 an INVITE is answered 100 at once
            //= rfc3261#16.2-2 a non-INVITE is not
            if (received.is("INVITE")) out.add(new Output.Respond(id, Reply.trying(received)));
            long question = question(id);
            //= rfc3261#26.3.2.2-4 now the Request-URI decides how it is routed
            if (here) out.add(find(question, (SipUri) uri, routed.request()));
            //= rfc3261#16.5-2 for another domain the Request-URI is the only target
            //= rfc3261#16.5-9 and no additional targets come to it
            else out.addAll(handle(new Input.Asked(
                    new Found(question, true, List.of(Destination.of(uri)))), now));
            return out;
        } catch (SyntaxException | p2psip.std.rfc2396.SyntaxException e) {
            return refuse(id, received, Refusal.of(400, e.getMessage()));
        }
    }

    /// Whether it is for this proxy to say where the URI leads.
    private boolean responsible(Uri uri, boolean inDialog) {
        //= rfc3261#16.5-1 with a maddr that is not ours the URI itself is the target
        if (!(uri instanceof SipUri sip) || sip.params().has("maddr")) return false;
        return inDialog ? home.isNamed(sip) : home.hosts(sip);
    }

    private Output find(long question, SipUri uri, Request request) {
        //= rfc3261#16.5-4 the key is the canonical form
        //= rfc3261#16.5-3 whatever mechanism stands behind the question decides where it goes
        //= rfc3261#16.5-7 and may look at all information in the request
        return new Output.Told(new LocationService.Event.Find(question, home.aor(uri), request));
    }

    private List<Output> refuse(TransactionId id, Request request, Refusal refusal) {
        //= rfc3261#16.1-2 as a UAS: with a tag of its own
        return List.of(new Output.Respond(id, refusal.to(request, tag())));
    }

    private List<Output> cancel(
            TransactionId id, Request cancel, Input input, Instant now) {
        var invite = new TransactionId(id.branch(), id.sentBy(), "INVITE");
        //= rfc3261#16.10-6 exception nothing was ever forwarded without a context, so it is a 481
        if (!contexts.contains(invite)) return refuse(id, cancel, Refusal.of(481));
        var out = new ArrayList<Output>(3);
        //= rfc3261#16.10-4 the CANCEL itself is answered 200 at once
        //= rfc3261#22.1-10 and never challenged, for it cannot be sent again
        //= rfc3261#22.1-11 but accepted from the hop whose branch it has
        out.add(new Output.Respond(id, Reply.to(cancel, 200, tag())));
        out.addAll(tell(invite, input, now));
        return out;
    }

    /// An ACK for a 2xx: forwarded, and forgotten.
    private List<Output> acknowledged(Request received, Flow flow, Instant now) {
        try {
            var routed = routes.preprocess(received, flow);
            var ack = routed.request();
            var uri = Uri.parse(ack.uri());
            boolean here = responsible(uri, routed.inDialog());
            var purpose = routed.inDialog() ? Purpose.IN_DIALOG
                    : here ? Purpose.INBOUND : Purpose.OUTBOUND;
            if (acks.size() >= LIMIT
                    || ProxyValidation.check(ack, LoopDetection.secondPart(ack), home).isPresent()
                    //= rfc3261#22.1-9 an ACK that may not pass is dropped, not challenged
                    || guard.refuses(received, flow, purpose, now).isPresent()) return List.of();
            if (!here) return resolveAck(ack, List.of(Destination.of(uri)));
            acks.put(++lastQuestion, ack);
            return List.of(find(lastQuestion, (SipUri) uri, ack));
        } catch (SyntaxException | p2psip.std.rfc2396.SyntaxException e) {
            return List.of();   // an ACK is never answered
        }
    }

    private List<Output> resolveAck(Request ack, List<Destination> destinations) {
        if (destinations.isEmpty()) return List.of();
        var to = destinations.getFirst();
        var copy = RequestForwarding.copy(ack, to.uri(), 0);
        if (to.hop().isPresent() && !copy.has("Route"))
            return List.of(new Output.SendAck(copy, to.hop().get()));
        acks.put(++lastQuestion, copy);
        return List.of(new Output.Resolve(
                lastQuestion, RouteInformation.nextHop(ack, to.uri())));
    }

    private static List<Output> sendAck(Request ack, List<Target> targets) {
        return targets.isEmpty() ? List.of()
                : List.of(new Output.SendAck(ack, targets.getFirst()));
    }

    /// An id for a question whose answer goes to a response context.
    long question(TransactionId server) {
        questions.put(++lastQuestion, server);
        return lastQuestion;
    }

    void own(TransactionId client, TransactionId server) { owners.put(client, server); }

    void disown(TransactionId client) { owners.remove(client); }

    /// The copy as it leaves, with this proxy on the way back if a dialog may come of it.
    Request recorded(Request copy, Flow cameBy, Target target) {
        //= rfc3261#16.6-17 into any request that may begin a dialog
        return RecordRoute.wanted(copy) ? RequestForwarding.recorded(copy,
                recordRoute.values(copy, cameBy, home.towards(target))) : copy;
    }

    String tag() { return Tokens.token(random); }
}
