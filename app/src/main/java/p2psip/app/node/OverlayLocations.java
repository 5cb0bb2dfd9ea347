package p2psip.app.node;

import module java.base;
import p2psip.app.crypto.Contact;
import p2psip.app.crypto.Identity;
import p2psip.app.crypto.Peer;
import p2psip.app.crypto.SignedRecord;
import p2psip.app.host.Effect;
import p2psip.app.host.Event;
import p2psip.app.host.Host;
import p2psip.app.host.Id;
import p2psip.app.lookup.DhtLookup;
import p2psip.app.lookup.Lookup;
import p2psip.app.lookup.Pins;
import p2psip.app.p2p.Overlay;
import p2psip.app.trace.Trace;
import p2psip.std.Machine;
import p2psip.std.rfc2396.Params;
import p2psip.std.rfc3261.Header;
import p2psip.std.rfc3261.ListeningPoint;
import p2psip.std.rfc3261.server.Binding;
import p2psip.std.rfc3261.server.LocationService.Found;

/// Where everybody is, as far as the overlay knows: the location service behind a node's proxy.
///
/// ```
///    Changed, Find  +-------------+  put, get  +--------+   ask   +-----+
///   --------------> | Publisher | ---------> | Lookup | ------> | Overlay | <---> other nodes
///   <-------------- |    Pins     | <--------- |        | <------ |     |
///        Found      +-------------+   records  +--------+ answers +-----+
/// ```
final class OverlayLocations implements Machine<OverlayLocations.Input, OverlayLocations.Output> {

    sealed interface Input {
        /// First of all: join the overlay.
        record Join() implements Input {}

        /// The host says something to this machine, or to one of its parts.
        record Happened(Event event) implements Input {}

        /// The bindings of an address of record here have changed; none: it is gone.
        record Changed(String aor, List<Binding> bindings) implements Input {}

        /// Where is this address of record, not registered here? [Output.Answered] follows.
        record Find(long id, String aor) implements Input {}

        /// Leave the overlay; [Output.Left] follows within two seconds.
        record Leave() implements Input {}
    }

    sealed interface Output {
        record Do(Effect effect) implements Output {}
        record Answered(Found found) implements Output {}

        /// The overlay can be used.
        record Ready(Peer self, boolean superNode) implements Output {}

        /// The overlay's socket could not be opened.
        record NotReady(InetSocketAddress wanted, String why) implements Output {}
        record Left() implements Output {}
    }

    /// What stores pins, whose answers nobody awaits, and what asks for the keys of users.
    private static final Id TRUST = new Id(Id.Part.KEYS, 0, 0), USERS = new Id(Id.Part.KEYS, 1, 0);

    private final Identity identity;
    private final Pins pins;
    private final List<ListeningPoint> points;
    private final Publisher whereabouts;
    private final Lookup lookup;
    private final Overlay p2p;
    private List<Output> out = new ArrayList<>();

    /// @param pins   whom to believe when several keys claim one address
    /// @param points where this node's SIP is
    OverlayLocations(Identity identity, Pins pins, Overlay.Config overlay,
            List<ListeningPoint> points, Host.Room room) {
        this.identity = identity;
        this.pins = pins;
        this.points = points;
        this.whereabouts = new Publisher(
                identity.key(), NodeAddresses.published(points), room.wall());
        this.lookup = new DhtLookup(room.random(), room.wall());
        this.p2p = new Overlay(identity, overlay, room.random(), room.wall());
    }

    /// How many addresses of record the ring knows as they are registered here.
    int published() { return whereabouts.published(); }

    /// How much is remembered of others, by the kind of memory.
    SortedMap<String, Integer> sizes() {
        var sizes = p2p.sizes();
        sizes.put("lookups", lookup.size());
        sizes.put("served", whereabouts.addresses());
        return sizes;
    }

    @Override public Instant deadline() {
        return Stream.of(whereabouts.deadline(), lookup.deadline(), p2p.deadline())
                .min(Comparator.naturalOrder()).orElseThrow();
    }

    @Override public List<Output> wake(Instant now) {
        if (!lookup.deadline().isAfter(now)) fromLookup(lookup.wake(now), now);
        if (!whereabouts.deadline().isAfter(now)) fromWhereabouts(whereabouts.wake(now), now);
        if (!p2p.deadline().isAfter(now)) fromP2p(p2p.wake(now), now);
        return taken();
    }

