package p2psip.std.rfc8656;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8489.Message.Kind;

/// A TURN server: lends its users addresses, and relays between them and the peers that they name.
/// It answers plain STUN Binding requests as well.
///
/// Whoever owns it opens the sockets that it asks for ([Output.Open]) and tells it what came in:
/// from a client a whole message at a time ([StreamFraming] cuts streams), from a peer a datagram.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8656#section-5 RFC 8656 §5
public final class TurnServer implements Machine<TurnServer.Input, TurnServer.Output> {

    public sealed interface Input {
        /// A message of a client.
        record FromClient(FiveTuple tuple, Bytes message) implements Input {}

        /// A datagram that came to a relayed address.
        record FromPeer(InetSocketAddress relay, InetSocketAddress peer, Bytes data)
                implements Input {}

        /// Answers [Output.Open].
        record Opened(InetSocketAddress relay) implements Input {}

        /// Answers [Output.Open]: the system does not give that port.
        record NotOpened(InetSocketAddress relay) implements Input {}

        /// The network says that something sent from a relayed address did not arrive: type, code
        /// and what else an ICMP packet has said.
        record Undelivered(InetSocketAddress relay, InetSocketAddress peer, int type, int code,
                int data) implements Input {}

        /// The stream of a client has ended.
        record Gone(FiveTuple tuple) implements Input {}
    }

    public sealed interface Output {
        record ToClient(FiveTuple tuple, Bytes message) implements Output {}
        record ToPeer(InetSocketAddress relay, InetSocketAddress peer, Bytes data)
                implements Output {}

        /// Open a socket at this very address for an allocation.
        record Open(FiveTuple tuple, InetSocketAddress relay) implements Output {}

        record Close(InetSocketAddress relay) implements Output {}
        record Changed(FiveTuple tuple, Cited state) implements Output, Entered {}
    }

    /// What a server is told at its beginning.
    ///
    /// @param software what it says of itself
    /// @param relays   its addresses from which it relays, of either family or both
    /// @param low      the lowest port it relays from, `high` the highest
    /// @param channels the last number that channels have: [ChannelData#LAST], or
    ///                 [ChannelData#OLD_LAST] where clients of RFC 5766 are to be served
    public record Settings(String software, Map<Family, InetAddress> relays, int low, int high,
            Limits limits, Peers peers, int channels) {

        //= rfc8656#7.2-11 the dynamic ports, unless the user names others
        public static final int LOW = 49_152, HIGH = 65_535;

        /// The lowest port that may be lent at all.
        //= rfc8656#7.2-12 no well-known port is lent, whatever the user says
        public static final int LOWEST = 1_024;

        public Settings {
            if (relays.isEmpty()) throw new IllegalArgumentException("no address to relay from");
            if (low < LOWEST || high > HIGH || low > high) throw new IllegalArgumentException(
                    "ports are from " + LOWEST + " to " + HIGH);
            relays = Collections.unmodifiableMap(new EnumMap<>(relays));
        }

        /// One with the channels of today.
        public Settings(String software, Map<Family, InetAddress> relays, int low, int high,
                Limits limits, Peers peers) {
            this(software, relays, low, high, limits, peers, ChannelData.LAST);
        }
    }

    /// A relayed address and whose it is.
    private record Lent(Allocation allocation, Relay relay) {}

    private final Software software;
    private final Limits limits;
    private final int channels;
    private final Guard guard;
    private final BindingServer binding;
    private final Ids ids;
    private final Ports ports;
    private final Reservations reservations;
    private final Allocation.House house;
    private final Machines<FiveTuple, Allocation> allocations;
    private final Map<InetSocketAddress, FiveTuple> opening = new HashMap<>();
    private final Map<InetSocketAddress, Lent> lent = new HashMap<>();
    private final Map<String, Integer> perUser = new HashMap<>();
    private final Outbox<Output> out = new Outbox<>();

    /// @param guard who may allocate: [Guard.LongTerm]
    public TurnServer(Settings settings, Guard.LongTerm guard, RandomGenerator random) {
        this.software = new Software(settings.software);
        this.limits = settings.limits;
        this.channels = settings.channels;
        //= rfc8656#5-1 the mechanism of long-term credentials is implemented
        this.guard = guard;
        //= rfc8656#5¶14 no backwards-compatibility mechanism: clients of RFC 3489 are not answered
        this.binding = new BindingServer(settings.software, false);
        this.ids = new Ids(random);
        this.ports = new Ports(settings.relays, settings.low, settings.high, random);
        this.reservations = new Reservations(random);
        this.house = new Allocation.House(
                ports, reservations, limits, settings.peers, channels);
        this.allocations = new Machines<>(limits.allocations());
    }

