package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.host.*;
import p2psip.app.lookup.*;
import p2psip.app.media.*;
import p2psip.app.p2p.Links;
import p2psip.app.why.Fact;
import p2psip.std.*;
import p2psip.std.rfc2396.*;
import p2psip.std.rfc3261.Message;
import p2psip.std.rfc3261.Message.Request;
import p2psip.std.rfc3261.server.*;

/// SIP between nodes, in their Links: to SIP each node has an address that stands for its key, the
/// [Orchid]; here it is known which key that is, and who calls is checked ([Callers]). The media
/// that pass through this node ([MediaProxy]) come and go by the same Links.
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

        /// To be said to the SIP of this node.
        record Resume() implements Output {}
        record Remark(String text) implements Output {}
    }

    /// Who has an address that is registered here.
    ///
    /// @param record what was put for it last
    record Owner(Identity identity, SignedRecord record) {}

    /// Nodes whose keys are remembered; the one longest unheard of is forgotten.
    static final int LIMIT = 10_000;

    private final Function<Aor, Optional<Owner>> owners;
    private final Domains home;
    private final InstantSource wall;
    private final Callers callers;
    private final MediaProxy media;
    private final SequencedMap<InetSocketAddress, Bytes> keys = new LinkedHashMap<>();
    private final Outbox<Output> out = new Outbox<>();

    /// @param owners of the addresses that are registered here
    SipLinks(Domains home, Pins pins, MediaProxy media, InstantSource wall,
            Function<Aor, Optional<Owner>> owners) {
        this.home = home;
        this.media = media;
        this.owners = owners;
        this.wall = wall;
        this.callers = new Callers(home, pins, wall);
    }

    /// The sound that has passed in a call, if it passes here.
    List<Fact> sound(String callId) { return media.sound(callId); }

    @Override public Instant deadline() { return callers.deadline(); }

    @Override public List<Output> wake(Instant now) {
        called(callers.wake(now));
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Send(var remote, var message) -> send(remote, Message.parse(message));
            case Input.Happened(var event) -> media.happened(event, now);
            case Input.Told(Links.Event.Moment(var key, int channel, var bytes)) ->
                    media.moment(Orchid.of(key), channel, bytes, now);
            case Input.Know(var contact) -> {
                know(contact.node());
                out.add(new Output.Link(new Links.Command.Know(contact)));
            }
            case Input.Looked(long id, var answer) ->
                    called(callers.handle(new Callers.Input.Looked(id, answer), now));
            case Input.Told(Links.Event.Said(var key, int service, var message))
                    when service == Links.SIP -> {
                know(key);
                called(callers.handle(new Callers.Input.Came(key, message), now));
            }
            case Input.Told(Links.Event.Down(var key)) ->
                    out.add(new Output.Gone(Orchid.of(key)));
            case Input.Told(Links.Event.Said _), Input.Told(Links.Event.Up _),
                    Input.Told(Links.Event.Became _), Input.Told(Links.Event.OfStreams _) -> { }
        }
        return carried();
    }

    private void know(Bytes key) {
        keys.putLast(Orchid.of(key), key);
        if (keys.size() > LIMIT) keys.pollFirstEntry();
    }

    private void send(InetSocketAddress remote, Message message) {
        var key = keys.get(remote);
        var framed = message instanceof Request request ? framed(request)
                : Proof.NONE.framed(message.encode());
        if (key == null || framed.size() > Links.MAX_MESSAGE) {
            out.add(new Output.Remark(message.summary() + " not sent: "
                    + (key == null ? "no node is known there" : "too long for a Link")));
            out.add(new Output.Gone(remote));
        } else out.add(new Output.Link(new Links.Command.Say(0, key, Links.SIP, framed, true)));
    }

    /// A first request brings the proof of its caller; nobody but a node says who is asserted.
    private Bytes framed(Request request) {
        var proof = Callers.begins(request) && request.from().uri() instanceof SipUri from
                && request.to().uri() instanceof SipUri to
                ? proof(request, home.aor(from), home.aor(to)) : Proof.NONE;
        return proof.framed(Callers.unasserted(request).encode());
    }

    /// Of a caller of ours a new one; of another the one that he has sent along.
    private Proof proof(Request request, Aor from, Aor to) {
        var own = owners.apply(from);
        if (own.isEmpty()) return callers.proof(request, from);
        return new Proof(Optional.of(own.get().record()), Optional.of(Statement.sign(
                own.get().identity(), from, to, request.callId(), wall.instant())));
    }

    private void called(List<Callers.Output> outputs) {
        for (var output : outputs) switch (output) {
            case Callers.Output.Deliver(var key, var message) ->
                    out.add(new Output.Message(Orchid.of(key), message.encode()));
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

    /// What the media have to say, by and by: also owed after each thing that SIP was told.
    List<Output> carried() {
        for (var output : media.take()) switch (output) {
            case Carried.Do(var effect) -> out.add(new Output.Do(effect));
            case Carried.Moment(var peer, int channel, var bytes) ->
                    link(peer, key -> new Links.Command.Moment(key, channel, bytes));
            case Carried.Await(var peer, boolean awaited) ->
                    link(peer, key -> new Links.Command.Await(key, awaited));
            case Carried.Resume _ -> out.add(new Output.Resume());
            case Carried.Remark(var text) -> out.add(new Output.Remark(text));
        }
        return out.take();
    }

    /// The key that an address stands for, if it was heard of.
    Optional<Bytes> key(InetSocketAddress remote) {
        return Optional.ofNullable(keys.get(remote));
    }

    private void link(InetSocketAddress peer, Function<Bytes, Links.Command> command) {
        key(peer).ifPresent(key -> out.add(new Output.Link(command.apply(key))));
    }
}
