package p2psip.std.rfc3261.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.Guard.Refusal;
import p2psip.std.rfc3261.server.LocationService.*;
import p2psip.std.rfc5393.Breadth;
import p2psip.std.rfc5626.FlowTokens;

/// A proxy that keeps nothing in mind of what it has forwarded: a request that comes again goes
/// again, and what a response needs to find its way back stands in the Via that it brings back.
///
/// ```
/// z9hG4bK 3fd1c0e2a7b9d4f6 . 1f0c...-AMAAAgETxA .8c1f20ab
/// cookie  hash of the branch  code and token of   for the
///         that the request    the flow by which   detection
///         came with           it came             of loops
/// ```
/// It forks to nobody and repeats nothing, and sends no 100: both sides see each other's timers.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-16.11 RFC 3261 §16.11
public final class StatelessProxy implements Intermediary {
    /// As many requests may wait to be told where to; one more is dropped, and will come again.
    static final int LIMIT = 10_000;

    private static final char PART = '.';

    /// A request that waits.
    private record Waiting(Request received, RequestForwarding forwarding,
            Optional<Destination> to) {}

    private final RecordRoute recordRoute;
    private final FlowTokens tokens;
    private final Admission.Rules rules;
    private final List<ProxyExtension> extensions;
    private final RandomGenerator random;
    private final Outbox<Output> out = new Outbox<>();
    private final Map<Long, Waiting> waiting = new HashMap<>();
    private long lastQuestion;

    /// @param extensions what it does beyond RFC 3261
    /// @param secret     as that of a [Proxy]
    public StatelessProxy(Domains home, Guard guard, List<ProxyExtension> extensions,
            Bytes secret, RandomGenerator random) {
        this.extensions = List.copyOf(extensions);
        this.random = random;
        this.recordRoute = new RecordRoute(home, secret);
        this.tokens = new FlowTokens(home.listeners(), secret);
        this.rules = new Admission.Rules(home, guard,
                new RouteInformation(home, recordRoute), this.extensions, StatelessProxy::decisive);
    }

    /// What an INVITE has in common with its ACK and its CANCEL, whose branch must be the same.
    private static Request decisive(Request request) {
        return request.without("To").without("Proxy-Require").without("Proxy-Authorization");
    }

    /// How many requests wait to be told where to.
    @Override public int pending() { return waiting.size(); }

    @Override public boolean stateless(Message message) { return true; }

    @Override public Instant deadline() { return Instant.MAX; }