    /// How many allocations there are.
    public int size() { return allocations.size(); }

    /// Whether there is an allocation on this path, or about to be one.
    public boolean serves(FiveTuple tuple) { return allocations.contains(tuple); }

    /// How many relayed addresses are open, or about to be.
    public int relays() { return ports.inUse(); }

    @Override public Instant deadline() {
        Instant first = allocations.deadline(), kept = reservations.deadline();
        return first.isBefore(kept) ? first : kept;
    }

    @Override public List<Output> wake(Instant now) {
        allocations.wake(now, a -> a.wake(now), this::said);
        for (var late : reservations.expired(now)) close(late);
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        return switch (input) {
            case Input.FromClient(var tuple, var message) -> fromClient(tuple, message, now);
            case Input.FromPeer(var relay, var peer, var data) -> fromPeer(relay, peer, data, now);
            case Input.Opened(var relay) -> opened(relay, now);
            case Input.NotOpened(var relay) -> {
                waiting(relay).ifPresentOrElse(
                        tuple -> tell(tuple, new Allocation.Input.NotOpened(relay), now),
                        () -> ports.free(relay));
                yield out.take();
            }
            case Input.Undelivered u -> undelivered(u, now);
            case Input.Gone(var tuple) -> {
                tell(tuple, new Allocation.Input.Gone(), now);
                yield out.take();
            }
        };
    }

    /// A message of a client; the hot path of a relay, one way.
    public List<Output> fromClient(FiveTuple tuple, Bytes message, Instant now) {
        if (ChannelData.is(message, channels)) return channelData(tuple, message, now);
        if (Indication.is(Method.SEND, message)) return send(tuple, message, now);
        //= rfc8656#12-1 what begins as neither STUN nor a channel is dropped
        if (!Message.isStun(message)) return List.of();
        request(tuple, message, now);
        return out.take();
    }

    private List<Output> channelData(FiveTuple tuple, Bytes message, Instant now) {
        var allocation = allocations.get(tuple);
        //= rfc8656#12.6¶2 and so are those that are cut short
        if (allocation.isEmpty() || !ChannelData.whole(message)) return List.of();
        //= rfc8656#12.6-2 it refreshes neither channel nor permission
        var channel = allocation.get().channel(ChannelData.channel(message), now);
        //= rfc8656#12.6¶4 a channel that is not bound carries nothing
        return channel.isEmpty() ? List.of() : toPeer(allocation.get(), channel.get().peer(),
                ChannelData.data(message), now);
    }

    private List<Output> send(FiveTuple tuple, Bytes message, Instant now) {
        var allocation = allocations.get(tuple);
        if (allocation.isEmpty()) return List.of();
        //= rfc8656#11.2-1 without a peer or data it is discarded, and with DONT-FRAGMENT
        var sent = Indication.parse(Method.SEND, message).filter(one -> one.data().isPresent());
        if (sent.isEmpty()) return List.of();
        var peer = sent.get().peer();
        //= rfc8656#11.2¶4 nobody is sent to without a permission, which is not refreshed by this
        return allocation.get().relay(Family.of(peer))
                .filter(relay -> relay.permits(peer.getAddress(), now)).isEmpty() ? List.of()
                : toPeer(allocation.get(), peer, sent.get().data().get(), now);
    }

    private List<Output> toPeer(
            Allocation allocation, InetSocketAddress peer, Bytes data, Instant now) {
        var relay = allocation.relay(Family.of(peer));
        //= rfc8656#5-12 what exceeds the bandwidth is discarded
        //= rfc8656#11.2-2 nor is anything sent to nobody's port
        if (relay.isEmpty() || peer.getPort() == 0
                || !allocation.flood().passes(data.size(), now)) return List.of();
        return List.of(new Output.ToPeer(relay.get().address, peer, data));
    }

