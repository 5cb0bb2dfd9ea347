package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc3261.Core.Input;
import p2psip.std.rfc3261.Core.Output;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.Status;
import p2psip.std.rfc3261.ua.UserAgent.Command;
import p2psip.std.rfc3261.ua.UserAgent.Event;

/// A request that belongs to nothing else: OPTIONS, MESSAGE.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-11.1 RFC 3261 §11.1
final class LoneRequest implements Leg {
    private final Self local;
    private final Key key;
    private final long id;
    private Optional<ClientRequest> request = Optional.empty();
    private long sequence;

    LoneRequest(Self local, Key key, long id) {
        this.local = local;
        this.key = key;
        this.id = id;
    }

    @Override public Instant deadline() { return Instant.MAX; }

    @Override public boolean terminated() { return request.filter(r -> !r.done()).isEmpty(); }

    @Override public List<Output> wake(Instant now) { return List.of(); }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Asked(Command.Send send) -> send(send);
            case Input.Resolved(_, var targets) -> step(r -> r.resolved(targets));
            case Input.Answered(var id, var response, _) ->
                    step(r -> r.owns(id) ? r.answered(response) : ClientRequest.Step.NOTHING);
            case Input.Failed(var id, var why) ->
                    step(r -> r.owns(id) ? r.failed(why) : ClientRequest.Step.NOTHING);
            case Input.Asked _, Input.Received _, Input.Acknowledged _,
                    Input.Stray _, Input.FlowEnded _ -> List.of();
        };
    }

    private List<Output> send(Command.Send send) {
        try {
            return send(send, FormedRequest.of(send.method(), send.uri()));
        } catch (p2psip.std.rfc2396.SyntaxException e) {
            return List.of(told(new Response(400, e.getMessage(), List.of(), Bytes.EMPTY)));
        }
    }

    private List<Output> send(Command.Send send, FormedRequest formed) {
        var message = Self.body(local.request(send.method(), formed.uri(), formed.uri(), key)
                .change(headers -> headers.addAll(formed.headers())), send.content());
        //= rfc3261#11.1-2 an OPTIONS says what body it would like in the response
        if (send.method().equals("OPTIONS")) message = message.with("Accept", Content.SDP);
        var client = new ClientRequest(local, message, local.routes(), () -> ++sequence);
        request = Optional.of(client);
        return client.start();
    }

    private List<Output> step(Function<ClientRequest, ClientRequest.Step> what) {
        if (terminated()) return List.of();
        var step = what.apply(request.get());
        var out = new ArrayList<>(step.out());
        step.response().filter(r -> !r.provisional()).ifPresent(r -> out.add(told(r)));
        return out;
    }

    /// What is told when there is no room for it.
    List<Output> refuse(int status) {
        return List.of(told(new Response(status, Status.reason(status), List.of(),
                Bytes.EMPTY)));
    }

    private Output told(Response response) {
        return new Output.Told(new Event.Result(id, response));
    }
}
