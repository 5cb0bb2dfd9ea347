package p2psip.std.rfc8656;

import module java.base;
import p2psip.std.*;
import p2psip.std.rfc8489.*;
import p2psip.std.rfc8489.Attribute.*;
import p2psip.std.rfc8656.TurnAttribute.*;

/// A client of a TURN server: has an address there as long as it lives, and sends and receives by
/// it. Permissions are asked for when data are to be sent, a channel for a peer who is sent to
/// again and again; both are kept alive, and so is the allocation.
///
/// Begins when it is first woken. It speaks from one address over UDP, or in one stream
/// ([Timing#reliable]): then [Input.Received] brings pieces of it, cut anywhere.
///
/// @spec https://www.rfc-editor.org/rfc/rfc8656#section-7.1 RFC 8656 §7.1
public final class TurnClient implements Machine<TurnClient.Input, TurnClient.Output> {

    public sealed interface Input {
        record Received(InetSocketAddress from, Bytes bytes) implements Input {}
        record TransportError(String why) implements Input {}

        /// Answers [Output.Renew]: it speaks from another address now.
        record Renewed() implements Input {}

        /// Let data of these addresses in; those who are sent to are let in anyhow.
        record Permit(List<InetAddress> peers) implements Input {
            public Permit { peers = List.copyOf(peers); }
        }

        record Send(InetSocketAddress peer, Bytes data) implements Input {}

        /// Give the allocation back, and end.
        record Close() implements Input {}
    }

    public sealed interface Output {
        /// @param to the server, also where a stream is the only way to it
        record Send(InetSocketAddress to, Bytes bytes) implements Output {}

        /// @param relayed the addresses lent, IPv4 first
        /// @param mapped  by which address the server sees us
        /// @param token   for the port that was kept, if one was asked for
        record Allocated(List<InetSocketAddress> relayed, InetSocketAddress mapped,
                Duration lifetime, Optional<Bytes> token) implements Output {
            public Allocated { relayed = List.copyOf(relayed); }
        }

        record Data(InetSocketAddress peer, Bytes data) implements Output {}

        /// Data for that peer cannot arrive: so says ICMP of its family.
        record Undelivered(InetSocketAddress peer, Icmp why) implements Output {}

        /// Nothing goes to these addresses: the server does not let it.
        record Refused(List<InetAddress> peers, int code, String why) implements Output {}

        /// The server takes our address for another's: take a new one, and say [Input.Renewed].
        record Renew() implements Output {}

        /// The end.
        ///
        /// @param code  the error code of the server, 0 if it has not answered
        /// @param pause how long not to ask this server again; without end: until what is wrong
        ///              has been put right
        record Failed(int code, String why, Duration pause) implements Output {}

        /// The end, as was asked for.
        record Closed() implements Output {}

        record Changed(Cited state) implements Output, Entered {}
    }

    enum State implements Cited {
        @Section("7.1") ALLOCATING, @Section("7.4") RENEWING, @Section("7.3") ALLOCATED,
        @Section("8.1") DELETING, @Section("8.3") ENDED
    }

    private enum Timer implements Cited {
        @Section("8") REFRESH, @Section("9") PERMISSIONS, @Section("12") CHANNELS
    }

    /// A request under way, by which it is found.
    private sealed interface Job {
        record Allocate() implements Job {}
        record Refresh() implements Job {}
        record Delete() implements Job {}
        record Permit(List<InetAddress> peers) implements Job {}
        record Bind(InetSocketAddress peer) implements Job {}
    }

    //= rfc8656#7.4-9 three addresses are tried
    private static final int ADDRESSES = 3;

    /// How many addresses one request names: it must fit a packet.
    private static final int NAMED = 8;

    /// How long a server is let alone that has no room; one that mistakes us; one that says no.
    private static final Duration FULL = Duration.ofMinutes(1), MISTAKEN = Duration.ofMinutes(2),
            UNTIL_MENDED = ChronoUnit.FOREVER.getDuration();

    private static final Duration EARLIER = Duration.ofMinutes(1),
            PERMISSIONS = Relay.PERMISSION.minus(EARLIER),
            CHANNELS = Relay.CHANNEL.minus(EARLIER);

