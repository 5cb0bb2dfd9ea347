package p2psip.app.p2psip;

import module java.base;
import p2psip.app.crypto.Contact;
import p2psip.app.crypto.Identity;
import p2psip.app.crypto.Peer;
import p2psip.app.crypto.Record;
import p2psip.app.host.Effect;
import p2psip.app.host.Event;
import p2psip.app.host.Host;
import p2psip.app.lookup.DhtLookup;
import p2psip.app.lookup.Lookup;
import p2psip.app.lookup.Pins;
import p2psip.app.p2p.P2p;
import p2psip.app.sipd.Access;
import p2psip.app.sipd.Server;
import p2psip.app.sipd.SipPort;
import p2psip.app.sipd.Users;
import p2psip.app.trace.Trace;
import p2psip.std.Bytes;
import p2psip.std.Machine;
import p2psip.std.rfc2396.Params;
import p2psip.std.rfc3261.Binding;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.Home;
import p2psip.std.rfc3261.ListeningPoint;
import p2psip.std.rfc3261.LocationService;
import p2psip.std.rfc3261.LocationService.Found;
import p2psip.std.rfc3261.Registrar;
import p2psip.std.rfc3261.TimerValues;
import p2psip.std.rfc8489.BindingServer;

/// A node of the telephone: registrar and proxy for the phones beside it, and a member of the overlay.
///
/// Three machines, and what one says to another:
///
/// ```
///             phones, other nodes                    other nodes
///                     | SIP                               | overlay
///               +-----------+  Registered, Find    +-------------+
///               |  SipPort  | -------------------> | Whereabouts |
///               |  (Server) | <------------------- |             |
///               +-----------+        Found         +-------------+
///                                                    | put, get ^
///                                                    v          | records
///                                                  +-------------+
///                                                  |   Lookup    |
///                                                  |     P2p     |
///                                                  +-------------+
/// ```
public final class Node implements Machine<Event, Effect> {

    /// What can be chosen.
    ///
    /// @param sip     where phones and other nodes find its SIP
    /// @param overlay how it takes part in the overlay; `otherPort` whether any other port will do
    ///                if that one is in use
    /// @param users   who may register; without them every phone of this machine and its network
    /// @param trust   which key to believe when several claim one address
    /// @param traced  whether messages and states are noted
    public record Options(SipPort.Wish sip, P2p.Config overlay, boolean otherPort,
            Optional<Users> users, Pins.Policy trust, boolean traced) {}

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
    /// @param published addresses of record that the ring knows as they are registered here
    public record Statistics(int transactions, int contexts, int connections, int contacts,
            int published, SortedMap<String, Integer> overlay) {}

    /// Ids of this machine's own effects; those of [Whereabouts] follow.
    private static final long SELF = 0, TRUST = 0;

    private static final BindingServer STUN = new BindingServer("p2psip", false);

    private final Options options;
    private final Host.Room room;
    private final SipPort<Found, LocationService.Event> sip;
    private final Pins pins;
    private final Lookup lookup;
    private P2p.Config overlay;
    /// These come into being one after the other, in this order.
    private Optional<Identity> identity = Optional.empty();
    private Optional<Server> server = Optional.empty();
    private Optional<Whereabouts> whereabouts = Optional.empty();
    private Optional<P2p> p2p = Optional.empty();
    private List<ListeningPoint> points = List.of();
    private boolean begun, ready;
    private List<Effect> effects = new ArrayList<>();

    public Node(Options options, Host.Room room) {
        this.options = options;
        this.room = room;
        this.overlay = options.overlay;
        this.pins = new Pins(options.trust);
        this.lookup = new DhtLookup(room.random(), room.wall());
        this.sip = new SipPort<>(options.sip, 1, this::server, TimerValues.DEFAULT,
                room.random(), options.traced);
    }

    private Server server(List<ListeningPoint> points) {
        var home = new Home(points, List.of(Home.ANY_NAME));
        var access = new Access(home, options.users, this::bindings, room.random());
        var guard = new NodeAccess(
                home, options.users.isPresent(), room.addresses(), this::bindings, access);
        server = Optional.of(new Server(home, Registrar.Limits.USUAL, guard, room.random()));
        return server.get();
    }

    private List<Binding> bindings(String aor) {
        return server.orElseThrow().registrar().bindings(aor);
    }

    @Override public Instant deadline() {
        if (!begun) return Instant.MIN;
        return Stream.of(sip.deadline(), lookup.deadline(), p2p.map(P2p::deadline).orElse(Instant.MAX),
                        whereabouts.map(Whereabouts::deadline).orElse(Instant.MAX))
                .min(Comparator.naturalOrder()).orElseThrow();
    }

