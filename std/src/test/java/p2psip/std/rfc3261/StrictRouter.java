package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Message.*;

/// A proxy as RFC 2543 had it, as far as its routing goes: where a request goes next stands in the
/// Request-URI, into which it puts the first Route value, and its own Record-Route value has no
/// `lr`. It knows nothing of loose routing.
final class StrictRouter implements Core {
    private final String own, domain;
    private final RandomGenerator random;
    private final Map<Long, Request> resolving = new HashMap<>();
    private final Map<Long, TransactionId> asked = new HashMap<>();
    private final Map<TransactionId, TransactionId> servers = new HashMap<>();
    private long questions;

    /// @param own    its name
    /// @param domain who is called by its name is there
    StrictRouter(String own, String domain, RandomGenerator random) {
        this.own = own;
        this.domain = domain;
        this.random = random;
    }

    @Override public Instant deadline() { return Instant.MAX; }

    @Override public List<Output> wake(Instant now) { return List.of(); }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Received(var id, var request, _) -> {
                asked.put(++questions, id);
                yield resolve(next(request));
            }
            case Input.Acknowledged(var ack, _) -> {
                ++questions;
                yield resolve(next(ack));
            }
            case Input.Resolved(long id, var targets) -> {
                var request = resolving.remove(id);
                if (request.is("ACK")) yield List.of(
                        new Output.SendAck(request, targets.getFirst()));
                var client = TransactionId.client(request.method(), random);
                servers.put(client, asked.remove(id));
                yield List.of(new Output.Send(client, request, targets.getFirst()));
            }
            case Input.Answered(var id, var response, _) -> List.of(
                    new Output.Respond(servers.get(id), Via.popped(response)));
            case Input.Asked _, Input.Failed _, Input.Stray _, Input.FlowEnded _,
                    Input.Ponged _ -> List.of();
        };
    }

    private List<Output> resolve(Request request) {
        resolving.put(questions, request);
        return List.of(new Output.Resolve(questions, request.uri(), false));
    }

    private Request next(Request request) {
        var routes = request.list("Route");
        var uri = routes.isEmpty() ? request.uri().replace("@" + own, "@" + domain)
                : Address.parse(routes.removeFirst()).uri().toString();
        return request.withUri(uri).without("Route").change(headers -> {
            if (request.is("INVITE"))
                headers.addFirst(new Header("Record-Route", "<sip:" + own + ">"));
            routes.forEach(route -> headers.add(new Header("Route", route)));
        });
    }
}
