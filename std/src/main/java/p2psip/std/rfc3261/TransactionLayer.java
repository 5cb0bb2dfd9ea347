package p2psip.std.rfc3261;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc3261.Message.*;

/// All transactions of an element: finds the one that a message belongs to, and makes new ones.
///
/// It stands between the transport layer, which hands it messages, and the [Core], which begins
/// client transactions and answers server transactions.
///
/// @spec https://www.rfc-editor.org/rfc/rfc3261#section-17 RFC 3261 §17
final class TransactionLayer {
    /// As many transactions may there be on either side. A request beyond is answered 503, and what
    /// the core would begin beyond fails at once.
    static final int LIMIT = 200_000;

    /// What is for the core is said in its own words.
    sealed interface Output permits Output.Send, Output.Changed, Core.Input.Received,
            Core.Input.Acknowledged, Core.Input.Answered, Core.Input.Failed, Core.Input.Stray,
            Stack.Output.Watch, Stack.Output.Remark {
        /// For the transport layer.
        record Send(TransactionId transaction, Flow flow, Bytes message) implements Output {}
        /// For trace.
        record Changed(TransactionId transaction, Cited state) implements Output {}
    }

    private final Machines<TransactionId, ClientTransaction> clients;
    private final Machines<TransactionId, ServerTransaction> servers;
    /// The client transactions over each flow, which fail when it ends.
    private final Owners<TransactionId, Flow> overFlow = new Owners<>();
    private final Set<Flow> watched = new HashSet<>();
    private final Outbox<Output> out;

    TransactionLayer(int limit, Outbox<Output> out) {
        this.out = out;
        this.clients = new Machines<>(limit);
        this.servers = new Machines<>(limit);
    }

    int size() { return clients.size() + servers.size(); }

    Instant deadline() { return Collections.min(List.of(clients.deadline(), servers.deadline())); }

    void wake(Instant now) {
        clients.wake(now, t -> t.wake(now), (id, t, outputs) -> {
            if (outputs.stream().anyMatch(Transaction.Output.Send.class::isInstance))
                watch(t.flow());
            said(id, t, outputs);
        });
        servers.wake(now, t -> t.wake(now), this::said);
    }

    private void tell(TransactionId id, ClientTransaction.Input input, Instant now) {
        clients.tell(id, t -> t.handle(input, now), this::said);
    }

    private void tell(TransactionId id, ServerTransaction.Input input, Instant now) {
        servers.tell(id, t -> t.handle(input, now), this::said);
    }

    /// A request has come in.
    ///
    /// @param top   its topmost Via as it came
    /// @param flow  the way it came
    /// @param reply the way its responses go
    void received(Request request, Via top, Flow flow, Flow reply, Instant now) {
        var id = TransactionId.server(request, top);
        boolean ack = request.is("ACK");
        if (ack ? acknowledges(request, id) : servers.contains(id))
            servers.tell(id, t -> t.handle(new ServerTransaction.Input.Received(request), now),
                    (_, t, outputs) -> said(id, t, flow, outputs));
        //= rfc6026#8.10¶2 no transaction matches: it is passed to the core
        else if (ack) out.add(new Core.Input.Acknowledged(request, flow));
        else begin(id, request, flow, reply, now);
    }

    private boolean acknowledges(Request ack, TransactionId id) {
        //= rfc6026#6-5 without the cookie the state decides: accepted, and the ACK is the TU's
        return servers.get(id).filter(t -> id.magic()
                || t instanceof InviteServerTransaction invite && invite.sent(ack.to().tag()))
                .isPresent();
    }

    private void begin(TransactionId id, Request request, Flow flow, Flow reply, Instant now) {
        var transaction = request.is("INVITE") ? new InviteServerTransaction(request, reply)
                : new NonInviteServerTransaction(reply);
        if (servers.add(id, transaction)) {
            tell(id, new ServerTransaction.Input.Begin(), now);
            //= rfc3261#17.2.1-3 the request is passed to the TU
            out.add(new Core.Input.Received(id, request, flow));
        } else refuse(id, request, reply);
    }

    private void refuse(TransactionId id, Request request, Flow reply) {
        //= rfc3261#21.5.4-1 Retry-After indicates when to try again
        var busy = Reply.to(request, 503, "").with("Retry-After", "10");
        out.add(new Stack.Output.Remark("too many transactions: " + request.method() + " refused",
                "rfc3261#21.5.4"));
        out.add(new Output.Send(id, reply, busy.encode()));
    }