    /// After this long without data a peer is let in no more.
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final Wish wish;
    private final Authentication authentication;
    private final Timing timing;
    private final RandomGenerator random;
    private final Ids ids;
    private final Software software;
    private final StreamFraming framing = new StreamFraming();
    private final PeerTable peers = new PeerTable();
    private final Machines<Job, Client> jobs = new Machines<>(2 * PeerTable.LIMIT + 4);
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Outbox<Output> out = new Outbox<>();
    private final List<Input.Send> early = new ArrayList<>();
    private InetSocketAddress server;
    private Set<Family> families = Set.of();
    private Duration lifetime = Duration.ZERO;
    private State state = State.ALLOCATING;
    private boolean begun, told;
    private int addresses = 1;

    /// @param authentication of its own for each client: [Authentication.LongTerm]
    /// @param software       what it says of itself
    public TurnClient(InetSocketAddress server, Wish wish, Authentication authentication,
            Timing timing, String software, RandomGenerator random) {
        this.server = server;
        this.wish = wish;
        this.authentication = authentication;
        this.timing = timing;
        this.software = new Software(software);
        this.random = random;
        this.ids = new Ids(random);
    }

    @Override public boolean terminated() { return state == State.ENDED; }

    @Override public Instant deadline() {
        if (!begun) return Instant.MIN;
        Instant asked = jobs.deadline(), due = timers.deadline();
        return asked.isBefore(due) ? asked : due;
    }

    private void enter(State next, Instant now) {
        state = next;
        out.add(new Output.Changed(next));
        timers.clear();
        switch (next) {
            case ALLOCATING -> ask(new Job.Allocate(), now);
            case RENEWING -> out.add(new Output.Renew());
            case ALLOCATED -> {
                refreshLater(now);
                timers.set(Timer.PERMISSIONS, now.plus(PERMISSIONS));
                timers.set(Timer.CHANNELS, now.plus(CHANNELS));
            }
            case DELETING -> {
                jobs.keys().forEach(jobs::remove);
                //= rfc8656#8-2 an allocation that is not needed is deleted
                ask(new Job.Delete(), now);
            }
            case ENDED -> {
                jobs.keys().forEach(jobs::remove);
                peers.clear();
                early.clear();
            }
        }
    }

    /// A minute before the end of the lifetime, or after half of one that is short.
    private void refreshLater(Instant now) {
        //= rfc8656#8-1 it is refreshed before it expires
        timers.set(Timer.REFRESH, now.plus(lifetime.compareTo(EARLIER.multipliedBy(2)) > 0
                ? lifetime.minus(EARLIER) : lifetime.dividedBy(2)));
    }

    @Override public List<Output> wake(Instant now) {
        if (!begun) {
            begun = true;
            enter(State.ALLOCATING, now);
            return out.take();
        }
        jobs.wake(now, client -> client.wake(now), (job, _, said) -> said(job, said, now));
        for (var timer : timers.fired(now)) switch (timer) {
            case REFRESH -> ask(new Job.Refresh(), now);
            case PERMISSIONS -> {
                timers.set(Timer.PERMISSIONS, now.plus(PERMISSIONS));
                peers.permissions.values().removeIf(
                        p -> !p.asked && now.isAfter(p.used.plus(IDLE)));
                permit(List.copyOf(peers.permissions.keySet()), now);
            }
            case CHANNELS -> {
                timers.set(Timer.CHANNELS, now.plus(CHANNELS));
                for (var channel : peers.channels.values())
                    if (channel.bound(now) && peers.permits(channel.peer.getAddress(), now))
                        ask(new Job.Bind(channel.peer), now);
            }
        }
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        if (state == State.ENDED) return List.of();
        return switch (input) {
            case Input.Send(var peer, var data) -> send(peer, data, now);
            case Input.Received(var from, var bytes) -> received(from, bytes, now);
            case Input.TransportError(var why) -> {
                fail(0, why, Duration.ZERO, now);
                yield out.take();
            }
            case Input.Renewed() -> {
                if (state == State.RENEWING) enter(State.ALLOCATING, now);
                yield out.take();
            }
            case Input.Permit(var addresses) -> {
                if (state == State.ALLOCATED) permit(addresses.stream().filter(
                        address -> !peers.permits(address, now)).toList(), now);
                yield out.take();
            }
            case Input.Close() -> {
                if (state == State.ALLOCATED) enter(State.DELETING, now);
                else if (state != State.DELETING) closed(now);
                yield out.take();
            }
        };
    }