    @Override public List<Effect> wake(Instant now) {
        if (begun) {
            if (!sip.deadline().isAfter(now)) fromSip(sip.wake(now), now);
            if (!lookup.deadline().isAfter(now)) fromLookup(lookup.wake(now), now);
            whereabouts.filter(w -> !w.deadline().isAfter(now))
                    .ifPresent(w -> fromWhereabouts(w.wake(now), now));
            p2p.filter(p -> !p.deadline().isAfter(now)).ifPresent(p -> fromP2p(p.wake(now), now));
        } else {
            begun = true;
            effects.add(new Effect.Load(TRUST, Pins.PREFIX));
        }
        return taken();
    }

    @Override public List<Effect> handle(Event event, Instant now) {
        if (sip.owns(event)) fromSip(sip.handle(new SipPort.Input.Happened<>(event), now), now);
        else if (p2p.isPresent() && p2p.get().concerns(event))
            fromP2p(p2p.get().handle(new P2p.Input.Happened(event), now), now);
        else own(event, now);
        return taken();
    }

    private List<Effect> taken() {
        var taken = effects;
        effects = new ArrayList<>();
        return taken;
    }

    private void own(Event event, Instant now) {
        switch (event) {
            case Event.Loaded(_, var values) -> {
                pins.load(values);
                effects.add(new Effect.Identify(SELF, Identity.NODE));
            }
            case Event.Identified(long id, var key) when id == SELF -> {
                identity = Optional.of(key);
                fromSip(sip.handle(new SipPort.Input.Open<>(), now), now);
            }
            case Event.Identified(long id, var key) ->
                    tell(new Whereabouts.Input.Identified(id, key), now);
            case Event.NotIdentified(long id, var why) when id == SELF ->
                    end(new NotReady("key", new InetSocketAddress(0), why));
            case Event.NotIdentified(long id, var why) ->
                    tell(new Whereabouts.Input.NotIdentified(id, why), now);
            case Event.Datagram(var local, var remote, var bytes) ->
                    STUN.answer(bytes, remote).ifPresent(answer ->
                            effects.add(new Effect.Datagram(local, remote, answer)));
            case Event.NotStored(_, var why) -> remark("not stored: " + why);
            case Event.Command(Leave _) -> p2p.ifPresentOrElse(
                    p -> fromP2p(p.handle(new P2p.Input.Leave(), now), now),
                    () -> effects.add(new Effect.Exit()));
            case Event.Command(Count _) -> effects.add(new Effect.Tell(statistics()));
            default -> { }
        }
    }

    // What the parts say

