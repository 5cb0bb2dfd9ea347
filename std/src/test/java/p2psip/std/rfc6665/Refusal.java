package p2psip.std.rfc6665;

import module java.base;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.ua.*;

/// A request that nobody takes.
record Refusal(Self self, int status, List<Header> headers) implements Usage {

    @Override public String name() { return "refusal"; }

    @Override public boolean terminated() { return true; }

    @Override public List<Output> handle(Input input, Instant now) {
        return input instanceof Input.Received(var id, var request, _, _)
                ? List.of(new Output.Respond(id, self.reply(request, status)
                        .change(list -> list.addAll(headers)))) : List.of();
    }
}