    /// The hot path out: in a channel that is bound, no more than the bytes are made.
    private List<Output> send(InetSocketAddress peer, Bytes data, Instant now) {
        if (state != State.ALLOCATED) {
            if (state != State.DELETING && early.size() < PeerTable.WAITING)
                early.add(new Input.Send(peer, data));
            return List.of();
        }
        var permission = peers.permission(peer.getAddress());
        if (permission.isEmpty() || data.size() > ChannelData.MOST) return List.of();
        permission.get().used = now;
        var channel = peers.channel(peer);
        if (channel.isPresent() && channel.get().bound(now))
            return List.of(new Output.Send(server, ChannelData.encode(
                    channel.get().number, data, timing.reliable())));
        if (!permission.get().active(now)) {
            //= rfc8656#11.1-1 nothing is sent before its address is permitted
            var waiting = permission.get().waiting;
            if (waiting.size() == PeerTable.WAITING) waiting.removeFirst();
            waiting.add(new PeerTable.Waiting(peer, data));
            permit(List.of(peer.getAddress()), now);
        } else {
            out.add(new Output.Send(server, indication(peer, data)));
            if (peers.used(peer)) channel.or(() -> peers.open(peer))
                    .filter(one -> !one.again.isAfter(now))
                    .ifPresent(_ -> ask(new Job.Bind(peer), now));
        }
        return out.take();
    }

    private Bytes indication(InetSocketAddress peer, Bytes data) {
        return Indication.encode(Method.SEND, peer, data, ids);
    }

    /// Asks for the permission of addresses, of those for whom nobody asks yet.
    private void permit(List<InetAddress> addresses, Instant now) {
        var asked = new ArrayList<InetAddress>();
        for (var address : addresses) {
            //= rfc8656#10.1-3,4 of the families that the allocation has
            if (!families.contains(Family.of(address))) {
                refused(List.of(address), 443, "no address of that family was lent", now);
                continue;
            }
            peers.permission(address).filter(permission -> !permission.asked).ifPresent(p -> {
                p.asked = true;
                if (p.used.equals(Instant.MIN)) p.used = now;
                asked.add(address);
            });
        }
        for (int at = 0; at < asked.size(); at += NAMED) ask(new Job.Permit(
                List.copyOf(asked.subList(at, Math.min(at + NAMED, asked.size())))), now);
    }

    private void ask(Job job, Instant now) {
        if (jobs.contains(job)) return;
        var all = new ArrayList<Attribute>();
        int method = switch (job) {
            case Job.Allocate() -> {
                all.addAll(wish.attributes());
                yield Method.ALLOCATE;
            }
            //= rfc8656#8.1-1 no family is included, which refreshes all that were allocated
            case Job.Refresh() -> Method.REFRESH;
            case Job.Delete() -> {
                all.add(new Lifetime(Duration.ZERO));
                yield Method.REFRESH;
            }
            case Job.Permit(var addresses) -> {
                //= rfc8656#10.1-1 one address or more, with any port
                //= rfc8656#10.1-2 in whatever order
                for (var address : addresses)
                    all.add(new XorPeerAddress(new InetSocketAddress(address, 0)));
                yield Method.CREATE_PERMISSION;
            }
            case Job.Bind(var peer) -> {
                all.add(new ChannelNumber(peers.channel(peer).orElseThrow().number));
                //= rfc8656#12.1-1 the peer was permitted, so it is of a family that was lent
                all.add(new XorPeerAddress(peer));
                yield Method.CHANNEL_BIND;
            }
        };
        //= rfc8656#5-8 SOFTWARE in Allocate and Refresh
        if (method == Method.ALLOCATE || method == Method.REFRESH) all.add(software);
        jobs.add(job, new Client(server, method, all, authentication, timing,
                TurnAttribute.TABLE, random));
        jobs.tell(job, client -> client.wake(now), (_, _, said) -> said(job, said, now));
    }

