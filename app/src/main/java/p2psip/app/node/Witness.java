package p2psip.app.node;

import module java.base;
import p2psip.app.why.*;
import p2psip.app.why.OfCall.Hop;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;

/// A core that writes into the node's journal what passes it, each once: it changes nothing.
///
/// Of a message its kind, its other end and what it warns of are written down, never what it
/// carries.
final class Witness implements Core {
    /// Transactions whose end is awaited; the oldest is forgotten.
    static final int LIMIT = 2_000;

    /// Of a transaction.
    ///
    /// @param proves whether its request has brought a password
    private record Step(String callId, String method, Hop hop, InetSocketAddress peer, String who,
            String contact, boolean proves) {}

    /// Calls are about these.
    private static final Set<String> METHODS =
            Set.of("INVITE", "ACK", "BYE", "CANCEL", "UPDATE", "PRACK");

    private final Core core;
    private final Journal journal;
    private final SequencedMap<TransactionId, Step> steps = new LinkedHashMap<>();
    /// Look-ups under way: for which call.
    private final SequencedMap<Long, LocationService.Event.Find> finding = new LinkedHashMap<>();

    Witness(Core core, Journal journal) {
        this.core = core;
        this.journal = journal;
    }

    @Override public Instant deadline() { return core.deadline(); }

    @Override public List<Output> wake(Instant now) { return said(core.wake(now), now); }

    @Override public List<Output> handle(Input input, Instant now) {
        heard(input, now);
        return said(core.handle(input, now), now);
    }

    private void heard(Input input, Instant now) {
        switch (input) {
            case Input.Received(var id, var request, var flow) ->
                    passes(id, request, false, flow.transport(), flow.remote(), now);
            case Input.Acknowledged(var ack, var flow) ->
                    request(ack, false, flow.transport(), flow.remote(), now);
            case Input.Answered(var id, var response, _) -> response(id, response, false, now);
            case Input.Failed(var id, var why) -> failed(id, why, now);
            case Input.Asked(LocationService.Found found) -> found(found, now);
            case Input.Asked _, Input.Stray _, Input.Resolved _, Input.FlowEnded _,
                    Input.Ponged _ -> { }
        }
    }

