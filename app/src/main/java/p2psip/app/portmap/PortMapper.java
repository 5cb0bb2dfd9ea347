package p2psip.app.portmap;

import module java.base;
import p2psip.app.host.*;
import p2psip.std.*;
import p2psip.std.rfc6886.NatPmpClient;
import p2psip.std.rfc6887.PcpClient;

/// Asks this host's router to let in what comes to one of its ports, in three languages side by
/// side: the Port Control Protocol at once, what was before it half a second later or as soon as
/// the router says that it knows no other, UPnP after that. The first that gets the port keeps it:
/// renewed, asked for again when the router has restarted, given back at the end. Where nobody
/// answers nothing is said, and it is tried again after a while.
///
/// Only who has a private address asks, and only the router by which it would send anyway.
public final class PortMapper implements Machine<PortMapper.Input, PortMapper.Output> {

    public sealed interface Input {
        /// @param port the one that is open here
        record Start(int port) implements Input {}

        /// The host says something that is for this machine.
        record Happened(Event event) implements Input {}

        /// Give the port back; [Output.Left] follows within [#FAREWELL] and a little.
        record Leave() implements Input {}
    }

    public sealed interface Output {
        record Do(Effect effect) implements Output {}

        /// What comes to this address comes to the port, from now on.
        ///
        /// @param by the router and the language: `192.168.1.1 by PCP`
        record Mapped(InetSocketAddress external, String by) implements Output {}

        /// It does no more.
        record Lost() implements Output {}
        record Left() implements Output {}
        record Remark(String text) implements Output {}
    }

    private enum State { IDLE, ASKING, TRYING, MAPPED, WAITING, LEAVING, LEFT }

    private enum Timer { NAT_PMP, UPNP, GIVE_UP, AGAIN, CHECK, FAREWELL }

    private enum By {
        PCP, NAT_PMP, UPNP;

        @Override public String toString() {
            return switch (this) {
                case PCP -> "PCP";
                case NAT_PMP -> "NAT-PMP";
                case UPNP -> "UPnP";
            };
        }
    }

    /// How much later than the first the others are tried.
    static final Duration NAT_PMP = Duration.ofMillis(500), UPNP = Duration.ofSeconds(1);

    /// How long one router has.
    static final Duration GIVE_UP = Duration.ofSeconds(10);

    /// When it is all tried again, for a router may be starting as well: twice as long later each
    /// time, up to the longest.
    static final Duration AGAIN = Duration.ofSeconds(30), SELDOM = Duration.ofMinutes(10);

    /// How often it is looked whether the router is still the same.
    static final Duration CHECK = Duration.ofMinutes(5);

    /// How long giving back may take.
    static final Duration FAREWELL = Duration.ofMillis(1200);

    /// What a mapping is asked for by PCP.
    static final Duration LIFETIME = Duration.ofHours(2);

    /// Where routers say that they have restarted: all hosts of the network.
    static final InetSocketAddress ANNOUNCED = new InetSocketAddress(
            InetAddress.ofLiteral("224.0.0.1"), PcpClient.ANNOUNCED);

    /// Addresses of a provider's network, behind a router of his (RFC 6598).
    private static final Net SHARED = Net.parse("100.64.0.0/10");

    /// Numbers of its ids: from one number to that of a stream.
    private static final int ROUTERS = 0, SOCKET = 1, GROUP = 2, STREAMS = 1_000;

    private final Id base;
    private final RandomGenerator random;
    private final Outbox<Output> out = new Outbox<>();
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private State state = State.IDLE;
    private int port;
    private long sockets;
    /// Those that are still to be tried.
    private final Deque<Router> routers = new ArrayDeque<>();
    private Optional<Router> router = Optional.empty();
    private Optional<InetSocketAddress> socket = Optional.empty();
    private Optional<PcpClient> pcp = Optional.empty();
    private Optional<NatPmpClient> natPmp = Optional.empty();
    private Optional<Upnp> upnp = Optional.empty();
    private Optional<By> by = Optional.empty();
    private Duration pause = AGAIN;
    private Instant held = Instant.MIN;
    private Optional<InetSocketAddress> external = Optional.empty();