    private void fromSip(List<SipPort.Output<LocationService.Event>> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case SipPort.Output.Do<LocationService.Event>(var effect) -> effects.add(effect);
            case SipPort.Output.Ready<LocationService.Event>(var open) -> {
                points = open;
                whereabouts = Optional.of(new Whereabouts(
                        identity.orElseThrow().key(), NodeAddresses.published(open), room.wall()));
                join(now);
            }
            case SipPort.Output.NotReady<LocationService.Event>(var wanted, var why) ->
                    end(new NotReady("SIP", wanted, why));
            case SipPort.Output.Told<LocationService.Event>(var event) -> located(event, now);
        }
    }

    private void located(LocationService.Event event, Instant now) {
        switch (event) {
            case LocationService.Event.Registered(var aor, var bindings) ->
                    tell(new Whereabouts.Input.Changed(aor, bindings), now);
            case LocationService.Event.Removed(var aor) ->
                    tell(new Whereabouts.Input.Changed(aor, List.of()), now);
            case LocationService.Event.Find(long id, var aor, _) when !bindings(aor).isEmpty() ->
                    found(new Found(id, true, bindings(aor).stream()
                            .map(Binding::destination).toList()), now);
            case LocationService.Event.Find(long id, var aor, _) ->
                    tell(new Whereabouts.Input.Find(id, aor), now);
        }
    }

    private void join(Instant now) {
        var member = new P2p(identity.orElseThrow(), overlay, room.random(), room.wall());
        p2p = Optional.of(member);
        fromP2p(member.handle(new P2p.Input.Start(), now), now);
    }

    private void fromP2p(List<P2p.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case P2p.Output.Do(var effect) -> effects.add(effect);
            case P2p.Output.Ready(var self, boolean superNode) -> {
                if (!ready) effects.add(new Effect.Tell(new Ready(points, self, superNode)));
                ready = true;
            }
            case P2p.Output.NotReady(var wanted, var why) -> {
                if (!options.otherPort || overlay.bind().getPort() == 0)
                    end(new NotReady("overlay", wanted, why));
                else {
                    overlay = new P2p.Config(new InetSocketAddress(overlay.bind().getAddress(), 0),
                            overlay.addresses(), overlay.superNode(), overlay.bootstrap(),
                            overlay.group());
                    join(now);
                }
            }
            case P2p.Output.Done(long id) -> told(new Lookup.Output.Done(id), now);
            case P2p.Output.Found(long id, var records) ->
                    told(new Lookup.Output.Found(id, records), now);
            case P2p.Output.Failed(long id, var why) -> told(new Lookup.Output.Failed(id, why), now);
            case P2p.Output.Left _ -> effects.add(new Effect.Exit());
        }
    }

    private void told(Lookup.Output answer, Instant now) {
        ask(new Lookup.Input.Told(answer), now);
    }

    private void ask(Lookup.Input input, Instant now) { fromLookup(lookup.handle(input, now), now); }

    private void fromLookup(List<Lookup.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Lookup.Output.Done(long id) -> tell(new Whereabouts.Input.Done(id), now);
            case Lookup.Output.Found(long id, var records) ->
                    tell(new Whereabouts.Input.Found(id, records), now);
            case Lookup.Output.Failed(long id, var why) ->
                    tell(new Whereabouts.Input.Failed(id, why), now);
            case Lookup.Output.Ask(Lookup.Input.Put(long id, var record)) ->
                    request(new P2p.Input.Put(id, record), now);
            case Lookup.Output.Ask(Lookup.Input.Remove(long id, var tombstone)) ->
                    request(new P2p.Input.Remove(id, tombstone), now);
            case Lookup.Output.Ask(Lookup.Input.Get(long id, var key)) ->
                    request(new P2p.Input.Get(id, key), now);
            case Lookup.Output.Ask(Lookup.Input.Told _) -> { }
        }
    }

    private void tell(Whereabouts.Input input, Instant now) {
        whereabouts.ifPresent(w -> fromWhereabouts(w.handle(input, now), now));
    }

    private void fromWhereabouts(List<Whereabouts.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Whereabouts.Output.Identify(long id, var aor) ->
                    effects.add(new Effect.Identify(id, aor));
            case Whereabouts.Output.Put(long id, var record) ->
                    ask(new Lookup.Input.Put(id, record), now);
            case Whereabouts.Output.Remove(long id, var tombstone) ->
                    ask(new Lookup.Input.Remove(id, tombstone), now);
            case Whereabouts.Output.Get(long id, var key) ->
                    ask(new Lookup.Input.Get(id, key), now);
            case Whereabouts.Output.Served(long id, var aor, var records) ->
                    found(choose(id, aor, records), now);
            case Whereabouts.Output.Unknown(long id, var aor, var why) -> {
                remark(aor + " was not looked up: " + why);
                found(new Found(id, true, List.of()), now);
            }
            case Whereabouts.Output.Remark(var text) -> remark(text);
        }
    }

    /// What the records of an address come to.
    private Found choose(long id, String aor, List<Record> records) {
        var choice = pins.choose(aor, records);
        var changes = pins.changes();
        if (!changes.isEmpty()) effects.add(new Effect.Store(TRUST, changes));
        return switch (choice) {
            //  an address that was there once is known, and away now
            case Pins.Choice.Nobody _ ->
                    new Found(id, pins.owner(aor).isPresent(), List.of());
            case Pins.Choice.Strangers(var warning) -> {
                remark(warning);
                yield new Found(id, true, List.of(), List.of(
                        new Header("Warning", "399 p2psip " + Params.quoted(warning))));
            }
            case Pins.Choice.Chosen(var record, _) -> new Found(id, true,
                    record.value() instanceof Contact contact && !isOurs(contact)
                            ? NodeAddresses.destinations(aor, contact, points) : List.of());
        };
    }

    /// A record of this node's without a registration here is an old one.
    private boolean isOurs(Contact contact) {
        return contact.node().equals(identity.orElseThrow().key());
    }

    private Statistics statistics() {
        return new Statistics(sip.transactions(), server.map(s -> s.proxy().size()).orElse(0),
                sip.connections(), server.map(s -> s.registrar().contacts()).orElse(0),
                whereabouts.map(Whereabouts::published).orElse(0),
                p2p.map(P2p::sizes).orElse(new TreeMap<>()));
    }

    private void request(P2p.Input input, Instant now) {
        p2p.ifPresent(p -> fromP2p(p.handle(input, now), now));
    }

    private void found(Found found, Instant now) {
        fromSip(sip.handle(new SipPort.Input.Asked<>(found), now), now);
    }

    private void remark(String text) {
        effects.add(new Effect.Note(new Trace.What.Remark(text, "")));
    }

    private void end(NotReady why) {
        effects.add(new Effect.Tell(why));
        effects.add(new Effect.Exit());
    }
}