    private List<Output> received(InetSocketAddress from, Bytes bytes, Instant now) {
        //= rfc8656#3.1¶7 what comes from elsewhere is not of the server
        if (!from.equals(server)) return List.of();
        if (!timing.reliable()) return message(bytes, now);
        for (var message : framing.feed(bytes)) out.addAll(message(message, now));
        if (framing.broken()) fail(0, "the server sends what is not TURN", UNTIL_MENDED, now);
        return out.take();
    }

    /// One message of the server; the hot path in.
    private List<Output> message(Bytes message, Instant now) {
        if (ChannelData.is(message)) {
            var channel = peers.channel(ChannelData.channel(message));
            //= rfc8656#12-3 taken as soon as the channel was asked for
            //= rfc8656#12.6-1 and dropped without a permission
            return channel.isEmpty() || !ChannelData.whole(message) ? List.of()
                    : data(channel.get().peer, ChannelData.data(message), now);
        }
        if (Indication.is(Method.DATA, message))
            //= rfc8656#11.4¶1 without a peer it is discarded
            return Indication.parse(Method.DATA, message)
                    .map(one -> indicated(one, now)).orElse(List.of());
        if (Message.isStun(message)) for (var job : jobs.keys())
            jobs.tell(job, client -> client.handle(
                    new Client.Input.Received(server, message), now),
                    (_, _, said) -> said(job, said, now));
        return out.take();
    }

    private List<Output> indicated(Indication one, Instant now) {
        //= rfc8656#11.6-1 what is said of peers that were not permitted is dropped
        if (one.icmp().isPresent()) return peers.permits(one.peer().getAddress(), now)
                ? List.of(new Output.Undelivered(one.peer(), one.icmp().get())) : List.of();
        //= rfc8656#11.4¶3 nor is there anything in one without data
        return one.data().map(data -> data(one.peer(), data, now)).orElse(List.of());
    }

    private List<Output> data(InetSocketAddress peer, Bytes data, Instant now) {
        //= rfc8656#11.4-1 from those who were permitted
        var permission = Optional.ofNullable(peers.permissions.get(peer.getAddress()))
                .filter(one -> one.active(now) || one.asked);
        if (permission.isEmpty()) return List.of();
        permission.get().used = now;
        return List.of(new Output.Data(peer, data));
    }

    private void said(Job job, List<Client.Output> said, Instant now) {
        for (var output : said) switch (output) {
            case Client.Output.Send(var to, var bytes) -> {
                //= rfc8656#7.4-2 an alternate server is asked next, and is the server from then on
                if (job instanceof Job.Allocate) server = to;
                out.add(new Output.Send(to, bytes));
            }
            case Client.Output.Succeeded(var response) -> succeeded(job, response, now);
            case Client.Output.Failed(int code, var why) -> failed(job, code, why, now);
        }
    }

    private void succeeded(Job job, Message response, Instant now) {
        switch (job) {
            case Job.Allocate() -> allocated(response, now);
            case Job.Refresh() -> {
                lifetime = lifetime(response);
                refreshLater(now);
            }
            case Job.Delete() -> closed(now);
            case Job.Permit(var addresses) -> permitted(addresses, now);
            case Job.Bind(var peer) -> {
                peers.channel(peer).orElseThrow().expires = now.plus(Relay.CHANNEL);
                permitted(List.of(peer.getAddress()), now);
            }
        }
    }

    private static Duration lifetime(Message response) {
        return response.first(Lifetime.class).map(Lifetime::duration).orElse(Wanted.DEFAULT);
    }

