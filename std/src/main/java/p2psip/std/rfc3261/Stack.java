package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.Bytes;
import p2psip.std.Cited;
import p2psip.std.Entered;
import p2psip.std.Machine;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.Message.Response;

/// SIP as a whole, in its layers: transport, transactions, and a [Core] that uses them.
///
/// What one layer has to say to another is carried there at once, depth first and in order, until
/// nothing is left but what the host is to do.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-5 RFC 3261 §5
public final class Stack implements Machine<Stack.Input, Stack.Output> {

    /// What can happen to SIP.
    public sealed interface Input {
        record Datagram(InetSocketAddress local, InetSocketAddress remote, Bytes bytes)
                implements Input {}

        /// A peer connected to one of our listening points; the host's own numbers are negative.
        record Accepted(long flow, InetSocketAddress local, InetSocketAddress remote)
                implements Input {}

        /// Answers [Output.Open].
        record Connected(long flow) implements Input {}

        record Received(long flow, Bytes bytes) implements Input {}

        /// A stream has ended, or could not be opened.
        record Closed(long flow) implements Input {}

        /// Answers [Output.ResolveName]; no address if there is none.
        record Resolved(long id, List<InetAddress> addresses) implements Input {}

        /// A command for the core.
        record Asked(Core.Command command) implements Input {}
    }

    /// What SIP asks of the host or tells the program.
    public sealed interface Output {
        record SendDatagram(InetSocketAddress local, InetSocketAddress remote, Bytes bytes)
                implements Output {}

        /// Connect to a peer; the number is ours, and positive.
        record Open(long flow, InetSocketAddress remote) implements Output {}

        record Write(long flow, Bytes bytes) implements Output {}

        record Close(long flow) implements Output {}

        record ResolveName(long id, String name) implements Output {}

        /// An event of the core.
        record Told(Core.Event event) implements Output {}

        /// For trace: a whole message went over a flow. Only if the stack is traced.
        record Carried(boolean sent, Flow flow, Bytes message) implements Output {}

        /// For trace: a machine entered a state. Only if the stack is traced.
        record Changed(String machine, Cited state) implements Output, Entered {}

        /// For trace: something refused, dropped or worth knowing.
        ///
        /// @param citation the section that asked for it; may be empty
        record Remark(String text, String citation) implements Output {}
    }

    private final TransportLayer transport;
    private final TransactionLayer transactions;
    private final Core core;
    private final ServerLocation location;
    private final RandomGenerator random;
    private final boolean traced;

    /// @param points where this element takes in messages, with the addresses the host has bound
    /// @param traced whether somebody listens to messages and states; remarks are always made
    public Stack(List<ListeningPoint> points, Core core, TimerValues times,
            RandomGenerator random, boolean traced) {
        this.transport = new TransportLayer(points, random, traced);
        this.transactions = new TransactionLayer(times, TransactionLayer.LIMIT);
        this.location = new ServerLocation(points);
        this.core = core;
        this.random = random;
        this.traced = traced;
    }

    /// How many transactions there are.
    public int transactions() { return transactions.size(); }

    /// How many connections there are.
    public int connections() { return transport.connections(); }

    @Override public Instant deadline() {
        return earlier(core.deadline(), earlier(transactions.deadline(), transport.deadline()));
    }

    private static Instant earlier(Instant a, Instant b) { return a.isBefore(b) ? a : b; }

    @Override public List<Output> wake(Instant now) {
        var out = new ArrayList<Output>();
        fromTransport(transport.wake(now), now, out);
        fromTransactions(transactions.wake(now), now, out);
        if (!core.deadline().isAfter(now)) fromCore(core.wake(now), now, out);
        return out;
    }

    @Override public List<Output> handle(Input input, Instant now) {
        var out = new ArrayList<Output>();
        switch (input) {
            case Input.Datagram(var local, var remote, var bytes) ->
                    fromTransport(transport.datagram(local, remote, bytes), now, out);
            case Input.Accepted(long flow, var local, var remote) ->
                    fromTransport(transport.accepted(flow, local, remote, now), now, out);
            case Input.Connected(long flow) -> connection(
                    flow, new Connection.Input.Connected(), now, out);
            case Input.Received(long flow, var bytes) -> connection(
                    flow, new Connection.Input.Received(bytes), now, out);
            case Input.Closed(long flow) -> connection(
                    flow, new Connection.Input.Closed(), now, out);
            case Input.Resolved(long id, var addresses) -> fromCore(core.handle(
                    new Core.Input.Resolved(id, location.resolved(id, addresses)), now),
                    now, out);
            case Input.Asked(var command) ->
                    fromCore(core.handle(new Core.Input.Asked(command), now), now, out);
        }
        return out;
    }

    private void connection(long flow, Connection.Input input, Instant now, List<Output> out) {
        fromTransport(transport.connection(flow, input, now), now, out);
    }

