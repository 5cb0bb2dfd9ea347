package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.lookup.*;
import p2psip.app.p2p.Links;
import p2psip.std.*;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;

/// SIP between nodes, in their Links: to SIP each node has an address that stands for its key, the
/// [Orchid]; here it is known which key that is, and who calls is checked ([Callers]).
final class SipLinks implements Machine<SipLinks.Input, SipLinks.Output> {

    sealed interface Input {
        /// For the node of this address.
        record Send(InetSocketAddress remote, Bytes message) implements Input {}
        record Told(Links.Event event) implements Input {}

        /// A node is reached so.
        record Know(Contact contact) implements Input {}

        /// Answers [Output.Ask].
        record Found(long id, Answer answer) implements Input {}
    }

    sealed interface Output {
        /// From the node of this address.
        record Message(InetSocketAddress remote, Bytes bytes) implements Output {}

        /// Nothing will come of it any more.
        record Gone(InetSocketAddress remote) implements Output {}
        record Link(Links.Command command) implements Output {}
        record Ask(long id, Query.Get query) implements Output {}
        record Remark(String text) implements Output {}
    }

    /// Nodes whose keys are remembered; the one longest unheard of is forgotten.
    static final int LIMIT = 10_000;

    private final Function<Aor, Optional<SignedRecord>> records;
    private final Domains home;
    private final Callers callers;
    private final SequencedMap<InetSocketAddress, Bytes> keys = new LinkedHashMap<>();
    private final Outbox<Output> out = new Outbox<>();

    /// @param records the record of an address that is registered here
    SipLinks(Domains home, Pins pins, InstantSource wall,
            Function<Aor, Optional<SignedRecord>> records) {
        this.home = home;
        this.records = records;
        this.callers = new Callers(home, pins, wall);
    }

    int size() { return keys.size() + callers.size(); }

    @Override public Instant deadline() { return callers.deadline(); }

    @Override public List<Output> wake(Instant now) {
        called(callers.wake(now));
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Send(var remote, var message) -> send(remote, message);
            case Input.Know(var contact) -> {
                know(contact.node());
                out.add(new Output.Link(new Links.Command.Know(contact)));
            }
            case Input.Found(long id, var answer) ->
                    called(callers.handle(new Callers.Input.Found(id, answer), now));
            case Input.Told(Links.Event.Said(var key, int service, var message))
                    when service == Links.SIP -> {
                know(key);
                called(callers.handle(new Callers.Input.Came(key, message), now));
            }
            case Input.Told(Links.Event.Down(var key)) ->
                    out.add(new Output.Gone(Orchid.of(key)));
            case Input.Told(Links.Event.Said _), Input.Told(Links.Event.Up _),
                    Input.Told(Links.Event.Became _), Input.Told(Links.Event.Moment _) -> { }
        }
        return out.take();
    }

    private void know(Bytes key) {
        keys.putLast(Orchid.of(key), key);
        if (keys.size() > LIMIT) keys.pollFirstEntry();
    }

    private void send(InetSocketAddress remote, Bytes message) {
        var key = keys.get(remote);
        var parsed = Message.parse(message);
        var framed = parsed instanceof Request request ? framed(request, message)
                : Callers.framed(Optional.empty(), message);
        if (key == null || framed.size() > Links.MAX_MESSAGE) {
            out.add(new Output.Remark(parsed.summary() + " not sent: "
                    + (key == null ? "no node is known there" : "too long for a Link")));
            out.add(new Output.Gone(remote));
        } else out.add(new Output.Link(new Links.Command.Say(0, key, Links.SIP, framed, true)));
    }

    /// A first request brings the record of its caller; nobody but a node says who is asserted.
    private Bytes framed(Request request, Bytes message) {
        var record = Callers.begins(request) && request.from().uri() instanceof SipUri sip
                ? records.apply(home.aor(sip)) : Optional.<SignedRecord>empty();
        return Callers.framed(record, request.has(Callers.ASSERTED)
                ? Callers.unasserted(request).encode() : message);
    }

    private void called(List<Callers.Output> outputs) {
        for (var output : outputs) out.add(switch (output) {
            case Callers.Output.Deliver(var key, var message) ->
                    new Output.Message(Orchid.of(key), message);
            case Callers.Output.Reply(var key, var message) ->
                    new Output.Link(new Links.Command.Say(0, key, Links.SIP, message, true));
            case Callers.Output.Ask(long id, var query) -> new Output.Ask(id, query);
            case Callers.Output.Remark(var text) -> new Output.Remark(text);
        });
    }
}
