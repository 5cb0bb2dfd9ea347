package p2psip.std.rfc8656;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc8489.Attribute;
import p2psip.std.rfc8489.Attribute.XorMappedAddress;
import p2psip.std.rfc8656.TurnAttribute.*;
import p2psip.std.rfc8656.TurnServer.Output;

/// What a server does for one client: from the Allocate request, for which sockets are opened, to
/// the end of its last relayed address.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8656#section-6 RFC 8656 §6
final class Allocation implements Machine<Allocation.Input, Output> {

    enum State implements Cited {
        @Section("7.2") OPENING, @Section("6") ALLOCATED, @Section("8.2") DELETED
    }

    sealed interface Input {
        record Opened(InetSocketAddress relay) implements Input {}
        record NotOpened(InetSocketAddress relay) implements Input {}
        /// Of the same user, on the same path; not Allocate.
        record Asked(Request request) implements Input {}
        /// The stream of the client has ended.
        record Gone() implements Input {}
    }

    /// What all allocations of a server share.
    record House(Ports ports, Reservations reservations, Limits limits, Peers peers,
            int channels) {}

    /// How many ports are tried that the system does not give.
    private static final int TRIES = 5;

    final Request made;
    private final Wanted wanted;
    private final House house;
    private final Outbox<Output> out = new Outbox<>();
    private final List<Relay> relays = new ArrayList<>();
    private final Set<InetSocketAddress> opening = new LinkedHashSet<>();
    private final Map<Family, Refusal> failed = new EnumMap<>(Family.class);
    private final Flood flood;
    private Optional<InetSocketAddress> first = Optional.empty();
    private Optional<Bytes> token = Optional.empty();
    private State state = State.OPENING;
    private Instant due = Instant.MIN;
    private int tries;

    Allocation(Request made, Wanted wanted, House house, Instant now) {
        this.made = made;
        this.wanted = wanted;
        this.house = house;
        this.flood = new Flood(house.limits, now);
    }

    FiveTuple tuple() { return made.tuple(); }

    String username() { return made.user().username(); }

    boolean active() { return state == State.ALLOCATED; }

    List<Relay> relays() { return relays; }

    Flood flood() { return flood; }

    Optional<Relay> relay(Family family) {
        for (var relay : relays) if (relay.family() == family) return Optional.of(relay);
        return Optional.empty();
    }

    @Override public Instant deadline() { return state == State.DELETED ? Instant.MAX : due; }

    @Override public boolean terminated() { return state == State.DELETED; }

    private void enter(State next, Instant now) {
        state = next;
        out.add(new Output.Changed(tuple(), next));
        due = switch (next) {
            case OPENING -> Instant.MAX;   // each socket opens or does not
            case ALLOCATED -> relays.stream().map(relay -> relay.expires)
                    .min(Comparator.naturalOrder()).orElse(now);
            case DELETED -> Instant.MAX;
        };
    }

