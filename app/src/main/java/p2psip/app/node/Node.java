package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.Identity;
import p2psip.app.crypto.Peer;
import p2psip.app.host.Effect;
import p2psip.app.host.Event;
import p2psip.app.host.Host;
import p2psip.app.lookup.Pins;
import p2psip.app.p2p.Overlay;
import p2psip.app.p2p.Place;
import p2psip.app.sip.SipPort;
import p2psip.app.sipd.Access;
import p2psip.app.sipd.BindingStore;
import p2psip.app.sipd.Server;
import p2psip.app.sipd.Users;
import p2psip.app.trace.Trace;
import p2psip.std.Machine;
import p2psip.std.rfc3261.ListeningPoint;
import p2psip.std.rfc3261.TimerValues;
import p2psip.std.rfc3261.Transport;
import p2psip.std.rfc3261.server.Binding;
import p2psip.std.rfc3261.server.Domains;
import p2psip.std.rfc3261.server.LocationService;
import p2psip.std.rfc3261.server.LocationService.Answer;
import p2psip.std.rfc3261.server.LocationService.Found;
import p2psip.std.rfc3261.server.Registrar;

/// A node of the telephone: registrar and proxy for the phones beside it, member of the overlay.
///
/// Four machines, and what one says to another:
///
/// ```
///             phones, other nodes                           other nodes
///                     | SIP                                      | overlay
///               +-----------+    Bind, Ended, Find         +-----------+
///               |  SipPort  | ------- local first -------> | OverlayLocations |
///               |  (Server) | <--------------------------- |           |
///               +-----------+       Kept, Found            +-----------+
///    opened by Startup    \                                 /
///                          `-> BindingStore: on disk first -'
/// ```
public final class Node implements Machine<Event, Effect> {

    /// What can be chosen.
    ///
    /// @param sip     where phones and other nodes find its SIP
    /// @param overlay how it takes part in the overlay
    /// @param users   who may register; without them every phone of this machine and its network
    /// @param trust   which key to believe when several claim one address
    /// @param traced  whether messages and states are noted
    public record Options(SipPort.Wish sip, Overlay.Config overlay, Optional<Users> users,
            Pins.Policy trust, boolean traced) {

        /// A super-node at any free ports of one address, without multicast.
        ///
        /// @param others super-nodes to begin with
        public static Options at(InetAddress address, List<Place> others) {
            return new Options(new SipPort.Wish(List.of(address), 0, true,
                            EnumSet.of(Transport.UDP, Transport.TCP)),
                    new Overlay.Config(new InetSocketAddress(address, 0), true, List.of(address),
                    true, others, Optional.empty()),
                    Optional.empty(), Pins.Policy.TOFU, true);
        }
    }

    /// Asks it to leave the overlay properly and end.
    public record Leave() {}

    /// Asks for [Statistics].
    public record Count() {}

    /// Told once, when phones may register.
    public record Ready(List<ListeningPoint> points, Peer self, boolean superNode) {}

    /// Told when it cannot work, just before it ends.
    public record NotReady(String what, InetSocketAddress wanted, String why) {}

    /// How full its tables are.
    ///
    /// @param contexts  requests under way, or accepted in the last 32 seconds
    /// @param pending   entries of the tables beside
    /// @param published addresses of record that the ring knows as they are registered here
    /// @param overlay   what is remembered of other nodes and for them, by the kind of memory
    public record Statistics(int transactions, int contexts, int pending, int connections,
            int addresses, int contacts, int published, SortedMap<String, Integer> overlay) {}

    private final Options options;
    private final Host.Room room;
    private final BindingStore registrations;
    private final Pins pins;
    private final Startup startup;
    private final SipPort sip;
    /// These come into being one after the other, in this order.
    private Optional<Startup.Output.Begin> known = Optional.empty();
    private Optional<Server> server = Optional.empty();
    private Optional<OverlayLocations> directory = Optional.empty();
    private List<ListeningPoint> points = List.of();
    /// Whose registration is being stored.
    private final Map<Long, String> binding = new HashMap<>();
    private List<Effect> effects = new ArrayList<>();

    public Node(Options options, Host.Room room) {
        this.options = options;
        this.room = room;
        this.registrations = new BindingStore(room.wall());
        this.pins = new Pins(options.trust);
        this.startup = new Startup(pins, registrations);
        this.sip = new SipPort(options.sip, 0, this::server, TimerValues.DEFAULT,
                room.random(), options.traced);
    }

    private Server server(List<ListeningPoint> points) {
        var home = new Domains(points, List.of(Domains.ANY_NAME));
        var access = new Access(home, options.users, this::bindings, room.random());
        var guard = new NodeAccess(
                home, options.users.isPresent(), room.addresses(), this::bindings, access);
        server = Optional.of(new Server(home, Registrar.Limits.USUAL, guard,
                TimerValues.DEFAULT, room.random()));
        return server.get();
    }

    private List<Binding> bindings(String aor) {
        return server.orElseThrow().registrar().bindings(aor);
    }

    @Override public Instant deadline() {
        return Stream.of(startup.deadline(), sip.deadline(),
                        directory.map(OverlayLocations::deadline).orElse(Instant.MAX))
                .min(Comparator.naturalOrder()).orElseThrow();
    }

