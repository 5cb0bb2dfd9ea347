package p2psip.std.rfc3261.ua;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc2396.SyntaxException;
import p2psip.std.rfc3261.Message.*;

/// A request that belongs to nothing else: OPTIONS, and any other that the program makes.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-11.1 RFC 3261 §11.1
public final class LoneRequest implements Usage {

    /// What the program asks for.
    public sealed interface Command extends Usage.Command {
        /// Send a request. Answered by [Event.Result].
        record Send(long usage, String method, String uri, Optional<Content> content)
                implements Command {}
    }

    /// What the program is told.
    public sealed interface Event extends Usage.Event {
        /// The final response.
        record Result(long usage, Response response) implements Event {}
    }

    private final Self self;
    private final long number;
    private final Outbox<Output> out = new Outbox<>();
    private boolean answered;

    LoneRequest(long number, Self self) {
        this.number = number;
        this.self = self;
    }

    @Override public String name() { return "request"; }

    @Override public boolean terminated() { return answered; }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Asked(Command.Send send) -> send(send);
            case Input.Answered(_, var response, _, _) -> {
                if (!response.provisional()) tell(response);
            }
            case Input.Asked _, Input.Received _, Input.Acknowledged _, Input.Cancelled _,
                    Input.DialogEnded _, Input.FlowEnded _ -> { }
        }
        return out.take();
    }

    private void send(Command.Send send) {
        try {
            var request = Self.body(self.request(send.method(), send.uri()), send.content());
            //= rfc3261#11.1-2 an OPTIONS says what body it would like in the response
            if (request.is("OPTIONS")) request = request.with("Accept", Content.SDP);
            out.add(new Output.Ask(self.ask(), request));
        } catch (SyntaxException e) {
            tell(new Response(400, e.getMessage(), List.of(), Bytes.EMPTY));
        }
    }

    private void tell(Response response) {
        answered = true;
        out.add(new Output.Told(new Event.Result(number, response)));
    }
}
