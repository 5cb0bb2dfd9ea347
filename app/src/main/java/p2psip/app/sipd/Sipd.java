package p2psip.app.sipd;

import module java.base;
import p2psip.app.host.Effect;
import p2psip.app.host.Event;
import p2psip.app.host.Host;
import p2psip.app.host.Id;
import p2psip.app.sip.SipPort;
import p2psip.std.Machine;
import p2psip.std.rfc3261.ListeningPoint;
import p2psip.std.rfc3261.TimerValues;
import p2psip.std.rfc3261.server.Domains;
import p2psip.std.rfc3261.server.LocationService;
import p2psip.std.rfc3261.server.LocationService.Answer;
import p2psip.std.rfc3261.server.Registrar;

/// A SIP server as a node: registrar and proxy of its domains.
public final class Sipd implements Machine<Event, Effect> {

    /// What can be chosen.
    ///
    /// @param domains none: the addresses it listens at
    /// @param users   who may register; without them anybody may
    /// @param traced  whether messages and states are noted
    public record Options(SipPort.Wish wish, List<String> domains, Optional<Users> users,
            boolean traced) {
        public Options { domains = List.copyOf(domains); }
    }

    /// Asks it to end.
    public record Stop() {}

    /// Asks for [Statistics].
    public record Count() {}

    /// Told when it takes in messages.
    public record Ready(List<ListeningPoint> points, String domain) {}

    /// Told when it cannot, just before it ends.
    public record NotReady(InetSocketAddress wanted, String why) {}

    /// How full its tables are.
    ///
    /// @param contexts requests under way, or accepted in the last 32 seconds
    /// @param pending  entries of the tables beside
    public record Statistics(int transactions, int contexts, int pending, int connections,
            int addresses, int contacts) {}

    private static final Id LOAD = new Id(Id.Part.STARTUP, 0, 0);

    private final Options options;
    private final Host.Room room;
    private final SipPort port;
    private final BindingStore registrations;
    /// Made when the sockets are open.
    private Optional<Server> server = Optional.empty();
    /// What was registered when it last ended.
    private LocationService.Restored restored = BindingStore.NOTHING;
    private boolean begun;

    public Sipd(Options options, Host.Room room) {
        this.options = options;
        this.room = room;
        this.registrations = new BindingStore(room.wall());
        this.port = new SipPort(options.wish, 0, this::core, TimerValues.DEFAULT,
                room.random(), options.traced);
    }

    private LocalLocations core(List<ListeningPoint> points) {
        var home = new Domains(points, options.domains);
        var access = new Access(home, options.users,
                aor -> server.orElseThrow().registrar().bindings(aor), room.random());
        server = Optional.of(new Server(home, Registrar.Limits.USUAL, access,
                TimerValues.DEFAULT, room.random()));
        return new LocalLocations(server.get(), options.users);
    }

    @Override public Instant deadline() { return port.deadline(); }

    @Override public List<Effect> wake(Instant now) {
        if (begun) return effects(port.wake(now), now);
        begun = true;
        return List.of(BindingStore.load(LOAD));
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        return switch (event.id().part()) {
            case SIP -> effects(port.handle(new SipPort.Input.Happened(event), now), now);
            case STORE -> registrations.answer(event)
                    .map(answer -> asked(answer, now)).orElse(List.of());
            case STARTUP -> {
                if (event instanceof Event.Loaded(_, var values))
                    restored = registrations.restored(values, now);
                yield effects(port.handle(new SipPort.Input.Open(), now), now);
            }
            case PROGRAM -> command(event);
            case LOOKUP, KEYS, MEDIA -> List.of();
        };
    }

    private List<Effect> command(Event event) {
        return switch (event) {
            case Event.Command(Stop _) -> List.of(new Effect.Exit());
            case Event.Command(Count _) -> List.of(new Effect.Tell(statistics()));
            default -> List.of();
        };
    }

    private List<Effect> asked(Answer answer, Instant now) {
        return effects(port.handle(new SipPort.Input.Asked(answer), now), now);
    }

    private Statistics statistics() {
        return server.map(s -> new Statistics(port.transactions(), s.proxy().size(),
                s.proxy().pending(), port.connections(), s.registrar().addresses(),
                s.registrar().contacts())).orElseGet(() -> new Statistics(0, 0, 0, 0, 0, 0));
    }

    private List<Effect> effects(List<SipPort.Output> outputs, Instant now) {
        var effects = new ArrayList<Effect>(outputs.size());
        for (var output : outputs)
            switch (output) {
                case SipPort.Output.Do(var effect) -> effects.add(effect);
                case SipPort.Output.Ready(var points) -> {
                    effects.addAll(asked(restored, now));
                    effects.add(new Effect.Tell(
                            new Ready(points, server.orElseThrow().home().domain())));
                }
                case SipPort.Output.NotReady(var wanted, var why) -> {
                    effects.add(new Effect.Tell(new NotReady(wanted, why)));
                    effects.add(new Effect.Exit());
                }
                case SipPort.Output.Told(LocationService.Event event) ->
                        registrations.keep(event, now).ifPresent(effects::add);
                case SipPort.Output.Told(var foreign) ->
                        throw new IllegalStateException("not of a server: " + foreign);
            }
        return effects;
    }
}