    /// A response has come in.
    void received(Response response, Via top, Flow flow, Instant now) {
        var cseq = response.cseq();
        //= rfc6026#6-3 every response is compared with the transactions that exist
        var id = TransactionId.client(top, cseq);
        //= rfc6026#8.9-1 a match: the response is passed to that transaction
        //= rfc3261#18.1.2-2 by its transaction, if any matches
        //= rfc6026#7.3-1 every response is compared with the transactions that exist
        if (clients.contains(id))
            clients.tell(id, t -> t.handle(new ClientTransaction.Input.Received(response), now),
                    (_, t, outputs) -> said(id, t, flow, outputs));
        //= rfc3261#18.1.2-3 without a match the core decides, but only of a 2xx
        else if (response.success() && cseq.method().equals("INVITE"))
            out.add(new Core.Input.Stray(response, flow));
        //= rfc6026#8.9-2 otherwise it is discarded
        //= rfc6026#6-4 and nobody can forward it
        else out.add(new Stack.Output.Remark("stray response dropped: " + response.status() + " "
                + cseq.method(), "rfc6026#8.9"));
    }

    /// The core begins a client transaction.
    ///
    /// @param request as it goes over the wire
    void begin(TransactionId id, Bytes request, Flow flow, Instant now) {
        var transaction = id.method().equals("INVITE") ? new InviteClientTransaction(request, flow)
                : new NonInviteClientTransaction(request, flow);
        if (clients.add(id, transaction)) {
            overFlow.own(id, flow);
            tell(id, new ClientTransaction.Input.Begin(), now);
        } else {
            out.add(new Stack.Output.Remark("too many transactions: " + id + " not begun", ""));
            out.add(new Core.Input.Failed(id, Failure.TRANSPORT));
        }
    }

    /// The core answers a server transaction.
    void respond(TransactionId id, Response response, Instant now) {
        if (servers.contains(id)) tell(id, new ServerTransaction.Input.Respond(response), now);
        //= rfc6026#8.3¶4 a response whose transaction is no longer there is discarded
        else out.add(new Stack.Output.Remark("response without a transaction dropped: "
                + response.status() + " for " + id, "rfc6026#8.3"));
    }

    /// The core wants to hear no more of a client transaction, or will not answer a request.
    void forget(TransactionId id) {
        release(id);
        clients.remove(id);
        servers.remove(id);
    }

    /// A request had to be repeated: whoever is to answer may not be there.
    private void watch(Flow flow) {
        if (!flow.reliable() && watched.add(flow))
            out.add(new Stack.Output.Watch(flow.local(), flow.remote(), true));
    }

    private void release(TransactionId id) {
        overFlow.release(id).filter(flow -> overFlow.owned(flow).isEmpty()).filter(watched::remove)
                .ifPresent(flow -> out.add(
                        new Stack.Output.Watch(flow.local(), flow.remote(), false)));
    }

    /// The transport layer could not send what a transaction gave it, or found no way.
    void undelivered(TransactionId id, Instant now) {
        //= rfc6026#6-2 a response that cannot be sent does not destroy its transaction
        if (servers.contains(id)) tell(id, new ServerTransaction.Input.TransportError(), now);
        else if (clients.contains(id)) tell(id, new ClientTransaction.Input.TransportError(), now);
        else out.add(new Core.Input.Failed(id, Failure.TRANSPORT));
    }

    /// A flow has ended, or there is nobody at its other end: nothing more comes for the client
    /// transactions bound to it. A server transaction learns of it when it sends, and may find
    /// another way.
    void ended(Flow flow, Instant now) { for (var id : overFlow.owned(flow)) undelivered(id, now); }

    /// The flow of a client transaction that is still there.
    Optional<Flow> flowOf(TransactionId client) {
        return clients.get(client).map(ClientTransaction::flow);
    }

    private void said(TransactionId id, Transaction<?> transaction,
            List<Transaction.Output> outputs) {
        said(id, transaction, transaction.flow(), outputs);
    }

    /// @param flow the way of the message that it was told of, if it was one
    private void said(TransactionId id, Transaction<?> transaction, Flow flow,
            List<Transaction.Output> outputs) {
        if (transaction.terminated()) release(id);
        for (var output : outputs) out.add(switch (output) {
            //= rfc3263#4-2 retransmissions and the ACK go to the same host
            case Transaction.Output.Send(var message) ->
                    new Output.Send(id, transaction.flow(), message);
            case Transaction.Output.Inform(Response response) ->
                    new Core.Input.Answered(id, response, flow);
            case Transaction.Output.Inform(Request ack) -> new Core.Input.Acknowledged(ack, flow);
            case Transaction.Output.Failed(var why) -> new Core.Input.Failed(id, why);
            case Transaction.Output.Changed(var state) -> new Output.Changed(id, state);
        });
    }
}
