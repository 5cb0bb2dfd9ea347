package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.*;
import p2psip.app.why.Fact;
import p2psip.std.*;
import p2psip.std.rfc8445.*;

/// The Links of a node: connections to identities, over which their services speak. One for each
/// pair of identities, made when there is something to say, by whatever way leads there.
public final class Links implements Machine<Links.Input, Links.Output> {
    /// Services, by number; those from 1000 on are free for all.
    public static final int SIP = 1, PIPE = 2;

    /// The largest message.
    public static final int MAX_MESSAGE = Sessions.MAX_PAYLOAD - Payload.SAY;

    /// The largest moment.
    public static final int MAX_MOMENT = Frame.MOMENT;

    /// Links at a time; who is to be reached by one more is out of reach.
    static final int LIMIT = 1_000;

    /// Contacts remembered: where those are with whom there is no Link, or whose Link breaks.
    static final int CONTACTS = 1_000;

    /// What the node asks.
    public sealed interface Command {

        /// A node is reached so: to be said before it is first spoken to.
        record Know(Contact contact) implements Command {}

        /// Say something to a service of a node.
        ///
        /// @param id        the asker's own, for [Event.Became]; 0 if it does not care
        /// @param key       the node's public key
        /// @param confirmed whether to say it until it has arrived
        record Say(long id, Bytes key, int service, Bytes message, boolean confirmed)
                implements Command {}

        /// A moment of a conversation, if there is a Link: it is lost if there is none.
        record Moment(Bytes key, int channel, Bytes bytes) implements Command {}

        /// Whether a conversation is going on, whose moments must not cease.
        record Await(Bytes key, boolean now) implements Command {}

        /// This node has such a service, or has it no more.
        record Offer(int service, boolean now) implements Command {}

        /// About a stream: bytes in order, both ways, none lost. Its name is that of who has opened
        /// it, above zero, or below if the other node has.
        sealed interface OfStreams extends Command {
            long id();
        }

        /// Open one: [Event.Opened] or [Event.Ended] follows. It may be written to at once.
        record Open(long id, Bytes key, int service) implements OfStreams {}

        /// Write to it; no more than [Event.Writable] has said in all.
        record Write(long id, Bytes bytes) implements OfStreams {}

        /// Take so many bytes more: what is not wanted does not come, and in the end is not sent.
        record Read(long id, int bytes) implements OfStreams {}

        /// Nothing more will be written to it.
        record Close(long id) implements OfStreams {}

        /// Give it up, both ways.
        record Reset(long id, How why) implements OfStreams {}
    }

    /// How a stream ends.
    public enum How {
        /// All got there, both ways.
        FINISHED,

        /// The other node has no such service.
        NO_SERVICE,

        /// The service does not want it.
        REFUSED,

        /// One of both has given it up, or was started anew.
        RESET,

        /// The other node cannot be reached, or not any more.
        UNREACHABLE,

        /// There are enough already.
        TOO_MANY;

        /// As the other node says it.
        static How of(int number) {
            return number == NO_SERVICE.ordinal() ? NO_SERVICE
                    : number == REFUSED.ordinal() ? REFUSED
                    : number == TOO_MANY.ordinal() ? TOO_MANY : RESET;
        }
    }

    /// What the node is told.
    public sealed interface Event {

        /// A node has said something to a service; that it was this node is proved.
        record Said(Bytes key, int service, Bytes message) implements Event {}

        record Moment(Bytes key, int channel, Bytes bytes) implements Event {}

        /// What became of something that was said.
        record Became(long id, Outcome outcome) implements Event {}

        /// There is a Link, or it goes another way than before.
        ///
        /// @param way for people: an address, or the relay
        record Up(Bytes key, boolean relayed, String way) implements Event {}

        /// There is none any more.
        record Down(Bytes key) implements Event {}

        /// About a stream, of this name.
        sealed interface OfStreams extends Event {
            long id();
        }

        /// Another node has opened one; that it was this node is proved.
        record Came(long id, Bytes key, int service) implements OfStreams {}

        /// The other node has it.
        record Opened(long id) implements OfStreams {}

        /// So many bytes more may be written to it.
        record Writable(long id, int bytes) implements OfStreams {}