    /// A datagram of a peer; the hot path, the other way.
    public List<Output> fromPeer(
            InetSocketAddress relay, InetSocketAddress peer, Bytes data, Instant now) {
        var to = lent.get(relay);
        //= rfc8656#9¶8 who has no permission is not heard; the port does not count
        if (to == null || !to.relay.permits(peer.getAddress(), now)
                || data.size() > ChannelData.MOST
                || !to.allocation.flood().passes(data.size(), now)) return List.of();
        var tuple = to.allocation.tuple();
        var channel = to.relay.channel(peer, now);
        //= rfc8656#12.5-1 ChannelData where there is a channel, else a Data indication
        return List.of(new Output.ToClient(tuple, channel.isPresent()
                ? ChannelData.encode(channel.get().number(), data, tuple.carrier().stream())
                : Indication.encode(Method.DATA, peer, data, ids)));
    }

    private List<Output> undelivered(Input.Undelivered u, Instant now) {
        var to = Optional.ofNullable(lent.get(u.relay));
        var family = Family.of(u.peer);
        //= rfc8656#11.5¶1 of ICMP the types 3 and 11 are passed on, of ICMPv6 1, 2 and 3
        boolean told = family == Family.IPV4 ? u.type == 3 || u.type == 11
                : u.type >= 1 && u.type <= 3;
        boolean tooBig = family == Family.IPV4 ? u.type == 3 && u.code == 4 : u.type == 2;
        //= rfc8656#11.5-1 it counts for whom the packet was, not who has said so
        //= rfc8656#18.13-2 only what is too big has data
        return to.filter(one -> told && one.relay.permits(u.peer.getAddress(), now))
                .map(one -> List.<Output>of(new Output.ToClient(one.allocation.tuple(),
                        Indication.encode(u.peer, new TurnAttribute.Icmp(
                                u.type, u.code, tooBig ? u.data : 0), ids)))).orElse(List.of());
    }

    private List<Output> opened(InetSocketAddress relay, Instant now) {
        waiting(relay).ifPresentOrElse(
                tuple -> tell(tuple, new Allocation.Input.Opened(relay), now),
                () -> close(relay));   // it came too late
        return out.take();
    }

    /// Who waits for a socket that was to be opened, if he still does.
    private Optional<FiveTuple> waiting(InetSocketAddress relay) {
        return Optional.ofNullable(opening.remove(relay)).filter(tuple ->
                allocations.get(tuple).filter(a -> a.awaits(relay)).isPresent());
    }

    private void tell(FiveTuple tuple, Allocation.Input input, Instant now) {
        allocations.tell(tuple, a -> a.handle(input, now), this::said);
    }

    private void said(FiveTuple tuple, Allocation allocation, List<Output> outputs) {
        for (var output : outputs) switch (output) {
            case Output.Close(var relay) -> close(relay);
            case Output.Open(_, var relay) -> {
                opening.put(relay, tuple);
                out.add(output);
            }
            case Output.ToClient _, Output.ToPeer _, Output.Changed _ -> out.add(output);
        }
        for (var relay : allocation.relays())
            lent.putIfAbsent(relay.address, new Lent(allocation, relay));
        if (allocation.terminated()) perUser.computeIfPresent(allocation.username(),
                (_, count) -> count == 1 ? null : count - 1);
    }

    private void close(InetSocketAddress relay) {
        lent.remove(relay);
        ports.free(relay);
        out.add(new Output.Close(relay));
    }

    private void request(FiveTuple tuple, Bytes wire, Instant now) {
        if (wire.at(0) == 0 && wire.at(1) == Message.BINDING) {
            binding.answer(wire, tuple.client())
                    .ifPresent(answer -> out.add(new Output.ToClient(tuple, answer)));
            return;
        }
        // its own attributes may be wrong: who it is from must be known to say so
        var raw = Fingerprints.parse(wire, Table.RFC8489).filter(m -> m.kind() == Kind.REQUEST);
        if (raw.isEmpty()) return;
        switch (raw.get().method()) {
            case Method.ALLOCATE, Method.REFRESH, Method.CREATE_PERMISSION,
                    Method.CHANNEL_BIND -> authenticate(tuple, raw.get(), wire, now);
            default -> { }   // nobody knows how to answer it
        }
    }

