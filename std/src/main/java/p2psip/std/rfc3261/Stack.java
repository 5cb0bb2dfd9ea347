package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc1035.*;
import p2psip.std.rfc3261.Message.*;
import p2psip.std.rfc3261.TransportLayer.Output.*;

/// SIP as a whole, in its layers: transport, transactions, and a [Core] that uses them.
///
/// What one layer has to say to another is carried there at once, depth first and in order, until
/// nothing is left but what the host is to do.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-5 RFC 3261 §5
public final class Stack implements Machine<Stack.Input, Stack.Output> {

    /// What can happen to SIP. A command for the core is its own [Core.Input.Asked].
    public sealed interface Input permits Input.OfTransport, Input.Unreachable, Input.Answered,
            Input.Ponged, Core.Input.Asked {

        /// What the transport layer sees to.
        sealed interface OfTransport extends Input {}

        record Datagram(InetSocketAddress local, InetSocketAddress remote, Bytes bytes)
                implements OfTransport {}

        /// A message came by a Link from the node of this address.
        record Message(InetSocketAddress remote, Bytes bytes) implements OfTransport {}

        /// There is no Link any more to the node of this address, or none can be made.
        record Gone(InetSocketAddress remote) implements OfTransport {}

        /// The network says that datagrams from here reach nobody there ([Output.Watch]).
        record Unreachable(InetSocketAddress local, InetSocketAddress remote) implements Input {}

        /// Answers [Output.Ping].
        ///
        /// @param mapped the address that we are seen to have there; none: nobody has answered
        record Ponged(InetSocketAddress local, InetSocketAddress remote,
                Optional<InetSocketAddress> mapped) implements Input {}

        /// A peer connected to one of our listening points; the host's own numbers are negative.
        ///
        /// @param proven the domains that its certificate is for, if it has shown one
        record Accepted(long flow, Transport transport, InetSocketAddress local,
                InetSocketAddress remote, List<String> proven) implements OfTransport {
            public Accepted { proven = List.copyOf(proven); }
        }

        /// Answers [Output.Open].
        record Connected(long flow) implements OfTransport {}

        record Received(long flow, Bytes bytes) implements OfTransport {}

        /// A stream has ended, or could not be opened.
        record Closed(long flow) implements OfTransport {}

        /// Answers [Output.Query].
        record Answered(long query, Answer answer) implements Input, ServerLocation.Input {}
    }

    /// What SIP asks of the host or tells the program. Events of the core and, if the stack is
    /// traced, its states are told as it says them.
    public sealed interface Output permits Output.OfTransport, Output.Watch, Output.Query,
            Core.Output.Told, Core.Output.Changed {

        /// What the transport layer says.
        sealed interface OfTransport extends Output, TransportLayer.Output {}

        record SendDatagram(InetSocketAddress local, InetSocketAddress remote, Bytes bytes)
                implements OfTransport {}

        /// Send a message by a Link to the node of this address; [Input.Gone] if that cannot be.
        record SendMessage(InetSocketAddress remote, Bytes bytes) implements OfTransport {}

        /// Connect to a peer; the number is ours, and positive.
        ///
        /// @param domain whose certificate it must show, where the transport is secure
        record Open(long flow, Transport transport, InetSocketAddress remote,
                Optional<String> domain) implements OfTransport {}

        /// Ask there by STUN which address we have; answered by [Input.Ponged].
        record Ping(InetSocketAddress local, InetSocketAddress remote) implements OfTransport {}

        record Write(long flow, Bytes bytes) implements OfTransport {}

        record Close(long flow) implements OfTransport {}

        /// Say it with [Input.Unreachable] if the network says that datagrams of ours reach nobody
        /// there; or do so no longer.
        record Watch(InetSocketAddress local, InetSocketAddress remote, boolean matters)
                implements Output, TransactionLayer.Output {}

        /// Ask the DNS.
        record Query(long query, Question question) implements Output, ServerLocation.Output {}

        /// For trace: a whole message went over a flow. Only if the stack is traced.
        record Carried(boolean sent, Flow flow, Bytes message) implements OfTransport {}

        /// For trace: something refused, dropped or worth knowing.
        ///
        /// @param citation the section that asked for it; may be empty
        record Remark(String text, String citation)
                implements OfTransport, TransactionLayer.Output, ServerLocation.Output {}
    }