        /// The next bytes of it, as many as are wanted.
        record Arrived(long id, Bytes bytes) implements OfStreams {}

        /// The other node will write no more, and all has arrived.
        record Finished(long id) implements OfStreams {}

        /// Nothing more will be heard of it.
        record Ended(long id, How how) implements OfStreams {}
    }

    public enum Outcome { DELIVERED, UNREACHABLE, NO_SERVICE, NO_ANSWER }

    sealed interface Input {
        record Asked(Command command) implements Input {}
        record Met(Peer peer, Bytes key, Path path) implements Input {}
        record Moved(Peer peer, Path path) implements Input {}
        record Lost(Peer peer) implements Input {}
        record Heard(Peer peer, Bytes key, Payload.OfLink payload) implements Input {}
        record Moment(Bytes key, int channel, Bytes bytes) implements Input {}
        record OfStreams(Peer peer, Bytes key, Frame.OfStreams frame) implements Input {}

        /// A relay has handed on enough to a peer for now.
        record Slower(NodeId peer) implements Input {}

        /// This node speaks from here now.
        record Stands(Vantage vantage) implements Input {}

        /// A datagram of STUN came to the overlay's socket, for the search that [#search] found.
        record Stun(NodeId search, InetSocketAddress from, Bytes datagram) implements Input {}
    }

    sealed interface Output {
        record Datagram(InetSocketAddress to, Bytes datagram) implements Output {}
        record Ask(Sessions.Input what) implements Output {}
        record Told(Event event) implements Output {}
        record Remark(String text) implements Output {}

        /// For who asks later.
        record Seen(Fact fact) implements Output {}
    }

    private final Machines<NodeId, Link> links = new Machines<>(LIMIT);
    private final SequencedMap<NodeId, Contact> contacts = new LinkedHashMap<>();
    private final Set<Integer> services = new TreeSet<>();
    private final Pacer pacer = new Pacer();
    private final RandomGenerator random;
    private final Slots slots = new Slots();
    private final Map<Long, NodeId> streams = new LinkedHashMap<>();
    private Vantage vantage = Vantage.NOWHERE;
    private final Outbox<Output> out = new Outbox<>();

    Links(RandomGenerator random) { this.random = random; }

    /// How much is remembered of whom.
    int size() { return links.size(); }

    boolean has(NodeId node) { return links.contains(node); }

    int known() { return contacts.size(); }

    @Override public Instant deadline() { return links.deadline(); }

