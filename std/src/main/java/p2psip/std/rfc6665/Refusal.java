package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.rfc3261.Message.Response;
import p2psip.std.rfc3261.ua.Usage;

/// A request that nothing is made of.
public record Refusal(Response response) implements Usage {

    @Override public String name() { return "refusal"; }

    @Override public boolean terminated() { return true; }

    @Override public List<Output> handle(Input input, Instant now) {
        return input instanceof Input.Received(var id, _, _, _)
                ? List.of(new Output.Respond(id, response)) : List.of();
    }
}