    private void authenticate(FiveTuple tuple, Message raw, Bytes wire, Instant now) {
        //= rfc8656#7.2-2,3 each request is authenticated, by the long-term credential mechanism
        switch (guard.check(raw, wire, tuple.client(), now)) {
            case Guard.Verdict.Discarded _ -> { }
            case Guard.Verdict.Refused(var response) -> out.add(new Output.ToClient(tuple,
                    response.with(Request.signed(raw, List.of(), software)).encode()));
            case Guard.Verdict.Accepted user -> {
                var request = new Request(tuple, raw, user, software);
                read(raw, wire).ifPresentOrElse(
                        m -> accepted(new Request(tuple, m, user, software), now),
                        () -> out.add(request.refuse(Refusal.BAD_REQUEST)));
            }
        }
    }

    /// The message with TURN's attributes read, if all of them can be.
    private static Optional<Message> read(Message raw, Bytes wire) {
        try {
            var message = Message.parse(wire, TurnAttribute.TABLE);
            // an address of a family that nobody has is left out by its codec
            return Optional.of(message)
                    .filter(m -> m.attributes().size() == raw.attributes().size());
        } catch (p2psip.std.SyntaxException e) {
            return Optional.empty();
        }
    }

    private void accepted(Request request, Instant now) {
        var there = allocations.get(request.tuple());
        if (request.message().method() == Method.ALLOCATE) {
            there.ifPresentOrElse(a -> again(a, request, now), () -> allocate(request, now));
            return;
        }
        var unknown = request.message().unknownRequired();
        if (there.filter(Allocation::active).isEmpty())
            //= rfc8656#5-6 any other request needs an allocation: else 437
            out.add(request.refuse(Refusal.ALLOCATION_MISMATCH));
        else if (!there.get().username().equals(request.user().username()))
            //= rfc8656#5-5 of the same user: else 441
            out.add(request.refuse(Refusal.WRONG_CREDENTIALS));
        else if (!unknown.isEmpty()) out.add(
                request.refuse(Refusal.UNKNOWN_ATTRIBUTE, new UnknownAttributes(unknown)));
        else tell(request.tuple(), new Allocation.Input.Asked(request), now);
    }

    /// An Allocate request where there is an allocation: the same one once more, or another.
    private void again(Allocation there, Request request, Instant now) {
        if (!there.made.message().id().equals(request.message().id()))
            out.add(request.refuse(Refusal.ALLOCATION_MISMATCH));
        //= rfc8656#7.2¶28 one that comes again has the same response on its 5-tuple
        else if (there.active()) out.add(there.success(now));
    }

    private void allocate(Request request, Instant now) {
        refusal(request).ifPresentOrElse(out::add, () -> {
            var allocation = new Allocation(request, Wanted.of(request.message()), house, now);
            allocations.add(request.tuple(), allocation);
            perUser.merge(allocation.username(), 1, Integer::sum);
            allocations.tell(request.tuple(), a -> a.wake(now), this::said);
        });
    }

    private Optional<Output> refusal(Request request) {
        var unknown = new ArrayList<>(request.message().unknownRequired());
        //= rfc8656#3.7-3 no socket here can be told not to fragment: as good as unknown
        if (request.message().has(TurnAttribute.DontFragment.class)) unknown.add(0x001a);
        if (!unknown.isEmpty()) return Optional.of(
                request.refuse(Refusal.UNKNOWN_ATTRIBUTE, new UnknownAttributes(unknown)));
        //= rfc8656#21.4-1 nobody allocates through a tunnel
        if (Peers.tunnelled(request.tuple().client().getAddress()))
            return Optional.of(request.refuse(Refusal.FORBIDDEN));
        var wrong = Wanted.refusal(request.message(), ports::serves);
        //= rfc8656#7.2-7,8 each user name has a quota
        var user = request.user().username();
        return wrong.or(() -> perUser.getOrDefault(user, 0) + reservations.count(user)
                        >= limits.perUser()
                        && !request.message().has(TurnAttribute.ReservationToken.class)
                        ? Optional.of(Refusal.ALLOCATION_QUOTA_REACHED) : Optional.empty())
                .or(() -> allocations.full() || ports.inUse() >= limits.allocations()
                        && !request.message().has(TurnAttribute.ReservationToken.class)
                        ? Optional.of(Refusal.INSUFFICIENT_CAPACITY) : Optional.empty())
                .map(request::refuse);
    }
}
