package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Outbox;
import p2psip.std.rfc3261.Message.Request;

/// An extension that tells of each of its requests and answers it with 200.
final class Asking implements Extension {

    /// @param inCall whether it has come in the dialog of a call
    record Asked(long usage, String method, boolean inCall) implements Usage.Event {}

    @Override public List<String> methods() { return List.of("MESSAGE"); }

    @Override public List<String> bodies() { return List.of("text/plain"); }

    @Override public Usage begin(
            Request request, Optional<Dialog> dialog, long number, Self self) {
        return new One(number, self);
    }

    private record One(long number, Self self, Outbox<Usage.Output> out) implements Usage {
        One(long number, Self self) { this(number, self, new Outbox<>()); }

        @Override public String name() { return "asked"; }

        @Override public boolean terminated() { return true; }

        @Override public Instant deadline() { return Instant.MAX; }

        @Override public List<Output> wake(Instant now) { return List.of(); }

        @Override public boolean takes(Request request, Optional<Dialog> dialog) { return false; }

        @Override public List<Output> handle(Input input, Instant now) {
            if (input instanceof Input.Received(var id, var request, var dialog, _)) {
                out.add(new Output.Told(new Asked(number, request.method(),
                        dialog.map(self::call).orElse(OptionalLong.empty()).isPresent())));
                out.add(new Output.Respond(id, self.reply(request, 200)));
            }
            return out.take();
        }
    }
}
