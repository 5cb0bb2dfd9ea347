package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Outbox;
import p2psip.std.rfc3261.Core;
import p2psip.std.rfc3261.Message.Request;

/// An extension that tells of each of its requests and answers it with 200.
final class Asking implements Extension {

    /// @param inCall whether it has come in the dialog of a call
    record Asked(long usage, String method, boolean inCall) implements Usage.Event {}

    static final CallFlow.Words WORDS = new CallFlow.Words() {
        @Override public Core.Command command(String[] words) {
            throw new IllegalArgumentException(String.join(" ", words));
        }

        @Override public String text(Usage.Event event) {
            var asked = (Asked) event;
            return "Asked " + asked.method + (asked.inCall ? " in call" : "");
        }
    };

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

        @Override public List<Output> handle(Input input, Instant now) {
            if (input instanceof Input.Received(var id, var request, var dialog, _)) {
                out.add(new Output.Told(new Asked(number, request.method(),
                        dialog.map(self::call).orElse(OptionalLong.empty()).isPresent())));
                out.add(new Output.Respond(id, self.reply(request, 200)));
            }
            return out.take();
        }
    }

    /// Answers with 200 and tells nothing.
    record Quiet(Self self) implements Usage {
        @Override public String name() { return "quiet"; }

        @Override public boolean terminated() { return true; }

        @Override public List<Output> handle(Input input, Instant now) {
            return input instanceof Input.Received(var id, var request, _, _)
                    ? List.of(new Output.Respond(id, self.reply(request, 200))) : List.of();
        }
    }

    /// Asks in the dialog of call 100, and tells if it may not.
    record InCall(long number, Self self, IntFunction<Usage.Event> refused) implements Usage {
        @Override public String name() { return "in call"; }

        @Override public boolean terminated() { return false; }

        @Override public List<Output> handle(Input input, Instant now) {
            return switch (input) {
                case Input.Asked _ -> {
                    var dialog = self.dialog(100).orElseThrow();
                    yield List.of(new Output.Ask(self.ask(), dialog.request("FLY"), dialog));
                }
                case Input.Answered(_, var response, _, _) ->
                        List.of(new Output.Told(refused.apply(response.status())));
                case Input.Received _, Input.Acknowledged _, Input.Cancelled _,
                        Input.DialogEnded _, Input.FlowEnded _ -> List.of();
            };
        }
    }
}