    private final TransportLayer transport;
    private final TransactionLayer transactions;
    private final Core core;
    private final ServerLocation location;
    /// What is done with where something goes.
    private final Map<Long, BiConsumer<List<Target>, Instant>> askers = new HashMap<>();
    private final Resting resting = new Resting();
    private final RandomGenerator random;
    private long lastAsked;
    private boolean traced;
    /// What the layers have to say, until it is carried on.
    private final Outbox<TransportLayer.Output> below = new Outbox<>();
    private final Outbox<TransactionLayer.Output> above = new Outbox<>();
    private final Outbox<Output> out = new Outbox<>();

    /// @param points   where this element takes in messages, with the addresses the host has bound
    /// @param location of the servers that requests go to
    /// @param traced   whether somebody listens to messages and states; remarks are always made
    public Stack(List<ListeningPoint> points, Core core, ServerLocation location,
            RandomGenerator random, boolean traced) {
        this.transport = new TransportLayer(points, random, below);
        this.transactions = new TransactionLayer(TransactionLayer.LIMIT, above);
        this.location = location;
        this.core = core;
        this.random = random;
        trace(traced);
    }

    /// Somebody listens to messages and states from now on, or nobody does any more.
    public void trace(boolean now) {
        traced = now;
        transport.trace(now);
    }

    /// How many transactions there are.
    public int transactions() { return transactions.size(); }

    /// How many connections there are.
    public int connections() { return transport.connections(); }

    @Override public Instant deadline() {
        return Timers.earliest(core.deadline(), transactions.deadline(),
                transport.deadline(), location.deadline());
    }