    @Override public List<Output> handle(Input input, Instant now) {
        switch (input) {
            case Input.Join _ -> tell(new Overlay.Input.Start(), now);
            case Input.Happened(Event.Identified(var id, var key)) ->
                    tell(new Publisher.Input.Identified(id.number(), key), now);
            case Input.Happened(Event.NotIdentified(var id, var why)) ->
                    tell(new Publisher.Input.NotIdentified(id.number(), why), now);
            case Input.Happened(Event.NotStored(var id, var why)) when id.equals(TRUST) ->
                    remark("not stored: " + why);
            case Input.Happened(var event) -> tell(new Overlay.Input.Happened(event), now);
            case Input.Changed(var aor, var bindings) ->
                    tell(new Publisher.Input.Changed(aor, bindings), now);
            case Input.Find(long id, var aor) -> tell(new Publisher.Input.Find(id, aor), now);
            case Input.Leave _ -> tell(new Overlay.Input.Leave(), now);
        }
        return taken();
    }

    private List<Output> taken() {
        var taken = out;
        out = new ArrayList<>();
        return taken;
    }

    // What one part says to another

    private void tell(Publisher.Input input, Instant now) {
        fromWhereabouts(whereabouts.handle(input, now), now);
    }

    private void tell(Lookup.Input input, Instant now) {
        fromLookup(lookup.handle(input, now), now);
    }

    private void tell(Overlay.Input input, Instant now) { fromP2p(p2p.handle(input, now), now); }

    private void fromWhereabouts(List<Publisher.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Publisher.Output.Identify(long id, var aor) ->
                    act(new Effect.Identify(USERS.with(id), aor));
            case Publisher.Output.Put(long id, var record) ->
                    tell(new Lookup.Input.Put(id, record), now);
            case Publisher.Output.Remove(long id, var tombstone) ->
                    tell(new Lookup.Input.Remove(id, tombstone), now);
            case Publisher.Output.Get(long id, var key) ->
                    tell(new Lookup.Input.Get(id, key), now);
            case Publisher.Output.Served(long id, var aor, var records) ->
                    out.add(new Output.Answered(choose(id, aor, records)));
            case Publisher.Output.Unknown(long id, var aor, var why) -> {
                remark(aor + " was not looked up: " + why);
                out.add(new Output.Answered(new Found(id, true, List.of())));
            }
            case Publisher.Output.Remark(var text) -> remark(text);
        }
    }

    private void fromLookup(List<Lookup.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Lookup.Output.Done(long id) -> tell(new Publisher.Input.Done(id), now);
            case Lookup.Output.Found(long id, var records) ->
                    tell(new Publisher.Input.Found(id, records), now);
            case Lookup.Output.Failed(long id, var why) ->
                    tell(new Publisher.Input.Failed(id, why), now);
            case Lookup.Output.Ask(Lookup.Input.Put(long id, var record)) ->
                    tell(new Overlay.Input.Put(id, record), now);
            case Lookup.Output.Ask(Lookup.Input.Remove(long id, var tombstone)) ->
                    tell(new Overlay.Input.Remove(id, tombstone), now);
            case Lookup.Output.Ask(Lookup.Input.Get(long id, var key)) ->
                    tell(new Overlay.Input.Get(id, key), now);
            case Lookup.Output.Ask(Lookup.Input.Told _) -> { }
        }
    }

    private void fromP2p(List<Overlay.Output> outputs, Instant now) {
        for (var output : outputs) switch (output) {
            case Overlay.Output.Do(var effect) -> act(effect);
            case Overlay.Output.Ready(var self, boolean superNode) ->
                    out.add(new Output.Ready(self, superNode));
            case Overlay.Output.NotReady(var wanted, var why) ->
                    out.add(new Output.NotReady(wanted, why));
            case Overlay.Output.Done(long id) -> told(new Lookup.Output.Done(id), now);
            case Overlay.Output.Found(long id, var records) ->
                    told(new Lookup.Output.Found(id, records), now);
            case Overlay.Output.Failed(long id, var why) ->
                    told(new Lookup.Output.Failed(id, why), now);
            case Overlay.Output.Left _ -> out.add(new Output.Left());
        }
    }

    private void told(Lookup.Output answer, Instant now) {
        tell(new Lookup.Input.Told(answer), now);
    }

    // What the records of an address come to

    /// One that was there once, of which the tombstone tells or the key that is known, is away.
    private Found choose(long id, String aor, List<SignedRecord> records) {
        var living = records.stream().filter(record -> !record.removed()).toList();
        var choice = pins.choose(aor, living);
        var changes = pins.changes();
        if (!changes.isEmpty()) act(new Effect.Store(TRUST, changes));
        return switch (choice) {
            case Pins.Choice.Nobody _ -> new Found(
                    id, !records.isEmpty() || pins.owner(aor).isPresent(), List.of());
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
    private boolean isOurs(Contact contact) { return contact.node().equals(identity.key()); }

    private void remark(String text) { act(new Effect.Note(new Trace.What.Remark(text, ""))); }

    private void act(Effect effect) { out.add(new Output.Do(effect)); }
}
