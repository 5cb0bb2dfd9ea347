package p2psip.app.api;

import module java.base;
import p2psip.std.Outbox;
import p2psip.std.SyntaxException;
import p2psip.std.Tokens;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3261.server.Guard.Refusal;

/// A server that asks the program what is to become of each request that begins something; what
/// belongs to a dialog goes its way.
final class Desk implements Core {
    /// So many requests may wait to be decided; one more is answered 503.
    static final int LIMIT = 1_000;

    /// How long a request may wait: then it is answered 500, before its sender gives up.
    static final Duration PATIENCE = Duration.ofSeconds(25);

    /// A request that the program is to decide.
    record Asked(long id, Request request, Flow flow) implements Event {}

    /// A request about which nothing can be decided any more.
    record Withdrawn(long id) implements Event {}

    /// What becomes of a request; of one that has been withdrawn, nothing.
    sealed interface Decision extends Command {
        long id();
    }

    record Answer(long id, int status, String reason, List<Header> headers) implements Decision {
        Answer { headers = List.copyOf(headers); }
    }

    /// The registrar looks at it.
    record Register(long id) implements Decision {}

    /// It is forwarded: to these, or where it is known that its URI leads.
    record Forward(long id, List<Uri> targets) implements Decision {
        Forward { targets = List.copyOf(targets); }
    }

    /// The server ends: all that is undecided is answered 503.
    record Close() implements Command {}

    private record Waiting(TransactionId transaction, Request request, Flow flow, Instant until) {}

    private final Domains home;
    private final Bindings bindings = new Bindings();
    private final Registrar registrar;
    private final Proxy proxy;
    private final RandomGenerator random;
    private final Outbox<Output> out = new Outbox<>();
    private final SequencedMap<Long, Waiting> undecided = new LinkedHashMap<>();
    private long lastId;
    /// What the program has decided to forward just now: to whom, if it says so.
    private Optional<List<Uri>> forwarding = Optional.empty();

    Desk(Domains home, RandomGenerator random) {
        this.home = home;
        this.random = random;
        registrar = new Registrar(home, Limits.USUAL, Guard.OPEN, bindings, List.of(), random);
        proxy = new Proxy(home, this::refuses, List.of(), false, Proxy.secret(random), random);
    }

    /// What nobody has decided passes if it belongs to a dialog that was begun through here.
    private Optional<Refusal> refuses(
            Request request, Flow flow, Guard.Purpose purpose, Instant now) {
        return forwarding.isPresent() || switch (purpose) {
            case IN_DIALOG, OFFERED -> true;
            case REGISTER, INBOUND, OUTBOUND -> request.is("ACK");
        } ? Optional.empty() : Optional.of(Refusal.of(481));
    }

    @Override public Instant deadline() {
        var patience = undecided.isEmpty() ? Instant.MAX : undecided.firstEntry().getValue().until;
        return Collections.min(List.of(patience, registrar.deadline(), proxy.deadline()));
    }