    private List<Output> said(List<Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Output.Send(var id, var request, var to) ->
                    passes(id, request, true, to.transport(), to.address(), now);
            case Output.SendAck(var ack, var to) ->
                    request(ack, true, to.transport(), to.address(), now);
            case Output.Respond(var id, var response) -> response(id, response, true, now);
            case Output.Told(LocationService.Event.Find find) -> sought(find, now);
            case Output.Forget(var id) -> forgotten(id, now);
            //  a node's proxy is stateful
            case Output.Told _, Output.Resolve _, Output.Changed _,
                    Output.Pass _, Output.Reply _, Output.Ping _ -> { }
        }
        return outputs;
    }

    private void passes(TransactionId id, Request request, boolean sent, Transport by,
            InetSocketAddress peer, Instant now) {
        boolean register = request.is("REGISTER");
        if (!register && !METHODS.contains(request.method())) return;
        boolean proves = request.has(register ? "Authorization" : "Proxy-Authorization");
        //  of most it is of no use who it is, and costs time
        var who = register ? text(request.to().uri()) : proves ? text(request.from().uri()) : "";
        steps.putLast(id, new Step(request.callId(), request.method(), hop(by), peer, who,
                register ? contact(request) : "", proves));
        if (steps.size() > LIMIT) steps.pollFirstEntry();
        if (!register) request(request, sent, by, peer, now);
    }

    private static Hop hop(Transport by) { return by == Transport.LINK ? Hop.NODE : Hop.PHONE; }

    private void request(Request request, boolean sent, Transport by, InetSocketAddress peer,
            Instant now) {
        var callId = request.callId();
        if (request.is("INVITE") && request.to().tag().isEmpty() && !sent)
            journal.begin(new Account.Call(callId, text(request.from().uri()),
                    text(request.to().uri()), now));
        if (journal.knows(callId)) journal.note(callId, new OfCall.Message(
                sent, hop(by), peer, request.method(), 0, "", ""), now);
    }

    private void response(TransactionId id, Response response, boolean sent, Instant now) {
        var step = response.provisional() ? steps.get(id) : steps.remove(id);
        if (step == null) return;
        if (step.method.equals("REGISTER")) registered(step, response, now);
        else if (journal.knows(step.callId) && (response.status() > 100 || !sent)) {
            journal.note(step.callId, new OfCall.Message(sent, step.hop, step.peer, step.method,
                    response.status(), response.reason(), warning(response)), now);
            if (sent && step.proves && response.status() == 407)
                journal.note(step.callId, new OfCall.Denied(step.who, step.peer), now);
        }
    }

    private void registered(Step step, Response response, Instant now) {
        if (step.contact.isEmpty()) return;   // it asks, or leaves
        var taken = response.success() ? Optional.of(OfNode.Registration.TAKEN)
                : step.proves && response.status() == 401
                ? Optional.of(OfNode.Registration.WRONG_PASSWORD)
                : response.status() >= 500 ? Optional.of(OfNode.Registration.NOT_KEPT)
                : Optional.<OfNode.Registration>empty();
        taken.ifPresent(what -> journal.note(
                new OfNode.Phone(step.who, what, step.contact, step.peer), now));
    }

    private void failed(TransactionId id, Failure why, Instant now) {
        var step = steps.remove(id);
        if (step == null || !journal.knows(step.callId)) return;
        boolean client = id.sentBy().isEmpty();
        journal.note(step.callId, switch (why) {
            case TIMEOUT -> new OfCall.TimedOut(client, step.hop, step.peer, step.method);
            case TRANSPORT, RESTING ->
                    new OfCall.NotCarried(client, step.hop, step.peer, step.method);
        }, now);
    }

    /// A request of ours is given up: nobody is there, or it has rung for too long.
    private void forgotten(TransactionId id, Instant now) {
        var step = steps.remove(id);
        if (step != null && journal.knows(step.callId)) journal.note(step.callId,
                new OfCall.GivenUp(step.hop, step.peer, step.method), now);
    }

    private void sought(LocationService.Event.Find find, Instant now) {
        if (!find.request().is("INVITE") || find.request().to().tag().isPresent()) return;
        finding.putLast(find.id(), find);
        if (finding.size() > LIMIT) finding.pollFirstEntry();
        journal.note(find.request().callId(), new OfCall.Sought("" + find.aor()), now);
    }

    private void found(LocationService.Found found, Instant now) {
        var find = finding.remove(found.id());
        if (find == null) return;
        boolean here = !found.destinations().isEmpty() && found.destinations().stream()
                .flatMap(to -> to.hops().stream()).noneMatch(to ->
                        to.transport() == Transport.LINK);
        journal.note(find.request().callId(), new OfCall.Found("" + find.aor(), here,
                found.known(), found.destinations().size(), found.headers().stream()
                .filter(header -> header.is("Warning")).map(header -> phrase(header.value()))
                .toList()), now);
    }

    private static String warning(Response response) {
        return response.first("Warning").map(Witness::phrase).orElse("");
    }

    /// The text of a warning, without its code and agent.
    private static String phrase(String warning) {
        int begin = warning.indexOf('"'), end = warning.lastIndexOf('"');
        return begin < 0 || begin == end ? warning : warning.substring(begin + 1, end);
    }

    /// Where a telephone says that it is.
    private static String contact(Request register) {
        try {
            return register.list("Contact").stream().filter(value -> !value.equals("*"))
                    .findFirst().map(Address::parse).map(Address::uri)
                    .map(uri -> uri instanceof SipUri sip ? sip.host() : "").orElse("");
        } catch (p2psip.std.SyntaxException e) {
            return "";   // the registrar says what is wrong with it
        }
    }

    /// Who it is, without what else may stand in a URI: a password, say.
    static String text(Uri uri) {
        return "" + (uri instanceof SipUri(var scheme, var user, _, var host, var port, _, _)
                ? new SipUri(scheme, user, "", host, port, Params.NONE, Params.NONE) : uri);
    }
}