    private void fromTransport(List<TransportLayer.Output> outputs, Instant now,
            List<Output> out) {
        for (var output : outputs) switch (output) {
            case TransportLayer.Output.SendDatagram(var local, var remote, var bytes) ->
                    out.add(new Output.SendDatagram(local, remote, bytes));
            case TransportLayer.Output.Open(long flow, var remote) ->
                    out.add(new Output.Open(flow, remote));
            case TransportLayer.Output.Write(long flow, var bytes) ->
                    out.add(new Output.Write(flow, bytes));
            case TransportLayer.Output.Close(long flow) -> out.add(new Output.Close(flow));
            case TransportLayer.Output.Received(Request request, var top, var flow, var reply) ->
                    fromTransactions(transactions.received(request, top, flow, reply, now),
                            now, out);
            case TransportLayer.Output.Received(Response response, var top, var flow, _) ->
                    fromTransactions(transactions.received(response, top, flow, now), now, out);
            case TransportLayer.Output.Undelivered(var id) ->
                    fromTransactions(transactions.undelivered(id, now), now, out);
            case TransportLayer.Output.Routed(var id, var flow, var request) ->
                    routed(id, flow, request, now, out);
            case TransportLayer.Output.Ended(var flow) -> {
                fromTransactions(transactions.ended(flow, now), now, out);
                fromCore(core.handle(new Core.Input.FlowEnded(flow), now), now, out);
            }
            case TransportLayer.Output.Carried(boolean sent, var flow, var message) ->
                    out.add(new Output.Carried(sent, flow, message));
            case TransportLayer.Output.Remark(var text, var citation) ->
                    out.add(new Output.Remark(text, citation));
        }
    }

    private void routed(TransactionId id, Flow flow, Bytes request, Instant now,
            List<Output> out) {
        //= rfc3261#17.1¶3 there is no client transaction for ACK: it goes straight to the transport
        if (id.method().equals("ACK")) {
            fromTransport(transport.send(id, flow, request, now), now, out);
        } else {
            transactions.forget(id);
            //= rfc3263#4-1 where to, is found out; from here the transaction is bound to that flow
            fromTransactions(transactions.begin(id, request, flow, now), now, out);
        }
    }

    private void fromTransactions(List<TransactionLayer.Output> outputs, Instant now,
            List<Output> out) {
        for (var output : outputs) switch (output) {
            case TransactionLayer.Output.Send(var id, var flow, var message) ->
                    fromTransport(transport.send(id, flow, message, now), now, out);
            case TransactionLayer.Output.Received(var id, var request, var flow) -> fromCore(
                    core.handle(new Core.Input.Received(id, request, flow), now), now, out);
            case TransactionLayer.Output.Acknowledged(var ack, var flow) -> fromCore(
                    core.handle(new Core.Input.Acknowledged(ack, flow), now), now, out);
            case TransactionLayer.Output.Answered(var id, var response, var flow) -> fromCore(
                    core.handle(new Core.Input.Answered(id, response, flow), now), now, out);
            case TransactionLayer.Output.Failed(var id, var why) ->
                    fromCore(core.handle(new Core.Input.Failed(id, why), now), now, out);
            case TransactionLayer.Output.Stray(var response, var flow) ->
                    fromCore(core.handle(new Core.Input.Stray(response, flow), now), now, out);
            case TransactionLayer.Output.Changed(var id, var state) -> {
                if (traced) out.add(new Output.Changed(id.toString(), state));
            }
            case TransactionLayer.Output.Remark(var text, var citation) ->
                    out.add(new Output.Remark(text, citation));
        }
    }

    private void fromCore(List<Core.Output> outputs, Instant now, List<Output> out) {
        for (var output : outputs) switch (output) {
            case Core.Output.Send(var id, var request, var target) -> fromTransport(
                    transport.route(id, request, follow(id, target), now), now, out);
            case Core.Output.SendAck(var ack, var target) -> fromTransport(transport.route(
                    TransactionId.client("ACK", random), ack, target, now), now, out);
            case Core.Output.Respond(var id, var response) ->
                    fromTransactions(transactions.respond(id, response, now), now, out);
            case Core.Output.Forget(var id) -> transactions.forget(id);
            case Core.Output.Resolve(long id, var uri) -> resolve(id, uri, now, out);
            case Core.Output.Told(var event) -> out.add(new Output.Told(event));
            case Core.Output.Changed(var machine, var state) -> {
                if (traced) out.add(new Output.Changed(machine, state));
            }
        }
    }

    /// A CANCEL goes the way its INVITE went.
    private Target follow(TransactionId id, Target target) {
        if (!id.method().equals("CANCEL")) return target;
        //= rfc3261#9.1-10 the same destination as the request that is cancelled
        //= rfc3263#4-3 the CANCEL goes to the server that has the request
        return transactions.flowOf(new TransactionId(id.branch(), "", "INVITE"))
                .map(Target::of).orElse(target);
    }

    private void resolve(long id, String uri, Instant now, List<Output> out) {
        switch (location.resolve(id, uri)) {
            case ServerLocation.Answer.Ask(var name) -> out.add(new Output.ResolveName(id, name));
            case ServerLocation.Answer.Found(var targets) -> fromCore(
                    core.handle(new Core.Input.Resolved(id, targets), now), now, out);
        }
    }
}