    @Override public List<Output> wake(Instant now) {
        transport.wake(now);
        carry(now);
        transactions.wake(now);
        carry(now);
        if (!location.deadline().isAfter(now)) fromLocation(location.wake(now), now);
        if (!core.deadline().isAfter(now)) fromCore(core.wake(now), now);
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.OfTransport forTransport -> transport.handle(forTransport, now);
            //= rfc3261#18.4-1 an ICMP error: the transport user is told of a failure in sending
            case Input.Unreachable(var local, var remote) ->
                    transactions.ended(Flow.udp(local, remote), now);
            case Input.Ponged(var local, var remote, var mapped) when mapped.isPresent() ->
                    toCore(new Core.Input.Ponged(Flow.udp(local, remote), mapped), now);
            case Input.Ponged(var local, var remote, _) -> ended(Flow.udp(local, remote), now);
            case Input.Answered answered -> fromLocation(location.handle(answered, now), now);
            case Core.Input.Asked asked -> toCore(asked, now);
        }
        carry(now);
        return out.take();
    }

    /// Carries on what the layers have to say, each thing with all that comes of it.
    private void carry(Instant now) {
        for (var output : below.take()) fromTransport(output, now);
        for (var output : above.take()) fromTransactions(output, now);
    }

    private void fromTransport(TransportLayer.Output output, Instant now) {
        switch (output) {
            case Output forHost -> out.add(forHost);
            case Received(Request request, var top, var flow, _) when core.stateless(request) ->
                    toCore(request.is("ACK") ? new Core.Input.Acknowledged(request, flow)
                            : new Core.Input.Received(
                                    TransactionId.server(request, top), request, flow), now);
            case Received(Response response, _, var flow, _) when core.stateless(response) ->
                    toCore(new Core.Input.Stray(response, flow), now);
            case Received(Request request, var top, var flow, var reply) ->
                    transactions.received(request, top, flow, reply, now);
            case Received(Response response, var top, var flow, _) ->
                    transactions.received(response, top, flow, now);
            case Undelivered(var id) -> transactions.undelivered(id, now);
            //= rfc3261#17.1¶3 no client transaction for ACK: it goes straight to the transport
            case Routed(var id, var flow, var request) when id.method().equals("ACK") ->
                    transport.send(id, flow, request, now);
            case Routed(var id, var flow, var request) -> {
                transactions.forget(id);
                //= rfc3263#4-1 where to, is found out; now the transaction is bound to that flow
                transactions.begin(id, request, flow, now);
            }
            case Locate(var id, var via) -> locate(number ->
                    new ServerLocation.Input.LocateClient(number, Transport.named(via.transport())
                            .orElse(Transport.TCP), via.host(), via.port()), now,
                    (targets, then) -> transport.located(id, targets, then));
            case Ponged(var flow) -> toCore(new Core.Input.Ponged(flow, Optional.empty()), now);
            case Ended(var flow) -> ended(flow, now);
        }
        carry(now);
    }

    private void ended(Flow flow, Instant now) {
        transactions.ended(flow, now);
        carry(now);
        toCore(new Core.Input.FlowEnded(flow), now);
    }

    private void fromTransactions(TransactionLayer.Output output, Instant now) {
        switch (output) {
            case TransactionLayer.Output.Send(var id, var flow, var message) ->
                    transport.send(id, flow, message, now);
            case Core.Input.Answered answered -> {
                resting.answered(answered.flow(), answered.response(), now);
                toCore(answered, now);
            }
            case Core.Input forCore -> toCore(forCore, now);
            case TransactionLayer.Output.Changed(var id, var state) when traced ->
                    out.add(new Core.Output.Changed(id.toString(), state));
            case TransactionLayer.Output.Changed _ -> { }
            case Output forHost -> out.add(forHost);
        }
        carry(now);
    }

    private void toCore(Core.Input input, Instant now) { fromCore(core.handle(input, now), now); }

    private void fromCore(List<Core.Output> outputs, Instant now) {
        for (var output : outputs) fromCore(output, now);
    }

    private void fromCore(Core.Output output, Instant now) {
        switch (output) {
            case Core.Output.Send(var id, var request, var target)
                    when resting.spares(request, target, now) ->
                    toCore(new Core.Input.Failed(id, Failure.RESTING), now);
            case Core.Output.Send(var id, var request, var target) ->
                    transport.route(id, request, follow(id, target), now);
            case Core.Output.SendAck(var ack, var target) ->
                    transport.route(TransactionId.client("ACK", random), ack, target, now);
            case Core.Output.Pass(var branch, var request, var target) ->
                    transport.route(TransactionId.none(branch), request, target, now);
            case Core.Output.Reply(var response, var flow) -> {
                var top = response.topVia();
                transport.send(TransactionId.answered(response, top), ReplyPath.of(top, flow),
                        response.encode(), now);
            }
            case Core.Output.Respond(var id, var response) ->
                    transactions.respond(id, response, now);
            case Core.Output.Forget(var id) -> transactions.forget(id);
            case Core.Output.Resolve(long id, var uri, boolean steady) -> locate(
                    number -> new ServerLocation.Input.Locate(number, uri, steady), now,
                    (targets, then) -> toCore(new Core.Input.Resolved(id, targets), then));
            case Core.Output.Ping(var flow) -> transport.ping(flow, now);
            case Core.Output.Changed _ when !traced -> { }
            case Output forHost -> out.add(forHost);
        }
        carry(now);
    }

    /// A CANCEL goes the way its INVITE went.
    private Target follow(TransactionId id, Target target) {
        if (!id.method().equals("CANCEL")) return target;
        //= rfc3261#9.1-10 the same destination as the request that is cancelled
        //= rfc3263#4-3 the CANCEL goes to the server that has the request
        //= rfc3263#4.4-1 the same server as the request of the transaction
        return transactions.flowOf(Cancel.cancelled(id)).map(Target::of).orElse(target);
    }

    // Where to

    private void locate(LongFunction<ServerLocation.Input> question, Instant now,
            BiConsumer<List<Target>, Instant> asker) {
        askers.put(++lastAsked, asker);
        fromLocation(location.handle(question.apply(lastAsked), now), now);
    }

    private void fromLocation(List<ServerLocation.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case ServerLocation.Output.Located(long number, var targets) -> {
                askers.remove(number).accept(targets, now);
                carry(now);
            }
            case Output forHost -> out.add(forHost);
        }
    }
}