    @Override public List<Effect> wake(Instant now) {
        if (!startup.deadline().isAfter(now)) fromStartup(startup.wake(now), now);
        if (!sip.deadline().isAfter(now)) fromSip(sip.wake(now), now);
        directory.filter(d -> !d.deadline().isAfter(now))
                .ifPresent(d -> fromDirectory(d.wake(now), now));
        return taken();
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        switch (event.id().part()) {
            case SIP -> fromSip(sip.handle(new SipPort.Input.Happened(event), now), now);
            case STARTUP -> fromStartup(startup.handle(event, now), now);
            case STORE -> registrations.answer(event).ifPresent(answer -> kept(answer, now));
            case KEYS, LOOKUP -> tell(new OverlayLocations.Input.Happened(event), now);
            case PROGRAM -> command(event, now);
            case MEDIA -> { }
        }
        return taken();
    }

    private List<Effect> taken() {
        var taken = effects;
        effects = new ArrayList<>();
        return taken;
    }

    private void command(Event event, Instant now) {
        switch (event) {
            case Event.Command(Leave _) when directory.isPresent() ->
                    tell(new OverlayLocations.Input.Leave(), now);
            case Event.Command(Leave _) -> effects.add(new Effect.Exit());
            case Event.Command(Count _) -> effects.add(new Effect.Tell(statistics()));
            default -> { }
        }
    }

    // What the parts say

    private void fromStartup(List<Startup.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Startup.Output.Do(var effect) -> effects.add(effect);
            case Startup.Output.Begin begin -> {
                known = Optional.of(begin);
                fromSip(sip.handle(new SipPort.Input.Open(), now), now);
            }
            case Startup.Output.Failed(var why) ->
                    end(new NotReady("key", new InetSocketAddress(0), why));
        }
    }

    private void fromSip(List<SipPort.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case SipPort.Output.Do(var effect) -> effects.add(effect);
            case SipPort.Output.Ready(var open) -> begin(open, now);
            case SipPort.Output.NotReady(var wanted, var why) ->
                    end(new NotReady("SIP", wanted, why));
            case SipPort.Output.Told(LocationService.Event event) -> located(event, now);
            case SipPort.Output.Told(var foreign) ->
                    throw new IllegalStateException("not of a server: " + foreign);
        }
    }

    /// Phones find this node from now on: those that were registered before are at once.
    private void begin(List<ListeningPoint> open, Instant now) {
        var begin = known.orElseThrow();
        points = open;
        directory = Optional.of(
                new OverlayLocations(begin.identity(), pins, options.overlay, open, room));
        answer(begin.registered(), now);
        begin.registered().bindings().forEach((aor, bindings) ->
                tell(new OverlayLocations.Input.Changed(aor, bindings), now));
        tell(new OverlayLocations.Input.Join(), now);
    }

    private void located(LocationService.Event event, Instant now) {
        registrations.keep(event, now).ifPresent(effects::add);
        switch (event) {
            case LocationService.Event.Bind(long id, var aor, _) -> binding.put(id, aor);
            case LocationService.Event.Ended(var aor, var left) ->
                    tell(new OverlayLocations.Input.Changed(aor, left), now);
            case LocationService.Event.Find(long id, var aor, _) when !bindings(aor).isEmpty() ->
                    answer(new Found(id, true, bindings(aor).stream()
                            .map(Binding::destination).toList()), now);
            case LocationService.Event.Find(long id, var aor, _) ->
                    tell(new OverlayLocations.Input.Find(id, aor), now);
        }
    }

    /// The overlay hears of a registration when it counts.
    private void kept(Answer answer, Instant now) {
        answer(answer, now);
        switch (answer) {
            case LocationService.Kept(long id) -> {
                var aor = binding.remove(id);
                tell(new OverlayLocations.Input.Changed(aor, bindings(aor)), now);
            }
            case LocationService.NotKept(long id) -> remark(
                    "not stored: the registration of " + binding.remove(id));
            case Found _, LocationService.Restored _ -> { }
        }
    }

    private void fromDirectory(List<OverlayLocations.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case OverlayLocations.Output.Do(var effect) -> effects.add(effect);
            case OverlayLocations.Output.Answered(var found) -> answer(found, now);
            case OverlayLocations.Output.Ready(var self, boolean superNode) ->
                    effects.add(new Effect.Tell(new Ready(points, self, superNode)));
            case OverlayLocations.Output.NotReady(var wanted, var why) ->
                    end(new NotReady("overlay", wanted, why));
            case OverlayLocations.Output.Left _ -> effects.add(new Effect.Exit());
        }
    }

    private void tell(OverlayLocations.Input input, Instant now) {
        directory.ifPresent(d -> fromDirectory(d.handle(input, now), now));
    }

    private void answer(Answer answer, Instant now) {
        fromSip(sip.handle(new SipPort.Input.Asked(answer), now), now);
    }

    private Statistics statistics() {
        return new Statistics(sip.transactions(), server.map(s -> s.proxy().size()).orElse(0),
                server.map(s -> s.proxy().pending() + s.registrar().pending()).orElse(0),
                sip.connections(), server.map(s -> s.registrar().addresses()).orElse(0),
                server.map(s -> s.registrar().contacts()).orElse(0),
                directory.map(OverlayLocations::published).orElse(0),
                directory.map(OverlayLocations::sizes).orElseGet(TreeMap::new));
    }

    private void remark(String text) {
        effects.add(new Effect.Note(new Trace.What.Remark(text, "")));
    }

    private void end(NotReady why) {
        effects.add(new Effect.Tell(why));
        effects.add(new Effect.Exit());
    }
}
