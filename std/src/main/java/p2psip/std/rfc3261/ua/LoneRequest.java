package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.rfc2396.SyntaxException;
import p2psip.std.rfc3261.Message.*;

/// A request that begins nothing, in a dialog or of none: OPTIONS, and any other that the program
/// makes.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-11.1 RFC 3261 §11.1
public final class LoneRequest implements Usage {

    /// What the program asks for: a request. Those of extensions tell of its end in their own way.
    public interface Command extends Usage.Command {
        /// The [Output.Ask]; or, of a request that cannot be made, an [Output.Told] of its outcome.
        ///
        /// @throws SyntaxException if it is for a URI that is none: as good as a 400
        Output request(Self self);

        /// What tells the program of the final response.
        Usage.Event outcome(Response response);

        /// Send a request of no dialog. Answered by [Result].
        record Send(long usage, String method, String uri, Optional<Content> content)
                implements Command {
            @Override public Output request(Self self) {
                var request = Self.body(self.request(method, uri), content);
                //= rfc3261#11.1-2 an OPTIONS says what body it would like in the response
                return new Output.Ask(self.ask(), request.is("OPTIONS")
                        ? request.with("Accept", Content.SDP) : request);
            }

            @Override public Result outcome(Response response) {
                return new Result(usage, response);
            }
        }
    }

    /// What the program is told: the final response.
    public record Result(long usage, Response response) implements Usage.Event {}

    private final Command command;
    private final Self self;
    private boolean over;

    LoneRequest(Command command, Self self) {
        this.command = command;
        this.self = self;
    }

    @Override public String name() { return "request"; }

    @Override public boolean terminated() { return over; }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.Asked(Command _) -> List.of(begin());
            case Input.Answered(_, var response, _, _) when !response.provisional() ->
                    List.of(end(response));
            case Input.Asked _, Input.Answered _, Input.Received _, Input.Acknowledged _,
                    Input.Cancelled _, Input.DialogEnded _, Input.FlowEnded _ -> List.of();
        };
    }

    private Output begin() {
        try {
            var said = command.request(self);
            over = said instanceof Output.Told;
            return said;
        } catch (SyntaxException e) {
            return end(new Response(400, e.getMessage(), List.of(), Bytes.EMPTY));
        }
    }

    private Output end(Response response) {
        over = true;
        return new Output.Told(command.outcome(response));
    }
}
