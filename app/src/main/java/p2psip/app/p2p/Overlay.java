package p2psip.app.p2p;

import module java.base;
import p2psip.app.crypto.Identity;
import p2psip.app.crypto.Peer;
import p2psip.app.crypto.SignedRecord;
import p2psip.app.host.Effect;
import p2psip.app.host.Event;
import p2psip.app.host.Id;
import p2psip.std.Bytes;
import p2psip.std.Machine;

/// A node's part in the overlay: it finds the others, is a super-node or has one serve it, and
/// puts, gets and removes records.
///
/// A super-node is on the ring. An ordinary node asks a super-node to do everything for it, and
/// goes to another when that dies; when it finds none at all it becomes a super-node, so that two
/// nodes started with no options find each other.
public final class Overlay implements Machine<Overlay.Input, Overlay.Output> {

    public sealed interface Input {

        /// Open the overlay's socket and find the others.
        record Start() implements Input {}

        /// Something happened, of the part [Id.Part#LOOKUP].
        record Happened(Event event) implements Input {}

        /// Keep a record where all can find it. Answered by [Output.Done] or [Output.Failed].
        record Put(long id, SignedRecord record) implements Input {}

        /// Look a key up. Answered by [Output.Found] or [Output.Failed].
        record Get(long id, String key) implements Input {}

        /// Put a tombstone in the place of its owner's record. Answered as [Put] is.
        record Remove(long id, SignedRecord tombstone) implements Input {}

        /// Hand over what is kept, say goodbye; [Output.Left] follows within two seconds.
        record Leave() implements Input {}
    }

    public sealed interface Output {
        record Do(Effect effect) implements Output {}

        /// The overlay can be used, and others reach this node here.
        record Ready(Peer self, boolean superNode) implements Output {}

        /// The overlay's socket could not be opened: nothing will come of this machine.
        record NotReady(InetSocketAddress wanted, String why) implements Output {}

        record Done(long id) implements Output {}

        /// The newest valid record of each owner, tombstones among them; none if nobody had one.
        record Found(long id, List<SignedRecord> records) implements Output {}

        record Failed(long id, String why) implements Output {}
        record Left() implements Output {}
    }

    /// How a node takes part.
    ///
    /// @param bind      where the overlay's socket is to be; the wildcard address means everywhere,
    ///                  port 0 any free one
    /// @param otherPort whether any other port will do if that one is in use
    /// @param addresses the host's addresses, as its [p2psip.app.host.Host.Room] has them
    /// @param superNode whether to be a super-node from the beginning
    /// @param bootstrap where super-nodes may be
    /// @param group     the multicast group to find each other by; none to do without
    public record Config(InetSocketAddress bind, boolean otherPort,
            List<InetAddress> addresses, boolean superNode, List<Place> bootstrap,
            Optional<InetSocketAddress> group) {}

    /// The group of the project's ancestor.
    public static final InetSocketAddress GROUP =
            new InetSocketAddress(InetAddress.ofLiteral("224.0.1.2"), 5062);

    /// Its socket, its group, what it loads; it resolves, and stores, under numbers from 1.
    static final Id BIND = new Id(Id.Part.LOOKUP, 0, 0), JOIN = BIND.with(-1), LOAD = BIND.with(-2);

    private final Identity identity;
    private final Config config;
    private final RandomGenerator random;
    private final InstantSource wall;
    private Optional<Member> member = Optional.empty();

    /// @param identity the node's own
    /// @param random   chance, from the edge
    /// @param wall     the time of day, by which records expire
    public Overlay(Identity identity, Config config, RandomGenerator random, InstantSource wall) {
        this.identity = identity;
        this.config = config;
        this.random = random;
        this.wall = wall;
    }

    /// What a datagram of the overlay is, as far as who has no key can tell: `Hello`, `Data` ...
    ///
    /// @return empty if it does not begin as those of the overlay do
    /// @throws SyntaxException if it does, but is none that could be sent
    public static Optional<String> kind(Bytes datagram) {
        if (!Packet.looksLike(datagram)) return Optional.empty();
        if (datagram.size() > Packet.MAX_BYTES)
            throw new SyntaxException(datagram.size() + " bytes are too many");
        var packet = Packet.parse(datagram);
        if (packet instanceof Packet.Data data && data.sealed().size() <= Seal.TAG)
            throw new SyntaxException("nothing is sealed");
        return Optional.of(packet.getClass().getSimpleName());
    }

    /// How much is remembered of others, by the kind of memory.
    public SortedMap<String, Integer> sizes() {
        return member.map(Member::sizes).orElseGet(TreeMap::new);
    }

    @Override public boolean terminated() { return member.filter(Member::terminated).isPresent(); }

    @Override public Instant deadline() {
        return member.map(Member::deadline).orElse(Instant.MAX);
    }

    @Override public List<Output> wake(Instant now) {
        return member.map(m -> m.wake(now)).orElse(List.of());
    }

    @Override public List<Output> handle(Input input, Instant now) {
        if (member.isPresent()) return member.get().handle(input, now);
        return switch (input) {
            case Input.Start _ -> List.of(new Output.Do(new Effect.Bind(BIND, config.bind)));
            case Input.Happened(Event.Bound(_, var socket)) ->
                    begin(socket, now);
            case Input.Happened(Event.NotBound(_, var wanted, _))
                    when config.otherPort && wanted.getPort() != 0 ->
                    List.of(new Output.Do(new Effect.Bind(BIND,
                            new InetSocketAddress(wanted.getAddress(), 0))));
            case Input.Happened(Event.NotBound(_, var wanted, var why)) ->
                    List.of(new Output.NotReady(wanted, why));
            case Input.Happened _ -> List.of();
            case Input.Put(var id, _) -> List.of(new Output.Failed(id, "not in the overlay yet"));
            case Input.Get(var id, _) -> List.of(new Output.Failed(id, "not in the overlay yet"));
            case Input.Remove(var id, _) ->
                    List.of(new Output.Failed(id, "not in the overlay yet"));
            case Input.Leave _ -> List.of(new Output.Left());
        };
    }

    private List<Output> begin(InetSocketAddress socket, Instant now) {
        var started = new Member(identity, config, socket, reachedAt(socket), random, wall);
        member = Optional.of(started);
        return started.begin(now);
    }

    /// Where others reach this node: at the socket's address, or if that is everywhere at the first
    /// of the host's that is good for other hosts too.
    private InetSocketAddress reachedAt(InetSocketAddress socket) {
        if (!socket.getAddress().isAnyLocalAddress()) return socket;
        return new InetSocketAddress(config.addresses.stream()
                .filter(ip -> !ip.isLoopbackAddress()).findFirst()
                .orElse(InetAddress.getLoopbackAddress()), socket.getPort());
    }
}