    @Override public List<Output> wake(Instant now) {
        links.wake(now, link -> link.wake(now), (id, _, outputs) -> said(id, outputs));
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Asked(var command) -> asked(command, now);
            case Input.Met(var peer, var key, var path) -> {
                if (links.contains(peer.id()))
                    tell(peer.id(), new Link.Input.Met(peer, path, vantage), now);
            }
            case Input.Moved(var peer, var path) ->
                    tell(peer.id(), new Link.Input.Moved(path, vantage), now);
            case Input.Lost(var peer) -> tell(peer.id(), new Link.Input.Lost(), now);
            case Input.Heard(var peer, var key, Payload.Say say) -> said(peer, key, say, now);
            case Input.Heard(var peer, _, Payload.Taken(int id)) ->
                    tell(peer.id(), new Link.Input.Answered(id, Outcome.DELIVERED), now);
            case Input.Heard(var peer, _, Payload.NoService(int id)) ->
                    tell(peer.id(), new Link.Input.Answered(id, Outcome.NO_SERVICE), now);
            case Input.Heard(var peer, var key, Payload.Ways ways) -> {
                if (links.contains(peer.id()) || add(peer.id(), key, now))
                    tell(peer.id(), new Link.Input.Ways(ways, vantage), now);
            }
            case Input.Stands(var there) -> vantage = there;
            case Input.Stun(var search, var from, var datagram) ->
                    tell(search, new Link.Input.Stun(from, datagram), now);
            case Input.Moment(var key, int channel, var bytes) ->
                    out.add(new Output.Told(new Event.Moment(key, channel, bytes)));
            case Input.OfStreams(var peer, var key, var frame) -> {
                if (links.contains(peer.id()) || add(peer.id(), key, now))
                    tell(peer.id(), new Link.Input.OfStreams(new Streams.Input.Heard(frame)), now);
            }
            case Input.Slower(var peer) ->
                    tell(peer, new Link.Input.OfStreams(new Streams.Input.Slower()), now);
        }
        return out.take();
    }

    private void asked(Command command, Instant now) {
        switch (command) {
            case Command.Know(var contact) -> {
                contacts.putLast(NodeId.of(contact.node()), contact);
                if (contacts.size() > CONTACTS) contacts.pollFirstEntry();
            }
            case Command.Say say -> say(say, now);
            case Command.Open open -> open(open, now);
            case Command.OfStreams stream -> Optional.ofNullable(streams.get(stream.id()))
                    .ifPresent(peer -> stream(peer, stream, now));
            case Command.Moment(var key, int channel, var bytes) -> ask(new Sessions.Input.Tell(
                    NodeId.of(key), new Session.Input.Say(new Frame.Moment(channel, bytes))));
            case Command.Await(var key, boolean awaited) ->
                    tell(NodeId.of(key), new Link.Input.Await(awaited), now);
            case Command.Offer(int service, boolean offered) -> {
                if (offered) services.add(service);
                else services.remove(service);
            }
        }
    }

    private void say(Command.Say say, Instant now) {
        var id = NodeId.of(say.key());
        if (say.message().size() > MAX_MESSAGE)
            throw new IllegalArgumentException(say.message().size() + " of " + MAX_MESSAGE);
        if (!links.contains(id) && !add(id, say.key(), now)) {
            became(say.id(), Outcome.UNREACHABLE);
            return;
        }
        tell(id, new Link.Input.Say(say), now);
    }

    private void open(Command.Open open, Instant now) {
        var id = NodeId.of(open.key());
        if (links.contains(id) || add(id, open.key(), now)) {
            streams.put(open.id(), id);
            stream(id, open, now);
        } else out.add(new Output.Told(new Event.Ended(open.id(), How.UNREACHABLE)));
    }

    private void stream(NodeId peer, Command.OfStreams command, Instant now) {
        tell(peer, new Link.Input.OfStreams(new Streams.Input.Asked(command)), now);
    }

    private boolean add(NodeId id, Bytes key, Instant now) {
        var link = new Link(id, key, Optional.ofNullable(contacts.get(id)), pacer,
                new Streams(key, slots, services::contains, random), random, now);
        if (links.add(id, link)) return true;
        out.add(new Output.Remark("too many links to make one to " + id));
        return false;
    }

    /// To whom a straight way is looked for, if a datagram of STUN is of that search: a question is
    /// for the one that has the name in it, an answer for the one that has asked.
    Optional<NodeId> search(Bytes datagram) {
        var ufrag = Agent.addressee(datagram);
        return links.find(link -> ufrag.map(link::isFor).orElseGet(() -> link.awaits(datagram)));
    }

    private void said(Peer peer, Bytes key, Payload.Say say, Instant now) {
        boolean offered = services.contains(say.service());
        if (say.id() != 0) ask(new Sessions.Input.Send(peer, (offered ? new Payload.Taken(say.id())
                : new Payload.NoService(say.id())).encode(), true));
        if (offered) out.add(new Output.Told(new Event.Said(key, say.service(), say.message())));
        else out.add(new Output.Remark("no service " + say.service() + " for " + peer));
        tell(peer.id(), new Link.Input.Used(), now);
    }

    private void became(long id, Outcome outcome) {
        if (id != 0) out.add(new Output.Told(new Event.Became(id, outcome)));
    }

    private void tell(NodeId peer, Link.Input input, Instant now) {
        links.tell(peer, link -> link.handle(input, now), (id, _, outputs) -> said(id, outputs));
    }

    private void said(NodeId peer, List<Output> outputs) {
        for (var output : outputs) {
            if (output instanceof Output.Told(Event.Came(long id, _, _))) streams.put(id, peer);
            if (output instanceof Output.Told(Event.Ended(long id, _))) streams.remove(id);
            out.add(output);
        }
    }

    private void ask(Sessions.Input what) { out.add(new Output.Ask(what)); }
}
