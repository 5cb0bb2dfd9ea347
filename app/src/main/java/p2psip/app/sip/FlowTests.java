package p2psip.app.sip;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc8489.*;

/// Tries flows of UDP: a STUN server there says as which address we are seen.
///
/// @spec https://www.rfc-editor.org/rfc/rfc5626#section-8 RFC 5626 §8
final class FlowTests {
    /// As many at once; one more flow is not tried, and counts as alive.
    static final int LIMIT = 64;

    /// The two ends of a flow.
    record Ends(InetSocketAddress local, InetSocketAddress remote) {}

    sealed interface Output {
        record Send(Ends ends, Bytes bytes) implements Output {}

        /// @param mapped none: nobody has answered, or not as he should
        record Tried(Ends ends, Optional<InetSocketAddress> mapped) implements Output {}
    }

    private final Machines<Ends, Client> clients = new Machines<>(LIMIT);
    private final RandomGenerator random;
    private final Outbox<Output> out = new Outbox<>();

    FlowTests(RandomGenerator random) { this.random = random; }

    Instant deadline() { return clients.deadline(); }

    List<Output> wake(Instant now) {
        clients.wake(now, client -> client.wake(now), this::said);
        return out.take();
    }

    /// Tries a flow, unless that is under way already.
    List<Output> begin(Ends ends, Instant now) {
        if (!clients.contains(ends)) clients.add(ends, new Client(ends.remote,
                //= rfc5626#4.4.2-2 keep-alives by STUN, seven times without an answer at most
                Message.BINDING, List.of(), new Authentication.None(), Timing.UDP, random));
        return wake(now);
    }

    /// An answer has come, if it is one.
    List<Output> received(Ends ends, Bytes bytes, Instant now) {
        clients.tell(ends, client -> client.handle(
                new Client.Input.Received(ends.remote, bytes), now), this::said);
        return out.take();
    }

    private void said(Ends ends, Client client, List<Client.Output> outputs) {
        for (var output : outputs) out.add(switch (output) {
            case Client.Output.Send(_, var bytes) -> new Output.Send(ends, bytes);
            case Client.Output.Succeeded(var response) ->
                    new Output.Tried(ends, Client.mapped(response));
            //  an error response counts as none
            case Client.Output.Failed _ -> new Output.Tried(ends, Optional.empty());
        });
    }
}
