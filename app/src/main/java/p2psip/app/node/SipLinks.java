package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.*;
import p2psip.app.media.MediaProxy;
import p2psip.app.p2p.Links;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;

/// SIP between nodes, in their Links: to SIP each node has an address that stands for its key, the
/// [Orchid]; here it is known which key that is, who calls is checked ([Callers]), and media go
/// along where they must ([MediaProxy]).
///
/// ```
///  SIP of this node -- Send -->  +------------+  -- moments, SIP -->  Links
///                                | MediaProxy |
///                 <- Message --  +------------+  <---- Callers ----
///                                   |      ^
///                                   telephones
/// ```
final class SipLinks implements Machine<SipLinks.Input, SipLinks.Output> {

    sealed interface Input {
        /// For the node of this address.
        record Send(InetSocketAddress remote, Bytes message) implements Input {}
        record Told(Links.Event event) implements Input {}

        /// A node is reached so.
        record Know(Contact contact) implements Input {}

        /// Answers [Output.Ask].
        record Looked(long id, Answer answer) implements Input {}

        /// The host says something of the sockets for media.
        record Happened(Event event) implements Input {}
    }

    sealed interface Output {
        /// From the node of this address.
        record Message(InetSocketAddress remote, Bytes bytes) implements Output {}

        /// Nothing will come of it any more.
        record Gone(InetSocketAddress remote) implements Output {}
        record Link(Links.Command command) implements Output {}
        record Do(Effect effect) implements Output {}
        record Ask(long id, Query.Get query) implements Output {}
        record Remark(String text) implements Output {}
    }

    /// Nodes whose keys are remembered; the one longest unheard of is forgotten.
    static final int LIMIT = 10_000;

    /// What it asks the rest of the node.
    interface Around {
        /// The record of an address that is registered here.
        Optional<SignedRecord> record(Aor aor);

        /// The host of a telephone that is registered here.
        Optional<InetAddress> phone(Aor aor);

        /// Where a node is reached without a relay, if it is.
        Optional<InetSocketAddress> straight(Bytes key, Instant now);
    }

    private final Around around;
    private final Domains home;
    private final Callers callers;
    private final MediaProxy media;
    private final SequencedMap<InetSocketAddress, Bytes> keys = new LinkedHashMap<>();
    private final Outbox<Output> out = new Outbox<>();

    SipLinks(Domains home, Pins pins, MediaProxy media, InstantSource wall, Around around) {
        this.home = home;
        this.media = media;
        this.around = around;
        this.callers = new Callers(home, pins, wall);
    }

    @Override public Instant deadline() {
        var next = callers.deadline();
        return media.deadline().isBefore(next) ? media.deadline() : next;
    }

    @Override public List<Output> wake(Instant now) {
        if (!callers.deadline().isAfter(now)) called(callers.wake(now), now);
        if (!media.deadline().isAfter(now)) carried(media.wake(now));
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Send(var remote, var message) -> carried(media.handle(
                    new MediaProxy.Input.Leaves(remote, Message.parse(message),
                            Optional.ofNullable(keys.get(remote)).flatMap(
                                    key -> around.straight(key, now))), now));
            case Input.Happened(var event) ->
                    carried(media.handle(new MediaProxy.Input.Happened(event), now));
            case Input.Told(Links.Event.Moment(var key, int channel, var bytes)) ->
                    carried(media.handle(new MediaProxy.Input.Moment(
                            Orchid.of(key), channel, bytes), now));
            case Input.Know(var contact) -> {
                know(contact.node());
                out.add(new Output.Link(new Links.Command.Know(contact)));
            }
            case Input.Looked(long id, var answer) ->
                    called(callers.handle(new Callers.Input.Looked(id, answer), now), now);
            case Input.Told(Links.Event.Said(var key, int service, var message))
                    when service == Links.SIP -> {
                know(key);
                called(callers.handle(new Callers.Input.Came(key, message), now), now);
            }
            case Input.Told(Links.Event.Down(var key)) ->
                    out.add(new Output.Gone(Orchid.of(key)));
            case Input.Told(Links.Event.Said _), Input.Told(Links.Event.Up _),
                    Input.Told(Links.Event.Became _) -> { }
        }
        return out.take();
    }

    private void know(Bytes key) {
        keys.putLast(Orchid.of(key), key);
        if (keys.size() > LIMIT) keys.pollFirstEntry();
    }

    private void send(InetSocketAddress remote, Message message) {
        var key = keys.get(remote);
        var framed = message instanceof Request request ? framed(request)
                : Callers.framed(Optional.empty(), message.encode());
        if (key == null || framed.size() > Links.MAX_MESSAGE) {
            out.add(new Output.Remark(message.summary() + " not sent: "
                    + (key == null ? "no node is known there" : "too long for a Link")));
            out.add(new Output.Gone(remote));
        } else out.add(new Output.Link(new Links.Command.Say(0, key, Links.SIP, framed, true)));
    }

    /// A first request brings the record of its caller; nobody but a node says who is asserted.
    private Bytes framed(Request request) {
        var record = Callers.begins(request) && request.from().uri() instanceof SipUri sip
                ? around.record(home.aor(sip)) : Optional.<SignedRecord>empty();
        return Callers.framed(record, Callers.unasserted(request).encode());
    }

    private void called(List<Callers.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Callers.Output.Deliver(var key, var message) ->
                    deliver(Orchid.of(key), message, now);
            // it gets what SIP says to it
            case Callers.Output.Garbled(var key, var bytes) ->
                    out.add(new Output.Message(Orchid.of(key), bytes));
            case Callers.Output.Reply(var key, var message) -> out.add(
                    new Output.Link(new Links.Command.Say(0, key, Links.SIP, message, true)));
            case Callers.Output.Ask(long id, var query) -> out.add(new Output.Ask(id, query));
            case Callers.Output.Known(var contact) ->
                    out.add(new Output.Link(new Links.Command.Know(contact)));
            case Callers.Output.Remark(var text) -> out.add(new Output.Remark(text));
        }
    }

    private void deliver(InetSocketAddress peer, Message message, Instant now) {
        try {
            carried(media.handle(
                    new MediaProxy.Input.Comes(peer, message, phone(message)), now));
        } catch (p2psip.std.SyntaxException e) {
            out.add(new Output.Message(peer, message.encode()));
        }
    }

    private Optional<InetAddress> phone(Message message) {
        return message instanceof Request request && Uri.parse(request.uri()) instanceof SipUri to
                ? around.phone(home.aor(to)) : Optional.empty();
    }

    private void carried(List<MediaProxy.Output> outputs) {
        for (var output : outputs) switch (output) {
            case MediaProxy.Output.Do(var effect) -> out.add(new Output.Do(effect));
            case MediaProxy.Output.Send(var peer, var message) -> send(peer, message);
            case MediaProxy.Output.Deliver(var peer, var message) ->
                    out.add(new Output.Message(peer, message.encode()));
            case MediaProxy.Output.Moment(var peer, int channel, var bytes) ->
                    link(peer, key -> new Links.Command.Moment(key, channel, bytes));
            case MediaProxy.Output.Await(var peer, boolean awaited) ->
                    link(peer, key -> new Links.Command.Await(key, awaited));
            case MediaProxy.Output.Remark(var text) -> out.add(new Output.Remark(text));
        }
    }

    private void link(InetSocketAddress peer, Function<Bytes, Links.Command> command) {
        var key = keys.get(peer);
        if (key != null) out.add(new Output.Link(command.apply(key)));
    }
}