    @Override public List<Output> wake(Instant now) {
        if (now.isBefore(deadline())) return List.of();
        if (state == State.OPENING) begin(now);
        else expire(relay -> !relay.expires.isAfter(now), now);
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Opened(var at) -> opened(at, now);
            case Input.NotOpened(var at) -> notOpened(at, now);
            case Input.Asked(var request) -> {
                switch (request.message().method()) {
                    case Method.REFRESH -> refresh(request, now);
                    case Method.CREATE_PERMISSION -> permit(request, now);
                    default -> bind(request, now);
                }
            }
            case Input.Gone() -> {
                expire(_ -> true, now);
                if (state == State.OPENING) giveUp(now);
            }
        }
        return out.take();
    }

    /// Whether a socket is being opened for it.
    boolean awaits(InetSocketAddress relay) { return opening.contains(relay); }

    /// What is being opened yet is closed by the server when it has.
    private void giveUp(Instant now) {
        if (token.isEmpty()) first.ifPresent(this::close);
        if (wanted.reserve() && first.isEmpty())
            for (var at : opening) house.ports.free(Ports.next(at));
        enter(State.DELETED, now);
    }

    private void begin(Instant now) {
        enter(State.OPENING, now);
        if (wanted.token().isPresent()) claim(wanted.token().get(), now);
        else for (var family : wanted.families()) open(family);
        settle(now);
    }

    private void claim(Bytes shown, Instant now) {
        //= rfc8656#7.2¶15 the address that was kept, whoever asked for it then
        house.reservations.claim(shown).ifPresentOrElse(at -> relays.add(relay(at, now)),
                //= rfc8656#7.2¶6 a token that is not good, or no more: 508
                () -> failed.put(Family.IPV4, Refusal.INSUFFICIENT_CAPACITY));
    }

    private void open(Family family) {
        if (!house.ports.serves(family)) {
            failed.put(family, Refusal.ADDRESS_FAMILY_NOT_SUPPORTED);
            return;
        }
        var at = tries++ < TRIES * wanted.families().size()
                ? house.ports.take(family, wanted.even(), wanted.reserve())
                : Optional.<InetSocketAddress>empty();
        at.ifPresentOrElse(this::ask,
                () -> failed.put(family, Refusal.INSUFFICIENT_CAPACITY));
    }

    private void ask(InetSocketAddress at) {
        opening.add(at);
        out.add(new Output.Open(tuple(), at));
    }

    private void opened(InetSocketAddress at, Instant now) {
        if (!opening.remove(at)) return;
        if (wanted.reserve() && first.isEmpty()) {
            //= rfc8656#7.2¶17 N is open, N+1 is to be kept
            first = Optional.of(at);
            ask(Ports.next(at));
            return;
        }
        relays.add(relay(first.orElse(at), now));
        if (first.isPresent()) token = Optional.of(
                house.reservations.hold(at, username(), now));
        settle(now);
    }

    private Relay relay(InetSocketAddress at, Instant now) {
        return new Relay(at, house.limits,
                now.plus(Wanted.lifetime(wanted.lifetime(), house.limits.longest())));
    }

    /// Another port is tried; of a pair, another pair.
    private void notOpened(InetSocketAddress at, Instant now) {
        if (!opening.remove(at)) return;
        house.ports.free(at);
        if (wanted.reserve() && first.isEmpty()) house.ports.free(Ports.next(at));
        first.ifPresent(this::close);
        first = Optional.empty();
        open(Family.of(at));
        settle(now);
    }

    private void close(InetSocketAddress at) { out.add(new Output.Close(at)); }

    /// Answers the Allocate request when no socket is waited for.
    private void settle(Instant now) {
        if (!opening.isEmpty()) return;
        if (relays.isEmpty()) {
            out.add(made.refuse(failed.values().iterator().next()));
            enter(State.DELETED, now);
            return;
        }
        enter(State.ALLOCATED, now);
        out.add(success(now));
    }

    /// The answer to the request that has made this; also to the same that comes once more.
    Output success(Instant now) {
        var all = new ArrayList<Attribute>();
        for (var relay : relays) all.add(new XorRelayedAddress(relay.address));
        all.add(new Lifetime(left(relays, now)));
        token.ifPresent(kept -> all.add(new ReservationToken(kept)));
        all.add(new XorMappedAddress(tuple().client()));
        //= rfc8656#7.2¶10 one of two families: the other is named with its reason
        failed.forEach((family, why) -> all.add(
                new AddressErrorCode(family.number(), why.code, why.reason)));
        return made.succeed(all);
    }

    private static Duration left(List<Relay> relays, Instant now) {
        return relays.stream().map(relay -> Duration.between(now, relay.expires))
                .min(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    private void refresh(Request request, Instant now) {
        var asked = request.message().first(RequestedAddressFamily.class)
                .map(RequestedAddressFamily::family);
        var meant = relays.stream().filter(relay -> asked.isEmpty()
                || asked.get() == relay.family().number()).toList();
        if (meant.isEmpty()) {
            //= rfc8656#8.2-1 a family that this allocation has not got: 443
            out.add(request.refuse(Refusal.PEER_ADDRESS_FAMILY_MISMATCH));
            return;
        }
        var proposed = request.message().first(Lifetime.class).map(Lifetime::duration);
        boolean delete = proposed.filter(Duration::isZero).isPresent();
        var lifetime = delete ? Duration.ZERO
                : Wanted.lifetime(proposed, house.limits.longest());
        out.add(request.succeed(List.of(new Lifetime(lifetime))));
        //= rfc8656#8.1-2 the address of the other family keeps all that it has
        if (delete) expire(meant::contains, now);
        else {
            for (var relay : meant) relay.expires = now.plus(lifetime);
            enter(State.ALLOCATED, now);
        }
    }

    private void expire(Predicate<Relay> which, Instant now) {
        for (var relay : List.copyOf(relays))
            if (which.test(relay)) {
                relays.remove(relay);
                close(relay.address);
            }
        if (state == State.ALLOCATED) enter(relays.isEmpty() ? State.DELETED : state, now);
    }

    private void permit(Request request, Instant now) {
        out.add(check(request).or(() -> {
            var addresses = request.peers().stream().map(InetSocketAddress::getAddress).toList();
            for (var relay : relays)
                if (!relay.hasRoom(addresses, now))
                    return Optional.of(request.refuse(Refusal.INSUFFICIENT_CAPACITY));
            for (var address : addresses)
                relay(Family.of(address)).orElseThrow().permit(address, now);
            return Optional.of(request.succeed(List.of()));
        }).orElseThrow());
    }

    private void bind(Request request, Instant now) {
        var number = request.message().first(ChannelNumber.class).map(ChannelNumber::number)
                .filter(n -> n >= ChannelData.FIRST && n <= house.channels);
        if (number.isEmpty()) {
            //= rfc8656#12.2¶7 no number, or one that no channel has: 400
            out.add(request.refuse(Refusal.BAD_REQUEST));
            return;
        }
        out.add(check(request).orElseGet(() -> bind(request, number.get(), now)));
    }

    private Output bind(Request request, int number, Instant now) {
        var peer = request.peers().getFirst();
        var relay = relay(Family.of(peer)).orElseThrow();
        var there = channel(number, now);
        var bound = relay.channel(peer, now);
        //= rfc8656#12.2¶7 a number with another peer, a peer with another number: 400
        if (there.filter(channel -> !channel.peer().equals(peer)).isPresent()
                || bound.filter(channel -> channel.number() != number).isPresent())
            return request.refuse(Refusal.BAD_REQUEST);
        if (there.isEmpty() && !relay.hasRoomForChannel(now)
                || !relay.hasRoom(List.of(peer.getAddress()), now))
            return request.refuse(Refusal.INSUFFICIENT_CAPACITY);
        relay.bind(number, peer, now);
        return request.succeed(List.of());
    }

    /// The channel of a number, whichever relayed address it belongs to.
    Optional<Relay.Channel> channel(int number, Instant now) {
        for (var relay : relays) {
            var channel = relay.channel(number, now);
            if (channel.isPresent()) return channel;
        }
        return Optional.empty();
    }

    /// Why the peers of a request will not do.
    private Optional<Output> check(Request request) {
        var peers = request.peers();
        //= rfc8656#10.2-1 at least one peer, whether permitted or bound
        if (peers.isEmpty()) return Optional.of(request.refuse(Refusal.BAD_REQUEST));
        for (var peer : peers) {
            //= rfc8656#10.2-2 of a family that the allocation has: else 443
            //= rfc8656#12.2-1 443 for a channel to an address of another family too
            if (relay(Family.of(peer)).isEmpty())
                return Optional.of(request.refuse(Refusal.PEER_ADDRESS_FAMILY_MISMATCH));
            //= rfc8656#10.2-3 403 for those to whom nothing is relayed
            //= rfc8656#12.2-2 403 for a channel to an address that is not allowed
            if (!house.peers.allow(peer.getAddress()))
                return Optional.of(request.refuse(Refusal.FORBIDDEN));
        }
        return Optional.empty();
    }
}