    @Override public List<Output> wake(Instant now) { return List.of(); }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            //= rfc3261#16.11-16 a CANCEL is forwarded as any other request
            //= rfc3261#16.1-9 and none is initiated
            case Input.Received(_, var request, var flow) -> received(request, flow, now);
            case Input.Acknowledged(var ack, var flow) -> received(ack, flow, now);
            case Input.Stray(var response, var flow) -> returned(response, flow);
            case Input.Asked(Found found) -> Optional.ofNullable(waiting.remove(found.id()))
                    .ifPresent(request -> found(request, found));
            case Input.Resolved(long id, var targets) -> Optional.ofNullable(waiting.remove(id))
                    .ifPresent(request -> resolved(request, targets));
            case Input.Asked _, Input.Answered _, Input.Failed _, Input.FlowEnded _,
                    Input.Ponged _ -> { }
        }
        return out.take();
    }

    // Requests

    private void received(Request received, Flow flow, Instant now) {
        if (waiting.size() < LIMIT) Refusal.of(() -> {
            var admission = rules.admit(received, flow, now);
            //= rfc3261#16.11-2 validated by 16.3: what is refused goes no further
            return admission.refusal().or(() -> {
                //= rfc3261#16.11-3 and then the steps of 16.4 and 16.5
                //= rfc3261#16.11-1 and no provisional response of its own
                locate(received, admission, flow);
                return Optional.empty();
            });
        }).ifPresent(why -> refuse(received, flow, why));
    }

    private void locate(Request received, Admission admission, Flow flow) {
        var request = new Waiting(received, new RequestForwarding(admission.request(), flow,
                admission.secondPart(), recordRoute, extensions, random), Optional.empty());
        admission.settled().ifPresentOrElse(to -> send(request, to), () -> {
            waiting.put(++lastQuestion, request);
            out.add(new Output.Told(new LocationService.Event.Find(lastQuestion,
                    admission.aor().orElseThrow(), admission.request())));
        });
    }

    private void found(Waiting request, Found said) {
        var found = rules.found(request.forwarding.request(), said);
        var targets = new TargetSet(found.destinations());
        //= rfc3261#16.11-4,7 one target only: the first of those preferred most, for a CANCEL too
        targets.next(true).ifPresentOrElse(to -> send(request, to),
                () -> refuse(request, Refusal.of(found.known() ? 480 : 404)));
    }

    private void send(Waiting request, Destination to) {
        var towards = request.forwarding.towards(to);
        if (!to.hops().isEmpty() && !towards.has("Route"))
            forward(request, to, to.hops().getFirst());
        else {
            waiting.put(++lastQuestion,
                    new Waiting(request.received, request.forwarding, Optional.of(to)));
            // in a deterministic order
            out.add(RouteInformation.nextHop(lastQuestion, towards, to.uri(), true));
        }
    }

    private void resolved(Waiting request, List<Target> targets) {
        if (targets.isEmpty()) refuse(request, Refusal.of(503));
        //= rfc3261#16.11-6 always the first, so that a retransmission goes the same way
        else forward(request, request.to.orElseThrow(), targets.getFirst());
    }

    private void forward(Waiting request, Destination to, Target target) {
        var forwarding = request.forwarding;
        if (forwarding.cameBy().reliable() && !target.transport().reliable())
            //= rfc3261#16.1-7 between such transports somebody must see to delivery: not here
            refuse(request, Refusal.of(503, "No Transactions Here"));
        //= rfc3261#16.11-8,13 the steps of 16.6, which make the same of each retransmission
        //= rfc3261#16.11-14,15 one Record-Route value, based on configuration and request
        else out.add(new Output.Pass(branch(request), forwarding.copy(forwarding.towards(to),
                to.uri(), Breadth.of(forwarding.request()), target), target));
    }

    private String branch(Waiting request) {
        return Via.MAGIC + unique(request.received) + PART + tokens.of(request.received.callId(),
                Optional.of(request.forwarding.cameBy())) + request.forwarding.secondPart();
    }

    /// The part of a branch that no other transaction has.
    private static String unique(Request received) {
        var via = received.topVia();
        //= rfc3261#16.11-9,10 a function of what a retransmission brings again
        //= rfc3261#16.11-12 the recommended procedure: of the branch received, if it has the cookie
        var text = via.branch().startsWith(Via.MAGIC) ? via.sentBy() + " " + via.branch()
                : String.join(" ", via.toString(), received.to().tag().orElse(""),
                        received.from().tag().orElse(""), received.callId(),
                        Long.toString(received.cseq().number()), received.uri());
        return HexFormat.of().formatHex(Digests.hash("SHA-256", text.getBytes(UTF_8)), 0, 10);
    }

    private void refuse(Waiting request, Refusal refusal) {
        refuse(request.received, request.forwarding.cameBy(), refusal);
    }

    private void refuse(Request request, Flow flow, Refusal refusal) {
        if (request.is("ACK")) return;
        out.add(new Output.Reply(refusal.to(request, unique(request)), flow));
    }

    // Responses

    private void returned(Response response, Flow flow) {
        var branch = response.topVia().branch();
        int begin = branch.indexOf(PART), end = branch.lastIndexOf(PART);
        //= rfc3261#16.11-17,21 whatever this proxy has not put into a Via is discarded
        if (begin < 0 || end <= begin) return;
        var code = branch.substring(begin + 1, end);
        if (tokens.isGenuine(response.callId(), code)) tokens.flow(code).ifPresent(cameBy -> {
            //= rfc3261#16.1-5,6 the response goes down the TCP connection without transactions
            //= rfc3261#16.11-18 the topmost Via is removed, the next says where it goes
            var popped = Via.popped(response);
            if (!popped.has("Via")) return;
            //= rfc3261#16.11-19,20 the body and the other header fields stay as they are
            var passage = new Passage(cameBy, Target.of(flow), recordRoute, Optional.empty());
            for (var extension : extensions) popped = extension.returning(popped, passage);
            out.add(new Output.Reply(popped, cameBy));
        });
    }
}