    private void allocated(Message response, Instant now) {
        var relayed = response.attributes().stream().filter(XorRelayedAddress.class::isInstance)
                .map(one -> ((XorRelayedAddress) one).address())
                .sorted(Comparator.comparing(Family::of)).toList();
        var mapped = Client.mapped(response);
        lifetime = lifetime(response);
        families = relayed.stream().map(Family::of).collect(
                Collectors.toCollection(() -> EnumSet.noneOf(Family.class)));
        //= rfc8656#7.3-1 the addresses must be of families that were asked for
        if (relayed.isEmpty() || mapped.isEmpty() || !wish.families().containsAll(families)) {
            //= rfc8656#7.3-2 else it is deleted, and the server asked no more
            tell(0, "it lends addresses of another family", UNTIL_MENDED);
            enter(State.DELETING, now);
            return;
        }
        //= rfc8656#7.3-3,4 no request for the address type that was rejected
        enter(State.ALLOCATED, now);
        out.add(new Output.Allocated(relayed, mapped.get(), lifetime,
                response.first(ReservationToken.class).map(ReservationToken::token)));
        var waiting = List.copyOf(early);
        early.clear();
        for (var one : waiting) out.addAll(send(one.peer(), one.data(), now));
    }

    private void permitted(List<InetAddress> addresses, Instant now) {
        for (var address : addresses) peers.permission(address).ifPresent(permission -> {
            permission.asked = false;
            permission.expires = now.plus(Relay.PERMISSION);
            for (var one : permission.waiting)
                out.add(new Output.Send(server, indication(one.peer(), one.data())));
            permission.waiting.clear();
        });
    }

    private void failed(Job job, int code, String why, Instant now) {
        //= rfc8656#5-7 437 to anything else: there is no allocation any more
        if (code == 437 && !(job instanceof Job.Allocate) && !(job instanceof Job.Delete))
            fail(code, why, Duration.ZERO, now);
        else switch (job) {
            case Job.Allocate() -> notAllocated(code, why, now);
            case Job.Refresh() -> fail(code, why, Duration.ZERO, now);
            case Job.Delete() -> closed(now);   // it is gone, or will be soon
            case Job.Permit(var addresses) -> refused(addresses, code, why, now);
            case Job.Bind(var peer) -> {
                //= rfc8656#12.3-1 a channel that the server knows otherwise: all is begun afresh
                if (code == 400) {
                    tell(code, why, Duration.ZERO);
                    enter(State.DELETING, now);
                } else peers.channel(peer).orElseThrow().again = now.plus(FULL);
                if (code != 400 && !peers.permits(peer.getAddress(), now))
                    refused(List.of(peer.getAddress()), code, why, now);
            }
        }
    }

    private void notAllocated(int code, String why, Instant now) {
        //= rfc8656#7.4-8 437: another address of ours is tried
        if (code == 437 && addresses++ < ADDRESSES) {
            enter(State.RENEWING, now);
            return;
        }
        fail(code, why, switch (code) {
            //= rfc8656#7.4-1 no answer: another transport may do
            case 0, 300 -> Duration.ZERO;
            //= rfc8656#7.4-10 two minutes without it
            case 437 -> MISTAKEN;
            //= rfc8656#7.4-14,16 full: a minute
            case 486, 508 -> FULL;
            //= rfc8656#7.4-3,4,5 no further request until the problem is fixed: the user is told
            //= rfc8656#7.4-6,11,12 no retry of the same request
            //= rfc8656#7.4-13 nor of a request with another transport, until that is fixed
            case 400, 401, 403, 420, 440, 441, 442 -> UNTIL_MENDED;
            //= rfc8656#7.4-17 an unknown error is handled as in STUN: it is the end
            default -> FULL;
        }, now);
    }

    private void refused(List<InetAddress> addresses, int code, String why, Instant now) {
        for (var address : addresses) peers.forget(address);
        out.add(new Output.Refused(addresses, code, why));
    }

    private void fail(int code, String why, Duration pause, Instant now) {
        if (state == State.ENDED) return;
        enter(State.ENDED, now);
        tell(code, why, pause);
    }

    private void tell(int code, String why, Duration pause) {
        if (!told) out.add(new Output.Failed(code, why, pause));
        told = true;
    }

    private void closed(Instant now) {
        enter(State.ENDED, now);
        if (!told) out.add(new Output.Closed());
    }
}