    /// @param base of the ids: this number and those after it are its own
    public PortMapper(Id base, RandomGenerator random) {
        this.base = base;
        this.random = random;
    }

    /// Whether something is for this machine.
    public boolean isMine(Id id) {
        return id.part() == base.part() && id.child() == base.child()
                && id.number() >= base.number();
    }

    /// Where the port is reached from outside.
    public Optional<InetSocketAddress> external() { return external; }

    @Override public boolean terminated() { return state == State.LEFT; }

    @Override public Instant deadline() {
        return Timers.earliest(timers.deadline(), pcp.map(PcpClient::deadline).orElse(Instant.MAX),
                natPmp.map(NatPmpClient::deadline).orElse(Instant.MAX),
                upnp.map(Upnp::deadline).orElse(Instant.MAX));
    }

    private Id id(long number) { return base.with(base.number() + number); }

    private void act(Effect effect) { out.add(new Output.Do(effect)); }

    private void enter(State next, Instant now) {
        state = next;
        timers.clear();
        switch (next) {
            case ASKING -> act(new Effect.Routers(id(ROUTERS)));
            //= rfc6887#8-1 messages go over UDP
            //= rfc6887#8.1-1 the source port is a random one: the system's choice
            case TRYING -> {
                sockets += 10;
                act(new Effect.Bind(id(sockets + SOCKET),
                        new InetSocketAddress(router.orElseThrow().self(), 0)));
                timers.set(Timer.GIVE_UP, now.plus(GIVE_UP));
            }
            case MAPPED -> {
                pause = AGAIN;
                timers.set(Timer.CHECK, now.plus(CHECK));
            }
            case WAITING -> {
                //= rfc6887#8.3-4 the lifetime of an error is waited for by the next client, too
                var at = now.plus(pause);
                timers.set(Timer.AGAIN, at.isBefore(held) ? held : at);
                var twice = pause.multipliedBy(2);
                pause = twice.compareTo(SELDOM) < 0 ? twice : SELDOM;
            }
            case LEAVING -> timers.set(Timer.FAREWELL, now.plus(FAREWELL));
            case LEFT -> {
                act(new Effect.Unbind(ANNOUNCED));
                out.add(new Output.Left());
            }
            case IDLE -> { }
        }
    }

    /// Forgets the router and whoever spoke to it.
    private void drop() {
        socket.ifPresent(local -> act(new Effect.Unbind(local)));
        socket = Optional.empty();
        router = Optional.empty();
        pcp = Optional.empty();
        natPmp = Optional.empty();
        upnp = Optional.empty();
        by = Optional.empty();
    }

