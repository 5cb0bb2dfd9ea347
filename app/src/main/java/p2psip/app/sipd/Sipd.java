package p2psip.app.sipd;

import module java.base;
import p2psip.app.host.*;
import p2psip.app.sip.SipPort;
import p2psip.app.trace.Trace;
import p2psip.std.*;
import p2psip.std.rfc2396.SipUri;
import p2psip.std.rfc3261.*;
import p2psip.std.rfc3261.server.*;
import p2psip.std.rfc3327.*;
import p2psip.std.rfc3608.ServiceRouteRegistrar;
import p2psip.std.rfc5626.*;

/// A SIP server as a node: registrar and proxy of its domains.
public final class Sipd implements Machine<Event, Effect> {

    /// What can be chosen.
    ///
    /// @param domains none: the addresses it listens at
    /// @param users   who may register; without them anybody may
    /// @param edge    domains elsewhere whose phones register and call through here
    /// @param service by which proxies those who register here are to send, first one first
    /// @param mode    what becomes of a request for somebody
    /// @param traced  whether messages and states are noted
    public record Options(SipPort.Wish wish, List<String> domains, Optional<Users> users,
            List<String> edge, List<SipUri> service, Server.Mode mode, boolean traced) {
        public Options {
            domains = List.copyOf(domains);
            edge = List.copyOf(edge);
            service = List.copyOf(service);
        }

        public Options(SipPort.Wish wish, List<String> domains, Optional<Users> users,
                boolean traced) {
            this(wish, domains, users, List.of(), List.of(), Server.Mode.PROXY, traced);
        }
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
    private final Outbox<Effect> out = new Outbox<>();
    /// Made when the sockets are open.
    private Optional<Access> guard = Optional.empty();
    private Optional<Server> server = Optional.empty();
    /// What was registered when it last ended.
    private LocationService.Restored restored = BindingStore.NOTHING;
    private boolean begun;

    public Sipd(Options options, Host.Room room) {
        this.options = options;
        this.room = room;
        this.registrations = new BindingStore(room.wall());
        this.port = new SipPort(
                options.wish, 0, TimerValues.DEFAULT, room.random(), options.traced);
    }

    @Override public Instant deadline() { return port.deadline(); }

    @Override public List<Effect> wake(Instant now) {
        if (begun) carry(port.wake(now), now);
        else out.add(BindingStore.load(LOAD));
        begun = true;
        return out.take();
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        switch (event.id().part()) {
            case SIP -> {
                tell(new SipPort.Input.Happened(event), now);
                guard.ifPresent(g -> g.remarks().forEach(this::warn));
            }
            case STORE -> registrations.answer(event).ifPresent(answer ->
                    tell(new SipPort.Input.Asked(answer), now));
            case STARTUP -> {
                if (event instanceof Event.Loaded(_, var values))
                    restored = registrations.restored(values, now);
                if (event instanceof Event.NotStored(_, var why))
                    out.add(BindingStore.lost(why));
                tell(new SipPort.Input.Open(), now);
            }
            case PROGRAM -> command(event);
            case LOOKUP, KEYS, MEDIA -> { }
        }
        return out.take();
    }

    private void command(Event event) {
        if (event instanceof Event.Command(Stop _)) out.add(new Effect.Exit());
        if (event instanceof Event.Command(Count _)) out.add(new Effect.Tell(statistics()));
    }

    private void tell(SipPort.Input input, Instant now) { carry(port.handle(input, now), now); }

    private void carry(List<SipPort.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case SipPort.Output.Do(var effect) -> out.add(effect);
            case SipPort.Output.Ready(var points) -> begin(points, now);
            case SipPort.Output.Send send ->
                    throw new IllegalStateException("there are no Links here: " + send);
            case SipPort.Output.NotReady(var wanted, var why) -> {
                out.add(new Effect.Tell(new NotReady(wanted, why)));
                out.add(new Effect.Exit());
            }
            case SipPort.Output.Told(LocationService.Event event) ->
                    registrations.keep(event, now).ifPresent(out::add);
            case SipPort.Output.Told(var foreign) ->
                    throw new IllegalStateException("not of a server: " + foreign);
        }
    }

    private void begin(List<ListeningPoint> points, Instant now) {
        var home = new Domains(points, options.domains);
        var bindings = new Bindings();
        var access = new Access(home, options.users, bindings, room.random());
        this.guard = Optional.of(access);
        var guard = new Quota(new EdgeAccess(home, options.edge, access), access);
        var begun = new Server(home, Limits.USUAL, guard, bindings, extensions(),
                options.mode, TimerValues.DEFAULT, room.random());
        server = Optional.of(begun);
        tell(new SipPort.Input.Serve(new LocalLocations(
                begun, home, bindings, options.users)), now);
        tell(new SipPort.Input.Asked(restored), now);
        out.add(new Effect.Tell(new Ready(points, home.domain())));
    }

    private Server.Extensions extensions() {
        var proxy = new ArrayList<ProxyExtension>(List.of(new PathHomeProxy()));
        if (!options.edge.isEmpty())
            proxy.addAll(List.of(new PathEdgeProxy(false), new OutboundEdgeProxy()));
        return new Server.Extensions(List.of(new PathRegistrar(false),
                new OutboundRegistrar(), new ServiceRouteRegistrar(options.service)), proxy);
    }

    private void warn(String text) {
        out.add(new Effect.Note(new Trace.What.Remark(Trace.Subject.SIP, text, "")));
        out.add(new Effect.Tell(new Host.Notice(text)));
    }

    private Statistics statistics() {
        return server.map(s -> new Statistics(port.transactions(), s.size(),
                s.pending(), port.connections(), s.registrar().addresses(),
                s.registrar().contacts())).orElseGet(() -> new Statistics(0, 0, 0, 0, 0, 0));
    }
}
