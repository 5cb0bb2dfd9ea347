package p2psip.app.sip;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.trace.Trace;
import p2psip.std.*;
import p2psip.std.rfc2396.HostName;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc6455.*;
import p2psip.std.rfc6455.Message;

/// The WebSockets of a port: each stands between a stream of the host, which has bytes, and a
/// connection of the stack, which has messages.
///
/// ```
///  host: Accepted, Connected, Received, Closed --> WebSocket --> Accepted, Received ... :stack
///  host: Write, Close                          <-- WebSocket <-- Write, Close           :stack
/// ```
///
/// @spec https://www.rfc-editor.org/rfc/rfc7118#section-4 RFC 7118 §4
final class WebSockets {
    sealed interface Output {
        record ToHost(Effect effect) implements Output {}
        record ToStack(Stack.Input input) implements Output {}
    }

    /// As many may there be, those included that have not shaken hands yet.
    static final int LIMIT = 10_000;

    private static final String PROTOCOL = "sip";

    /// Whose it is.
    ///
    /// @param ours whether this end has called
    private record End(Flow flow, boolean ours) {}

    private final Id id;
    private final Door door;
    private final RandomGenerator random;
    private final Machines<Long, WebSocket> sockets = new Machines<>(LIMIT);
    private final Map<Long, End> ends = new HashMap<>();
    /// Those of browsers.
    private final Set<Long> pages = new HashSet<>();
    /// By what the stack wants those connections that the host still opens.
    private final Map<Long, Transport> opening = new HashMap<>();
    private final Outbox<Output> out = new Outbox<>();

    /// @param id      of the port: the number of a flow completes it
    /// @param origins from where pages may come in
    /// @param random  that nobody can foresee
    WebSockets(Id id, Set<String> origins, RandomGenerator random) {
        this.id = id;
        //= rfc7118#4.1-2 the answer has sip among the protocols: none other is spoken
        this.door = new Door(_ -> true, _ -> true, origins::contains, List.of(PROTOCOL));
        this.random = random;
    }

    boolean has(long flow) { return ends.containsKey(flow) || opening.containsKey(flow); }

    /// Whether a browser is at its other end: that alone says from where its page is.
    boolean isPage(long flow) { return pages.contains(flow); }

    Instant deadline() { return sockets.deadline(); }

    List<Output> wake(Instant now) {
        sockets.wake(now, socket -> socket.wake(now), this::said);
        return out.take();
    }

    /// A peer has connected where WebSockets are taken in.
    List<Output> accepted(Flow flow, Instant now) {
        return begun(flow, false, WebSocket.server(door, WebSocket.Limits.USUAL, random), now);
    }

    /// The stack wants a connection, which the host opens.
    void opening(long flow, Transport transport) { opening.put(flow, transport); }

    /// It is there.
    ///
    /// @param domain that was proved
    List<Output> connected(long number, InetSocketAddress local, InetSocketAddress remote,
            Optional<String> domain, Instant now) {
        var flow = new Flow(opening.remove(number), local, remote, number);
        var uri = new WebSocketUri(flow.transport().secure(),
                domain.orElseGet(() -> HostName.text(flow.remote().getAddress())),
                OptionalInt.of(flow.remote().getPort()), "/");
        //= rfc7118#4.1-1 the handshake asks for sip
        return begun(flow, true, WebSocket.client(
                Call.of(uri, PROTOCOL), WebSocket.Limits.USUAL, random), now);
    }

    private List<Output> begun(Flow flow, boolean ours, WebSocket socket, Instant now) {
        if (!sockets.add(flow.id(), socket)) {
            out.add(new Output.ToHost(new Effect.Close(id.with(flow.id()))));
            if (ours) out.add(new Output.ToStack(new Stack.Input.Closed(flow.id())));
            return out.take();
        }
        ends.put(flow.id(), new End(flow, ours));
        sockets.tell(flow.id(), each -> each.wake(now), this::said);
        return out.take();
    }

    /// Bytes of a stream.
    List<Output> received(long flow, Bytes bytes, Instant now) {
        return tell(flow, new WebSocket.Input.Received(bytes), now);
    }

    /// A stream has ended, or could not be opened.
    List<Output> closed(long flow, Instant now) {
        if (sockets.contains(flow)) return tell(flow, new WebSocket.Input.Lost(), now);
        opening.remove(flow);
        out.add(new Output.ToStack(new Stack.Input.Closed(flow)));
        return out.take();
    }

    /// A message of the stack's.
    List<Output> write(long flow, Bytes message, Instant now) {
        //= rfc7118#4.1-3 requests and responses are all that the stack writes
        //= rfc7118#4.2-2,3 text if all of it is UTF-8; else the whole is binary
        return tell(flow, new WebSocket.Input.Send(Message.of(message)), now);
    }

    /// The stack has no more use for it.
    List<Output> close(long flow, Instant now) {
        if (sockets.contains(flow))
            return tell(flow, new WebSocket.Input.Close(CloseCode.NORMAL, ""), now);
        out.add(new Output.ToHost(new Effect.Close(id.with(flow))));
        return out.take();
    }

    private List<Output> tell(long flow, WebSocket.Input input, Instant now) {
        sockets.tell(flow, socket -> socket.handle(input, now), this::said);
        return out.take();
    }

    private void said(long number, WebSocket socket, List<WebSocket.Output> outputs) {
        var end = ends.get(number);
        var flow = end.flow;
        for (var output : outputs) switch (output) {
            case WebSocket.Output.Write(var bytes) ->
                    out.add(new Output.ToHost(new Effect.Write(id.with(number), bytes)));
            case WebSocket.Output.Opened(_, var origin, _) -> {
                if (!end.ours && origin.isPresent()) pages.add(number);
                out.add(new Output.ToStack(end.ours
                        ? new Stack.Input.Connected(number) : new Stack.Input.Accepted(
                                number, flow.transport(), flow.local(), flow.remote(), List.of())));
            }
            //= rfc7118#4.2-1 text and binary are taken alike
            case WebSocket.Output.Arrived(var message) ->
                    out.add(new Output.ToStack(new Stack.Input.Received(number, message.bytes())));
            case WebSocket.Output.Disconnect _ ->
                    out.add(new Output.ToHost(new Effect.Close(id.with(number))));
            case WebSocket.Output.Ended ended -> {
                ended.failure().ifPresent(why -> note(new Trace.What.Remark(Trace.Subject.SIP,
                        flow.transport() + " with " + HostName.text(flow.remote()) + ": " + why,
                        "rfc6455#7.1.7")));
                ends.remove(number);
                pages.remove(number);
                out.add(new Output.ToStack(new Stack.Input.Closed(number)));
            }
            case WebSocket.Output.Entered(var state) -> note(new Trace.What.State(
                    flow.transport() + " with " + HostName.text(flow.remote()), state));
        }
    }

    private void note(Trace.What what) { out.add(new Output.ToHost(new Effect.Note(what))); }
}