    @Override public List<Output> wake(Instant now) {
        for (var timer : timers.fired(now)) switch (timer) {
            case NAT_PMP -> natPmp(now);
            case UPNP -> upnp(now);
            case GIVE_UP -> next("nobody there gives a port", now);
            case AGAIN -> enter(State.ASKING, now);
            case CHECK -> {
                act(new Effect.Routers(id(ROUTERS)));
                timers.set(Timer.CHECK, now.plus(CHECK));
            }
            case FAREWELL -> left(now);
        }
        pcp.filter(p -> !p.deadline().isAfter(now)).ifPresent(p -> fromPcp(p.wake(now), now));
        natPmp.filter(p -> !p.deadline().isAfter(now))
                .ifPresent(p -> fromNatPmp(p.wake(now), now));
        upnp.filter(p -> !p.deadline().isAfter(now)).ifPresent(p -> fromUpnp(p.wake(now), now));
        return out.take();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Start(int opened) -> {
                port = opened;
                //= rfc6887#14.1.3-4 announcements of a restart are listened to
                act(new Effect.JoinGroup(id(GROUP), ANNOUNCED));
                enter(State.ASKING, now);
            }
            case Input.Happened(var event) -> {
                if (state != State.LEFT) happened(event, now);
            }
            case Input.Leave _ when state == State.MAPPED -> {
                enter(State.LEAVING, now);
                release(now);
            }
            case Input.Leave _ -> left(now);
        }
        return out.take();
    }

    private void release(Instant now) {
        pcp.ifPresent(p -> fromPcp(p.handle(new PcpClient.Input.Release(), now), now));
        natPmp.ifPresent(p -> fromNatPmp(p.handle(new NatPmpClient.Input.Release(), now), now));
        upnp.ifPresent(p -> fromUpnp(p.handle(new Upnp.Input.Release(), now), now));
    }

    private void left(Instant now) {
        if (state == State.LEFT) return;
        drop();
        enter(State.LEFT, now);
    }

    private void happened(Event event, Instant now) {
        switch (event) {
            case Event.Routers(_, var all) -> routers(all, now);
            case Event.Bound(var id, var local) when id.equals(id(sockets + SOCKET)) ->
                    begin(local, now);
            case Event.NotBound(var id, _, var why) when id.equals(id(sockets + SOCKET)) ->
                    next(why, now);
            case Event.Datagram(var id, _, var from, var bytes)
                    when id.equals(id(sockets + SOCKET)) || id.equals(id(GROUP)) ->
                    heard(from, bytes, now);
            case Event.Received _, Event.Closed _, Event.Connected _ -> upnp.ifPresent(u ->
                    fromUpnp(u.handle(new Upnp.Input.Happened(event), now), now));
            default -> { }   // of a socket that is closed already, or of the group
        }
    }

    private void routers(List<Router> all, Instant now) {
        //= rfc6886#3-2 used where the own address is one of the private ranges, and only there
        //= rfc6887#8.4-5 a private IPv4 address is the source
        var private4 = all.stream().filter(each -> each.self() instanceof Inet4Address
                && each.self().isSiteLocalAddress()).toList();
        switch (state) {
            case ASKING -> {
                routers.clear();
                routers.addAll(private4);
                next("", now);
            }
            case MAPPED -> {
                if (!private4.contains(router.orElseThrow())) {
                    out.add(new Output.Remark("another network: " + private4));
                    lost(now);
                }
            }
            case IDLE, TRYING, WAITING, LEAVING, LEFT -> { }
        }
    }

    /// The next router, or a pause.
    private void next(String why, Instant now) {
        router.ifPresent(last -> out.add(new Output.Remark(
                "no port from the router " + last.at().getHostAddress() + ": " + why)));
        drop();
        router = Optional.ofNullable(routers.poll());
        enter(router.isPresent() ? State.TRYING : State.WAITING, now);
    }

    private void begin(InetSocketAddress local, Instant now) {
        if (state != State.TRYING) {
            act(new Effect.Unbind(local));
            return;
        }
        //= rfc6887#4-1 a client that wants to receive asks, whatever the router lets in anyway
        var at = router.orElseThrow();
        socket = Optional.of(local);
        //= rfc6887#11-2 for a port that is open, so that nobody else on the machine has it
        //= rfc6887#A-1 in the form of PCP first
        //= rfc6886#1.1-2 each time anew: it is not recorded that a router speaks NAT-PMP only
        pcp = Optional.of(new PcpClient(
                at.at(), at.self(), PcpClient.UDP, port, LIFETIME, random));
        timers.set(Timer.NAT_PMP, now.plus(NAT_PMP));
        timers.set(Timer.UPNP, now.plus(UPNP));
        fromPcp(pcp.get().wake(now), now);
    }

    private void natPmp(Instant now) {
        timers.stop(Timer.NAT_PMP);
        if (natPmp.isPresent() || state != State.TRYING) return;
        natPmp = Optional.of(new NatPmpClient(router.orElseThrow().at(), port, random));
        fromNatPmp(natPmp.get().wake(now), now);
    }

    private void upnp(Instant now) {
        timers.stop(Timer.UPNP);
        if (upnp.isPresent() || state != State.TRYING) return;
        upnp = Optional.of(new Upnp(router.orElseThrow(), port, id(STREAMS + sockets * 100),
                random));
        fromUpnp(upnp.get().wake(now), now);
    }

    /// From the router alone; each looks at the source once more, for it knows its own rule.
    private void heard(InetSocketAddress from, Bytes bytes, Instant now) {
        if (router.filter(each -> each.at().equals(from.getAddress())).isEmpty()) {
            out.add(new Output.Remark("not from the router: " + from));
            return;
        }
        pcp.ifPresent(p -> fromPcp(p.handle(new PcpClient.Input.Received(from, bytes), now), now));
        natPmp.ifPresent(p -> fromNatPmp(
                p.handle(new NatPmpClient.Input.Received(from, bytes), now), now));
        upnp.ifPresent(u -> fromUpnp(u.handle(new Upnp.Input.Heard(from, bytes), now), now));
    }

    // What the three say

    private void fromPcp(List<PcpClient.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case PcpClient.Output.Send(var bytes) -> send(bytes);
            case PcpClient.Output.Mapped(var at, _) -> mapped(By.PCP, at, now);
            case PcpClient.Output.Lost _ -> lost(now);
            case PcpClient.Output.OtherVersion(int version) -> {
                out.add(new Output.Remark("the router speaks version " + version + " of PCP"));
                natPmp(now);
            }
            case PcpClient.Output.Refused(int result, var hold) -> {
                held = now.plus(hold);
                out.add(new Output.Remark("PCP is refused: result " + result));
                natPmp(now);
                upnp(now);
            }
            case PcpClient.Output.Released _ -> left(now);
            case PcpClient.Output.Entered _ -> { }
        }
    }

    private void fromNatPmp(List<NatPmpClient.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case NatPmpClient.Output.Send(var bytes) -> send(bytes);
            case NatPmpClient.Output.Mapped(var at, _) -> mapped(By.NAT_PMP, at, now);
            case NatPmpClient.Output.Lost _ -> lost(now);
            case NatPmpClient.Output.Failed(var why) -> {
                out.add(new Output.Remark("NAT-PMP: " + why));
                upnp(now);
            }
            case NatPmpClient.Output.Released _ -> left(now);
            case NatPmpClient.Output.Entered _ -> { }
        }
    }

    private void fromUpnp(List<Upnp.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Upnp.Output.Search(var bytes) -> socket.ifPresent(local ->
                    act(new Effect.Datagram(local, Ssdp.GROUP, bytes)));
            case Upnp.Output.Do(var effect) -> act(effect);
            case Upnp.Output.Mapped(var at) -> mapped(By.UPNP, at, now);
            case Upnp.Output.Lost _ -> lost(now);
            case Upnp.Output.Failed(var why) -> out.add(new Output.Remark("UPnP: " + why));
            case Upnp.Output.Released _ -> left(now);
        }
    }

    private void send(Bytes bytes) {
        socket.ifPresent(local -> act(new Effect.Datagram(local, new InetSocketAddress(
                router.orElseThrow().at(), PcpClient.PORT), bytes)));
    }

    /// The first that has it keeps it.
    private void mapped(By language, InetSocketAddress at, Instant now) {
        if (by.isPresent() && by.get() != language || state == State.LEAVING) return;
        by = Optional.of(language);
        if (!isOutside(at.getAddress())) {
            out.add(new Output.Remark("the router is behind another one, at " + at));
            release(now);
            next("others do not reach it either", now);
            return;
        }
        if (language != By.PCP) pcp = Optional.empty();
        if (language != By.NAT_PMP) natPmp = Optional.empty();
        if (language != By.UPNP) upnp = Optional.empty();
        enter(State.MAPPED, now);
        external = Optional.of(at);
        out.add(new Output.Mapped(at,
                router.orElseThrow().at().getHostAddress() + " by " + language));
    }

    private static boolean isOutside(InetAddress ip) {
        return !Net.isPrivate(ip) && !ip.isLoopbackAddress() && !ip.isAnyLocalAddress()
                && !ip.isMulticastAddress() && !SHARED.has(ip);
    }

    private void lost(Instant now) {
        if (state != State.MAPPED) return;
        external = Optional.empty();
        out.add(new Output.Lost());
        drop();
        enter(State.ASKING, now);
    }
}