    @Override public List<Output> wake(Instant now) {
        while (!undecided.isEmpty() && !undecided.firstEntry().getValue().until.isAfter(now))
            withdraw(undecided.firstEntry().getKey(), 500);
        follow(registrar.wake(now), now);
        follow(proxy.wake(now), now);
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Received(var id, var request, _) when request.is("CANCEL")
                    && waiting(Cancel.cancelled(id)).isPresent() -> {
                out.add(new Output.Respond(id, reply(request, 200)));
                withdraw(waiting(Cancel.cancelled(id)).get(), 487);
            }
            case Input.Received received when begins(received.request()) ->
                    ask(received, now);
            case Input.Asked(Decision decision) -> Optional.ofNullable(
                    undecided.remove(decision.id())).ifPresent(
                            waiting -> decided(decision, waiting, now));
            case Input.Asked(Close _) ->
                    List.copyOf(undecided.keySet()).forEach(id -> withdraw(id, 503));
            case Input.FlowEnded _ -> {
                follow(registrar.handle(input, now), now);
                follow(proxy.handle(input, now), now);
            }
            case Input.Received _, Input.Asked _, Input.Acknowledged _, Input.Answered _,
                    Input.Failed _, Input.Stray _, Input.Resolved _, Input.Ponged _ ->
                    follow(proxy.handle(input, now), now);
        }
        return out.take();
    }

    private static boolean begins(Request request) {
        try {
            return !request.is("CANCEL") && request.to().tag().isEmpty();
        } catch (SyntaxException e) {
            return false;   // the proxy says what is wrong with it
        }
    }

    private Optional<Long> waiting(TransactionId transaction) {
        return undecided.entrySet().stream().filter(each ->
                each.getValue().transaction.equals(transaction)).map(Map.Entry::getKey).findFirst();
    }

    private void ask(Input.Received received, Instant now) {
        var request = received.request();
        if (undecided.size() >= LIMIT) {
            out.add(new Output.Respond(received.transaction(),
                    reply(request, 503).with("Retry-After", "10")));
            return;
        }
        undecided.put(++lastId, new Waiting(
                received.transaction(), request, received.flow(), now.plus(PATIENCE)));
        out.add(new Output.Told(new Asked(lastId, request, received.flow())));
    }

    private void withdraw(long id, int status) {
        var waiting = undecided.remove(id);
        out.add(new Output.Respond(waiting.transaction, reply(waiting.request, status)));
        out.add(new Output.Told(new Withdrawn(id)));
    }

    private void decided(Decision decision, Waiting waiting, Instant now) {
        var request = waiting.request;
        switch (decision) {
            case Answer(_, int status, var reason, var headers) -> out.add(new Output.Respond(
                    waiting.transaction, Reply.to(request, status, reason, Tokens.token(random))
                            .change(list -> list.addAll(headers))));
            case Register _ -> follow(registrar.handle(new Input.Received(
                    waiting.transaction, request, waiting.flow), now), now);
            case Forward(_, var targets) -> {
                forwarding = Optional.of(targets);
                var handed = targets.isEmpty() ? request : ours(request);
                follow(proxy.handle(new Input.Received(
                        waiting.transaction, handed, waiting.flow), now), now);
                forwarding = Optional.empty();
            }
        }
    }

    /// The request as one whose target it is for us to say, wherever its URI leads.
    private Request ours(Request request) {
        boolean asked = Uri.parse(request.uri()) instanceof SipUri uri && home.hosts(uri)
                && !uri.params().has("maddr");
        return asked ? request : request.withUri("sip:forwarded@" + home.domain());
    }

    private void follow(List<Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Output.Told(LocationService.Event.Find find) ->
                    follow(proxy.handle(new Input.Asked(found(find)), now), now);
            case Output.Told(LocationService.Event.Bind bind) -> follow(registrar.handle(
                    new Input.Asked(new LocationService.Kept(bind.id())), now), now);
            case Output.Told(LocationService.Event _) -> { }   // nobody else wants to know
            case Output.Told _, Output.Send _, Output.SendAck _, Output.Respond _,
                    Output.Forget _, Output.Resolve _,
                    Output.Changed _, Output.Pass _, Output.Reply _, Output.Ping _ ->
                        out.add(output);
        }
    }

    private LocationService.Found found(LocationService.Event.Find find) {
        var chosen = forwarding.filter(targets -> !targets.isEmpty());
        var own = bindings.of(find.aor());
        return chosen.map(targets -> new LocationService.Found(find.id(), true,
                        targets.stream().map(Destination::of).toList()))
                .orElseGet(() -> new LocationService.Found(find.id(), !own.isEmpty(),
                        own.stream().map(Binding::destination).toList()));
    }

    private Response reply(Request request, int status) {
        return Reply.to(request, status, Tokens.token(random));
    }
}
