package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.SyntaxException;
import p2psip.std.rfc3261.Message.*;

/// A request that belongs to nothing else: OPTIONS, and any other that the program makes.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-11.1 RFC 3261 §11.1
public final class LoneRequest implements Usage {

    /// What the program asks for: a request. Those of extensions tell of its end in their own way.
    public interface Command extends Usage.Command {
        String method();

        String uri();

        Optional<Content> content();

        /// What tells the program of the final response.
        Usage.Event outcome(Response response);

        /// Send a request. Answered by [Event.Result].
        record Send(long usage, String method, String uri, Optional<Content> content)
                implements Command {
            @Override public Event outcome(Response response) {
                return new Event.Result(usage, response);
            }
        }
    }

    /// What the program is told.
    public sealed interface Event extends Usage.Event {
        /// The final response.
        record Result(long usage, Response response) implements Event {}
    }

    private final Command command;
    private final Self self;
    private boolean answered;

    LoneRequest(Command command, Self self) {
        this.command = command;
        this.self = self;
    }

    @Override public String name() { return "request"; }

    @Override public boolean terminated() { return answered; }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Asked(Command _) -> List.of(send());
            case Input.Answered(_, var response, _, _) when !response.provisional() ->
                    List.of(tell(response));
            case Input.Asked _, Input.Answered _, Input.Received _, Input.Acknowledged _,
                    Input.Cancelled _, Input.DialogEnded _, Input.FlowEnded _ -> List.of();
        };
    }

    private Output send() {
        try {
            var request = Self.body(
                    self.request(command.method(), command.uri()), command.content());
            //= rfc3261#11.1-2 an OPTIONS says what body it would like in the response
            return new Output.Ask(self.ask(), request.is("OPTIONS")
                    ? request.with("Accept", Content.SDP) : request);
        } catch (SyntaxException e) {
            return tell(new Response(400, e.getMessage(), List.of(), Bytes.EMPTY));
        }
    }

    private Output tell(Response response) {
        answered = true;
        return new Output.Told(command.outcome(response));
    }
}
